"""Read references that other programs export: BibTeX and biblatex, RIS, CSL-JSON, PubMed's .nbib, lists of DOIs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evidencebook.evidence.diagnostics import Diagnostic, UserError, relative_path
from evidencebook.evidence.reference_formats import READERS
from evidencebook.evidence.reference_record import as_bibtex


@dataclass(frozen=True)
class Reference:
    """Hold one reference: where it is in its file, the key it has there, and its fields as BibTeX names them."""

    file: str
    line: int
    old_key: str
    kind: str
    fields: Mapping[str, str] = field(default_factory=dict)
    #: What is taken otherwise than it stands in the file.
    remarks: tuple[str, ...] = ()


def read(path: Path) -> Iterator[Reference | Diagnostic]:
    """Yield each reference of a file, or what is wrong with it, by the ending of the file's name.

    Raises UserError for another ending, and for a file that is no text.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UserError(
            f"{relative_path(path)} is of no kind that can be read; there are: .bib (BibTeX, biblatex), .ris, .json "
            "(CSL-JSON), .nbib (PubMed), .txt (a DOI or PMID on each line)"
        )
    text, remark = _text(path)
    for line, found in reader(text):
        if isinstance(found, str):
            yield Diagnostic(relative_path(path), line, found)
            continue
        kind, fields, remarks = as_bibtex(found)
        yield Reference(relative_path(path), line, found.key, kind, fields, (*remark, *remarks))
        remark = ()


def _text(path: Path) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file, and as what it was read where it is no UTF-8; raise UserError where nobody can tell.

    A file without one letter of UTF-8 beyond ASCII is one of Windows, whose letters hold those of Latin-1.
    """
    raw = path.read_bytes()
    try:
        wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
        return _lines(raw.decode("utf-16" if wide else "utf-8-sig")), ()
    except UnicodeDecodeError as broken:
        line = raw.count(b"\n", 0, broken.start) + 1
        place = f"{relative_path(path)}:{line}"
    beyond = [letter for letter in raw.decode("utf-8", "surrogateescape") if letter > "\x7f"]
    if not wide and all("\udc80" <= letter <= "\udcff" for letter in beyond):
        try:
            text = _lines(raw.decode("cp1252"))
        except UnicodeDecodeError:
            pass
        else:
            row = text.split("\n")[line - 1].strip()[:60]
            return text, (f'the file is no UTF-8 and was read as Windows-1252; line {line} is then "{row}"',)
    raise UserError(f"{place}: the file is no UTF-8; save it as UTF-8")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
