"""Fill the template of a new book in (title, authors, day, the press that it depends on), or take its sample out.

The sample bears a mark: `sample: whole file` anywhere in a file, `sample: begin` … `sample: end` around lines,
`# sample` at the end of a line.
"""

import datetime as dt
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pybtex.database import Person

from evidencebook import locale
from evidencebook.evidence.dates import read_day, written
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.project import BookFolder
from evidencebook.evidence.source_key import slug
from evidencebook.outputs.data.citation import TEXT_LICENCES
from evidencebook.release import wheel

_PART = re.compile(r"^[^\n]*\bsample: begin\b.*?\bsample: end\b[^\n]*\n+|^[^\n]*# sample\n", re.MULTILINE | re.DOTALL)
#: A part of _toc.yml of which no page is left; sphinx-external-toc takes none without pages.
_NO_PAGES = re.compile(r"^ *- caption:[^\n]*\n +chapters:\n(?= *- caption:|\s*\Z)", re.MULTILINE)
_FOLDERS = ("book", "evidence", "src", "tests")
_TOKEN = re.compile(r"@([a-z]+(?:-[a-z]+)*)@")
#: Files that a writer may have before, and that then stay as they are.
_KEPT = frozenset({"README.md", ".gitignore", ".gitattributes", "LICENSE", "LICENSE-TEXT"})


@dataclass(frozen=True)
class Plan:
    """Say what the new book is called, who writes it, when it was begun, which press it needs, and what else it says.

    Authors are written as the settings have them: a person as "Family, Given", an organisation without a comma.
    """

    title: str
    authors: tuple[str, ...]
    day: dt.date
    requirement: str
    licence: str = "CC-BY-4.0"
    language: str = locale.ENGLISH
    subjects: tuple[str, ...] = ()
    #: The name of the folder, after which a book is called whose title is in other letters.
    folder: str = ""

    @property
    def words(self) -> dict[str, str]:
        """Return what stands in the template for each word between two @; quoted as JSON, YAML and TOML have it."""
        names = [" ".join(reversed(name.split(", ", 1))) for name in self.authors]
        return {
            "title": self.title,
            "authors": f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0],
            "title-quoted": json.dumps(self.title, ensure_ascii=False),
            "authors-quoted": json.dumps("; ".join(self.authors), ensure_ascii=False),
            "authors-toml": ", ".join(f"{{ name = {json.dumps(name, ensure_ascii=False)} }}" for name in names),
            "slug": slug(self.title) or slug(self.folder) or "book",
            "year": str(self.day.year),
            "day": written(self.day),
            "python": f"{sys.version_info.major}.{sys.version_info.minor}",
            "requirement": self.requirement,
            "language": self.language,
            "licence": self.licence,
            "licence-name": TEXT_LICENCES[self.licence].name,
            "licence-address": TEXT_LICENCES[self.licence].address,
            "keywords": json.dumps(self.subjects, ensure_ascii=False),
        }


def one_line(name: str, text: str) -> str:
    """Return a title or author on one line; raise UserError when nothing is left, or more than a line."""
    if not text.strip() or not text.strip().isprintable():
        raise UserError(f'the book needs a {name} on one line; say --{name} "…"; nothing was written')
    return text.strip()


def parse_authors(text: str) -> tuple[str, ...]:
    """Read "Ada Example; Other, Bo; {The Group}" as "Example, Ada", "Other, Bo" and the organisation "The Group"."""
    return tuple(_author(name.strip()) for name in one_line("author", text).split(";") if name.strip())


def parse_licence(text: str) -> str:
    """Return a licence by its name in SPDX; raise UserError for one that we do not know."""
    if text not in TEXT_LICENCES:
        raise UserError(f'the licence "{text}" is none of {", ".join(TEXT_LICENCES)}; nothing was written')
    return text


def parse_language(text: str) -> str:
    """Return a language as Sphinx names it; raise UserError for what is none."""
    if not re.fullmatch(r"[a-z]{2,3}([_-][A-Za-z]{2,4})?", text):
        raise UserError(f'"{text}" is no language; write it as en, de or pt_BR; nothing was written')
    return text.replace("-", "_")


