"""Know the identifiers of works and studies: pattern, check, standard form and address of each kind, in one place."""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Identifier:
    """Describe one kind of identifier.

    `pattern` is a regular expression of the bare form, without anchors; `prefix` one of what people write before it: a
    label or an address. `address` is where a reader finds the work, with {} for the bare form.
    """

    name: str
    pattern: str
    prefix: str
    address: str
    example: str
    upper: bool = False

    @cached_property
    def _bare(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)

    @cached_property
    def _prefixed(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self.prefix})?({self.pattern})/?", re.IGNORECASE)

    def is_valid(self, text: str) -> bool:
        """Tell whether a text is an identifier of this kind and nothing else."""
        return self._bare.fullmatch(text) is not None

    def bare(self, text: str) -> str | None:
        """Return the identifier without the label or address before it, letters as written; None when it is none."""
        text = text.strip()
        found = None if self.is_valid(text) else self._prefixed.fullmatch(text)
        return found[1] if found else text if self.is_valid(text) else None

    def standard(self, text: str) -> str | None:
        """Return the form in which two identifiers of one work are equal; None when the text is none."""
        bare = self.bare(text)
        if bare is None:
            return None
        return bare.upper() if self.upper else bare.lower()

    def find(self, text: str) -> str | None:
        """Return the standard form of the first identifier that stands as a word in a running text."""
        found = re.search(rf"\b{self.pattern}", text, re.IGNORECASE)
        return self.standard(found[0].rstrip(".,;")) if found else None

    def checked(self, text: str) -> str:
        """Return the text; raise ValueError, with what to write instead, when it is no bare identifier."""
        if not self.is_valid(text):
            raise ValueError(f'"{text}" is no {self.name}; write it bare, as {self.example}, or leave the field out')
        return text

    def url(self, text: str) -> str:
        """Return the address at which a reader finds what the bare form names."""
        return self.address.format(text)


DOI = Identifier(
    name="DOI",
    pattern=r"10\.[0-9]{4,9}/[^\s{}]*[^\s{}.,;:!?\"'`<\[(/\\|*&=+-]",
    prefix=r"https?://(?:dx\.)?doi\.org/|doi:\s*",
    address="https://doi.org/{}",
    example="10.1000/xyz123",
)
PMID = Identifier(
    name="PMID",
    pattern=r"[1-9][0-9]{0,7}",
    prefix=r"https?://pubmed\.ncbi\.nlm\.nih\.gov/|pmid:?\s*",
    address="https://pubmed.ncbi.nlm.nih.gov/{}/",
    example="12345678",
)
PMCID = Identifier(
    name="PMCID",
    pattern=r"PMC[1-9][0-9]{0,8}",
    prefix=r"https?://pmc\.ncbi\.nlm\.nih\.gov/articles/|https?://www\.ncbi\.nlm\.nih\.gov/pmc/articles/|pmcid:\s*",
    address="https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    example="PMC1234567",
    upper=True,
)
NCT = Identifier(
    name="NCT number",
    pattern=r"NCT[0-9]{8}",
    prefix=r"https?://(?:www\.)?clinicaltrials\.gov/(?:ct2/show|study)/|nct:\s*",
    address="https://clinicaltrials.gov/study/{}",
    example="NCT01234567",
    upper=True,
)
