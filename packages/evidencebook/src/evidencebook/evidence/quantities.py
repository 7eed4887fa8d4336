"""Know what must hold of a number by its unit and its measure: its bounds, and that unit and measure fit together."""

import re
from collections.abc import Iterator
from functools import lru_cache
from math import inf, log

from evidencebook.evidence import units

#: What may be below 0, and above 100 %: a difference between two numbers, not one of them.
_CHANGE = re.compile(
    r"\b(?:chang\w*|differ\w*|decreas\w*|reduc\w*|coefficient|slope|excess|effect size|z-scores?|logs?)\b", re.I
)
_INCREASE = re.compile(r"\b(?:increas\w*|rise|gain|growth|inflation|relative to|of the label|of baseline)\b", re.I)
#: What need not be whole although whole things are counted, and what may be more than were studied.
_NOT_WHOLE = re.compile(
    r"\b(?:mean|median|average|expected|estimat\w*|geometric|per|modelled|ratio|quartiles?)\b", re.I
)

#: Agreement and consistency are at most whole, whatever their unit; a year of age is that of the oldest person.
_AT_MOST_ONE = re.compile(r"\b(?:kappa|cronbach\w*|intraclass correlation|AUROC|area under the ROC curve)\b", re.I)
_AGE = re.compile(r"^(?:\w+ )?age\b", re.I)
OLDEST = 125
_FALL = re.compile(r"\b(?:reduction|decrease)\b(?!.*\b(?:coefficient|slope|logs?)\b)", re.I)
#: Whom nobody can count more of than there are, and so many there are.
_PEOPLE = re.compile(
    r"persons?|people|participants?|patients?|users?|respondents?|members?|decedents?|deaths?|infants?|neonates?|wom[ae]n"
    r"|m[ae]n|births?|newborns?|child(?:ren)?|adults?|students?|pupils?|clinicians?|employees?"
)
_MOST_PEOPLE = 10**10
#: The coldest that anything is.
_COLDEST = {"degC": -273.15, "degree_Celsius": -273.15, "degF": -459.67, "K": 0}

#: The least and the most that a number of a kind can be.
_BOUNDS: dict[str, tuple[float, float]] = {
    "share": (0, 100),
    "correlation": (-1, 1),
    "signed": (-inf, inf),
    "temperature": (-inf, inf),
    "calendar year": (1500, 2100),
    "per 100": (0, 100),
    "per 1000": (0, 1000),
    "per 10000": (0, 10_000),
    "per 100000": (0, 100_000),
}
#: What a measure must name where its unit is of a kind; kinds that many sorts of measure have are not here.
_NEEDS: dict[str, str] = {
    "time": r"half-life|Tmax|times?\b|duration|latency|onset|interval|period|peak|\bage\b|hours|days|daily|sample|until"
    r"|observation|length|resolution|tolerance|follow-up|delay|lag|survival|sleep|wait|window|before|after|since",
    "mass": r"dose|amount|weight|intake|mass|threshold|limit|per (?:use|day|package)|daily|content|\bin\b",
    "concentration": r"concentration|C(?:max|min)\b|[IE]C50|K[iI]\b|K[dD]\b|blood|plasma|serum|level|content|limit",
    "exposure": r"AUC|exposure|area under",
    "clearance": r"clearance|flow|rate",
    "volume": r"volume",
    "rate": r"rate|k[a-z]+\b|incidence|frequency|density|mortality|pulse",
    "molar mass": r"molar|molecular",
    "calendar year": r"year|start|date|first|since",
    "correlation": r"correlation|\br\b",
    "OR": r"odds ratio",
    "HR": r"hazard ratio",
    "RR": r"risk ratio|relative risk|rate ratio|prevalence ratio",
    "IRR": r"rate ratio",
    "SMR": r"mortality ratio",
    "SMD": r"standardi[sz]ed|cohen|hedges",
}
#: What the words of a measure demand: the kinds of unit that it may have.
_DEMANDS: tuple[tuple[str, frozenset[str]], ...] = (
    (r"\bratio\b(?! of (?:people|participants))|relative risk", frozenset({"ratio"})),
    (r"correlation", frozenset({"correlation", "signed"})),
    (
        r"^(?:\w+ )?half-life|^Tmax|^duration|^latency|^onset|^interval|^(?:minimum )?age\b|^(?:hours|days|peak of)\b"
        r"|^(?:length|period) of|^time (?:to|in|from|until|without|since|between)|^turnaround",
        frozenset({"time", "calendar year"}),
    ),
    (r"^Cmax|^[IE]C50|^K[iI]\b|concentration(?:,|$)", frozenset({"concentration", "amount per amount"})),
    (r"^AUC", frozenset({"exposure"})),
    (r"^clearance", frozenset({"clearance"})),
    (r"^volume of", frozenset({"volume"})),
    (r"^molar mass", frozenset({"molar mass"})),
    (
        r"^(?:\w+ )?(?:daily )?dose\b|^\w+ intake\b",
        frozenset({"mass", "amount per amount", "score", "rate", "count"}),
    ),
    (r"\bcontent\b", frozenset({"amount per amount", "share", "concentration", "mass"})),
    (
        r"\bshare of\b|\b(?:prevalence|percentage|proportion)\b",
        frozenset({"share", "count", "number", "amount per amount", "per 100", "per 1000", "per 10000", "per 100000"}),
    ),
    (r"\bscore\b", frozenset({"score", "share", "count", "number"})),
)
#: Kinds in which one measure may be given: how many, and which share of them.
_FELLOWS = (
    frozenset({"count", "share", "per 100", "per 1000"}),
    frozenset({"amount per amount", "share", "concentration"}),
)
#: In a measure it says what was compared, or that the step of a scale is meant.
_NAMES_GROUPS = re.compile(r"\b(?:per|against|versus|vs|compared|than|without|between)\b")
_SIMPLE = frozenset({"ratio", "fold"})
#: How far from the middle of its interval a ratio may stand; exact and rounded ones stay within a sixth.
_LOPSIDED = 0.25
#: Units that the kind alone does not tell apart.
_ADJUSTED = {"aOR": "OR", "aHR": "HR", "aRR": "RR", "aIRR": "IRR"}


