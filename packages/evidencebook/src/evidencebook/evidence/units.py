"""Read units of a closed list: those of measurement, and the things that clinical papers count."""

import re
from collections import Counter
from functools import cache
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pint

#: Things counted have no dimension.
_COUNTED = """
person people participant participants patient patients user users respondent respondents member members case cases
call calls report reports death deaths decedent decedents event events infant infants neonate neonates pair pairs
trial trials RCT RCTs study studies review reviews record records publication publications website websites product
products sample samples item items sign signs signal signals instrument instruments measure measures compound
compounds metabolite metabolites alkaloid alkaloids state states country countries company companies letter letters
page pages criterion criteria domain domains visit visits session sessions exposure exposures jurisdiction
jurisdictions enzyme enzymes facility facilities clinician clinicians animal animals rat rats mouse mice post posts
occurrence occurrences finding findings claim claims medication medications drug drugs recommendation recommendations
question questions cohort cohorts iteration iterations word words occasion occasions interview interviews seizure
seizures hospitalisation hospitalisations reason reasons symptom symptoms cell cells copy copies woman women man men
birth births newborn newborns shop shops vote votes child children adult adults student students pupil pupils school
schools household households village villages firm firms employee employees team teams
"""
COUNTED = frozenset(_COUNTED.split())
#: Numbers that compare two others; none can be 0 or less.
RATIOS = frozenset({"ratio", "OR", "aOR", "RR", "aRR", "HR", "aHR", "IRR", "aIRR", "SMR", "fold"})
#: Scores and amounts that need not be whole, and effects that may be negative.
_OTHERS = frozenset(
    {"point", "points", "score", "dose", "doses", "glass", "glasses", "tablet", "tablets", "time", "times"}
)
SIGNED = frozenset({"SMD", "beta", "CID"})

#: The units of measurement that are read, nothing else, by what they measure: those before which a prefix may stand,
#: and those that stand alone.
_PREFIXED = {
    "mass": "g gram grams Da",
    "length": "m meter metre",
    "time": "s second seconds sec",
    "volume": "l L liter litre liters litres",
    "substance": "mol mole moles eq",
    "molarity": "M molar",
    "frequency": "Hz Bq",
    "activity": "U IU kat katal",
    "energy": "J cal",
    "pressure": "Pa bar",
    "radiation": "Gy Sv",
    "temperature": "K",
    "power": "W",
    "voltage": "V",
    "current": "A",
    "force": "N",
}
_WHOLE = {
    "mass": "mcg lb pound ounce oz tonne",
    "length": "inch foot feet",
    "time": "min minute minutes h hr hour hours day days d week weeks month months year years",
    "energy": "kcal",
    "pressure": "mmHg cmH2O hPa",
    "temperature": "degC degF degree_Celsius",
    "": "percent % ppm ppb ppt dB",
}
_PREFIXES = ("", "k", "c", "d", "m", "u", "µ", "μ", "n", "p", "f", "milli", "micro", "nano", "kilo")
_GREAT = ("MJ", "MW", "MV", "MHz", "MPa", "MBq", "MDa", "MU", "MIU", "GHz", "GBq", "GPa", "GJ", "GW")
#: What each unit of measurement measures.
_MEASURED = {prefix + unit: what for what, units in _PREFIXED.items() for unit in units.split() for prefix in _PREFIXES}
_MEASURED |= {unit: what for what, units in _WHOLE.items() for unit in units.split()}
_MEASURED |= {unit: _MEASURED[unit[1:]] for unit in _GREAT}
#: What is made of other quantities, as their powers.
_MADE_OF = {"volume": {"length": 3}, "molarity": {"substance": 1, "length": -3}, "frequency": {"time": -1}, "": {}}
_LONGEST = 60
_WORD = r"(?!per\b)[A-Za-z%µμ_]+(?:2O)?(?:(?:\^|\*\*)-?[1-4]|[²³])?"
_PRODUCT = rf"(?:1|{_WORD})(?:(?:\s?[*/·]\s?|\s){_WORD})*"
_UNIT = re.compile(
    rf"(?P<top>{_PRODUCT})?(?:(?:^|\s)per (?:(?P<many>\d{{1,6}}) )?(?P<below>{_WORD}(?:[- ]{_WORD})*))?(?<!^)"
)
_RAISED = str.maketrans("²³", "23")
_FACTOR = re.compile(r"(?P<sign>/?)\s?(?P<name>[A-Za-z%µμ_]+(?:2O)?)(?:\^|\*\*)?(?P<power>-?[1-4]|[²³])?")


