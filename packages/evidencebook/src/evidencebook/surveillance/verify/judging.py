"""Judge what services answered about a source, and carry on what was known of it before."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evidencebook.evidence import bibtex_writer as bibentry
from evidencebook.evidence.bibtex_writer import bare_doi
from evidencebook.evidence.models import Source
from evidencebook.surveillance.asking.plain import fields, plain, tidy
from evidencebook.surveillance.links import Answer, State
from evidencebook.surveillance.models import Check, Checked, Outcome
from evidencebook.surveillance.verify.comparing import compare
from evidencebook.surveillance.verify.seen import GRAVITY, Notice, Seen

#: A note is read by people, in a line of a file and of a report.
_LONGEST = 1500


@dataclass(frozen=True)
class Result:
    """Say what came of asking: never that nobody answered, for that is no result."""

    outcome: Outcome
    value: str | None = None
    note: str | None = None


def work(source: Source, seen: Seen) -> Result:
    """Judge the record of a DOI."""
    return _compared(source, seen, seen.remarks)


def pmid(source: Source, seen: Seen | None) -> Result:
    """Judge the record of a PubMed number, and name the DOI that an entry may lack."""
    if seen is None:
        return Result("unknown", None, "PubMed has no record of this number; compare it with the article")
    doi = bare_doi(seen.doi or "")
    lacking = (f"PubMed knows a DOI; write doi = {{{doi}}},",) if doi and not source.doi else ()
    return _compared(source, seen, lacking)


def notice(seen: Iterable[Seen]) -> Result:
    """Judge what is known of notices, the gravest first; all registries that were asked are taken together."""
    registries = list(seen)
    notices = [one for registry in registries for one in registry.notices]
    gravest = next((kind for kind in GRAVITY if any(one.kind == kind for one in notices)), None)
    if gravest is None:
        return Result("clear")
    told = sorted(notices, key=lambda one: GRAVITY.index(one.kind))  # sorted() keeps the order of equals
    words = dict.fromkeys(f"{one.words}: {one.name}" if one.name else one.words for one in told)
    remarks = (remark for registry in registries for remark in registry.remarks)  # such as a reinstatement
    value = _named(one for one in notices if one.kind == gravest)
    return Result(gravest, value, _short("; ".join((*words, *remarks))))


def trial(earlier: Check | None, number: str, answer: Any, *, weighed: bool) -> Result:
    """Judge the record of a registration against the earlier one.

    A change stays until the claims on the source were weighed again; a further one is added to it. What the first check
    sees is no change, since nobody knows what an editor saw.
    """
    status = fields(fields(fields(answer).get("protocolSection")).get("statusModule"))
    state = plain(status.get("overallStatus"), 60)
    if not state:
        raise ValueError("it names no status of the study")
    value = f"{state}, with results" if fields(answer).get("hasResults") is True else state
    updated = plain(fields(status.get("lastUpdatePostDateStruct")).get("date"), 20)
    known = earlier if earlier and earlier.value and earlier.target in {None, number} else None
    open_ = known.note if known and known.outcome == "changed" and not weighed else None
    if known and known.value != value:
        told = f"from {known.value} to {value}" + (f", last updated {updated}" if updated else "")
        return Result("changed", value, _short(f"{open_}; {told}" if open_ else told))
    if open_:
        return Result("changed", value, open_)
    return Result("agrees", value, f"last updated {updated}" if updated else None)


def page(answer: Answer, archived: str | None) -> Result | None:
    """Judge how a page answered; silence is no result."""
    outcome = _PAGES.get(answer.state)
    if outcome is None:
        return None
    if outcome == "moved" and answer.final:
        to = _address(answer.final)
        return Result(outcome, to, _short(f"{answer.words}; write {bibentry.line('url', to)}," if to else answer.words))
    if not archived:
        return Result(outcome, None, _short(answer.words) or None)
    mend = f"; for an archived copy write {bibentry.line('url', archived)},"
    return Result(outcome, archived, _short(f"{answer.words.partition(';')[0]}{mend}"))


_PAGES: dict[State, Outcome] = {"good": "there", "moved": "moved", "broken": "gone", "not checkable": "refused"}


def archived(address: str, answer: Any) -> str | None:
    """Give the address of an archived copy: of the answer only the time is taken, never an address.

    The status is the one that the page itself answered with when it was copied; a copy of its absence is none.
    """
    closest = fields(fields(fields(answer).get("archived_snapshots")).get("closest"))
    time = closest.get("timestamp")
    if closest.get("available") is not True or str(closest.get("status", 200)) != "200":
        return None
    if not isinstance(time, str) or not re.fullmatch(r"[0-9]{14}", time):
        return None
    return f"https://web.archive.org/web/{time}/{address}"


def carried(earlier: Check | None, key: str, what: Checked, target: str, result: Result, day: dt.date) -> Check:
    """Make the record of a result; `since` stays while what is seen stays the same."""
    same = (
        earlier is not None
        and (earlier.outcome, earlier.value) == (result.outcome, result.value)
        and earlier.target in {None, target}
    )
    return Check(
        source=key,
        what=what,
        target=target,
        date=day,
        outcome=result.outcome,
        since=earlier.since if same and earlier is not None else day,
        value=result.value,
        note=result.note,
    )


def graver(result: Result, earlier: Check | None) -> bool:
    """Tell whether a notice of which not all registries spoke is to be kept all the same: never to soften one."""
    order: Sequence[str] = ("clear", "corrected", "concern", "retracted")
    before = order.index(earlier.outcome) if earlier and earlier.outcome in order else 0
    return order.index(result.outcome) > before


def _compared(source: Source, seen: Seen, remarks: Iterable[str]) -> Result:
    differences = compare(source, seen)
    note = _short("; ".join((*map(str, differences), *remarks)))
    return Result("differs" if differences else "agrees", None, note or None)


def _named(notices: Iterable[Notice]) -> str | None:
    """Name notices, each once: by their DOIs, and by PubMed's numbers only where no DOI is known."""
    names = {one.name for one in notices if one.name}
    dois = {name for name in names if not name.startswith("PMID:")}
    return " ".join(sorted(dois or names)) or None


def _address(text: str) -> str | None:
    """Give an address where a redirect led, if it is one that can be written down."""
    address = plain(text, 1000)
    return address if re.fullmatch(r'https?://[^\s<>"{}\\…]+', address) else None


def _short(text: str) -> str:
    return tidy(text, _LONGEST)
