"""Read the records of each format in which programs export references: lines, and records or why there is none."""

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from evidencebook.evidence import bibtex_fields, reference_bibtex
from evidencebook.evidence.identifiers import DOI, PMID
from evidencebook.evidence.latex_text import without_tags
from evidencebook.evidence.reference_record import Read, Record, as_line, body, person

_SUFFIX = r"(?:[JS]r|2nd|3rd|4th|I{2,3}|IV)\.?"


def _ris(text: str) -> Read:
    import rispy  # noqa: PLC0415  needs the extra "import"
    from rispy.config import LIST_TYPE_TAGS, TAG_KEY_MAPPING  # noqa: PLC0415

    loads = partial(
        rispy.loads,
        skip_unknown_tags=True,
        mapping={**TAG_KEY_MAPPING, "ED": "editors"},
        list_tags=[*LIST_TYPE_TAGS, "ED"],
        delimiter_tags_mapping={},  # a semicolon is a sign of an address
    )
    for line, block in _blocks(text, r"^TY {0,2}- ?"):
        try:
            (record,) = loads(block)
        except Exception as broken:  # rispy raises what it meets; one record is named and the rest is read
            yield line, f"the record cannot be read ({broken}); it must end with ER  -"
            continue
        authors = [_name(name) for name in record.get("authors") or record.get("first_authors") or ()]
        editors = [_name(name) for name in record.get("editors") or record.get("secondary_authors") or ()]
        pages = "--".join(filter(None, (record.get("start_page"), record.get("end_page"))))
        known = {name: _words(value) for name, value in record.items() if name not in {"keywords", "note"}}
        known["urls"] = re.sub(r";\s*https?://.*", "", " ".join(record.get("urls") or ()).split(" ")[0])
        yield (
            line,
            Record(
                record.get("id", ""),
                record.get("type_of_reference", "misc"),
                known | {"pages": pages},
                authors,
                editors,
            ),
        )


def _csl_json(text: str) -> Read:
    try:
        items = json.loads(text)
    except ValueError as broken:
        yield getattr(broken, "lineno", 1), f"the file is no JSON: {broken}"
        return
    if isinstance(items, dict):
        items = next((items[name] for name in ("items", "references") if isinstance(items.get(name), list)), [items])
    for item in items if isinstance(items, list) else [items]:
        shown = json.dumps(item.get("id", item.get("title")) if isinstance(item, dict) else item, ensure_ascii=False)
        line = text.count("\n", 0, max(0, text.find(shown))) + 1
        if not isinstance(item, dict) or not (item.keys() & {"id", "title", "DOI"}):
            yield line, f"{shown[:40]} is no item; CSL-JSON is a list of items with id, type and title"
            continue
        people = {role: [_of_csl(one) for one in _listed(item.get(role))] for role in ("author", "editor")}
        issued, remarks = _issued(item.get("issued"))
        known = {name: _words(value) for name, value in item.items() if name not in {"keywords", "note", "type"}}
        title = bibtex_fields.joined(as_line(known.get("title")), as_line(known.get("subtitle")))
        known |= {"title": title, "issued": issued}
        key = str(item.get("id", ""))
        yield line, Record(key, str(item.get("type", "misc")), known, people["author"], people["editor"], remarks)


def _issued(given: Any) -> tuple[str, tuple[str, ...]]:
    """Return the year of a date of CSL, or both of a range, and what it says beside them."""
    if not isinstance(given, dict):
        return str(given or ""), ()
    years = [str(part[0]) for part in _listed(given.get("date-parts")) if isinstance(part, list) and part and part[0]]
    text = "–".join(dict.fromkeys(years)) or str(given.get("raw") or given.get("literal") or "")
    return text, (f"the date is about {text}; the year is written alone",) if given.get("circa") else ()


def _of_csl(one: Any) -> str:
    """Write a person of CSL for BibTeX."""
    if not isinstance(one, dict):
        return _name(str(one))
    given, family = (str(one.get(name) or "") for name in ("given", "family"))
    if not (given or family):
        return body(str(one.get("literal") or one.get("name") or ""))
    particles = (one.get(f"{name}dropping-particle") for name in ("", "non-"))
    return person(" ".join([*filter(None, particles), family]).strip(), given, str(one.get("suffix") or ""))


def _nbib(text: str) -> Read:
    import nbib  # noqa: PLC0415  needs the extra "import"

    for line, block in _blocks(text, r"^PMID ?- "):
        try:
            (record,) = nbib.read(block.strip("\n") + "\n\n")
        except Exception as broken:  # as above
            yield line, f"the record cannot be read: {broken}"
            continue
        authors = [_name(one["author"], " ") for one in record.get("authors", ()) if "author" in one]
        # The library keeps the last of several bodies, and neither editors nor the title of a book.
        authors += [body(name) for name in _tagged(block, "CN")]
        editors = [_name(name, " ") for name in _tagged(block, "FED")]
        known = {name: _words(value) for name, value in record.items()} | {"keywords": None}
        known["title"] = str(known.get("title", "")).removesuffix(".")
        known["booktitle"] = next(iter(_tagged(block, "BTI")), "")
        known["publisher"] = next(iter(_tagged(block, "PB")), "")
        kind = "incollection" if known["booktitle"] and not known.get("journal") else "article"
        yield line, Record("", kind, known, authors, editors)


def _tagged(block: str, tag: str) -> list[str]:
    """Return what stands behind a tag of PubMed, its continuing lines joined."""
    found = re.findall(rf"^{tag} *- (.*(?:\n {{6}}.*)*)", block, re.MULTILINE)
    return [" ".join(text.split()) for text in found]


def _doi_list(text: str) -> Read:
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].strip()
        if doi := DOI.bare(words):
            yield number, Record(doi, "", {"doi": doi})
        elif pmid := PMID.bare(words):
            yield number, Record(pmid, "", {"pmid": pmid})
        elif words:
            yield number, f'"{words}" is neither a DOI nor a PMID; write one on each line, as 10.1000/xyz or PMID: 123'


READERS: Mapping[str, Callable[[str], Read]] = {
    ".bib": reference_bibtex.read,
    ".ris": _ris,
    ".json": _csl_json,
    ".nbib": _nbib,
    ".txt": _doi_list,
}


def _blocks(text: str, start: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of each record, so that a broken one hides no other."""
    begins = [found.start() for found in re.finditer(start, text, re.MULTILINE)]
    line, place = 1, 0
    for begin, end in zip(begins, [*begins[1:], len(text)] if begins else [], strict=True):
        line += text.count("\n", place, begin)
        place = begin
        yield line, text[begin:end]


def _words(value: Any) -> Any:
    """Take HTML out of a text, or of each of a list; these formats hold no LaTeX."""
    if isinstance(value, list):
        return [_words(one) for one in value]
    return html.unescape(without_tags(value)) if isinstance(value, str) else value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _name(name: str, between: str = ", ") -> str:
    """Write "Family, Given" for BibTeX, with "Jr" where BibTeX has it; anything else as the name of an organisation."""
    family, comma, rest = (part.strip() for part in name.partition(","))
    if not comma:
        return body(name)
    found = re.fullmatch(rf"(.*){between}({_SUFFIX})", rest)
    return person(family, found[1], found[2]) if found else person(family, rest)
