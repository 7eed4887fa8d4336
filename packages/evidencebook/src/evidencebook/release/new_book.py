"""Fill the template of a new book in: title, authors, day, and the press that the book depends on."""

import datetime as dt
import json
import re
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pybtex.database import Person

from evidencebook import locale
from evidencebook.evidence import dates
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.outputs.data.citation import TEXT_LICENCES
from evidencebook.release import wheel
from evidencebook.release.sample import without_sample

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

    @property
    def slug(self) -> str:
        """Return the title as the name of a file: small letters and hyphens."""
        plain = unicodedata.normalize("NFKD", self.title).encode("ascii", "ignore").decode("ascii").lower()
        return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "book"

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
            "slug": self.slug,
            "year": str(self.day.year),
            "day": dates.written(self.day),
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


def plan_of(config: Path, requirement: str) -> Plan:
    """Return the plan of a book as its settings have it now; where they lost the day, that of 1 January 1970."""
    settings: dict[str, Any] = yaml.safe_load(config.read_text(encoding="utf-8"))
    authors = tuple(name.strip() for name in str(settings.get("author", "")).split(";"))
    own: dict[str, Any] = (settings.get("sphinx") or {}).get("config") or {}
    day = dates.read_day(str(own.get("today", ""))) or dt.date(1970, 1, 1)
    licence = str(own.get("evidence_licence", Plan.licence))
    return Plan(
        str(settings.get("title", "")),
        authors,
        day,
        requirement,
        licence if licence in TEXT_LICENCES else Plan.licence,
        str(own.get("language", Plan.language)),
        tuple(map(str, own.get("evidence_keywords") or ())),
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
