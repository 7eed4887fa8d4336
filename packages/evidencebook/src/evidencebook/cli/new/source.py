"""evidencebook new source: append a source, filled in through Crossref where it answers."""

from collections.abc import Callable
from pathlib import Path

import click

from evidencebook.cli.new._report import opened, written
from evidencebook.evidence import bibtex_reader as bibliography
from evidencebook.evidence import bibtex_writer as bibentry
from evidencebook.evidence import entry_writer as entries
from evidencebook.evidence import source_key as sourcekey
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.models import Source
from evidencebook.evidence.project import BookFolder
from evidencebook.evidence.todo_markers import source_note, stub
from evidencebook.evidence.vocabulary import DESIGNS, FLAGS, SEEN_KINDS
from evidencebook.surveillance import base
from evidencebook.surveillance import crossref_lookup as crossref
from evidencebook.surveillance.screen import taking
from evidencebook.surveillance.screen.waiting import path_of, taken_in

#: What a source may be until its first finding is added; every other new fault is refused.
_UNUSED = "is used by no finding"
_EPILOG = """\b
Examples:
  evidencebook new source --doi 10.1016/j.smrv.2016.01.006 --design systematic-review --seen abstract
  evidencebook new source --author "Example, Ada and Other, Bo" --year 2020 \\
      --title "Dreams after Coffee" --url https://example.org/dreams --design web-page
  evidencebook new source --waiting smith2026dreams --design rct --seen full-text
"""


@click.command(epilog=_EPILOG)
@click.option("--doi", help="Crossref is asked for authors, title, journal and year.")
@click.option("--author", help='As "Family, Given and Family, Given".')
@click.option("--year", type=click.IntRange(1000, 2999))
@click.option("--title")
@click.option("--journal")
@click.option("--url")
@click.option("--design", type=click.Choice(DESIGNS), help="The kind of study; else to be written.")
@click.option("--flag", "flags", multiple=True, type=click.Choice(FLAGS), help="May be repeated.")
@click.option("--seen", type=click.Choice(SEEN_KINDS), help="What you saw of it.")
@click.option("--key", help="Surname + year + word; default: made of the first author, the year and the title.")
@click.option("--waiting", metavar="KEY", help="Take in a source that evidencebook screen included.")
@click.option("--offline", is_flag=True, help="Do not ask Crossref.")
@click.option(
    "--mailto",
    default="",
    envvar="EVIDENCEBOOK_MAILTO",
    show_envvar=True,
    help="Your address, which Crossref likes to know.",
)
@click.option("--crossref", "address", default=crossref.BASE, envvar="EVIDENCEBOOK_CROSSREF", hidden=True)
def source(
    doi: str | None,
    design: str | None,
    flags: tuple[str, ...],
    seen: str | None,
    key: str | None,
    waiting: str | None,
    offline: bool,
    mailto: str,
    address: str,
    **said: str | int | None,
) -> None:
    """Append a source to evidence/sources.bib.

    With --doi it is filled in through Crossref. When Crossref does not answer, a stub marked TO WRITE is left, if --key
    or --author, --year and --title say what to call it: a key is permanent and cannot be guessed. Else nothing is
    written.

    With --waiting the stub in evidence/waiting/ becomes the entry; --design, --flag and --seen fill it in, and --key
    gives it another name.
    """
    book, evidence = opened()
    if waiting is not None:
        _refuse_more(doi, said)
        _take_in(book, evidence, waiting, lambda path: taking.entry(path, key, design, flags, seen))
        return
    given = _doi(evidence, doi) if doi else None
    if key is not None:
        _refuse_bad_key(evidence, key)
    told = dict(said)
    kind = "article" if told["journal"] else "misc"
    if given and not offline:
        work = _asked(given, address, mailto, can_name=bool(key or (told["author"] and told["title"])))
        if work:
            kind = "article" if work.kind == "journal-article" else kind
            found = {
                "author": " and ".join(work.authors),
                "year": work.year,
                "title": work.title,
                "journal": work.journal,
            }
            told |= {name: told[name] or value for name, value in found.items()}
    name = key or _named(evidence, told)
    fields = _fields(told, name) | {
        "doi": given,
        "keywords": ", ".join((design or "narrative-review", *flags)),
        "note": source_note(design, seen),
    }
    _append(book, name, bibentry.rendered(kind, name, fields))


def _append(book: BookFolder, name: str, entry: str) -> None:
    """Put an entry at the end of the bibliography when it is sound, and say what comes next."""
    path = book.evidence / "sources.bib"
    text = bibentry.appended(path.read_text(encoding="utf-8"), entry)
    entries.judge(book.evidence, {path: text}, allowed=_UNUSED)
    write_together({path: text})
    written(path, f"source {name}")
    click.echo(f"next, take a finding from it: evidencebook new finding --source {name}", err=True)