def _author(name: str) -> str:
    if name.startswith("{"):
        body = name.strip("{} ")
        if "," in body or not body:
            raise UserError(f'the organisation "{body}" cannot have a comma: with one it would be read as a person')
        return body
    person = Person(name)
    family = " ".join((*person.prelast_names, *person.last_names, *person.lineage_names))
    given = " ".join((*person.first_names, *person.middle_names))
    if not given:
        raise UserError(f'"{name}" has one name only; write "Family, Given", or {{{name}}} for an organisation')
    return f"{family}, {given}"


def without_sample(text: str) -> str | None:
    """Return a text without the parts that belong to the sample; None when all of it does."""
    return None if "sample: whole file" in text else _NO_PAGES.sub("", _PART.sub("", text))


def template(files: Mapping[str, str], words: Mapping[str, str], *, bare: bool) -> dict[str, str]:
    """Return the files of a template by their path in the book, filled in; bare ones are without the sample.

    A name that begins with "dot-" begins with a dot there, and ".template" is left out, so that no tool takes the
    template for a project.
    """
    made = {}
    for name, text in files.items():
        kept = without_sample(text) if bare else text
        if kept is not None:
            path = re.sub(r"(^|/)dot-", r"\1.", name.removesuffix(".template"))
            made[path] = _TOKEN.sub(lambda found: words.get(found[1], found[0]), kept)  # a newer one may know more
    return made


def contents(folder: Path, files: Mapping[str, str | bytes]) -> tuple[dict[Path, str | bytes], list[str]]:
    """Return what is to be written into a folder, and the files that a writer had before and keeps.

    Raises UserError when any other file of the book is there already.
    """
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{relative_path(folder)} is a file; name a folder; nothing was written")
    there = [name for name in files if (folder / name).exists()]
    if conflicts := [name for name in there if name not in _KEPT]:
        few = ", ".join(sorted(conflicts)[:3]) + (" …" if len(conflicts) > 3 else "")
        raise UserError(f"{relative_path(folder)} has {few} already; name a folder without; nothing was written")
    return {folder / name: content for name, content in files.items() if name not in there}, sorted(there)


def plan_of(book: BookFolder, requirement: str) -> Plan:
    """Return the plan of a book as its settings have it now; where they lost the day, that of 1 January 1970."""
    authors = tuple(name.strip() for name in str(book.settings.get("author", "")).split(";"))
    day = read_day(str(book.setting("today"))) or dt.date(1970, 1, 1)
    licence = str(book.setting("evidence_licence") or Plan.licence)
    return Plan(
        str(book.settings.get("title", "")),
        authors,
        day,
        requirement,
        licence if licence in TEXT_LICENCES else Plan.licence,
        str(book.setting("language") or Plan.language),
        tuple(map(str, book.setting("evidence_keywords") or ())),
        book.root.absolute().name,
    )


def installed_template(language: str = locale.ENGLISH) -> dict[str, str]:
    """Return the files of the template of the installed press, by name; pages in a language where we have them."""
    folders = [wheel.PACKAGE / "release" / "template", locale.HERE / (locale.known(language) or "-") / "template"]
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def forget_sample(book: BookFolder) -> dict[Path, str | None]:
    """Return what forgetting the sample changes: the new text of each file, None for one that goes.

    Raises UserError when something else in the evidence rests on the sample.
    """
    found: dict[Path, str | None] = {}
    paths = [book.root / "README.md", *(path for name in _FOLDERS for path in sorted((book.root / name).rglob("*")))]
    for path in paths:
        if path.is_file() and "_build" not in path.parts:
            text = path.read_text(encoding="utf-8", errors="replace")
            if (after := without_sample(text)) != text:
                found[path] = after
    evidence = {path: text or "# removed\n" for path, text in found.items() if path.is_relative_to(book.evidence)}
    new = sorted({*inspect(book.evidence, evidence)[1]} - {*inspect(book.evidence)[1]})
    if new:
        lines = "\n".join(f"  {diagnostic}" for diagnostic in new)
        raise UserError(f"records of yours rest on the sample; change these first, nothing was removed:\n{lines}")
    gone = [path.name for path, text in found.items() if text is None and path.is_relative_to(book.pages)]
    pages = {path: path.read_text("utf-8") for path in book.pages.rglob("*.md") if "_build" not in path.parts}
    linked = [
        f"  {relative_path(page)} names {name}"
        for page, text in pages.items()
        for name in gone
        if name in (found.get(page, text) or "")
    ]
    if linked:
        raise UserError("pages of yours name pages of the sample; change these first:\n" + "\n".join(linked))
    return found
