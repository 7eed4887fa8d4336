"""Parse units with pint, extended by the things that clinical papers count."""

import re
from functools import cache

import pint

#: Things counted are dimensionless: "5 people" then parses and prints, and pint still refuses a typing error.
COUNTED = """
person people participant participants patient patients user users respondent respondents member members
case cases call calls report reports death deaths decedent decedents event events infant infants neonate neonates
pair pairs trial trials RCT RCTs study studies review reviews record records publication publications website websites
product products sample samples item items point points sign signs signal signals instrument instruments measure
measures compound compounds metabolite metabolites alkaloid alkaloids state states country countries company companies
letter letters page pages ratio OR aOR RR aRR HR aHR SMR SMD CID beta r score criterion criteria domain domains
visit visits session sessions dose doses glass glasses exposure exposures jurisdiction jurisdictions enzyme enzymes
facility facilities clinician clinicians animal animals rat rats mouse mice post posts occurrence occurrences
finding findings claim claims medication medications drug drugs recommendation recommendations question questions cohort
cohorts tablet tablets
iteration iterations word words time times fold occasion occasions interview interviews seizure seizures hospitalisation
hospitalisations reason reasons symptom symptoms woman women man men birth births newborn newborns shop shops vote votes
"""

_PER = re.compile(r"^(?P<top>.*?)\s*\bper (?:\d+ )?(?P<unit>.+)$")


@cache
def registry() -> "pint.UnitRegistry[float]":
    """Build the registry once, with counted things added."""
    made: pint.UnitRegistry[float] = pint.UnitRegistry(on_redefinition="ignore")  # pint has a printer's point
    for word in COUNTED.split():
        made.define(f"{word} = 1")
    return made


def _spelled_for_pint(unit: str) -> str:
    """Turn "deaths per 1000 person-years" into a product that pint reads."""
    unit = unit.replace("%", "percent")
    if found := _PER.match(unit):
        below = found["unit"].replace("-", "*").replace(" ", "*")
        return f"{found['top'].replace(' ', '*') or 1}/({below})"
    return unit.replace(" ", "*")


@cache
def checked(unit: str) -> str:
    """Return the unit unchanged if pint reads it, else say what to write."""
    try:
        if not unit.strip():
            raise ValueError("no unit")
        registry().parse_units(_spelled_for_pint(unit))
    except Exception as broken:
        raise ValueError(
            f'unit "{unit}" cannot be read; write for example h, ng/mL, g/day, %, people or per 1000 person-years'
        ) from broken
    return unit
