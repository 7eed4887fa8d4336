"""Whatever was edited, built or killed before: the next build of the book writes what a build from nothing writes."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import pages
import rebuilds
from built_book import EPOCH, STRICT, copy_to
from installed import EXECUTED

pytestmark = pytest.mark.slow
#: Run Jupyter Book so that it is killed at its n-th change of a file; 0 lets it end.
_COMMAND = (
    "import sys; sys.path.insert(0, {tests!r}); import rebuilds; rebuilds.kill_at_change({place}, halved={halved}); "
    "from jupyter_book.cli.main import main; main()"
)
BUILDERS: dict[str, tuple[str, ...]] = {
    "html": (),
    "latex": ("--builder", "latex"),
    "typstpdf": ("--builder", "custom", "--custom-builder", "typstpdf"),
    "epub": ("--builder", "custom", "--custom-builder", "epub"),
}


def build(root: Path, builder: str, place: int = 0, *, halved: bool = False) -> subprocess.CompletedProcess[str]:
    """Build the copy with the modules that lie in it, and kill the build at a change of a file."""
    code = _COMMAND.format(tests=str(Path(rebuilds.__file__).parent), place=place, halved=halved)
    command = [sys.executable, "-c", code, "build", "book/", *STRICT, *BUILDERS[builder]]
    around = os.environ | {"PYTHONPATH": str(root / "src"), "SOURCE_DATE_EPOCH": EPOCH, "NO_COLOR": "1"}
    return subprocess.run(command, cwd=root, env=around, capture_output=True, text=True, check=False)


def edit_finding(root: Path, chance: random.Random) -> None:
    """Give the cases of liver injury another number: it stands on two chapters, in a table, and in an analysis."""
    path = root / "evidence" / "findings" / "liver.yml"
    before, mark, after = path.read_text(encoding="utf-8").partition("- id: SAF-101\n")
    old = after.partition("  value: ")[2].partition("\n")[0]
    new = after.replace(f"  value: {old}\n", f"  value: {chance.randint(12, 60)}\n", 1)
    path.write_text(f"{before}{mark}{new}", encoding="utf-8")


def edit_page(root: Path, chance: random.Random) -> None:
    """Add a sentence to a chapter."""
    path = root / "book" / f"{chance.choice(('safety', 'recovery', 'methods'))}.md"
    path.write_text(f"{path.read_text(encoding='utf-8')}\nOne more sentence.\n", encoding="utf-8")


def edit_module(root: Path, chance: random.Random) -> None:
    """Touch the content of a module that analyses import."""
    path = chance.choice(sorted((root / "src" / "kratom").rglob("*.py")))
    path.write_text(f"{path.read_text(encoding='utf-8')}\n# One more line.\n", encoding="utf-8")


EDITS: tuple[Callable[[Path, random.Random], None], ...] = (edit_finding, edit_page, edit_module)


@pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=[] if seed < 1 else [pytest.mark.nightly]) for seed in range(5)]
)
def test_rebuild_of_the_book_is_a_clean_build(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """After edits, builds of several formats and kills, the output has the bytes of a clean build."""
    if seed:  # the one of every run takes the results of pages that no edit touches from the suite
        monkeypatch.delenv(EXECUTED)
    chance, root = random.Random(seed), copy_to(tmp_path / "book")  # noqa: S311  no secret hangs on it
    shutil.copytree(pages.ROOT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    told = []
    for builder in ("html", chance.choice(sorted(BUILDERS)), "html"):
        for change in chance.sample(EDITS, 2):
            change(root, chance)
            told.append(change.__name__)
        place = chance.choice((0, chance.randint(1, 200), chance.randint(200, 2000)))
        told.append(f"{builder} at {place}: {build(root, builder, place, halved=chance.random() < 0.5).returncode}")
    done = build(root, "html")
    assert done.returncode == 0, (told, done.stdout[-2000:], done.stderr[-2000:])
    found = made(root)

    shutil.rmtree(root / "book" / "_build")
    offered = {path.suffix for path in found}
    for builder in (name for name, end in (("typstpdf", ".pdf"), ("epub", ".epub")) if end in offered):
        assert build(root, builder).returncode == 0
    assert build(root, "html").returncode == 0
    clean = made(root)
    assert sorted(str(path) for path in found.keys() | clean.keys() if found.get(path) != clean.get(path)) == [], told


def made(root: Path) -> dict[Path, bytes]:
    """Return what the site holds."""
    site = root / "book" / "_build" / "html"
    return {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
