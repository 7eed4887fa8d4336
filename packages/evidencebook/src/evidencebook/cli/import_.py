"""evidencebook import: take references that other programs export into the bibliography."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from evidencebook.cli._book import book_option
from evidencebook.cli._services import contact_of, contact_option, look_up, look_up_pmid
from evidencebook.evidence import bibtex_reader, bibtex_writer, edition, source_key
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.bibtex_fields import authors, year
from evidencebook.evidence.diagnostics import Diagnostic, UserError, relative_path
from evidencebook.evidence.entry_writer import refuse_unknown_design, write_sound
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.project import BookFolder
from evidencebook.evidence.reference_files import Reference, read
from evidencebook.evidence.todo_markers import source_note, stub
from evidencebook.evidence.vocabulary import FLAGS, SEEN_KINDS

_EPILOG = """\b
Examples:
  evidencebook import library.bib --dry-run
  evidencebook import export.ris pubmed.nbib --design rct --seen abstract
  evidencebook import dois.txt --into background
"""


@click.command("import", epilog=_EPILOG)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--design", help="The kind of study of all; else each is to be written.")
@click.option("--seen", type=click.Choice(SEEN_KINDS), help="What you saw of all of them.")
@click.option("--into", type=click.Choice(["sources", "background"]), default="sources", show_default=True)
@contact_option
@click.option("--dry-run", is_flag=True, help="Say what would be taken and what not; write nothing.")
@book_option
def import_(
    files: tuple[Path, ...],
    design: str | None,
    seen: str | None,
    into: str,
    contact: str,
    dry_run: bool,
    book: BookFolder,
) -> int:
    """Import references from other programs.

    BibTeX and biblatex (.bib), RIS (.ris), CSL-JSON (.json), PubMed (.nbib), or a DOI or PMID on each line (.txt),
    about which Crossref and Europe PMC are asked. What cannot be taken is named with its line, and the rest is taken;
    the end status is 1 then. Keys that must change are listed, old and new.
    """
    path = book.evidence / f"{into}.bib"
    if f"{into}.bib" not in book.config.read_text(encoding="utf-8"):
        raise UserError(f"add ../evidence/{into}.bib to bibtex_bibfiles in {relative_path(book.config)} first")
    contact = contact_of(book, contact, required=False)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    evidence = inspect(book.evidence)[0]
    refuse_unknown_design(evidence, design)
    taken = _Import(path, evidence, design, seen)
    for reference in (reference for file in files for reference in read(file)):
        taken.add(_looked_up(reference, contact))
    text = bibtex_writer.appended(before, "\n".join(taken.entries.values()))
    if taken.entries and not dry_run:
        write_sound(book.evidence, {path: text})
    for old, new in taken.renamed.items():
        click.echo(f"{old} -> {new}")
    for diagnostic in (*taken.remarks, *taken.refused):
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
    remarks: list[Diagnostic] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    #: That of the edition: no work is of a later year than the next.
    day: dt.date | None = None

    def __post_init__(self) -> None:
        self.day = edition.around(self.path.parent).day
        self.keys |= {key.lower() for key in (*self.evidence.sources, *self.evidence.background)}
        background = self.evidence.background
        for key, source in {**self.evidence.sources, **background}.items():
            self.numbers |= {number.lower(): key for number in (source.doi, source.pmid) if number}

    def add(self, reference: Reference | Diagnostic) -> None:
        """Take a reference, or note why not."""
        if isinstance(reference, Diagnostic):
            self.refused.append(reference)
            return
        name = f'reference "{reference.old_key}"' if reference.old_key else "the reference"
        wrong = self._take(reference)
        self.remarks += [Diagnostic(reference.file, reference.line, f"{name}: {one}") for one in reference.remarks]
        self.refused += [Diagnostic(reference.file, reference.line, f"{name} is not taken: {why}") for why in wrong]

    def _take(self, reference: Reference) -> list[str]:
        """Keep the entry of a reference; return what is wrong with it instead."""
        numbers = [reference.fields[name].lower() for name in ("doi", "pmid") if name in reference.fields]
        if known := [self.numbers[number] for number in numbers if number in self.numbers]:
            return [f'duplicate of source "{known[0]}", by its DOI or PMID']
        if not reference.fields.get("title"):
            return ["it has no title"]
        key = self._key(reference)
        if not reference.fields.keys() & {"author", "editor"}:
            reference = replace(reference, fields={**reference.fields, "author": f"{{{stub('the author')}}}"})
        entry = bibtex_writer.rendered(reference.kind, key, {**reference.fields, **self._ours(reference)})
        _, _, diagnostics = bibtex_reader.read(
            self.path, entry, self.day, self.evidence.subject, background=self.path.name == "background.bib"
        )
        if diagnostics:
            return [diagnostic.message for diagnostic in diagnostics]
        self.entries[key] = entry
        self.numbers |= dict.fromkeys(numbers, key)
        if reference.old_key not in ("", key):
            self.renamed[reference.old_key] = key
        return []

    def _key(self, reference: Reference) -> str:
        """Return the key that a BibTeX entry has, made an anchor, when it is free; else one made from the fields."""
        old = re.sub(r"[^\w.-]+", "-", reference.old_key)
        if reference.file.endswith(".bib") and old and old.lower() not in self.keys:
            key = old
        else:
            name = next(iter(authors(reference.fields)), "")
            key = source_key.free_key(name, year(reference.fields), reference.fields["title"], self.keys)
        self.keys.add(key.lower())  # anchors are in small letters
        return key

    def _ours(self, reference: Reference) -> dict[str, str]:
        """Return the fields that say design, flags and what was seen; an entry that was ours before keeps them."""
        words = [word.strip() for word in reference.fields.get("keywords", "").split(",")]
        design = self.design or next((word for word in words if word in self.evidence.subject.designs), None)
        note = reference.fields.get("note", "")
        kept = note if note.startswith("seen: ") and not self.seen else source_note(design, self.seen)
        keywords = ", ".join([design or "narrative-review", *(word for word in words if word in FLAGS)])
        if self.path.name == "background.bib":  # it is cited and never extracted, so nobody asks what was seen of it
            keywords = ", ".join([design] if design else [])
            kept = kept if self.seen or note.startswith("seen: ") else ""
        return {"keywords": keywords, "note": kept}


def _looked_up(reference: Reference | Diagnostic, contact: str) -> Reference | Diagnostic:
    """Fill in a reference of which only the DOI or the PMID is known, through Crossref or Europe PMC."""
    if isinstance(reference, Diagnostic) or reference.kind:
        return reference
    doi, pmid = (reference.fields.get(name, "") for name in ("doi", "pmid"))
    click.echo(f"asking {'Crossref' if doi else 'Europe PMC'} for {doi or pmid} …", err=True)
    try:
        fields, kind = look_up(doi, contact) if doi else look_up_pmid(pmid, contact)
    except UserError as unknown:
        return Diagnostic(reference.file, reference.line, str(unknown))
    return replace(reference, old_key="", kind=kind, fields={**fields, **reference.fields})
