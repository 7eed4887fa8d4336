"""Each faulty line of a page is told, a harmless one never; and what a stock book lets through is counted."""

import io
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_colors

from mutations import kinds_of_pages as kinds
from small_book import CONF, laid_out

_LOW = "lever-pressing"
FAULTY = {
    **{f"number{at}": text for at, text in enumerate((*kinds.NUMBERS, *kinds.MORE_NUMBERS))},
    **{f"place{at}": text.format("41 people") for at, text in enumerate((*kinds.PLACES, *kinds.MORE_PLACES))},
    **{f"active{at}": text for at, text in enumerate((*kinds.ACTIVE, *kinds.MORE_ACTIVE))},
    **{f"wording{at}": text.format(low=_LOW) for at, text in enumerate((*kinds.WORDING, *kinds.MORE_WORDING))},
}
HARMLESS = {f"harmless{at}": text for at, text in enumerate((*kinds.HARMLESS, *kinds.MORE_HARMLESS))}


def silent(folder: Path, texts: Mapping[str, str], conf: str) -> set[str]:
    """Read a small book with each text on a page of its own; return the pages of which no warning speaks."""
    book = laid_out(folder)
    (book.folder / "book" / "conf.py").write_text(conf, encoding="utf-8")
    (book.folder / "book" / "figure.png").write_bytes(b"")
    for name, text in texts.items():
        text = re.sub(r"(figure\.png|chapter\.md)", r"../\1", text)  # noqa: PLW2901  it stands one folder deeper
        book.write(f"tried/{name}", f"---\norphan: true\n---\n# Tried\n\n{text}\n")
    told = io.StringIO()
    app = SphinxTestApp("html", srcdir=book.folder / "book", builddir=book.folder / "built", warning=told)
    try:
        app.build()
    except SystemExit:
        pass
    finally:
        app.cleanup()
    named = {match[1] for match in re.finditer(r"tried/(\w+)\.md", strip_colors(told.getvalue()))}
    return texts.keys() - named


def test_faulty_lines_of_pages(tmp_path: Path, builds: None) -> None:
    """Numbers that a hand typed, foreign and live content, and words surer than the claim that they link."""
    found = silent(tmp_path, FAULTY | HARMLESS, CONF)

    assert sorted(FAULTY[name] for name in found & FAULTY.keys()) == []
    assert sorted(HARMLESS[name] for name in HARMLESS.keys() - found) == []


@pytest.mark.nightly
def test_faulty_lines_of_pages_in_a_stock_book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """MyST-NB with sphinxcontrib-bibtex, as Jupyter Book sets them up: how many of the faults it lets through."""
    ours = re.compile(r"\{(?:claim|finding:\w+|plain)\}`([^`<]*)(?:<[^`]*)?`")
    texts = {name: ours.sub(r"\1", text) for name, text in FAULTY.items()}
    found = silent(tmp_path, texts, CONF.replace(', "evidencebook"', ""))

    with capsys.disabled():
        print(f"\na stock book lets {len(found)} of {len(texts)} faulty lines through, this package none")
    assert len(found) > len(texts) / 2
