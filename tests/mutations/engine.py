"""Change one thing in a copy of the evidence, ask what is wrong with it, and put the thing back."""

import os
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evidencebook.evidence import todo_markers
from evidencebook.evidence.diagnostics import Diagnostic
from evidencebook.evidence.loader import inspect
from evidencebook.surveillance import store

ROOT = Path(__file__).parents[2]
Place = tuple[Path, int]


@dataclass(frozen=True)
class Kind:
    """Say how a text is changed: where the pattern is found in a file, `new` is put; the fault is `at` lines below."""

    name: str
    files: str
    pattern: str
    new: str | Callable[[re.Match[str], random.Random], str]
    at: int | Callable[[re.Match[str]], int] = 0
    #: A change that is no fault: nothing may be told.
    harmless: bool = False

    def mutate(self, folder: Path, rng: random.Random) -> tuple[Path, int]:
        """Change one place, chosen by chance, in a file below the folder; return the file and the line of the fault."""
        found: list[tuple[Path, re.Match[str]]] = []
        paths = sorted(folder.glob(self.files))
        rng.shuffle(paths)
        for path in paths:
            found = [(path, one) for one in re.finditer(self.pattern, path.read_text("utf-8"), re.MULTILINE)]
            if found:
                break
        path, match = rng.choice(found)
        new = match.expand(self.new) if isinstance(self.new, str) else self.new(match, rng)
        before, after = match.string[: match.start()], match.string[match.end() :]
        path.write_text(before + new + after, encoding="utf-8")
        return path, before.count("\n") + 1 + (self.at if isinstance(self.at, int) else self.at(match))


@dataclass(frozen=True)
class FileKind:
    """Say how a file is changed as a whole; the action returns the file and the line that are to be named."""

    name: str
    change: Callable[[Path, random.Random], Place]
    harmless: bool = False
    #: At most so many messages may be told of it.
    most: int = 400

    def mutate(self, folder: Path, rng: random.Random) -> Place:
        """Change the folder."""
        return self.change(folder, rng)


@dataclass(frozen=True)
class Result:
    """Hold what was told of one mutation, and whether that is right."""

    kind: Kind | FileKind
    place: Place
    told: tuple[Diagnostic, ...]

    @property
    def verdict(self) -> str:
        """Give "" when the mutation was judged rightly, else what is wrong."""
        if self.kind.harmless:
            return "refused" if self.told else ""
        if not self.told:
            return "accepted"
        if isinstance(self.kind, FileKind) and len(self.told) > self.kind.most:
            return f"{len(self.told)} messages"
        path, line = self.place
        near = any(Path(one.file).resolve() == path.absolute() or Path(one.file) == path for one in self.told)
        right = any(abs(one.line - line) <= 1 for one in self.told if Path(one.file) in (path, path.resolve()))
        return "" if right else "other line" if near else "other file"


class Bench:
    """Hold the copy of the book on which mutations are tried."""

    def __init__(self, folder: Path) -> None:
        self.evidence = folder / "evidence"
        (folder / "book").symlink_to(ROOT / "book")
        files = [path for path in (ROOT / "evidence").rglob("*.*") if path.is_file()]
        self._kept = {path.relative_to(ROOT / "evidence"): path.read_bytes() for path in files}
        self.restore()

    def restore(self) -> None:
        """Put every file back as it was."""
        if self.evidence.exists():
            for path in [*self.evidence.rglob("*"), *self.evidence.glob("*")]:
                name = path.relative_to(self.evidence)
                if name not in self._kept and os.path.lexists(path) and not (ROOT / "evidence" / name).is_dir():
                    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        for name, content in self._kept.items():
            path = self.evidence / name
            if path.is_symlink() or path.is_fifo():
                path.unlink()
            if path.is_dir():
                shutil.rmtree(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_bytes() != content:
                path.write_bytes(content)

    def check(self) -> tuple[Diagnostic, ...]:
        """Return what `evidencebook check` would tell."""
        evidence, diagnostics = inspect(self.evidence)
        todo_markers.left(evidence)
        return (*diagnostics, *store.inspect(self.evidence, evidence)[1])

    def try_one(self, kind: Kind | FileKind, seed: str) -> Result:
        """Mutate, check and restore."""
        rng = random.Random(seed)  # noqa: S311  chance is wanted that repeats
        try:
            place = kind.mutate(self.evidence, rng)
            return Result(kind, place, self.check())
        finally:
            self.restore()