#: How many of a unit of time a year has; and masses, volumes and times beside each other, of which a part is no more
#: than the whole.
YEARS = {"years": 1, "year": 1, "months": 12, "month": 12, "weeks": 53, "week": 53, "days": 366, "day": 366}
_SIZES = {
    **{f"{prefix}g": ("mass", size) for prefix, size in (("k", 1e3), ("", 1), ("m", 1e-3), ("u", 1e-6), ("µ", 1e-6))},
    **{"ng": ("mass", 1e-9), "pg": ("mass", 1e-12), "mcg": ("mass", 1e-6), "L": ("volume", 1), "mL": ("volume", 1e-3)},
    **{"hours": ("time", 1 / 24), "h": ("time", 1 / 24), "days": ("time", 1), "day": ("time", 1)},
    **{"week": ("time", 7), "month": ("time", 31), "year": ("time", 366)},
}
_OF_WHOLE = {"ppm": 1e6, "ppb": 1e9, "ppt": 1e12}


#: Effect sizes whose letters are a day and a gram as well: they are written out.
EFFECT_SIZES = frozenset({"Cohen's d", "Hedges' g", "Fisher's z"})


@cache
def registry() -> "pint.UnitRegistry[float]":
    """Build the registry of pint, with which analyses convert; it takes longer than a check of all evidence."""
    import pint  # noqa: PLC0415  as said above

    return pint.UnitRegistry(on_redefinition="ignore")  # pint has a printer's point


@cache
def checked(unit: str, counted: frozenset[str] = frozenset()) -> str:
    """Return the unit unchanged if it is made of known units and what a book counts, else say what to write."""
    known = len(unit) <= _LONGEST and _UNIT.fullmatch(unit) and _known(unit, counted)
    if not known and unit not in EFFECT_SIZES:
        raise ValueError(
            f'unit "{unit[:_LONGEST]}" cannot be read; write for example h, ng/mL, g/day, %, people, per '
            "1000 person-years or Cohen's d; what only this book counts stands under counted: in vocabulary.yml"
        )
    return unit


def _known(unit: str, counted: frozenset[str]) -> bool:
    """Tell whether every name in a unit is that of a unit, or of something counted."""
    others = COUNTED | counted | RATIOS | SIGNED | _OTHERS | {"r", "per"}
    return all(found["name"] in _MEASURED or found["name"] in others for found in _FACTOR.finditer(unit))


def is_measured(word: str) -> bool:
    """Tell whether a word is the name of a unit of measurement or of a ratio, which no book can count."""
    return word in _MEASURED or word in RATIOS | SIGNED | {"r", "per"}


@cache
def kind(unit: str) -> str:
    """Give what a checked unit measures: share, ratio, correlation, signed, count, score, time, mass and the like."""
    if unit in EFFECT_SIZES:
        return "signed"
    for found, words in (("ratio", RATIOS), ("signed", SIGNED), ("count", COUNTED), ("score", _OTHERS)):
        if unit in words:
            return found
    if unit in ("%", "r", "year"):
        return {"%": "share", "r": "correlation", "year": "calendar year"}[unit]
    if (parts := _UNIT.fullmatch(unit)) and parts["below"]:
        return "rate" if "person-" in unit else f"per {parts['many'] or 1}"
    if dimension := _dimension(unit):
        return _KINDS.get(dimension) or " ".join(
            f"{what}^{power}".removesuffix("^1") for what, power in sorted(dimension)
        )
    return "amount per amount" if "/" in unit else "number"


def whole(unit: str) -> float:
    """Give the number of a unit such as mg/g that is the whole, of which nothing can hold more."""
    above, _, below = unit.partition("/")
    part, total = _SIZES.get(above, ("", 1)), _SIZES.get(below, ("none", 1))
    return total[1] / part[1] * (1 + 1e-9) if part[0] == total[0] else _OF_WHOLE.get(unit, inf)


def _dimension(unit: str) -> frozenset[tuple[str, int]]:
    """Give what a product of units measures, as powers of mass, length, time and the like; counted things are none."""
    powers: Counter[str] = Counter()
    for found in _FACTOR.finditer(unit):
        power = int((found["power"] or "1").translate(_RAISED)) * (-1 if found["sign"] else 1)
        what = _MEASURED.get(found["name"], "")
        for part, many in _MADE_OF.get(what, {what: 1}).items():
            powers[part] += power * many
    return frozenset((what, power) for what, power in powers.items() if power)


_EXAMPLES = {
    "time": "h",
    "mass": "g, g/day",
    "concentration": "g/L, mol/L",
    "exposure": "g*h/L, mol*h/L",
    "clearance": "L/h, L/h/kg",
    "volume": "L, L/kg",
    "rate": "1/min",
    "molar mass": "g/mol",
}
_KINDS = {_dimension(unit): kind for kind, units in _EXAMPLES.items() for unit in units.split(", ")}
