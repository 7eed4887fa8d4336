"""Write the entry that an included record will have, and hand it on when a person has read the source."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from evidencebook.evidence import bibtex_writer, source_key
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, UserError, relative_path
from evidencebook.evidence.todo_markers import MARK, source_note, stub
from evidencebook.evidence.vocabulary import Design
from evidencebook.surveillance import screening, store
from evidencebook.surveillance.models import Candidate, CandidateKind
from evidencebook.surveillance.store import Surveillance
from evidencebook.surveillance.text import one_line

#: The BibTeX field that ties an entry to the record it was made of.
FIELD = "candidate"
_DESIGNS: Mapping[CandidateKind, Design] = {"registration": "registry", "notice": "regulatory"}
_UNKNOWN: Design = "narrative-review"  # as `new source` leaves it until a person says


def path_of(folder: Path, record: str) -> Path:
    """Return the file of a record's stub."""
    return folder / store.WAITING / f"{record}.bib"


def due(folder: Path, surveillance: Surveillance, evidence: EvidenceBase) -> tuple[dict[Path, str], list[Path]]:
    """Return the stubs to write, and those to remove: of records no longer included, unless a person edited them."""
    sources = screening.source_of(surveillance, evidence)
    taken = {*evidence.sources, *(source.key for source in surveillance.waiting.values())}
    written: dict[Path, str] = {}
    gone: list[Path] = []
    for name, candidate in sorted(surveillance.candidates.items()):
        path = path_of(folder, name)
        # While people disagree the stub stays.
        wanted = any(made.decision == "include" for made in surveillance.decided.get(name, {}).values())
        if wanted and name not in sources and not path.exists():
            key = next(key for key in _keys(candidate) if key not in taken)
            taken.add(key)
            written[path] = rendered(candidate, key)
        elif path.exists() and not wanted and _unedited(path, candidate):
            gone.append(path)
    return written, gone


def rendered(candidate: Candidate, key: str) -> str:
    """Return the entry of a record, as far as the record itself tells it."""
    design = _DESIGNS.get(candidate.kind)
    title, number = _bare(candidate.title) or stub("title"), _bare(candidate.registry or "")
    names = [_author(name) for name in candidate.authors if _bare(name)]
    if not names and candidate.kind != "article" and candidate.venue:
        names = [_author(candidate.venue)]
    fields = {
        "author": " and ".join(names) or f"{{{stub('authors, as Family, Given and Family, Given')}}}",
        FIELD: candidate.id,
        "doi": candidate.doi,
        "keywords": design or _UNKNOWN,
        "note": source_note(design, None),
        "pmid": candidate.pmid,
        "title": f"{title} ({number})" if number and number not in title else title,
        "url": None if candidate.doi or candidate.pmid else _url(candidate.url or ""),
        "journal" if candidate.kind == "article" else "howpublished": _bare(candidate.venue or ""),
        "year": str(candidate.year or ""),
    }
    kind = "article" if candidate.kind == "article" and candidate.venue else "misc"
    return bibtex_writer.rendered(kind, key, fields)


def left(surveillance: Surveillance, evidence: EvidenceBase) -> list[Diagnostic]:
    """Return one notice for each entry that waits, in the order of the files, with the command that comes next."""
    sources, notices = screening.source_of(surveillance, evidence), []
    for name, source in surveillance.waiting.items():
        state = screening.state(surveillance, name)
        if name in sources:
            words = f"is source {sources[name]} already; remove this file"
        elif state == "included":
            words = f"was included and waits for its findings; next: evidencebook new source --waiting {source.key}"
        elif state == "disputed":
            words = f"waits, but people disagree about it; settle it: evidencebook screen --again {name}"
        else:
            words = f"waits, but the record is not included (it is {state}); include it, or remove this file"
        entry = surveillance.entries["waiting", name]
        notices.append(Diagnostic(relative_path(entry.path), entry.line, f"source {source.key} {words}"))
    return sorted(notices)


