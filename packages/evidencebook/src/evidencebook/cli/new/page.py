"""evidencebook new page: write the draft of a page and its line in _toc.yml."""

import re
from collections.abc import Iterable
from pathlib import Path

import click

from evidencebook.cli._book import book_option
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.project import BookFolder
from evidencebook.evidence.todo_markers import MARK
from evidencebook.evidence.typed_numbers import typed_numbers

_NAME = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*/)*[a-z0-9]+(-[a-z0-9]+)*")
_DRAFTS = Path(__file__).parent / "drafts"
_EPILOG = """\b
Examples:
  evidencebook new page dreams --title "Coffee and Dreams" --claim coffee-and-dreams
  evidencebook new page analyses/dreams --topic sleep      an executed page
"""


@click.command(epilog=_EPILOG)
@click.argument("name")
@click.option("--title", help="The heading. Default: the name in words.")
@click.option("--part", help="The caption in _toc.yml to put it under. Default: where pages of its folder are.")
@click.option("--claim", "claims", multiple=True, help="A claim to show under In short; may be repeated.")
@click.option("--topic", "topics", multiple=True, help="Make it an executed page that loads this topic.")
@book_option
def page(
    name: str, title: str | None, part: str | None, claims: tuple[str, ...], topics: tuple[str, ...], book: BookFolder
) -> None:
    """Add a page and its line in _toc.yml."""
    from evidencebook.cli.new._toc import with_page  # noqa: PLC0415  sphinx-external-toc brings Sphinx

    name = name.removesuffix(".md")
    if not _NAME.fullmatch(name):
        raise UserError(
            f'"{name}" is not a name for a page; write it in small letters and hyphens, as coffee-and-dreams'
        )
    path = book.pages / f"{name}.md"
    if path.exists():
        raise UserError(f"there is a page {relative_path(path)} already; edit it, or choose another name")
    title = title or name.rpartition("/")[2].replace("-", " ").capitalize()
    if numbers := list(typed_numbers(title)):
        raise UserError(f'the number "{numbers[0]}" in the title leads to no source; write a title without it')
    evidence = inspect(book.evidence)[0]
    _refuse_unknown("claim", claims, evidence.claims)
    _refuse_unknown("topic", topics, sorted({evidence.topic("finding", finding) for finding in evidence.findings}))
    toc = with_page(book.contents.read_text(encoding="utf-8"), name, part)
    write_together({path: _draft(title, claims, topics), book.contents: toc})
    click.echo(
        f"{relative_path(path)}: page {name}, listed in {relative_path(book.contents)}; go on where it says {MARK}"
    )


def _draft(title: str, claims: Iterable[str], topics: Iterable[str]) -> str:
    """Return the text of a new page; with topics it is an executed page that loads their findings."""
    short = f"% {MARK} a {{claims}} block that names two to four claims.\n"
    if claims:
        short = f"```{{claims}}\n:ids: {' '.join(claims)}\n:style: brief\n```\n"
    draft = _DRAFTS / ("analysis.md" if topics else "chapter.md")
    loaded = ", ".join(f'"{topic}"' for topic in topics)
    return draft.read_text(encoding="utf-8").format(title=title, mark=MARK, short=short, topics=loaded)


def _refuse_unknown(kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            raise UserError(f'there is no {kind} "{name}"; there are: {", ".join(list(known)[:20])}')
