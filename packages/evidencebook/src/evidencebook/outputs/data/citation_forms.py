"""Write a citation as plain text, BibTeX, RIS and CSL-JSON."""

import json
import re
from collections.abc import Callable
from typing import Any

from evidencebook.locale import _
from evidencebook.outputs.data.citation import Citation

#: What LaTeX takes for a command. Addresses stay as they are: programs read them verbatim.
_SPECIAL = re.compile(r"([&%#$_])")
_VERBATIM = ("url", "doi")
_RIS = {"title": "TI", "container": "T2", "year": "PY", "edition": "ET", "language": "LA", "url": "UR", "doi": "DO"}
_CSL = {"title": "title", "container": "container-title", "edition": "edition", "language": "language", "url": "URL"}


def plain(cited: Citation) -> str:
    """Write as a reference list does: who, when, what, in what, which version, where."""
    book = cited.book
    version = _(", version %s") % book.version if book.version else ""
    whole = f"{book.title}{version}."
    end = "" if cited.title.endswith(("?", "!", ".")) else "."
    what = whole if cited.is_book else " ".join((cited.title + end, _("In:"), whole))
    note = f"{cited.note}." if cited.note else ""
    who = "; ".join(book.authors)
    return " ".join(part for part in (f"{who} ({book.day.year}).", what, note, cited.link) if part)


def fields(cited: Citation) -> dict[str, str]:
    """Return what every form says, by one name; what is not known is left out."""
    book = cited.book
    known = {
        "title": cited.title or book.title,
        "container": "" if cited.is_book else book.title,
        "year": str(book.day.year),
        "date": book.day.isoformat(),
        "edition": book.version,
        "language": book.language,
        "url": cited.address,
        "doi": book.doi if cited.is_book else "",
        "note": cited.note,
    }
    return {name: text for name, text in known.items() if text}


def bibtex(cited: Citation) -> str:
    """Write one BibTeX entry; braces keep a group from being taken apart, and a title's capitals from being lowered."""
    known = fields(cited)
    own = {"author": " and ".join(name if "," in name else f"{{{name}}}" for name in cited.book.authors)}
    own["title"] = f"{{{known.pop('title')}}}"
    if container := known.pop("container", ""):
        own["booktitle"] = f"{{{container}}}"
    lines = [f"    {name} = {{{_escaped(name, text)}}}" for name, text in (own | known).items()]
    return f"@{'book' if cited.is_book else 'incollection'}{{{cited.key},\n" + ",\n".join(lines) + "\n}\n"


def ris(cited: Citation) -> str:
    """Write one RIS record."""
    known = fields(cited)
    lines = [("TY", "BOOK" if cited.is_book else "CHAP"), ("ID", cited.key)]
    lines += [("AU", name) for name in cited.book.authors]
    lines += [(_RIS[name], text) for name, text in known.items() if name in _RIS]
    lines += [("DA", cited.book.day.strftime("%Y/%m/%d")), ("N1", cited.note)]
    return "".join(f"{tag}  - {text}\n" for tag, text in lines if text) + "ER  - \n"


def csl(cited: Citation) -> str:
    """Write CSL-JSON: a list of one item, as citation processors read it."""
    day, known = cited.book.day, fields(cited)
    item: dict[str, Any] = {"id": cited.key, "type": "book" if cited.is_book else "chapter"}
    item |= {_CSL[name]: text for name, text in known.items() if name in _CSL}
    item |= {name.upper() if name == "doi" else name: known[name] for name in ("doi", "note") if name in known}
    item["author"] = [_csl_name(name) for name in cited.book.authors]
    item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


#: The end of a file's name, the name of the form, and what writes it.
Form = tuple[str, str, Callable[[Citation], str]]
_FORMS: tuple[Form, ...] = (("bib", "BibTeX", bibtex), ("ris", "RIS", ris), ("json", "CSL-JSON", csl))


def forms_of(cited: Citation) -> tuple[Form, ...]:
    """Name the forms that have a file: all of them for the book, those that every citation manager reads for a page."""
    return _FORMS if cited.is_book else _FORMS[:2]


def _escaped(name: str, text: str) -> str:
    return text if name in _VERBATIM else _SPECIAL.sub(r"\\\1", text)


def _csl_name(name: str) -> dict[str, str]:
    """Take a person's name apart; a group keeps its name whole."""
    family, comma, given = name.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma else {"literal": name}
