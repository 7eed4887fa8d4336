"""Put a finding's numbers into words, the same in every format."""

import re

from evidencebook import locale
from evidencebook.evidence.models import Finding, Number, Spread
from evidencebook.evidence.units import EFFECT_SIZES
from evidencebook.locale import _, gettext_noop, ngettext

_KINDS = {
    **{"sd": gettext_noop("SD"), "sem": gettext_noop("SEM"), "se": gettext_noop("SE")},
    **{"ci95": gettext_noop("95% CI"), "ci90": gettext_noop("90% CI"), "iqr": gettext_noop("IQR")},
    "range": gettext_noop("range"),
}
#: Units that stand before the number, as a statistician writes them.
_BEFORE = EFFECT_SIZES | frozenset({"OR", "aOR", "RR", "aRR", "HR", "aHR", "SMR", "SMD", "beta", "r", "CID"})
_TIE = "\u00a0"
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: How much of a source was seen, in words.
SEEN = {
    "full-text": gettext_noop("full text seen"),
    "abstract": gettext_noop("abstract seen"),
    "dataset": gettext_noop("published data set seen"),
    "secondary": gettext_noop("seen second-hand"),
    None: gettext_noop("not seen"),
}


def number(value: Number, spec: str = "", *, plain: bool = False) -> str:
    """Write a number: separators from a thousand up, a true minus, no lost digit unless a format asks for it."""
    if spec:
        text = format(float(value), spec)
    elif plain or abs(value) < 1000:
        text = format(value, ".12g") if isinstance(value, float) else str(value)
    else:
        text = format(value, ",.12g") if isinstance(value, float) else format(value, ",")
    return punctuated(text.replace("-", "−"))


def punctuated(text: str) -> str:
    """Write a number of Python's as the language of the book does, as "1.234,5"."""
    known = locale.words(locale.current())
    return text.translate({ord("."): known["decimal"], ord(","): known["thousands"]})


#: What is counted on pages.
PLURALS: dict[str, str] = {
    "finding": "findings",
    "search": "searches",
    "analysis": "analyses",
    "study": "studies",
    "record": "records",
}


def count(number: int, word: str) -> str:
    """Write how many there are, as "1 finding" or "3 searches"."""
    return f"{punctuated(f'{number:,}')} {ngettext(word, PLURALS.get(word, f'{word}s'), number)}"


def with_unit(text: str, unit: str | None) -> str:
    """Join a number and its unit with a space that does not break."""
    if unit in (None, "year"):
        return text
    if unit == "%" or unit.startswith("% "):
        return text + unit
    if unit in _BEFORE:
        return f"{unit}{_TIE}{text}"
    if unit == "fold":
        return _("%s-fold") % text
    if unit == "ratio":
        return text
    return f"{text}{_TIE}{_unit(unit).replace('*', '·').replace('uM', 'µM').replace('ug', 'µg')}"


def _unit(unit: str) -> str:
    """Write the words of a unit in the language of the book."""
    known = locale.words(locale.current()).get("units", {})
    return _WORDS.sub(lambda found: known.get(found[0], found[0]), unit) if known else unit


def bare(finding: Finding, spec: str = "") -> str:
    """Write the value without its unit; a range stands for a value that was not given."""
    if finding.value is not None:
        return number(finding.value, spec, plain=finding.unit == "year")
    return span(finding.spread, spec, plain=finding.unit == "year") if finding.spread else ""


def value(finding: Finding, spec: str = "") -> str:
    """Write the value with its unit."""
    words, or_more = bare(finding, spec), _("%s or more") % ""
    if words.endswith(or_more):  # "90% or more", not "90 or more%"
        return with_unit(words.removesuffix(or_more), finding.unit) + or_more
    return with_unit(words, finding.unit) if words else ""


def span(spread: Spread, spec: str = "", *, plain: bool = False) -> str:
    """Write low and high, or the one end that is known."""
    if spread.low is None and spread.high is not None:
        return _("up to %s") % number(spread.high, spec, plain=plain)
    if spread.high is None and spread.low is not None:
        return _("%s or more") % number(spread.low, spec, plain=plain)
    if spread.low is None or spread.high is None:
        return number(spread.value or 0, spec, plain=plain)
    low, high = (number(end, spec, plain=plain) for end in (spread.low, spread.high))
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def spread(finding: Finding, spec: str = "") -> str:
    """Write the spread with its kind, as "95% CI 1.2 to 2.1"."""
    if finding.spread is None:
        return ""
    return f"{_(_KINDS[finding.spread.kind])}{_TIE}{span(finding.spread, spec)}"


def of(finding: Finding) -> str:
    """Write a count with its denominator, as "5 of 12"."""
    if finding.n is None:
        return bare(finding)
    return _("%(part)s of %(whole)s") % {"part": bare(finding), "whole": number(finding.n)}


def full(finding: Finding) -> str:
    """Write value, unit and spread; the spread is left out where it already stands for the value."""
    text = value(finding)
    if finding.spread is not None and finding.value is not None:
        text += f" ({spread(finding)})"
    return text
