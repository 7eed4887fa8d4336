"""Make the entry of an included record, as far as the record itself tells it."""

import re
from collections.abc import Iterable, Mapping, Sequence

from evidencebook.evidence import bibtex_writer, source_key
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, UserError, relative_path
from evidencebook.evidence.todo_markers import source_note, stub
from evidencebook.evidence.vocabulary import Design
from evidencebook.surveillance import screening
from evidencebook.surveillance.models import Candidate, CandidateKind, Surveillance
from evidencebook.surveillance.text import one_line

#: What a record of this kind is, where its kind says it.
_DESIGNS: Mapping[CandidateKind, Design] = {"registration": "registry", "notice": "regulatory"}
_UNKNOWN: Design = "narrative-review"  # as `new source` leaves it until a person says


def without_entry(surveillance: Surveillance, evidence: EvidenceBase) -> dict[str, Candidate]:
    """Map the key that it would have to each included record that is no source yet, in the order of the queue."""
    sources = screening.source_of(surveillance, evidence)
    found: dict[str, Candidate] = {}
    for name in screening.by_state(surveillance)["included"]:
        if name not in sources:
            candidate = surveillance.candidates[name]
            found[next(key for key in _keys(candidate) if key not in {*evidence.sources, *found})] = candidate
    return found


def left(surveillance: Surveillance, evidence: EvidenceBase) -> list[Diagnostic]:
    """Return one notice for each record that waits to become a source, with the command that comes next."""
    notices = []
    for key, candidate in without_entry(surveillance, evidence).items():
        entry = surveillance.entries["candidate", candidate.id]
        words = f"was included and waits for its findings; next: evidencebook new source --waiting {key}"
        notices.append(Diagnostic(relative_path(entry.path), entry.line, f"record {candidate.id} {words}"))
    return notices


def entry(
    surveillance: Surveillance,
    evidence: EvidenceBase,
    name: str,
    *,
    key: str | None = None,
    design: str | None = None,
    flags: Sequence[str] = (),
    seen: str | None = None,
) -> tuple[str, str]:
    """Return key and BibTeX entry of the record that waits under a key or an id; raise UserError when none does.

    What only its reader can know is marked.
    """
    waits = without_entry(surveillance, evidence)
    found = next(((own, one) for own, one in waits.items() if name in {own, one.id}), None)
    if found is None:
        known = ", ".join(waits) or "none"
        raise UserError(f'no included record "{name}" waits; there are: {known}; nothing was written')
    key, candidate = key or found[0], found[1]
    design = design or _DESIGNS.get(candidate.kind)
    title, number = _bare(candidate.title) or stub("title"), _bare(candidate.registry or "")
    names = [_author(name) for name in candidate.authors if _bare(name)]
    if not names and candidate.kind != "article" and candidate.venue:
        names = [_author(candidate.venue)]
    address = one_line(candidate.url or "").replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
    fields = {
        "author": " and ".join(names) or f"{{{stub('authors, as Family, Given and Family, Given')}}}",
        "candidate": candidate.id,  # ties the entry to the record
        "doi": candidate.doi,
        "keywords": ", ".join((design or _UNKNOWN, *flags)),
        "note": source_note(design, seen),
        "pmid": candidate.pmid,
        "title": f"{title} ({number})" if number and number not in title else title,
        "url": "" if candidate.doi or candidate.pmid else address,
        "journal" if candidate.kind == "article" else "howpublished": _bare(candidate.venue or ""),
        "year": str(candidate.year or ""),
    }
    kind = "article" if candidate.kind == "article" and candidate.venue else "misc"
    return key, bibtex_writer.rendered(kind, key, fields)


def _keys(candidate: Candidate) -> Iterable[str]:
    """Yield the keys a record may have, the best first; the last is its own whatever else there is."""
    name = one_line((*candidate.authors, candidate.venue or "", candidate.kind)[0])
    capitals = re.findall(r"\b[A-Z]", name)
    first = "".join(capitals) if "," not in name and len(capitals) > 2 else name  # of a body its initials
    yield from source_key.keys_of(first, candidate.year, candidate.title)
    yield f"{source_key.stem_of(first, candidate.year) or 'recordnd'}{candidate.id}"


def _author(name: str) -> str:
    """Write one author: "Family, Given" as it is, anything else in braces, as the name of a body."""
    family, _, given = (part.strip() for part in _bare(name).partition(","))
    if family and given and not re.search(r"\band\b", _bare(name), re.IGNORECASE):
        return f"{family}, {given.replace(',', '')}"
    return f"{{{_bare(name).strip(', ')}}}"


def _bare(text: str) -> str:
    """Take away what BibTeX would take for the end of a field, or for a command."""
    return " ".join(re.sub(r"[{}\\]", "", one_line(text)).split())
