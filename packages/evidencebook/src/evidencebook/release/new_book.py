"""Begin a new book: a complete small sample, the press itself, and the versions that the press runs with."""

import datetime as dt
import json
import re
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evidencebook.evidence import json_schema as schemas
from evidencebook.evidence import todo_markers as stubs
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.loader import inspect
from evidencebook.release import pins

PRESS = Path(__file__).parent.parent
TEMPLATE = Path(__file__).parent / "template"
_TOKEN = re.compile(r"@([a-z]+(?:-[a-z]+)*)@")


@dataclass(frozen=True)
class Plan:
    """Say what the new book is called, who writes it and on which day it was begun."""

    title: str
    author: str
    day: dt.date

    def __post_init__(self) -> None:
        for name, text in (("title", self.title), ("author", self.author)):
            if not text.strip() or not text.isprintable():
                raise UserError(f'the book needs a {name} on one line; say --{name} "…"; nothing was written')

    @property
    def slug(self) -> str:
        """Give the title as the name of a file: small letters and hyphens."""
        plain = unicodedata.normalize("NFKD", self.title).encode("ascii", "ignore").decode("ascii").lower()
        return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "book"


def begin(folder: Path, plan: Plan, tell: Callable[[str], None]) -> None:
    """Write the book into a folder that is new or empty; raise UserError, with nothing written, when it is not.

    The whole is made beside the folder, judged, and moved there last.
    """
    _refuse_used(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as beside:
        made = Path(beside) / folder.name
        tell("writing the sample")
        _write_template(made, _words(plan))
        tell("copying the press into src/evidencebook")
        shutil.copytree(PRESS, made / "src" / "evidencebook", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        schemas.write(made / "evidence" / "schemas")
        tell("checking the evidence")
        evidence, problems = inspect(made / "evidence")
        if problems or stubs.left(evidence):
            raise RuntimeError("the sample is not sound: " + "; ".join(map(str, problems)))
        folder.mkdir(exist_ok=True)
        for path in sorted(made.iterdir()):
            path.rename(folder / path.name)


def _refuse_used(folder: Path) -> None:
    """Refuse a folder in which something stands; a fresh repository counts as empty."""
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{relative_path(folder)} is a file; name a folder that is new or empty; nothing was written")
    held = sorted(path.name for path in folder.iterdir() if path.name != ".git") if folder.exists() else []
    if held:
        raise UserError(
            f"{relative_path(folder)} is not empty, it holds {', '.join(held[:3])}{' …' if len(held) > 3 else ''}; "
            "name a folder that is new or empty; nothing was written"
        )


def _words(plan: Plan) -> dict[str, str]:
    """Return what stands in the template for each word between two @."""
    # A JSON string is a YAML and a TOML string too.
    quoted = {
        name: json.dumps(text, ensure_ascii=False) for name, text in (("title", plan.title), ("author", plan.author))
    }
    return {
        "title": plan.title,
        "author": plan.author,
        "title-quoted": quoted["title"],
        "author-quoted": quoted["author"],
        "slug": plan.slug,
        "year": str(plan.day.year),
        "day": f"{plan.day:%d %B %Y}".lstrip("0"),
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "dependencies": "\n".join(f"  {json.dumps(one)}," for one in pins.needed()),
        "entry-points": pins.entry_points_as_toml(),
    }


def _write_template(folder: Path, words: Mapping[str, str]) -> None:
    """Write every file of the template.

    A name that begins with "dot-" begins with a dot there, and ".template" is left out, so that no tool takes the
    template for a project.
    """
    for path in sorted(TEMPLATE.rglob("*")):
        if not path.is_file() or "__pycache__" in path.parts:
            continue
        parts = (re.sub(r"^dot-", ".", part.removesuffix(".template")) for part in path.relative_to(TEMPLATE).parts)
        target = folder.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = _TOKEN.sub(lambda found: words[found[1]], path.read_text(encoding="utf-8"))
        target.write_text(text, encoding="utf-8", newline="\n")
        if text.startswith("#!"):
            target.chmod(0o755)
    pins.write(folder)
