"""Hold a flow diagram as data: boxes with their counts, on two ways that lead to one end."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """Say what is counted, and the number, or why there is none."""

    words: str
    count: int | None
    instead: str = ""
    part: bool = False  # of the line above it that is no part

    @property
    def value(self) -> str:
        """Write the number as print has it, or what stands instead."""
        return self.instead if self.count is None else f"{self.count:,}"


@dataclass(frozen=True)
class Box:
    """Hold one box: our name for it, its lines, and what PRISMA 2020 calls it."""

    title: str
    prisma: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Step:
    """Hold a box on the way down and, beside it, what leaves the way there."""

    stage: str
    box: Box
    aside: Box | None = None


@dataclass(frozen=True)
class Flow:
    """Hold the two ways into the book and what they lead to."""

    databases: tuple[Step, ...]
    others: tuple[Step, ...]
    included: Step
