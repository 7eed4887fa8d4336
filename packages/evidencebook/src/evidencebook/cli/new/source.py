"""evidencebook new source: append a source, filled in through Crossref where it answers."""

from typing import Any

import click

from evidencebook.cli._book import book_option
from evidencebook.cli._services import contact_of, contact_option, look_up
from evidencebook.evidence import bibtex_writer, source_key
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.entry_writer import refuse_known, refuse_unknown_design, write_sound
from evidencebook.evidence.identifiers import DOI
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.project import BookFolder
from evidencebook.evidence.todo_markers import source_note, stub
from evidencebook.evidence.vocabulary import FLAGS, SEEN_KINDS
from evidencebook.surveillance import included, store

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
@click.option("--design", help="The kind of study; else to be written.")
@click.option("--flag", "flags", multiple=True, type=click.Choice(FLAGS), help="May be repeated.")
@click.option("--seen", type=click.Choice(SEEN_KINDS), help="What you saw of it.")
@click.option("--key", help="Surname + year + word. Default: made of the first author, the year and the title.")
@click.option("--waiting", metavar="KEY", help="Take in a source that evidencebook screen included.")
@click.option("--offline", is_flag=True, help="Do not ask Crossref.")
@contact_option
@book_option
def source(
    book: BookFolder,
    doi: str | None,
    design: str | None,
    flags: tuple[str, ...],
    seen: str | None,
    key: str | None,
    waiting: str | None,
    offline: bool,
    contact: str,
    **given: Any,
) -> None:
    """Add a source, asking Crossref about its DOI.

    The entry goes to the end of evidence/sources.bib. When Crossref does not answer, a stub marked TO WRITE is left, if
    --key or --author, --year and --title say what to call it: a key is permanent and cannot be guessed. Else nothing is
    written.

    With --waiting the entry is made from a record that was included; --design, --flag and --seen fill it in, and --key
    gives it another name.
    """
    evidence = inspect(book.evidence)[0]
    refuse_unknown_design(evidence, design)
    if key is not None:
        refuse_known(evidence, "source", key)
        if not source_key.KEY.match(key):
            raise UserError(f'"{key}" is not a key; write surname + year + word in small letters, as drake2013caffeine')
    if waiting is not None:
        _refuse_given({"doi": doi, **given})
        surveillance, _ = store.inspect(book.evidence, evidence)
        _append(book, *included.entry(surveillance, evidence, waiting, key=key, design=design, flags=flags, seen=seen))
        return
    fields, kind = dict(given), "article" if given["journal"] else "misc"
    if doi:
        fields["doi"] = _new_doi(evidence, doi)
        if not offline:
            can_name = bool(key or (given["author"] and given["title"]))
            contact = contact_of(book, contact, required=False)
            found, kind_there = _ask(fields["doi"], contact, can_name=can_name)
            fields |= {name: fields[name] or value for name, value in found.items()}
            kind = kind_there if kind_there == "article" else kind
    key = key or _key(evidence, fields)
    fields["year"] = str(fields["year"] or source_key.year_of(key))
    fields["author"] = fields["author"] or f"{{{stub('authors, as Family, Given and Family, Given')}}}"
    fields["title"] = fields["title"] or stub("title")
    fields["keywords"] = ", ".join((design or "narrative-review", *flags))
    fields["note"] = source_note(design, seen)
    _append(book, key, bibtex_writer.rendered(kind, key, fields))


def _refuse_given(fields: dict[str, Any]) -> None:
    if more := [f"--{name}" for name, value in fields.items() if value is not None]:
        raise UserError(f"--waiting takes what the record says; leave out {', '.join(more)}; nothing was written")


def _new_doi(evidence: EvidenceBase, text: str) -> str:
    """Return the bare DOI, or refuse one that is malformed or that a source has already."""
    doi = DOI.bare(text)
    if doi is None:
        raise UserError(f'"{text}" is not a DOI; write it as 10.5664/jcsm.3170; nothing was written')
    for key, known in evidence.sources.items():
        if doi.lower() == (known.doi or "").lower():
            entry = evidence.entry("source", key)
            place = f'source "{key}" at {relative_path(entry.path)}:{entry.line}'
            raise UserError(f'duplicate DOI: "{doi}" is that of {place}; nothing was written')
    return doi


def _ask(doi: str, contact: str, *, can_name: bool) -> tuple[dict[str, str], str | None]:
    """Return fields and kind as Crossref has them; without an answer, nothing if the source can be named without."""
    from evidencebook.surveillance.http import NoAnswerError  # noqa: PLC0415  needs the extra "surveillance"

    click.echo(f"asking Crossref for {doi} …", err=True)
    try:
        return look_up(doi, contact)
    except NoAnswerError as silent:
        if not can_name:
            raise UserError(
                f"{silent}, so author, year and title are not known and the source has no name; nothing was written. "
                "Try again with a network, or leave a stub by naming it: --key surname2020word"
            ) from silent
        click.echo(f"{silent}; a stub is left where it says TO WRITE", err=True)
        return {}, None
    except UserError as unknown:
        raise UserError(
            f"{unknown}; correct it, or, when another registry gave it, add --offline with --author, --year and "
            "--title; nothing was written"
        ) from unknown


def _key(evidence: EvidenceBase, fields: dict[str, Any]) -> str:
    """Make the key, or say what is missing for it."""
    try:
        year = int(fields["year"]) if fields["year"] else None
        return source_key.key_of(fields["author"] or "", year, fields["title"] or "", evidence.sources)
    except LookupError as missing:
        raise UserError(
            f"{missing.args[0]}; give --key, or --author, --year and --title; nothing was written"
        ) from missing


def _append(book: BookFolder, key: str, entry: str) -> None:
    """Put an entry at the end of the bibliography when it is sound, and say what comes next."""
    path = book.evidence / "sources.bib"
    text = bibtex_writer.appended(path.read_text(encoding="utf-8"), entry)
    write_sound(book.evidence, {path: text})
    click.echo(f"{relative_path(path)}: source {key}")
    click.echo(f"next, take a finding from it: evidencebook new finding --source {key}", err=True)
