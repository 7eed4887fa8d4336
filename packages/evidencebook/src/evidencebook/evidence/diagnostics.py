"""Collect what is wrong, so that one run names everything."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Diagnostic:
    """Say what is wrong, where, and what to write instead."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class EvidenceError(Exception):
    """Carry every problem found in the evidence base."""

    def __init__(self, problems: Iterable[Diagnostic]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UserError(Exception):
    """Say why something that was asked for is not done, and what to do instead; nothing was written."""


def relative_path(path: Path) -> str:
    """Give the path as a person sees it: below the working folder where it can be."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
