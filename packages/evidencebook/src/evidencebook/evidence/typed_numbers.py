"""Find the quantities that a hand typed into a text, in digits, in words, as a fraction or as a Roman numeral.

A quantity about the world must lead to a source. Names (CYP3A4, phase 2), dates, ordinals and "one" as an article state
none; where that is not plain from the words, the number is held to be a quantity. Libraries that read spelt numbers
(number-parser, text2num, quantulum3) say what a number is worth, and not whether it is one, so none would spare a rule.
"""

import re
from collections.abc import Iterator
from typing import Literal

from evidencebook.evidence.identifiers import DOI

_SKIPPED = re.compile(r"\{[a-z:-]+\}`[^`]*`|\]\([^)]*\)|https?://\S+|" + DOI.pattern)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
#: What is counted: people and animals, doses, events.
_COUNTED = (
    r"people|persons?|participants?|patients?|users?|respondents?|adults?|adolescents?|teenagers?|child(?:ren)?|infants?"
    r"|bab(?:y|ies)|newborns?|m[ae]n|wom[ae]n|mothers?|students?|volunteers?|subjects|veterans?|smokers?|households?"
    r"|mice|rats?|deaths?|calls?|cases?|doses|cups?|tablets?|capsules?|glasses|drinks"
)
#: What is measured, in words and in signs that stand behind digits.
_MEASURED = (
    r"seconds?|minutes?|hours?|days?|weeks?|months?|years?|grams?|(?:milli|micro|kilo)grams?|lit(?:re|er)s?"
    r"|millilit(?:re|er)s?|points?|per ?cent(?:age)?|dollars?|euros?|times|fold"
)
_SIGNS = (
    r"[smhdgLlxk%]|min|hrs?|yrs?|wks?|[kmµun]?g|[mµ]?[lL]|dL|[kmcµn]?m|[mµun]?M|m?mol|ms|bpm|mmHg|k?[cC]al|IU|[kM]?Bq|ppm"
    r"|°C|[pt]ts|years?-old"
)
_UNIT = rf"(?:{_COUNTED}|{_MEASURED}|{_SIGNS}|trials?|studies|items?|products?|states|countries)"
_THING = rf"(?:[a-z-]*[a-rt-z] ){{0,2}}(?:{_COUNTED}|{_MEASURED})\b(?!-)"  # with adjectives

_YEAR = r"(?:1[5-9]|20)\d\d"
_YEARS = rf"{_YEAR}(?:(?:[–-]| (?:to|and|or) )(?:(?:1[5-9]|20)?\d\d))?"
_UNTIL = rf"(?! ?-?{_UNIT}\b)(?! {_THING})(?![.,-]?\d)"
_NAMED = re.compile(
    rf"\b\d{{1,2}} (?:{_MONTH})(?: {_YEAR})?\b|\b(?:{_MONTH}) (?:\d{{1,2}}, )?{_YEAR}\b|\b(?:{_MONTH}) \d{{1,2}}\b"
    r"|\b\d{4}-\d{2}(?:-\d{2})?\b|\bCC BY \d\.\d\b|"
    r"\b9[059]% (?:CI|(?:Wilson |confidence |credible )?interval|confidence)\b(?!:)"
    r"|(?<=[\"“])\d(?=[\"”])|\b\d+\.\d+\.\d+\b|\b\d*(?:1st|2nd|3rd|\dth)\b"  # versions and ordinals
    rf"|\b(?i:phase|type|stage|step|schedule|part|chapter|table|figure|rule|grade) \d+[ab]?\b(?! {_THING}| of \d)"
    rf"|\b(?i:in|since|from|until|by|for|before|after|between|of|during|and|the|early|late|,|;) {_YEARS}s?\b{_UNTIL}"
    rf"|\((?:[^()]*[A-Z][^()]* )?{_YEAR}[a-c]?(?= ?[;,)])|\b[A-Z]{{3,}} {_YEAR}\b{_UNTIL}"  # (Smith, 2023), PRISMA 2020
    rf"|\b[A-Z][\w-]+ {_YEAR}(?=[;,.)]| \(| and [A-Z])|\b{_YEAR}(?:–| to ){_YEAR}\b{_UNTIL}"
    rf"|^{_YEAR}\b(?= (?:was|saw|brought)\b)|\b{_YEAR}s\b"
)
#: Before these words a year is none: the sentence counts something.
_COUNT_OF = re.compile(r"\b(?:total|sum|number|sample|group|cohort|dose|mean|average|median|panel|maximum|age) of $")

_DIGITS = r"\d[\d.,]*(?:e[+-]?\d+)?(?:[–−-]\d[\d.,]*)?"
#: Without one of these a text holds numbers in words alone.
_NUMERAL = re.compile(r"[^\x00-/:-\x7f]")
_TOKEN = re.compile(r"[^\s()\[\]{}\"“”]*\d[^\s()\[\]{}\"“”]*")
_QUANTITY = re.compile(
    rf"^\W*{_DIGITS}(?:[-–]?{_UNIT}(?:[/·*^-]\S*)?|[/^]\d\S*)?\W*$"  # 24, 12mg/kg, 24-hour
    r"|^\W*\d[\d.]*(?:[a-z]{4,}|%)"  # 30patients, 5%w/w
    r"|[=<>≤≥~≈±:^%$€£]\S*\d|^[A-Za-z]+\d*\.\d|^(?:under|over|top|first|last)-\d"  # n=30, OR0.8, over-65s
)

