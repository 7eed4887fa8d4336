"""Bring the fields of a BibTeX or biblatex entry into one form, and its names and texts into plain words."""

import re
from collections.abc import Mapping

from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.richtext import Text

from evidencebook.evidence.identifiers import DOI

#: What biblatex and the exporters call otherwise; the name on the right is the one that BibTeX styles know.
_OTHER_NAMES = {"journaltitle": "journal", "location": "address", "keyword": "keywords", "eprint-pmid": "pmid"}
#: Fields that hold an address or a code: exporters escape them as if they were text.
_CODES = ("doi", "url", "pmid", "pmcid")
_ESCAPED = re.compile(r"\\([_&%#$~])")
#: In TeX it begins a remark; in a title or an address of an exporter it is meant.
_BARE_PERCENT = re.compile(r"(?<!\\)%")
_DOI_INSIDE = re.compile(r"/10\.\d{4,}/")
_DOI_ADDRESS = re.compile(f"^(?:{DOI.prefix})", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[5-9]|2[01])\d\d(?!\d)")
#: Commands of a text that only change how its letters look, and letters below or above the line.
_LOOKS = re.compile(
    r"\\(?:text(?:it|bf|rm|sc|sf|tt|up|normal)|emph|mathrm|mathit|enquote|mkbib\w+|ce)\s*\{([^{}]*)\}"
    r"|</?(?:i|b|em|strong|sub|sup|scp|span|u)(?: [^<>]*)?>"
)
_BELOW = re.compile(r"\$\s*([_^])\s*(?:\{([^{}$]*)\}|([^{}$]))\s*\$|\\text(sub|super)script\s*\{([^{}]*)\}")
_SMALL = {
    "_": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
    "^": str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
}
_ROLES = ("author", "editor")
_KEY_AND_VALUE = re.compile(r"\s*(\w+)\s*=\s*\"?([^,\"]*)\"?\s*")


def normalised(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields under the names that BibTeX styles know: biblatex's renamed, codes unescaped, a year read."""
    made = {name.lower(): text for name, text in fields.items()}
    for other, name in _OTHER_NAMES.items():
        if other in made:
            made.setdefault(name, made.pop(other))
    for name in made.keys() - {*_CODES, *_ROLES}:
        made[name] = simplified(made[name])
    for role in made.keys() & set(_ROLES):
        made[role] = " and ".join(classic(name) for name in split_name_list(re.sub(r"\s+", " ", made[role])) if name)
    for name in _CODES:
        if name in made:
            made[name] = _ESCAPED.sub(r"\1", made[name]).strip().strip("{}")
    if _DOI_INSIDE.search(made.get("url", "")):  # those of the years before 2000 hold signs that no address does
        made["url"] = made["url"].replace("<", "%3C").replace(">", "%3E")
    if "doi" in made:
        made["doi"] = _DOI_ADDRESS.sub("", made["doi"])
    if "year" not in made and (found := _YEAR.search(made.get("date", ""))):
        made["year"] = found[0]
    return made


def other_name(name: str) -> str:
    """Return the name that BibTeX styles know for a field."""
    return _OTHER_NAMES.get(name, name)


def year(fields: Mapping[str, str]) -> int | None:
    """Give the year of normalised fields: the first of a range; nothing for "in press" and the like."""
    found = _YEAR.search(fields.get("year", ""))
    return int(found[0]) if found else None


def authors(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Return authors, else editors, as "Family, Given" or the name of an organisation; "others" stays the last."""
    names = split_name_list(re.sub(r"\s+", " ", fields.get("author") or fields.get("editor") or ""))
    return tuple(_name(name) for name in names if name)


def _name(name: str) -> str:
    """Write a person as "Family, Given", with "Jr" and the like behind; an organisation as it is."""
    if name.startswith("{") and name.endswith("}"):
        return plain(name)
    parts = _parts(name)
    family = " ".join(filter(None, (parts.get("prefix"), parts.get("family"))))
    return plain(", ".join(filter(None, (family, parts.get("given"), parts.get("suffix")))))


def classic(name: str) -> str:
    """Write a name that biblatex has as "family=…, given=…" as BibTeX has it."""
    if not re.search(r"family\s*=", name):
        return name
    parts = dict(_KEY_AND_VALUE.findall(name))
    family = " ".join(filter(None, (parts.get("prefix"), parts.get("family"))))
    return ", ".join(filter(None, (family, parts.get("suffix"), parts.get("given"))))


def simplified(text: str) -> str:
    """Take out of a text of LaTeX what only changes its look; digits below and above the line become signs."""
    text = _BELOW.sub(_below, text)
    while text != (inner := _LOOKS.sub(lambda found: found[1] or "", text)):
        text = inner
    return text


def _below(found: re.Match[str]) -> str:
    kind = found[1] or ("_" if found[4] == "sub" else "^")
    return str(found[2] or found[3] or found[5] or "").translate(_SMALL[kind])


def _parts(name: str) -> dict[str, str]:
    """Take a name of BibTeX apart under the words that biblatex has for its parts."""
    person = Person(name)
    return {
        "prefix": " ".join(person.prelast_names),
        "family": " ".join(person.last_names),
        "given": " ".join([*person.first_names, *person.middle_names]),
        "suffix": " ".join(person.lineage_names),
    }


def plain(text: str) -> str:
    """Turn BibTeX's braces, escapes and accents into plain text."""
    text = simplified(text)
    if "\\" in text or "$" in text:
        text = str(Text.from_latex(_BARE_PERCENT.sub(r"\%", text)))
    return text.replace("{", "").replace("}", "").replace("--", "–").strip()
