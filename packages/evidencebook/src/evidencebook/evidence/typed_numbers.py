"""Find the quantities that a hand typed into a text, in digits, in words, as a fraction or as a Roman numeral.

A quantity about the world must lead to a source. Names (CYP3A4, phase 2), dates, ordinals and "one" as an article state
none; where that is not plain from the words, the number is held to be a quantity. The words of each language stand in
locale/*/words.yml. Libraries that read spelt numbers (number-parser, text2num, quantulum3) say what a number is worth,
and not whether it is one, so none would spare a rule.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import Template
from typing import Literal

from evidencebook import locale
from evidencebook.evidence.identifiers import DOI

_SKIPPED = re.compile(r"\{[a-z:-]+\}`[^`]*`|\]\([^)]*\)|https?://\S+|" + DOI.pattern)
#: Signs of units that stand behind digits.
_SIGNS = (
    r"[smhdgLlxk×%]|min|hrs?|yrs?|wks?|[kmµun]?g|[mµ]?[lL]|dL|[kmcµn]?m|[mµun]?M|m?mol|ms|bpm|mmHg|k?[cC]al|IU|[kM]?Bq|ppm"
    r"|°C|[pt]ts"
)
_YEAR = r"(?:1[5-9]|20)\d\d"
_DIGITS = r"\d[\d.,]*(?:e[+-]?\d+)?(?:[–−-]\d[\d.,]*)?"
#: Without one of these a text holds numbers in words alone.
_NUMERAL = re.compile(r"[^\x00-/:-\x7f]")
_TOKEN = re.compile(r"[^\s()\[\]{}\"“”]*\d[^\s()\[\]{}\"“”]*")
_ROMAN = r"(?=[IVXLC]{2})(?:X{0,3}(?:IX|IV|V?I{0,3})|XL|L?X{1,3})|[VX]"


@dataclass(frozen=True)
class _Patterns:
    """Hold what is looked for in texts of one language."""

    #: What has digits and states no quantity, and the words before which a year is none.
    named: re.Pattern[str]
    count_of: re.Pattern[str]
    #: A piece of text with a digit that is a quantity, and one in code.
    quantity: re.Pattern[str]
    in_code: re.Pattern[str]
    #: Shares and multiples, which always need a source; counts and measures, for which one in the sentence is enough.
    shares: re.Pattern[str]
    counts: re.Pattern[str]
    romans: re.Pattern[str]


@cache
def _patterns(language: str) -> _Patterns:
    """Compile the patterns of a language."""
    known = locale.words(language)["numbers"]
    measured, thing = f"{known['counted']}|{known['measured']}", known["thing"]
    unit = rf"(?:{measured}|{_SIGNS}|{known['signs']}|{known['others']})"
    until = rf"(?! ?-?{unit}\b)(?! {thing})(?![.,-]?\d)"
    years = rf"{_YEAR}(?:(?:[–-]| (?:{known['to']}) )(?:(?:1[5-9]|20)?\d\d))?"
    named = [Template(one).safe_substitute(year=_YEAR, years=years, until=until) for one in known["named"]]
    named += [
        r"§+ ?\d+[a-z]?\b",
        r"\b\d{4}-\d{2}(?:-\d{2})?\b|\bCC BY \d\.\d\b|(?<=[\"“„«])\d(?=[\"”“»])|\b\d+\.\d+\.\d+\b",
        # (Smith, 2023), PRISMA 2020; World Drug Report 2023;
        rf"\((?:[^()]*[A-Z][^()]* )?{_YEAR}[a-c]?(?= ?[;,)])|\b[A-Z]{{3,}} {_YEAR}\b{until}",
        rf"\b[A-Z][\w-]+ {_YEAR}(?=[;,.)]| \(| {known['and']} [A-Z])",
    ]
    return _Patterns(
        re.compile("|".join(named)),
        re.compile(known["count of"]),
        re.compile(
            rf"^\W*{_DIGITS}(?:[-–]?{unit}(?:[/·*^-]\S*)?|[/^]\d\S*)?\W*$"  # 24, 12mg/kg, 24-hour
            r"|^\W*\d[\d.]*(?:[a-z]{4,}|%)"  # 30patients, 5%w/w
            rf"|[=<>≤≥~≈±:^%$€£]\S*\d|^[A-Za-z]+\d*\.\d|^(?i:{known['beyond']})-\d"
            r"|^\d+\.\d+[A-Za-z]{1,3}$|^0x[\dA-Fa-f]+$"  # n=30, OR0.8, over-65s
        ),
        re.compile(
            rf"(?<![\w.])\d[\d.,]* ?-?(?:{measured}|mg|kg|µg|ng|nM|%)(?!\w)(?:/\w+)?"
            rf"|\b(?:[nNpr]|OR|RR|HR|CI|IC_?50)[=<>≤≥]\d[\d.,]*|(?<![\w.-])\d+ (?:{known['of']}) \d+\b"
        ),
        re.compile("|".join(known["shares"]), re.IGNORECASE),
        re.compile("|".join(known["counts"]), re.IGNORECASE),
        re.compile(rf"\b(?:{_ROMAN})(?= {thing}| (?:{known['of']}) [IVXLC]+\b)"),
    )


def typed_numbers(
    text: str, words: Literal["all", "shares", "none"] = "all", language: str | None = None
) -> Iterator[str]:
    """Yield each quantity that a hand typed: neither a role, nor a date, nor part of a name such as CYP3A4.

    `words` tells which quantities in words count beside those in digits: of a sentence that names its source only
    shares and multiples, of the text of a record none. `language` is that of the text, else that of the book.
    """
    known = _patterns(language or locale.current())
    whole = text = _SKIPPED.sub(" ", text)
    if _NUMERAL.search(text):
        text = known.named.sub(lambda found: found[0] if _counts(known, whole, found) else " ; ", whole)
        for found in _TOKEN.finditer(text):
            token = found[0].strip(".,:;/–-*'’!?")
            if known.quantity.search(token) or not re.search(r"[A-Za-zµΔα-ω]", token):
                yield token
        yield from _other_digits(text)
    chosen = {"all": (known.shares, known.counts, known.romans), "shares": (known.shares,), "none": ()}[words]
    yield from (found[0] for pattern in chosen for found in pattern.finditer(text))


def measured(code: str) -> Iterator[str]:
    """Yield the quantities in code or a formula: there a bare number is none, one with a unit or a relation is."""
    text = re.sub(r"\\(?:text|mathrm|mbox|,|;|\s)\{?|[\\{}]|\\(?:lt|le|approx)", "", code)
    text = re.sub(r"\s*([=<>≤≥])\s*(?=\d)", r"\1", text)
    yield from (found[0] for found in _patterns(locale.current()).in_code.finditer(text))


def _counts(known: _Patterns, text: str, found: re.Match[str]) -> bool:
    """Tell whether what looks like a year follows words that count."""
    years = list(re.finditer(_YEAR, found[0]))
    return len(years) == 1 and bool(known.count_of.search(text[: found.start() + years[0].start()]))


def _other_digits(text: str) -> Iterator[str]:
    """Yield fractions and digits outside ASCII, unless they hang on a letter, as in CO₂."""
    for before, sign in zip(f" {text}", text, strict=False):
        if sign.isnumeric() and not sign.isascii() and not before.isalpha():
            yield sign
