"""Hold the loaded evidence base and answer what refers to what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from evidencebook.evidence.models import Assertion, Claim, Exclusion, Finding, Outcome, Result, Search, Source
from evidencebook.evidence.subject import MEDICINE, Subject

#: Stands for every id of a kind, when a whole file could not be read.
ANY = "*"


@dataclass(frozen=True)
class Entry:
    """Say where a record stands, for messages and for rebuilding pages."""

    path: Path
    line: int
    #: The line of each of its parts, by its place in the record, as ("findings", 2).
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict, compare=False, repr=False)
    #: Its texts that name other records by a role, with their places.
    quotes: tuple[tuple[tuple[str | int, ...], str], ...] = field(default=(), compare=False, repr=False)

    def at(self, place: tuple[str | int, ...]) -> int:
        """Give the line of a part, or of the nearest one around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines[place] if place else self.line

    @property
    def topic(self) -> str:
        """Give the topic: the stem of the file."""
        return self.path.stem


@dataclass(frozen=True)
class EvidenceBase:
    """Hold every record by id, in the order of the files."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    #: What is cited and never extracted (background.bib).
    background: Mapping[str, Source] = field(default_factory=dict)
    #: The words of this book (vocabulary.yml).
    subject: Subject = MEDICINE
    #: What analyses computed and claims state (results.yml).
    results: Mapping[str, Result] = field(default_factory=dict)
    findings: Mapping[str, Finding] = field(default_factory=dict)
    searches: Mapping[str, Search] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    assertions: Mapping[str, Assertion] = field(default_factory=dict)
    exclusions: tuple[Exclusion, ...] = ()
    entries: Mapping[tuple[str, str], Entry] = field(default_factory=dict)
    files: tuple[Path, ...] = ()
    #: What was named but could not be read: references to it are not reported a second time.
    unreadable: frozenset[tuple[str, str]] = frozenset()
    #: The pages of the book around it, as their paths without ending; None where there is no book.
    pages: frozenset[str] | None = None
    #: The language of the book around it, as its settings name it.
    language: str = "en"
    #: By their kind: scores, words that readers search for, and questions of readers.
    serving: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    def entry(self, kind: str, name: str) -> Entry:
        """Give the place of a record; kind is finding, claim, source, search, outcome, assertion or exclusion."""
        return self.entries[kind, name]

    def records(self, kind: str) -> Mapping[str, Any]:
        """Return the records of a kind by id, in the order of the files."""
        return getattr(self, plural(kind))  # type: ignore[no-any-return]

    def knows(self, kind: str, name: str) -> bool:
        """Tell whether a record of this id stands in a file, readable or not."""
        return bool({(kind, name), (kind, ANY)} & self.unreadable) or (kind, name) in self.entries

    def is_whole(self, kind: str) -> bool:
        """Tell whether every record of a kind could be read."""
        return all(kind != broken for broken, _ in self.unreadable)

    def topic(self, kind: str, name: str) -> str:
        """Give the topic of a record."""
        return self.entry(kind, name).topic

    def source_of(self, finding: str) -> Source:
        """Give the source that a finding was taken from."""
        return self.sources[self.findings[finding].source]

    @cached_property
    def findings_of_source(self) -> Mapping[str, tuple[str, ...]]:
        """Map each source to the findings taken from it."""
        return _grouped((found.source, name) for name, found in self.findings.items())

    @cached_property
    def claims_of_finding(self) -> Mapping[str, tuple[str, ...]]:
        """Map each finding to the claims that it supports or contradicts."""
        return _grouped(
            (found, name) for name, claim in self.claims.items() for found in (*claim.findings, *claim.against)
        )

    @cached_property
    def claims_of_search(self) -> Mapping[str, tuple[str, ...]]:
        """Map each search to the claims that rest on it."""
        return _grouped((search, name) for name, claim in self.claims.items() for search in claim.searches)

    @cached_property
    def claims_of_outcome(self) -> Mapping[str, tuple[str, ...]]:
        """Map each outcome to the claims that speak to it."""
        return _grouped((outcome, name) for name, claim in self.claims.items() for outcome in claim.outcomes)

    @cached_property
    def assertions_of_claim(self) -> Mapping[str, tuple[str, ...]]:
        """Map each claim to the assertions that it answers."""
        return _grouped((claim, name) for name, made in self.assertions.items() for claim in made.claims)

    @cached_property
    def excluded_sources(self) -> Mapping[str, str]:
        """Map each excluded source to the reason."""
        return {key: group.reason for group in self.exclusions for key in group.sources}

    @cached_property
    def excluded_findings(self) -> Mapping[str, str]:
        """Map each finding that was seen and left out to the reason."""
        return {name: group.reason for group in self.exclusions for name in group.findings}


def plural(kind: str) -> str:
    """Name all records of a kind, as "findings" and "searches"."""
    return "searches" if kind == "search" else f"{kind}s"


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key, name in pairs:
        groups[key].append(name)
    return {key: tuple(names) for key, names in groups.items()}