def chosen(surveillance: Surveillance, name: str) -> str:
    """Return the id of the record whose stub has this key, or this id; raise UserError for none, or several."""
    found = [one for one, source in surveillance.waiting.items() if name in {one, source.key}]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(f'{len(found)} waiting sources have the key "{name}"; give the id: {", ".join(found)}')
    waiting = ", ".join(sorted(source.key for source in surveillance.waiting.values()))
    raise UserError(f'no source "{name}" waits; {f"there are: {waiting}" if waiting else "none does"}')


def taken_in(evidence: EvidenceBase, record: str) -> str | None:
    """Return the key under which the entry of a record is in the bibliography."""
    return next((key for key, one in evidence.sources.items() if one.fields.get(FIELD) == record), None)


def entry(path: Path, key: str | None, design: str | None, flags: Sequence[str], seen: str | None) -> str:
    """Return the text of a stub with a key, design, flags and what was seen; what a person wrote into it stays."""
    text = path.read_text(encoding="utf-8").strip() + "\n"
    if key:
        text = re.sub(r"^(@\w+\s*\{\s*)[^,\s]+", lambda found: found[1] + key, text, count=1, flags=re.MULTILINE)
    written = _field(text, "keywords")
    if design or flags:
        text = _with_field(path, text, "keywords", ", ".join((design or (written or "").partition(",")[0], *flags)))
    note = _field(text, "note") or ""
    if (design or seen) and MARK in note:
        known = design or (None if "the design in keywords" in note else written)
        text = _with_field(path, text, "note", source_note(known, seen))
    elif seen and note:
        raise UserError(f'{relative_path(path)}: its note was edited; write there what was seen, as "seen: {seen}. …"')
    return text


def _keys(candidate: Candidate) -> Iterable[str]:
    """Yield the keys a record may have, the best first; the last is its own whatever else there is."""
    name = one_line((*candidate.authors, candidate.venue or "", candidate.kind)[0])
    capitals = re.findall(r"\b[A-Z]", name)
    first = "".join(capitals) if "," not in name and len(capitals) > 2 else name  # of a body its initials
    yield from source_key.keys_of(first, candidate.year, candidate.title)
    yield f"{source_key.stem_of(first, candidate.year) or 'record'}{candidate.id}"


def _author(name: str) -> str:
    """Write one author: "Family, Given" as it is, anything else in braces, as the name of a body."""
    family, _, given = (part.strip() for part in _bare(name).partition(","))
    if family and given and not re.search(r"\band\b", _bare(name), re.IGNORECASE):
        return f"{family}, {given.replace(',', '')}"
    return f"{{{_bare(name).strip(', ')}}}"


def _bare(text: str) -> str:
    """Take away what BibTeX would take for the end of a field, or for a command."""
    return " ".join(re.sub(r"[{}\\]", "", one_line(text)).split())


def _url(address: str) -> str:
    return one_line(address).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _unedited(path: Path, candidate: Candidate) -> bool:
    """Tell whether nobody edited a stub; its key does not count, since it depends on what else there is."""
    made = rendered(candidate, "key").partition("\n")[2]
    return path.read_text(encoding="utf-8", errors="replace").partition("\n")[2] == made


def _field(text: str, name: str) -> str | None:
    found = re.search(rf"^\s*{name}\s*=\s*\{{(.*)\}},?\s*$", text, re.MULTILINE)
    return found[1] if found else None


def _with_field(path: Path, text: str, name: str, content: str) -> str:
    pattern = rf"^(\s*{name}\s*=\s*)\{{.*\}}(,?[^\S\n]*)$"
    after, count = re.subn(pattern, lambda found: f"{found[1]}{{{content}}}{found[2]}", text, count=1, flags=re.M)
    if not count:
        raise UserError(f"{relative_path(path)}: it has no line {name} = {{…}}; write one, or leave the option out")
    return after
