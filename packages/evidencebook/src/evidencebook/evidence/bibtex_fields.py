"""Bring the fields of a BibTeX or biblatex entry into one form, and its names and texts into plain words."""

import html
import re
from collections.abc import Mapping

from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person

from evidencebook.evidence.identifiers import DOI
from evidencebook.evidence.latex_text import COMMAND, simplified

#: What biblatex and the exporters call otherwise; the name on the right is the one that BibTeX styles know.
_OTHER_NAMES = {"journaltitle": "journal", "location": "address", "keyword": "keywords", "eprint-pmid": "pmid"}
#: Fields that hold an address or a code: exporters escape them as if they were text.
_CODES = ("doi", "url", "pmid", "pmcid")
_ESCAPED = re.compile(r"\\([_&%#$~])")
_ESCAPE = re.compile(r"\\([^A-Za-z\s])")
_DOI_INSIDE = re.compile(r"/10\.\d{4,}/")
_DOI_ADDRESS = re.compile(f"^(?:{DOI.prefix})", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[5-9]|2[01])\d\d(?!\d)")
_ROLES = ("author", "editor")
_WITH_SUBTITLE = {"title", "booktitle", "journal"}
#: How biblatex names the state of a work that is not out.
_STATES = {"inpress": "in press", "inpreparation": "in preparation", "prepublished": "ahead of print"}
#: biblatex's own words for kinds of theses and reports.
_TYPES = {
    **{"phdthesis": "PhD thesis", "mathesis": "Master's thesis", "bathesis": "Bachelor's thesis"},
    **{"candthesis": "Candidate thesis", "techreport": "Technical report", "resreport": "Research report"},
}
#: Where other archives than arXiv show a work.
_ARCHIVES = {"hdl": "https://hdl.handle.net/", "jstor": "https://www.jstor.org/stable/"}
_ARXIV = re.compile(r"\d{4}\.\d{4,5}(?:v\d+)?$|[a-z-]+(?:\.[A-Z]{2})?/\d{7}")
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
        made[role] = " and ".join(names(simplified(made[role])))
    for name in _WITH_SUBTITLE & made.keys():
        made[name] = joined(made[name], made.get(f"{name.removesuffix('title')}subtitle", ""))
    if "type" in made:
        made["type"] = _TYPES.get(made["type"], made["type"])
    _name_archive(made)
    for name in _CODES:
        if name in made:
            made[name] = _ESCAPED.sub(r"\1", made[name]).strip().strip("{}")
    if _DOI_INSIDE.search(made.get("url", "")):  # those of the years before 2000 hold signs that no address does
        made["url"] = made["url"].replace("<", "%3C").replace(">", "%3E")
    if "doi" in made:
        made["doi"] = _DOI_ADDRESS.sub("", made["doi"])
    if "year" not in made and (dated := _dated(made.get("date", ""), made.get("pubstate", ""))):
        made["year"] = dated
    return made


def joined(title: str, subtitle: str) -> str:
    """Put a subtitle behind its title."""
    if not subtitle:
        return title
    return f"{title}{' ' if re.search(r'[?!:.]}*$', title) else ': '}{subtitle}"


def _dated(date: str, state: str) -> str:
    """Return the year of biblatex's date, both of a range; else that the work is yet to come out, as it says."""
    years = list(dict.fromkeys(found[0] for found in _YEAR.finditer(date)))
    return "–".join(years[:: max(1, len(years) - 1)]) or _STATES.get(state.lower(), state)


def _name_archive(fields: dict[str, str]) -> None:
    """Put the number in an archive where styles look for it: they take every eprint for one of arXiv."""
    kind = (fields.get("eprinttype") or fields.get("archiveprefix") or "arxiv").lower()
    number = fields.pop("eprint", "").strip().removeprefix("arXiv:")
    if kind in {"pmid", "pubmed"} and number:
        fields.setdefault("pmid", number)
    elif kind == "arxiv" and _ARXIV.match(number):
        fields["eprint"] = number
    elif number and kind in _ARCHIVES:
        fields.setdefault("url", _ARCHIVES[kind] + number)


def other_name(name: str) -> str:
    """Return the name that BibTeX styles know for a field."""
    return _OTHER_NAMES.get(name, name)


def year(fields: Mapping[str, str]) -> int | None:
    """Give the year of normalised fields: the first of a range; nothing for "in press" and the like."""
    found = _YEAR.search(fields.get("year", ""))
    return int(found[0]) if found else None


def authors(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Return authors, else editors, as "Family, Given" or the name of an organisation; "others" stays the last."""
    return tuple(_name(name) for name in names(fields.get("author") or fields.get("editor") or ""))


def _name(name: str) -> str:
    """Write a person as "Family, Given", with "Jr" and the like behind; an organisation as it is."""
    if in_braces(name):
        return plain(name)
    family, given, suffix = parts(simplified(name))
    return plain(", ".join(filter(None, (family, given, suffix))))


def classic(name: str) -> str:
    """Write a name that biblatex has as "family=…, given=…" as BibTeX has it."""
    if not re.search(r"family\s*=", name):
        return name
    given = dict(_KEY_AND_VALUE.findall(name))
    family = " ".join(filter(None, (given.get("prefix"), given.get("family"))))
    return ", ".join(filter(None, (family, given.get("suffix"), given.get("given"))))


def in_braces(name: str) -> bool:
    """Tell whether one pair of braces holds a whole name, so that it is that of an organisation."""
    depth = 0
    for place, sign in enumerate(name):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth == 0:
            return place == len(name) - 1 > 0
    return False


def names(text: str) -> list[str]:
    """Take the names of a field apart, each in BibTeX's form; an "and" with nothing behind it is none."""
    text = re.sub(r"(?:(?:^|\s)and)*\s*$", "", re.sub(r"\s+", " ", text), flags=re.IGNORECASE)
    return [classic(name) for name in split_name_list(text) if name]


def parts(name: str) -> tuple[str, str, str]:
    """Take a name of BibTeX apart: the family with its prefix, what is given, and "Jr" and the like."""
    person = Person(name)
    family = [*person.prelast_names, *person.last_names]
    return " ".join(family), " ".join([*person.first_names, *person.middle_names]), " ".join(person.lineage_names)


def plain(text: str) -> str:
    """Turn BibTeX's braces, escapes and accents into plain text."""
    text = _ESCAPE.sub(r"\1", COMMAND.sub("", simplified(text)).replace("{", "").replace("}", ""))
    return html.unescape(text).replace("---", "—").replace("--", "–").strip()
