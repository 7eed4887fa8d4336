"""Define the record of one source: what it is, and what was seen of it."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from evidencebook.evidence.fields import Record, SourceKey, Text, Year
from evidencebook.evidence.identifiers import DOI, PMCID, PMID
from evidencebook.evidence.subject import DesignName
from evidencebook.evidence.vocabulary import Flag, Seen

#: Scheme, host, port and the rest; no reader can reach an address of numbers, or of one network alone.
_ADDRESS = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?\.)+(?!local\b|localhost|internal\b|invalid\b|lan\b)(?:[a-z]{2,}|xn--[a-z0-9-]+)"
    r"(?::(?!0)\d{1,4}|:[1-6]\d{4})?(?:[/?#](?:(?:[^\s<>\"\\^`{}|%]|%[0-9a-f]{2})*(?<![.,;]))?)?",
    re.IGNORECASE,
)


def _checked_address(url: str) -> str:
    if not _ADDRESS.fullmatch(url):
        raise ValueError(f'url "{url}" is no address of a page; write it whole, as https://example.org/page')
    return url


class Source(Record):
    """Describe one bibliography entry: what it is and what was seen of it."""

    key: SourceKey
    kind: Text
    title: Text
    authors: tuple[str, ...]
    year: Year | None
    letter: str = Field(default="", description="behind the year, where several sources share author and year")
    design: DesignName
    flags: tuple[Flag, ...] = ()
    seen: Seen | None
    note: str = ""
    doi: Annotated[str, AfterValidator(DOI.checked)] | None = None
    pmid: Annotated[str, AfterValidator(PMID.checked)] | None = None
    pmcid: Annotated[str, AfterValidator(PMCID.checked)] | None = None
    url: Annotated[str, AfterValidator(_checked_address)] | None = None
    fields: dict[str, str] = Field(default_factory=dict, repr=False)

    @property
    def dated(self) -> str:
        """Write the year with its letter, as "2020a" or "n.d.-a"."""
        return f"{self.year}{self.letter}" if self.year else "n.d." + (f"-{self.letter}" if self.letter else "")

    @property
    def href(self) -> str | None:
        """Give the address to send a reader to: DOI, else PubMed, else the page."""
        return DOI.url(self.doi) if self.doi else PMID.url(self.pmid) if self.pmid else self.url
