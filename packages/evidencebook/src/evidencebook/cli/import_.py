"""evidencebook import: take references that other programs export into the bibliography."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from evidencebook.cli._book import book_option
from evidencebook.cli._crossref import look_up
from evidencebook.cli._services import contact_of, contact_option
from evidencebook.evidence import bibtex_reader, bibtex_writer, source_key
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, UserError, relative_path
from evidencebook.evidence.entry_writer import UNUSED, refuse_new_diagnostics
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.project import BookFolder
from evidencebook.evidence.reference_files import Reference, read
from evidencebook.evidence.todo_markers import source_note
from evidencebook.evidence.vocabulary import DESIGNS, FLAGS, SEEN_KINDS

_EPILOG = """\b
Examples:
  evidencebook import library.bib --dry-run
  evidencebook import export.ris pubmed.nbib --design rct --seen abstract
  evidencebook import dois.txt --into background
"""


@click.command("import", epilog=_EPILOG)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--design", type=click.Choice(DESIGNS), help="The kind of study of all; else each is to be written.")
@click.option("--seen", type=click.Choice(SEEN_KINDS), help="What you saw of all of them.")
@click.option("--into", type=click.Choice(["sources", "background"]), default="sources", show_default=True)
@contact_option
@click.option("--crossref", "address", default="", envvar="EVIDENCEBOOK_CROSSREF", hidden=True)
@click.option("--dry-run", is_flag=True, help="Say what would be taken and what not; write nothing.")
@book_option
def import_(
    files: tuple[Path, ...],
    design: str | None,
    seen: str | None,
    into: str,
    contact: str,
    address: str,
    dry_run: bool,
    book: BookFolder,
) -> int:
    """Import references from other programs.

    BibTeX and biblatex (.bib), RIS (.ris), CSL-JSON (.json), PubMed (.nbib), or a DOI on each line (.txt), about which
    Crossref is asked. What cannot be taken is named with its line, and the rest is taken; the end status is 1 then.
    Keys that must change are listed, old and new.
    """
    path = book.evidence / f"{into}.bib"
    if f"{into}.bib" not in book.config.read_text(encoding="utf-8"):
        raise UserError(f"add ../evidence/{into}.bib to bibtex_bibfiles in {relative_path(book.config)} first")
    contact = contact_of(book, contact, required=False)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    taken = _Import(path, inspect(book.evidence)[0], design, seen)
    for reference in (reference for file in files for reference in read(file)):
        taken.add(_looked_up(reference, contact, address))
    text = before
    for entry in taken.entries.values():
        text = bibtex_writer.appended(text, entry)
    if taken.entries and not dry_run:
        refuse_new_diagnostics(book.evidence, {path: text}, allowed=UNUSED)
        write_together({path: text})
    for old, new in taken.renamed.items():
        click.echo(f"{old} -> {new}")
    for diagnostic in taken.refused:
        click.echo(diagnostic, err=True)
    where = f"would go into {relative_path(path)}" if dry_run else f"taken into {relative_path(path)}"
    click.echo(f"{len(taken.entries)} {where}, {len(taken.refused)} not taken")
    return 1 if taken.refused else 0


@dataclass
class _Import:
    """Gather the entries to be written, the keys that change, and what cannot be taken."""

    path: Path
    evidence: EvidenceBase
    design: str | None
    seen: str | None
    entries: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    refused: list[Diagnostic] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, source in self.evidence.sources.items():
            self.numbers |= {number.lower(): key for number in (source.doi, source.pmid) if number}

    def add(self, reference: Reference | Diagnostic) -> None:
        """Take a reference, or note why not."""
        if isinstance(reference, Diagnostic):
            self.refused.append(reference)
            return
        name = f'reference "{reference.old_key}" ' if reference.old_key else "the reference "
        wrong = self._take(reference)
        self.refused += [Diagnostic(reference.file, reference.line, f"{name}is not taken: {why}") for why in wrong]

    def _take(self, reference: Reference) -> list[str]:
        """Keep the entry of a reference; return what is wrong with it instead."""
        numbers = [reference.fields[name].lower() for name in ("doi", "pmid") if name in reference.fields]
        if known := [self.numbers[number] for number in numbers if number in self.numbers]:
            return [f'duplicate of source "{known[0]}", by its DOI or PMID']
        try:
            key = self._key(reference)
        except LookupError as missing:
            return [str(missing.args[0])]
        entry = bibtex_writer.rendered(reference.kind, key, {**reference.fields, **self._ours(reference)})
        _, _, diagnostics = bibtex_reader.read(self.path, entry)
        if diagnostics:
            return [diagnostic.message for diagnostic in diagnostics]
        self.entries[key] = entry
        self.numbers |= dict.fromkeys(numbers, key)
        if reference.old_key not in ("", key):
            self.renamed[reference.old_key] = key
        return []

    def _key(self, reference: Reference) -> str:
        """Return the key that a reference has when it keeps the rule and is free, else one made from its fields."""
        taken = {*self.evidence.sources, *self.entries}
        if source_key.KEY.match(reference.old_key) and reference.old_key not in taken:
            return reference.old_key
        author, title, year = (reference.fields.get(name, "") for name in ("author", "title", "year"))
        return source_key.key_of(author.partition(" and ")[0], int(year) if year else None, title, taken)

    def _ours(self, reference: Reference) -> dict[str, str]:
        """Return the fields that say design, flags and what was seen; an entry that was ours before keeps them."""
        words = [word.strip() for word in reference.fields.get("keywords", "").split(",")]
        design = self.design or next((word for word in words if word in DESIGNS), None)
        note = reference.fields.get("note", "")
        kept = note if note.startswith("seen: ") and not self.seen else source_note(design, self.seen)
        keywords = ", ".join([design or "narrative-review", *(word for word in words if word in FLAGS)])
        return {"keywords": keywords, "note": kept}


def _looked_up(reference: Reference | Diagnostic, contact: str, address: str) -> Reference | Diagnostic:
    """Fill in through Crossref a reference of which only the DOI is known."""
    if isinstance(reference, Diagnostic) or reference.kind:
        return reference
    click.echo(f"asking Crossref for {reference.fields['doi']} …", err=True)
    try:
        fields, kind = look_up(reference.fields["doi"], contact, address)
    except UserError as unknown:
        return Diagnostic(reference.file, reference.line, str(unknown))
    return replace(reference, old_key="", kind=kind, fields={**fields, **reference.fields})
