"""Collect what is wrong, so that one run names everything."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
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


def how_to_install(module: str) -> str:
    """Say which extra of evidencebook brings a module that is missing; "book" brings all."""
    from packaging.requirements import Requirement  # noqa: PLC0415  only this message needs it

    module = module.partition(".")[0]
    requirements = [Requirement(text) for text in metadata.requires("evidencebook") or ()]
    named = {module.lower(), f"{module.lower()}-binary"}  # pypandoc-binary is imported as pypandoc
    markers = [str(requirement.marker) for requirement in requirements if requirement.name.lower() in named]
    extras = [re.sub(r'.*extra == "(\w+)".*', r"\1", marker) for marker in markers]
    wanted = next((extra for extra in extras if extra != "book"), "book")
    return f'{module} is not installed; run: pip install "evidencebook[{wanted}]"'
