"""evidencebook word: write pages for Word, or as JATS."""

import os
from calendar import timegm
from pathlib import Path

import click
import yaml

from evidencebook import locale
from evidencebook.cli._book import book_option
from evidencebook.evidence import dates
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.project import BookFolder
from evidencebook.outputs import word as document

_EXAMPLES = "\b\nExamples:\n  evidencebook word index\n  evidencebook word --to jats"


@click.command(epilog=_EXAMPLES)
@click.argument("pages", metavar="[PAGE]...", nargs=-1)
@click.option("--to", "form", type=click.Choice(sorted(document.SUFFIX)), default="docx", help="Default: docx.")
@book_option
def word(pages: tuple[str, ...], form: str, book: BookFolder) -> None:
    """Write built pages for Word, or as JATS.

    Without PAGE all pages of the reading edition are written as one document. Claims, numbers and references are text,
    and the caveats of the first page come first. The file goes to book/_build/docx or book/_build/jats.
    """
    locale.use(book.setting("language"))
    edition = [entry for entry in book.setting("evidence_reading_edition") or () if "#" not in entry]
    named = [name.removesuffix(".md") for name in pages] or edition
    if not named:
        raise UserError(f"name a page, or set evidence_reading_edition in {relative_path(book.config)}")
    # The first page holds the caveats.
    site, root = book.build / "html", str(yaml.safe_load(book.contents.read_text(encoding="utf-8"))["root"])
    for name in [*named, root]:
        if not (site / f"{name}.html").is_file():
            raise UserError(f"{relative_path(site / name)}.html is not there; name a page, and build first: make book")
    day = dates.read_day(str(book.setting("today")))
    about = {
        "title": str(book.settings["title"]),
        "author": str(book.settings.get("author", "")),
        "date": day.isoformat() if day else "",
        "lang": str(book.setting("language") or "en"),
    }
    if day:  # pandoc dates what is in the file
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(timegm(day.timetuple())))
    name = named[0].replace("/", "-") if pages else "reading-edition"
    out: Path = book.build / form / f"{name}.{document.SUFFIX[form]}"
    document.write(document.html(site, named, root), form, out, about)
    click.echo(f"{relative_path(out)} {out.stat().st_size:,} bytes")