@lru_cache(maxsize=8192)
def misfit(measure: str, unit: str) -> str | None:
    """Say why a checked unit cannot be that of a measure; nothing when it can."""
    kind = units.kind(unit)
    plain = _ADJUSTED.get(unit, unit)
    needed = _NEEDS.get(plain if plain in _NEEDS else kind)
    if needed and not re.search(needed, measure, re.IGNORECASE if kind != "rate" else 0):
        return f'"{measure}" names nothing that is measured in {unit}; correct the unit, or say in measure what it is'
    for words, kinds in _DEMANDS:
        if re.search(words, measure):  # the first decides: the ratio of two half-lives is a ratio
            told = f'"{measure}" is not measured in {unit}, a unit of {kind}; write one of {" or ".join(sorted(kinds))}'
            return None if kind in kinds else told
    return None


def impossible(measure: str, unit: str, value: float, end: str) -> str | None:
    """Say why no value, or no low, high or `end` of a range, can be this number; nothing when it can."""
    kind = units.kind(unit)
    low, high = _bounds(measure, unit, kind)
    change = _CHANGE.search(measure)
    if kind == "ratio" and (value < 0 or (value == 0 and end == "value")):
        return f"a ratio is above 0, and {value} is not; correct it"
    if kind == "share" and value > high and _FALL.search(measure):
        return f"{value} {unit} is more than all there was, and nothing falls by more; correct it"
    if kind != "correlation" and (change or (kind == "share" and _INCREASE.search(measure))):
        low, high = (-inf if change else low), inf
    if low <= value <= high:
        return _part_of_whole(measure, unit, value) if end in ("value", "range") else None
    if high == inf:
        return f"{value} {unit} is below 0, and {measure} cannot be; correct it, or say in measure that it is a change"
    return f"{value} {unit} is not between {low:g} and {high:g}; correct it, or say in measure that it is an increase"


def _bounds(measure: str, unit: str, kind: str) -> tuple[float, float]:
    """Give the least and the most that a number of a unit can be, where it is no change."""
    if _AT_MOST_ONE.search(measure):
        return -1, 1
    if unit in _COLDEST:
        return _COLDEST[unit], inf
    if kind == "time" and unit in units.YEARS and _AGE.search(measure):
        return 0, OLDEST * units.YEARS[unit]
    if kind == "count" and _PEOPLE.fullmatch(unit):
        return 0, _MOST_PEOPLE
    if kind in ("amount per amount", "number") and not re.search(r"\bratio\b", measure):
        return 0, units.whole(unit)
    return _BOUNDS.get("temperature" if unit.startswith("deg") else kind, (0, inf))


def widest(measure: str, unit: str) -> float:
    """Give the widest spread that numbers of a unit can have: that of its bounds, where a change is none."""
    low, high = _bounds(measure, unit, units.kind(unit))
    return inf if _CHANGE.search(measure) or _INCREASE.search(measure) else high - low


def _part_of_whole(measure: str, unit: str, value: float) -> str | None:
    """Refuse a part of what is counted one by one."""
    if units.kind(unit) in ("count", "calendar year") and value != int(value) and not _NOT_WHOLE.search(measure):
        return f"{value} {unit} are not whole; correct it, or say in measure that it is a mean or an estimate"
    return None


def lopsided(unit: str, value: float, low: float | None, high: float | None) -> bool:
    """Tell whether a ratio stands near one end of its interval: on the scale of logarithms it is in the middle."""
    if units.kind(unit) != "ratio" or unit in _SIMPLE or not (low and high and 0 < low < high and value > 0):
        return False
    return abs(log(value / low) / log(high / low) - 0.5) > _LOPSIDED


def compares(measure: str, unit: str) -> bool:
    """Tell whether a unit needs a second group that the measure does not name, as an odds ratio does."""
    return units.kind(unit) == "ratio" and unit not in _SIMPLE and not _NAMES_GROUPS.search(measure)


def exceeds(measure: str, unit: str, value: float, n: int, where: object) -> bool:
    """Tell whether a count is more than the `n` that were studied, where n counts what the value does."""
    told = f"{measure} {where}"
    free = re.search(r"\b(?:weighted|estimat\w*|project\w*|'counted'|per|times)\b", told)
    return units.kind(unit) == "count" and value > n and not free


def odd_ones(kinds: dict[str, str]) -> Iterator[str]:
    """Yield the names whose kind none of the others has, where two others at least agree; `kinds` by name."""
    for name, kind in kinds.items():
        others = [other for one, other in kinds.items() if one != name]
        groups = [group for group in _FELLOWS if kind in group]
        agreeing = [other for other in others if other == kind or any(other in group for group in groups)]
        if len(others) > 1 and not agreeing and len(set(others)) < len(others):
            yield name
