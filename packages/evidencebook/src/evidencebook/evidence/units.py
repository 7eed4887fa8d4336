"""Parse units with pint, extended by the things that clinical papers count; a closed list keeps nonsense out."""

import re
from functools import cache

import pint

#: Things counted are dimensionless: "5 people" then parses and prints, and pint still refuses a typing error.
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

_PREFIXED = """
g gram grams m meter metre s second seconds sec l L liter litre liters litres mol mole moles M molar eq Da U IU J cal
W V A Hz Pa Gy Sv Bq N K bar kat katal
"""
_PREFIXES = ("", "k", "c", "d", "m", "u", "µ", "μ", "n", "p", "f", "milli", "micro", "nano", "kilo", "M", "G", "h")
_WHOLE = """
mcg min minute minutes h hr hour hours day days d week weeks month months year years percent ppm ppb ppt mmHg cmH2O
degC degF degree_Celsius lb pound ounce oz tonne mmol inch foot feet dB % kcal
"""
#: The units of measurement that are read: nothing else that pint happens to know, nor a prefix before what has none.
_MEASURED = frozenset(_WHOLE.split()) | {
    prefix + unit
    for unit in _PREFIXED.split()
    for prefix in _PREFIXES
    if prefix not in ("M", "G", "h")
    or unit in ("J", "W", "V", "Hz", "Pa", "Bq", "Da", "U", "IU")
    or prefix + unit == "hPa"
}
_KNOWN = COUNTED | RATIOS | SIGNED | _OTHERS | _MEASURED | {"r", "per"}
_LONGEST = 60
_WORD = r"(?:[A-Za-z%µμ_]+2?O?)(?:\^-?[1-4]|\*\*-?[1-4]|[²³])?"
_UNIT = re.compile(rf"(?:1|{_WORD})?(?:(?:\s?[*/·]\s?|\s|-)(?:{_WORD}|\d{{1,6}}(?=\s)))*")
_NAMES = re.compile(r"[A-Za-z%µμ_]+(?:2O)?")
_PER = re.compile(r"^(?P<top>.*?)\s*\bper (?:(?P<many>\d+) )?(?P<unit>.+)$")


#: Effect sizes whose letters pint would take for a day and a gram: they are written out.
EFFECT_SIZES = frozenset({"Cohen's d", "Hedges' g", "Fisher's z"})


@cache
def registry(counted: frozenset[str] = frozenset()) -> "pint.UnitRegistry[float]":
    """Build the registry once for each book's own counted things, which are added to those above."""
    made: pint.UnitRegistry[float] = pint.UnitRegistry(on_redefinition="ignore")  # pint has a printer's point
    for word in sorted(COUNTED | counted | RATIOS | SIGNED | _OTHERS | {"r"}):
        made.define(f"{word} = 1")
    made.define("IU = 1 * U")
    return made


def _spelled_for_pint(unit: str) -> str:
    """Turn "deaths per 1000 person-years" into a product that pint reads."""
    unit = unit.replace("%", "percent")
    if found := _PER.match(unit):
        below = found["unit"].replace("-", "*").replace(" ", "*")
        return f"{found['top'].replace(' ', '*') or 1}/({below})"
    return unit.replace(" ", "*").replace("·", "*")


@cache
def checked(unit: str, counted: frozenset[str] = frozenset()) -> str:
    """Return the unit unchanged if it is made of known units and what a book counts, else say what to write."""
    if unit in EFFECT_SIZES:
        return unit
    try:
        known = _KNOWN | counted
        if len(unit) > _LONGEST or not _UNIT.fullmatch(unit) or not unit.strip():
            raise ValueError("no unit")
        if unknown := [name for name in _NAMES.findall(unit) if name not in known]:
            raise ValueError(f"unknown: {unknown}")
        registry(counted).parse_units(_spelled_for_pint(unit))
    except Exception as broken:
        raise ValueError(
            f'unit "{unit[:_LONGEST]}" cannot be read; write for example h, ng/mL, g/day, %, people, per '
            "1000 person-years or Cohen's d; what only this book counts stands under counted: in vocabulary.yml"
        ) from broken
    return unit


@cache
def kind(unit: str) -> str:
    """Give what a checked unit measures: share, ratio, correlation, signed, count, score, time, mass and the like."""
    names = [name for name in _NAMES.findall(unit) if name != "per"]
    if unit in EFFECT_SIZES or not _KNOWN.issuperset(names):  # what only a book counts or pays has no bounds
        return "signed" if unit in EFFECT_SIZES else "of this book"
    for found, words in (("ratio", RATIOS), ("signed", SIGNED), ("count", COUNTED), ("score", _OTHERS)):
        if len(names) == 1 and unit in words:
            return found
    if unit in ("%", "r", "year"):
        return {"%": "share", "r": "correlation", "year": "calendar year"}[unit]
    if found_per := _PER.match(unit):
        return "rate" if "person-" in unit else f"per {found_per['many'] or 1}"
    dimension = str(registry().parse_units(_spelled_for_pint(unit)).dimensionality)
    if dimension == "dimensionless":
        return "amount per amount" if "/" in unit else "number"
    return _DIMENSIONS.get(dimension, dimension)


_DIMENSIONS = {
    "[time]": "time",
    "[mass]": "mass",
    "[mass] / [time]": "mass",
    "[mass] / [length] ** 3": "concentration",
    "[substance] / [length] ** 3": "concentration",
    "[substance] * [time] / [length] ** 3": "exposure",
    "[mass] * [time] / [length] ** 3": "exposure",
    "[length] ** 3 / [time]": "clearance",
    "[length] ** 3 / [mass] / [time]": "clearance",
    "[length] ** 3": "volume",
    "[length] ** 3 / [mass]": "volume",
    "1 / [time]": "rate",
    "[mass] / [substance]": "molar mass",
}
