"""Check every source with those who would know.

Ignorance is never written over knowledge: who does not answer changes nothing, and the earlier check stays with its
day, which grows old.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.identifiers import PMID
from evidencebook.evidence.models import Source
from evidencebook.surveillance import retractions, rules
from evidencebook.surveillance.http import Client, NoAnswerError, PageAnswer, ServiceError, UnknownError
from evidencebook.surveillance.models import Check, Checked, Outcome
from evidencebook.surveillance.providers import clinicaltrials, crossref, europe_pmc
from evidencebook.surveillance.targets import current, is_unanswerable, targets
from evidencebook.surveillance.text import one_line, part, plain

#: What an editor may have fixed since is asked again, however fresh.
_FIXABLE: frozenset[Outcome] = frozenset({"differs", "unknown", "gone", "moved"})
#: The record of a work and its notices come in one answer.
_RECORD: frozenset[Checked] = frozenset({"work", "notice"})
#: A host that refuses programs says nothing about whether the page is there.
_REFUSALS = frozenset({401, 403, 407, 429, 451})
#: So many hosts do not refuse a program at once; it is our own network that does.
_SEVERAL_HOSTS = 4
_PERMANENT = frozenset({301, 308})
#: Response codes of the handle system, as the DOI Handbook lists them.
_RESOLVES, _NOT_FOUND, _NO_VALUES = 1, 100, 200
_LONGEST_NOTE = 1_500


@dataclass(frozen=True)
class Result:
    """Say what came of asking: never that nobody answered, for that is no result."""

    outcome: Outcome
    value: str = ""
    note: str = ""


@dataclass
class Verifier:
    """Hold the checks, and renew those that are due; `unanswered` says what could not be asked, and why."""

    evidence: EvidenceBase
    checks: dict[tuple[str, Checked], Check]
    client: Client
    day: dt.date
    older_than: int = 7
    asked: int = 0
    unanswered: list[tuple[str, Checked, str]] = field(default_factory=list)

    def due(self, only: Iterable[str] = ()) -> dict[str, set[Checked]]:
        """Map sources to what is to be asked of them; of a source that is named it is everything."""
        named = tuple(only)
        found = {
            key: {what for what in targets(self.evidence.sources[key]) if named or self._is_due(key, what)}
            for key in named or sorted(self.evidence.sources)
        }
        return {key: whats | (_RECORD if whats & _RECORD else set()) for key, whats in found.items() if whats}

    def run(self, due: Mapping[str, set[Checked]], progress: Callable[[], None] = lambda: None) -> None:
        """Drop the checks of what no source names any more, and ask for what is due, one source after the other."""
        wanted = {key: targets(source) for key, source in self.evidence.sources.items()}
        self.checks = {(key, what): one for (key, what), one in self.checks.items() if what in wanted.get(key, {})}
        before = dict(self.checks)
        try:
            for key, whats in due.items():
                for what, ask in (("work", self._work), ("trial", self._trial), ("page", self._page)):
                    if what in whats:
                        self._ask(self.evidence.sources[key], what, ask)
                progress()
        finally:
            self._withdraw_refusals(before)

    def _is_due(self, key: str, what: Checked) -> bool:
        """Tell whether something was never checked as it is today, or too long ago, or was found wrong."""
        wanted = targets(self.evidence.sources[key])
        made = current({one: self.checks[key, one] for one in wanted if (key, one) in self.checks}, wanted)
        if what not in made:
            return not is_unanswerable(what, made)
        return made[what].outcome in _FIXABLE or (self.day - made[what].date).days >= self.older_than

    def _ask(self, source: Source, what: Checked, ask: Callable[[Source], Result]) -> None:
        try:
            self._keep(source, what, ask(source))
        except ServiceError as silent:
            self.unanswered.append((source.key, what, str(silent)))

    def _keep(self, source: Source, what: Checked, result: Result) -> None:
        """Write a check down; `since` stays while what is seen stays the same."""
        earlier, target = self._earlier(source, what), targets(source)[what]
        same = earlier and (earlier.outcome, earlier.value or "") == (result.outcome, result.value)
        self.checks[source.key, what] = Check(
            source=source.key,
            what=what,
            target=target,
            date=self.day,
            outcome=result.outcome,
            since=earlier.since if same and earlier else self.day,
            value=result.value or None,
            note=one_line(result.note, _LONGEST_NOTE) or None,
        )
        self.asked += 1

    def _earlier(self, source: Source, what: Checked) -> Check | None:
        """Return the earlier check of what the source names today."""
        earlier = self.checks.get((source.key, what))
        return earlier if earlier and earlier.target in {None, targets(source)[what]} else None

    def _work(self, source: Source) -> Result:
        """Compare the registry's record of a work, and keep the notices about it."""
        doi, lacking = source.doi, ""
        if not doi:
            number = source.pmid or ""
            article = europe_pmc.by_pmid(self.client, number) if PMID.is_valid(number) else None
            if article is None:
                return self._without_notices(source, Result("unknown", "", "PubMed does not know the number"))
            if article.doi is None:
                return self._without_notices(source, Result("there", "", "PubMed knows no DOI; nothing was compared"))
            doi, lacking = article.doi, f"PubMed knows a DOI; write doi = {{{article.doi}}},"
        work = crossref.work(doi, self.client)
        if work is None:
            return self._without_notices(source, self._resolved(doi))
        self._keep(source, "notice", Result(*retractions.judged(work)))
        found = list(retractions.differences(source, work))
        return Result("differs" if found else "agrees", "", "; ".join(filter(None, (*found, lacking))))

    def _without_notices(self, source: Source, result: Result) -> Result:
        """Forget what was seen of notices about a DOI that was corrected since."""
        if self._earlier(source, "notice") is None:
            self.checks.pop((source.key, "notice"), None)
        return result

    def _resolved(self, doi: str) -> Result:
        """Tell a DOI that another registry keeps from one that was mistyped, by the handle system."""
        try:
            code = part(self.client.json("doi", f"api/handles/{quote(doi)}", {"type": "URL"}), "responseCode")
        except UnknownError:
            code = _NOT_FOUND
        if code == _RESOLVES:
            return Result("there", "", "registered elsewhere than at Crossref; title, authors and year not compared")
        if code in {_NOT_FOUND, _NO_VALUES}:
            return Result("unknown", "", "no such DOI is registered, or it leads nowhere")
        raise NoAnswerError("doi.org gave an answer that cannot be read")

    def _trial(self, source: Source) -> Result:
        """Compare a registration with what was seen of it before.

        A change stays until the claims on the source were weighed again; a further one is added to it. What the first
        check sees is no change, since nobody knows what an editor saw.
        """
        number, earlier = targets(source)["trial"], self._earlier(source, "trial")
        known = earlier if earlier and earlier.value else None
        try:
            study = clinicaltrials.study(self.client, number)
        except UnknownError:  # it may be known again tomorrow
            return Result("unknown", (known and known.value) or "", f"the register has no study {number}")
        status = plain(part(study, "protocolSection", "statusModule", "overallStatus"), 60)
        if not status:
            raise NoAnswerError("clinicaltrials gave an answer that cannot be read: it names no status of the study")
        value = f"{status}, with results" if part(study, "hasResults") is True else status
        day = plain(part(study, "protocolSection", "statusModule", "lastUpdatePostDateStruct", "date"), 20)
        updated = f"last updated {day}" if day else ""
        waits = known is not None and bool(rules.unweighed_since(self.evidence, source.key, known.since))
        open_note = known.note if known and known.outcome == "changed" and waits else ""
        change = f"from {known.value} to {value}, {updated}".rstrip(", ") if known and known.value != value else ""
        if change or open_note:
            return Result("changed", value, "; ".join(filter(None, (open_note, change))))
        return Result("agrees", value, updated)

    def _page(self, source: Source) -> Result:
        return _judged_page(source.url or "", self.client.page(source.url or ""))

    def _withdraw_refusals(self, before: Mapping[tuple[str, Checked], Check]) -> None:
        """Take refusals back when several hosts refused and none let us in: then it is our own network that does."""
        fresh = [one for key, one in self.checks.items() if one.what == "page" and before.get(key) is not one]
        hosts = {urlsplit(one.target or "").netloc for one in fresh}
        if len(hosts) < _SEVERAL_HOSTS or any(one.outcome != "refused" for one in fresh):
            return
        for one in fresh:
            del self.checks[one.source, "page"]
            self.unanswered.append((one.source, "page", "no host let the program in; it seems to be the network here"))
        self.checks = dict(before) | self.checks


def _judged_page(address: str, answer: PageAnswer) -> Result:
    copies = f"or look for a copy at https://web.archive.org/web/*/{address}"
    if answer.status in {404, 410}:
        return Result("gone", "", f"the page is gone ({answer.status}); find its new address, {copies}")
    if answer.status in _REFUSALS:
        return Result("refused", "", f"the host refuses programs ({answer.status}); look at it by hand")
    if answer.status >= 400:
        raise NoAnswerError(f"{urlsplit(address).netloc} answered with status {answer.status}")
    if urlsplit(answer.address).path in {"", "/"} and urlsplit(address).path not in {"", "/"}:
        return Result("moved", "", f"it leads to a front page now, and may be gone; find its new address, {copies}")
    if _PERMANENT.intersection(answer.hops) and _comparable(answer.address) != _comparable(address):
        to = answer.address if re.fullmatch(r'https?://[^\s<>"{}\\]{1,1000}', answer.address) else ""
        return Result("moved", to, f"write url = {{{to}}}," if to else "its new address cannot be written down")
    return Result("there")


def _comparable(address: str) -> str:
    """Leave out what changes without a page having moved: scheme, www, closing slash."""
    parts = urlsplit(address)
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