_MEASURED_IN_CODE = re.compile(
    rf"(?<![\w.])\d[\d.,]* ?-?(?:{_COUNTED}|{_MEASURED}|mg|kg|µg|ng|nM|%)(?!\w)(?:/\w+)?"
    rf"|\b(?:[nNpr]|OR|RR|HR|CI|IC_?50)[=<>≤≥]\d[\d.,]*|(?<![\w.-])\d+ (?:of|in|out of) \d+\b"
)

_ONES = "three|four|five|six|seven|eight|nine|ten|eleven|twelve|two"
_TEENS = "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_GREAT = "hundreds?|thousands?|millions?|billions?|dozens?"
_ANY = rf"(?:one|{_ONES}|{_TEENS}|(?:{_TENS})(?:-(?:one|{_ONES}))?|{_GREAT})"
_PARTS = "halves|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|hundredths?|thousandths?"
_ROMAN = r"(?=[IVXLC]{2})(?:X{0,3}(?:IX|IV|V?I{0,3})|XL|L?X{1,3})|[VX]"
#: Shares and multiples, which always need a source; counts and measures, for which one in the same sentence is enough.
_SHARES = re.compile(
    "|".join(
        (
            rf"\b{_ANY} (?:of|in|out of|per)(?: every| a)? {_ANY}\b",
            rf"\b(?:one|{_ONES}|{_TEENS})[ -](?:{_PARTS})\b(?! (?:party|time|question|reader|reason|order)\b)",
            rf"\b(?:a|an|about|nearly|almost|roughly|over|under|than) (?:{_PARTS}) of\b"
            rf"|\b(?:about|nearly|almost|roughly|than) an? (?:{_PARTS})\b",
            r"\bhalf (?:of|the|an?|as|their|these|those)\b",
            r"\b(?:about|nearly|almost|than|by|an?|over|and a) half\b(?!-)",
            rf"\b(?:{_ONES}|{_TEENS}|{_TENS}|{_GREAT})-?fold\b|\btwice (?:as|the|daily)\b|\bthrice\b",
            r"\b(?:halved|doubled|tripled|trebled|quadrupled)\b",
            rf"\b(?:one|{_ONES}|{_TEENS}|{_TENS}) per ?cent\b|\b(?:{_ONES})(?: to \w+)? times\b",
        )
    ),
    re.IGNORECASE,
)
_COUNTS = re.compile(
    "|".join(
        (
            rf"(?<!\bno )\b(?:{_ONES})[ -](?:to \w+ )?{_THING}",
            rf"\bone (?:(?:milli|kilo|micro)?grams?|hours?|minutes?|hundred|thousand|million|to (?:{_ONES}))\b",
            r"\b(?:five|six|seven|eight|nine|ten|eleven|twelve)\b(?!-?times-)",
            rf"\b(?:{_TEENS}|(?:{_TENS})(?:-(?:one|{_ONES}))?|{_GREAT})\b",
        )
    ),
    re.IGNORECASE,
)
_ROMANS = re.compile(rf"\b(?:{_ROMAN})(?= {_THING}| of [IVXLC]+\b)")


def typed_numbers(text: str, words: Literal["all", "shares", "none"] = "all") -> Iterator[str]:
    """Yield each quantity that a hand typed: neither a role, nor a date, nor part of a name such as CYP3A4.

    `words` tells which quantities in words count beside those in digits: of a sentence that names its source only
    shares and multiples, of the text of a record none.
    """
    text = _SKIPPED.sub(" ", text)
    if _NUMERAL.search(text):
        text = _NAMED.sub(lambda found: found[0] if _counts(text, found) else " ; ", text)
        for found in _TOKEN.finditer(text):
            token = found[0].strip(".,:;/–-*'’!?")
            if _QUANTITY.search(token) or not re.search(r"[A-Za-zµΔα-ω]", token):
                yield token
        yield from _other_digits(text)
    patterns = {"all": (_SHARES, _COUNTS, _ROMANS), "shares": (_SHARES,), "none": ()}[words]
    yield from (found[0] for pattern in patterns for found in pattern.finditer(text))


def measured(code: str) -> Iterator[str]:
    """Yield the quantities in code or a formula: there a bare number is none, one with a unit or a relation is."""
    text = re.sub(r"\\(?:text|mathrm|mbox|,|;|\s)\{?|[\\{}]|\\(?:lt|le|approx)", "", code)
    text = re.sub(r"\s*([=<>≤≥])\s*(?=\d)", r"\1", text)
    yield from (found[0] for found in _MEASURED_IN_CODE.finditer(text))


def _counts(text: str, found: re.Match[str]) -> bool:
    """Tell whether what looks like a year follows words that count."""
    years = list(re.finditer(_YEAR, found[0]))
    return len(years) == 1 and bool(_COUNT_OF.search(text[: found.start() + years[0].start()]))


def _other_digits(text: str) -> Iterator[str]:
    """Yield fractions and digits outside ASCII, unless they hang on a letter, as in CO₂."""
    for before, sign in zip(f" {text}", text, strict=False):
        if sign.isnumeric() and not sign.isascii() and not before.isalpha():
            yield sign
