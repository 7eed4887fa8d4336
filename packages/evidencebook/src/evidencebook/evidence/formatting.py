"""Put a finding's numbers into words, the same in every format."""

from evidencebook.evidence.models import Finding, Number, Spread
from evidencebook.evidence.units import EFFECT_SIZES

_KINDS = {"sd": "SD", "sem": "SEM", "se": "SE", "ci95": "95% CI", "ci90": "90% CI", "iqr": "IQR", "range": "range"}
#: Units that stand before the number, as a statistician writes them.
_BEFORE = EFFECT_SIZES | frozenset({"OR", "aOR", "RR", "aRR", "HR", "aHR", "SMR", "SMD", "beta", "r", "CID"})
_TIE = "\u00a0"
#: How much of a source was seen, in words.
SEEN = {
    "full-text": "full text seen",
    "abstract": "abstract seen",
    "dataset": "published data set seen",
    "secondary": "seen second-hand",
    None: "not seen",
}
_OR_MORE = " or more"


def number(value: Number, spec: str = "", *, plain: bool = False) -> str:
    """Write a number: separators from a thousand up, a true minus, no lost digit unless a format asks for it."""
    if spec:
        text = format(float(value), spec)
    elif plain or abs(value) < 1000:
        text = format(value, ".12g") if isinstance(value, float) else str(value)
    else:
        text = format(value, ",.12g") if isinstance(value, float) else format(value, ",")
    return text.replace("-", "−")


def count(number: int, word: str) -> str:
    """Write how many there are, as "1 finding" or "3 searches"."""
    plural = {"search": "searches", "analysis": "analyses", "study": "studies"}.get(word, f"{word}s")
    return f"{number:,} {word if number == 1 else plural}"


def with_unit(text: str, unit: str | None) -> str:
    """Join a number and its unit with a space that does not break."""
    if unit in (None, "year"):
        return text
    if unit == "%" or unit.startswith("% "):
        return text + unit
    if unit in _BEFORE:
        return f"{unit}{_TIE}{text}"
    if unit == "fold":
        return f"{text}-fold"
    if unit == "ratio":
        return text
    return f"{text}{_TIE}{unit.replace('*', '·').replace('uM', 'µM').replace('ug', 'µg')}"


def bare(finding: Finding, spec: str = "") -> str:
    """Write the value without its unit; a range stands for a value that was not given."""
    if finding.value is not None:
        return number(finding.value, spec, plain=finding.unit == "year")
    return span(finding.spread, spec, plain=finding.unit == "year") if finding.spread else ""


def value(finding: Finding, spec: str = "") -> str:
    """Write the value with its unit."""
    words = bare(finding, spec)
    if words.endswith(_OR_MORE):  # "90% or more", not "90 or more%"
        return with_unit(words.removesuffix(_OR_MORE), finding.unit) + _OR_MORE
    return with_unit(words, finding.unit) if words else ""


def span(spread: Spread, spec: str = "", *, plain: bool = False) -> str:
    """Write low and high, or the one end that is known."""
    if spread.low is None and spread.high is not None:
        return f"up to {number(spread.high, spec, plain=plain)}"
    if spread.high is None and spread.low is not None:
        return f"{number(spread.low, spec, plain=plain)}{_OR_MORE}"
    if spread.low is None or spread.high is None:
        return number(spread.value or 0, spec, plain=plain)
    return f"{number(spread.low, spec, plain=plain)} to {number(spread.high, spec, plain=plain)}"


def spread(finding: Finding, spec: str = "") -> str:
    """Write the spread with its kind, as "95% CI 1.2 to 2.1"."""
    if finding.spread is None:
        return ""
    return f"{_KINDS[finding.spread.kind]}{_TIE}{span(finding.spread, spec)}"


def of(finding: Finding) -> str:
    """Write a count with its denominator, as "5 of 12"."""
    return f"{bare(finding)} of {number(finding.n)}" if finding.n is not None else bare(finding)


def full(finding: Finding) -> str:
    """Write value, unit and spread; the spread is left out where it already stands for the value."""
    text = value(finding)
    if finding.spread is not None and finding.value is not None:
        text += f" ({spread(finding)})"
    return text
