"""A small book says the same on the Sphinx of Jupyter Book 1 and on the newest one."""

from pathlib import Path

import pytest

import second_lane
from element_pages import lay_out, lost
from element_words import READERS
from evidencebook.evidence.diagnostics import UserError
from evidencebook.jupyter_book_config import sphinx_settings
from small_book import Book

needs_lane = pytest.mark.skipif(
    not second_lane.SPHINX_BUILD.exists(), reason="there is no second lane; `make book-next` installs it"
)


@needs_lane
def test_next_lane_words_of_small_book(book: Book) -> None:
    """Claims, findings, sources and references, word by word."""
    first = book.build()
    second = second_lane.build(book.folder / "book", book.folder / "second")

    assert second_lane.differences(Path(first.outdir), second) == {}


@needs_lane
@pytest.mark.next_lane
@pytest.mark.parametrize("builder", ["html", "epub", "typstpdf"])
def test_next_lane_elements(book: Book, builder: str) -> None:
    """Every element comes out there as here, in the order of its author."""
    made = READERS[builder](second_lane.build(lay_out(book).folder / "book", book.folder / "second" / builder, builder))

    assert {page: lost(page, text) for page, text in made.items() if lost(page, text)} == {}


def test_jupyter_book_config_keys(tmp_path: Path) -> None:
    """What a file says comes before the defaults, what stands under sphinx before both; buttons are left out."""
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "own.css").touch()
    config = tmp_path / "_config.yml"
    config.write_text(
        "title: A book\nauthor: Ada\nexecute: {execute_notebooks: off, timeout: 5}\nhtml: {baseurl: 'https://b.example/'}\n"
        "latex: {latex_documents: {targetname: a-book.tex}}\nrepository: {url: 'https://c.example'}\n"
        "sphinx:\n  config:\n    html_title: Short\n    extensions: [jupyter_book, sphinx_comments, evidencebook]\n",
        encoding="utf-8",
    )
    settings = sphinx_settings(config)

    assert settings["extensions"] == ["evidencebook"]
    assert settings["html_title"] == "Short"
    assert settings["html_css_files"] == ["own.css"]
    assert settings["nb_execution_mode"] == "off"
    assert settings["latex_documents"] == [("index", "a-book.tex", "A book", "Ada", "manual")]
    assert settings["html_baseurl"] == "https://b.example/"
    assert not any("repository" in name for name in settings)


def test_jupyter_book_config_empty_file(tmp_path: Path) -> None:
    """A sentence for a person, no traceback of YAML."""
    (tmp_path / "_config.yml").write_text("", encoding="utf-8")

    with pytest.raises(UserError, match="holds no settings; write `title:`"):
        sphinx_settings(tmp_path / "_config.yml")
