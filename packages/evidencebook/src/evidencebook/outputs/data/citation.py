"""Describe the book, a page or a claim as a thing to cite: the one place from which every form of citation is made."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import NamedTuple

from evidencebook.evidence import grade, number_check
from evidencebook.evidence.base import EvidenceBase
from evidencebook.locale import _


class Licence(NamedTuple):
    """Name a licence as SPDX does, and where its terms stand."""

    spdx: str
    name: str
    address: str


#: Of what is read, and of what is run.
TEXT_LICENCE = Licence("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
#: The licences that the text of a book may have, by their names in SPDX.
TEXT_LICENCES = {
    one.spdx: one
    for one in (
        TEXT_LICENCE,
        Licence("CC-BY-SA-4.0", "CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        Licence("CC-BY-NC-4.0", "CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
        Licence("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    )
}
CODE_LICENCE = Licence("MIT", "MIT", "https://spdx.org/licenses/MIT.html")


@dataclass(frozen=True)
class Book:
    """Hold what all citations of a book share; what is empty is not yet known and is shown nowhere.

    An author with a comma is a person, "Family, Given"; one without is a group.
    """

    title: str
    authors: tuple[str, ...]
    day: dt.date
    version: str = ""
    language: str = "en"
    base: str = ""
    doi: str = ""
    licence: Licence = TEXT_LICENCE

    @property
    def root(self) -> str:
        """Give the public address with a slash at its end, or nothing where the book has none."""
        return f"{self.base.rstrip('/')}/" if self.base else ""


@dataclass(frozen=True)
class Citation:
    """Name what is cited: the name of its files, its title (empty for the book itself), its address in the book."""

    book: Book
    name: str
    title: str = ""
    path: str = ""
    note: str = ""

    @property
    def is_book(self) -> bool:
        """Tell whether the whole book is meant."""
        return not self.title

    @property
    def key(self) -> str:
        """Give the key for a bibliography: surname, year and, for a part, its name."""
        first = self.book.authors[0] if self.book.authors else self.book.title
        surname = first.partition(",")[0].split()[-1]
        part = "" if self.is_book else self.name.rpartition("/")[2].removesuffix("-page")
        return re.sub(r"[^a-z0-9-]", "", f"{surname}{self.book.day.year}{part}".lower())

    @property
    def address(self) -> str:
        """Give the public address, or nothing where the book has none."""
        return f"{self.book.root}{self.path}" if self.book.base else ""

    @property
    def link(self) -> str:
        """Give what a reader follows: the DOI for the book, the address for a part of it."""
        doi = f"https://doi.org/{self.book.doi}" if self.book.doi else ""
        return doi or self.address if self.is_book else self.address or doi


def of_claim(book: Book, evidence: EvidenceBase, name: str, path: str) -> Citation:
    """Cite a claim by its statement; name, certainty and the day of the last check tell which state of it is meant."""
    claim = evidence.claims[name]
    known = {"name": name, "certainty": grade.in_words(claim.certainty), "day": claim.checked.isoformat()}
    note = _("Claim %(name)s, %(certainty)s, last checked %(day)s") % known
    return Citation(book, f"claim-{name}", number_check.plain(claim.statement, evidence).rstrip("."), path, note)
