"""Sentences of a page that rest on nothing are found with their lines."""

import shutil
from pathlib import Path

import pytest

from evidencebook.cli import main
from evidencebook.evidence.page_sentences import unsupported

SMALL = Path(__file__).parents[1] / "small"
PAGE = """---
description: This line is not prose at all.
---
# A title that states a thing

Kratom was sold here for years. It is dear {cite:p}`x`.
Is this a question to a reader?
- One item of a list, unsupported.

```{code-cell}
x = "this is no sentence of prose"
```
```{admonition} Title
:class: tip
Inside a box it counts as well.
```
| a table | is left | to its | heads |
See [the other page](other.md) for more of it.
"""


def test_unsupported_sentences() -> None:
    """Only statements of an author, with their lines; headings, questions, code, options and tables are none."""
    assert [line for line, _ in unsupported(PAGE)] == [6, 8, 15]


@pytest.mark.parametrize(
    "support",
    ["{claim}`x`", "{finding:value}`X-1`", "{cite:t}`x`", "{glue:text}`x:.0f`", "[words](a-claim)", "{assertion}`A01`"],
)
def test_support(support: str) -> None:
    """Whatever leads to a source supports its sentence."""
    assert not list(unsupported(f"This sentence rests on {support} alone.\n"))


def test_check_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command lists them with file and line, and counts them by page."""
    shutil.copytree(SMALL / "evidence", tmp_path / "evidence")
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "_config.yml").write_text("title: Small\n", encoding="utf-8")
    (tmp_path / "book" / "chapter.md").write_text("# C\n\nThis is said without any ground.\n", encoding="utf-8")

    assert main(["check", "--pages", "--book", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert 'chapter.md:3: "This is said without any ground." rests on no claim' in told.err
    assert "1 chapter.md" in told.out
