"""evidencebook new page: write the draft of a page and its line in _toc.yml."""

import re

import click

from evidencebook.cli import _page_draft as pages
from evidencebook.cli import _toc_editor as contents
from evidencebook.cli.new._report import opened, written
from evidencebook.evidence import number_check as mentions
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.diagnostics import UserError, relative_path

_NAME = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*/)*[a-z0-9]+(-[a-z0-9]+)*")
_EPILOG = """\b
Examples:
  evidencebook new page dreams --title "Coffee and Dreams" --claim coffee-and-dreams
  evidencebook new page analyses/dreams --topic sleep      an executed page
"""


@click.command(epilog=_EPILOG)
@click.argument("name")
@click.option("--title", help="The heading; default: the name in words.")
@click.option("--part", help="The caption in _toc.yml to put it under; default: where pages of its folder are.")
@click.option("--claim", "claims", multiple=True, help="A claim to show under In short; may be repeated.")
@click.option(
    "--topic", "topics", multiple=True, help="Make it an executed page that loads the findings of this topic."
)
def page(name: str, title: str | None, part: str | None, claims: tuple[str, ...], topics: tuple[str, ...]) -> None:
    """Write the page book/NAME.md and its line in book/_toc.yml."""
    book, evidence = opened()
    name = name.removesuffix(".md")
    if not _NAME.fullmatch(name):
        raise UserError(f'"{name}" is no name for a page; write it in small letters and hyphens, as coffee-and-dreams')
    path = book.pages / f"{name}.md"
    if path.exists():
        raise UserError(f"{relative_path(path)} stands already; edit it, or choose another name")
    title = title or name.rpartition("/")[2].replace("-", " ").capitalize()
    if typed := list(mentions.typed_numbers(title)):
        raise UserError(f'the number "{typed[0]}" in the title leads to no source; write a title without it')
    _refuse_unknown("claim", claims, list(evidence.claims))
    _refuse_unknown("topic", topics, sorted({evidence.topic("finding", one) for one in evidence.findings}))
    listed = contents.with_page(book.contents.read_text(encoding="utf-8"), name, part)
    write_together({path: pages.draft(title, claims, topics), book.contents: listed})
    written(path, f"page {name}, listed in {relative_path(book.contents)}; write on where it says TO WRITE")


def _refuse_unknown(kind: str, names: tuple[str, ...], known: list[str]) -> None:
    """Say which of the names does not exist."""
    for name in names:
        if name not in known:
            raise UserError(f'there is no {kind} "{name}"; there are: {", ".join(known[:20])}')