def _refuse_more(doi: str | None, said: dict[str, str | int | None]) -> None:
    """Refuse what the stub says already."""
    if more := [f"--{name}" for name, value in {"doi": doi, **said}.items() if value is not None]:
        raise UserError(f"--waiting takes what the stub says; leave out {', '.join(more)}; nothing was written")


def _take_in(book: BookFolder, evidence: EvidenceBase, called: str, entry_of: Callable[[Path], str]) -> None:
    """Move the stub of an included source to the bibliography; the file goes last, so that nothing is lost between."""
    living, _ = base.inspect(book.evidence, evidence)
    record = taking.chosen(living, called)
    path = path_of(book.evidence, record)
    if key := taken_in(evidence, record):
        click.echo(f"source {key} was taken in already")
    else:
        entry = entry_of(path)
        found, _, problems = bibliography.read(path, entry)
        if problems or len(found) != 1:
            raise UserError("\n".join(map(str, problems)) or f"{relative_path(path)}: it must hold one entry")
        key = next(iter(found))
        _refuse_bad_key(evidence, key)
        _refuse_same_work(evidence, found[key], path)
        _append(book, key, entry)
    path.unlink()


def _refuse_same_work(evidence: EvidenceBase, source: Source, path: Path) -> None:
    """Refuse a work that stands in the bibliography by its number: somebody may have added it by hand since."""
    for key, one in evidence.sources.items():
        if (source.doi or "-").lower() == (one.doi or "").lower() or (source.pmid or "-") == one.pmid:
            entry = evidence.entry("source", key)
            raise UserError(
                f'{relative_path(path)} is the same work as source "{key}" at {relative_path(entry.path)}:{entry.line}, by its number; '
                "remove the file, or mend the number in one of them; nothing was written"
            )


def _doi(evidence: EvidenceBase, text: str) -> str:
    """Return the bare DOI, or refuse one that is malformed or stands already."""
    doi = bibentry.bare_doi(text)
    if doi is None:
        raise UserError(f'"{text}" is no DOI; write it as 10.5664/jcsm.3170; nothing was written')
    for key, one in evidence.sources.items():
        if (one.doi or "").lower() == doi.lower():
            entry = evidence.entry("source", key)
            raise UserError(
                f'the DOI "{doi}" stands already, as source "{key}" at {relative_path(entry.path)}:{entry.line}'
            )
    return doi


def _refuse_bad_key(evidence: EvidenceBase, key: str) -> None:
    """Refuse a key that exists or does not keep the rule."""
    entries.refuse_known(evidence, "source", key)
    if not sourcekey.KEY.match(key):
        raise UserError(f'"{key}" is no key; write surname + year + word in small letters, as drake2013caffeine')


def _asked(doi: str, base: str, mailto: str, *, can_name: bool) -> crossref.Work | None:
    """Ask Crossref; without an answer, go on only when the source can be named without it."""
    click.echo(f"asking Crossref for {doi} …", err=True)
    try:
        return crossref.fetch(doi, base, mailto)
    except LookupError as unknown:
        raise UserError(
            f"{unknown.args[0]}; mend it, or, when another registry gave it, add --offline with --author, --year and "
            "--title; nothing was written"
        ) from unknown
    except crossref.NoAnswerError as silent:
        if not can_name:
            raise UserError(
                f"{silent}, so author, year and title are not known and the source has no name; nothing was written. "
                "Try again with a network, or leave a stub by naming it: --key surname2020word"
            ) from silent
        click.echo(f"{silent}; a stub is left where it says TO WRITE", err=True)
        return None


def _named(evidence: EvidenceBase, told: dict[str, str | int | None]) -> str:
    """Make the key, or say what is missing for it."""
    try:
        year = told["year"]
        return sourcekey.key_of(
            str(told["author"] or ""), int(year) if year else None, str(told["title"] or ""), evidence.sources
        )
    except LookupError as missing:
        raise UserError(
            f"{missing.args[0]}; say --key, or --author, --year and --title; nothing was written"
        ) from missing


def _fields(told: dict[str, str | int | None], key: str) -> dict[str, str | None]:
    """Take what was said or found; the year stands in the key at least."""
    found = sourcekey.KEY.match(key)
    year = str(told["year"] or (found["year"] if found else "")).replace("nd", "")
    return {
        "author": str(told["author"] or f"{{{stub('authors, as Family, Given and Family, Given')}}}"),
        "title": str(told["title"] or stub("title")),
        "journal": str(told["journal"]) if told["journal"] else None,
        "url": str(told["url"]) if told["url"] else None,
        "year": year,
    }
