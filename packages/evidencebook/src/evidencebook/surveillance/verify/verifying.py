"""Check every source with those who would know, and keep what they say as it comes: an interrupted run goes on.

Who does not answer changes nothing: the earlier check stays with its day, which grows old, and the page shows its age.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from evidencebook.evidence.base import EvidenceBase
from evidencebook.surveillance import links, rules
from evidencebook.surveillance import polite_requests as asking
from evidencebook.surveillance.asking.client import NoAnswerError
from evidencebook.surveillance.models import Check, Checked, Outcome
from evidencebook.surveillance.verify import judging
from evidencebook.surveillance.verify.checkfile import Key
from evidencebook.surveillance.verify.judging import Result, carried
from evidencebook.surveillance.verify.needs import beyond, kept, needs
from evidencebook.surveillance.verify.registers import Registers
from evidencebook.surveillance.verify.seen import Seen

#: What an editor may have mended since is asked again, however fresh.
_MENDABLE: frozenset[Outcome] = frozenset({"differs", "unknown", "gone", "moved"})
#: The record of a work, its notices and its number are seen together, in one answer of each registry.
_RECORD: frozenset[Checked] = frozenset({"work", "notice", "pmid"})
#: After so many sources what was seen is written down.
_FEW = 5
#: So many pages are asked at a time, and their answers written down.
_PAGES = 24
#: So many hosts do not turn a program away at once; it is our own network that does.
_HOSTS = 3
_OURS = "no host let the program in; it seems to be a matter of the network here"


@dataclass(frozen=True)
class Unanswered:
    """Say what could not be asked, and why."""

    source: str
    what: Checked
    words: str


@dataclass
class Verifying:
    """Hold the checks, and renew those that are due."""

    evidence: EvidenceBase
    checks: dict[Key, Check]
    registers: Registers
    manners: asking.Manners
    day: dt.date
    older_than: int = 7
    #: Called with the checks as they stand, after each few things that were asked.
    save: Callable[[Mapping[Key, Check]], None] = lambda _: None
    told: Callable[[], None] = lambda: None
    asked: int = 0
    unanswered: list[Unanswered] = field(default_factory=list)

    def due(self, only: Iterable[str] = ()) -> dict[str, set[Checked]]:
        """Map sources to what is to be asked of them; of a source that is named it is everything."""
        named = tuple(only)
        wanted = {key: set(needs(self.evidence.sources[key])) for key in (named or sorted(self.evidence.sources))}
        found = (
            wanted
            if named
            else {key: {what for what in whats if self._due(key, what)} for key, whats in wanted.items()}
        )
        return {
            key: whats | (_RECORD & needs(self.evidence.sources[key]).keys() if whats & _RECORD else set())
            for key, whats in found.items()
            if whats
        }

    def count(self, due: Mapping[str, set[Checked]]) -> int:
        """Count the steps of a run: a record, a registration and an address each are one."""
        addresses = {self.evidence.sources[key].url for key, whats in due.items() if "page" in whats}
        return len(addresses) + sum(bool(whats & _RECORD) + ("trial" in whats) for whats in due.values())

    @property
    def cut_off(self) -> bool:
        """Tell whether a registry or our own network failed; a page that is silent alone may have a bad night."""
        pages = [one for one in self.unanswered if one.what == "page"]
        return len(pages) < len(self.unanswered) or any(one.words == _OURS for one in pages)

    def run(self, due: Mapping[str, set[Checked]]) -> None:
        """Drop what belongs to no source any more, and ask for what is due."""
        needed = {key: needs(source) for key, source in self.evidence.sources.items()}
        self.checks = {(key, what): one for (key, what), one in self.checks.items() if what in needed.get(key, {})}
        try:
            self._records([key for key, whats in due.items() if whats & _RECORD])
            for key in (key for key, whats in due.items() if "trial" in whats):
                self._trial(key)
            self._pages([key for key, whats in due.items() if "page" in whats])
        finally:
            self.save(self.checks)

    def _due(self, key: str, what: Checked) -> bool:
        """Tell whether something was never checked as it stands today, or too long ago, or was found wrong."""
        needed = needs(self.evidence.sources[key])
        made = kept({kind: self.checks[key, kind] for kind in needed if (key, kind) in self.checks}, needed)
        if what not in made:
            return not beyond(what, made)
        return made[what].outcome in _MENDABLE or (self.day - made[what].date).days >= self.older_than

    def _records(self, keys: list[str]) -> None:
        """Ask PubMed for all numbers together, Crossref for one DOI after the other."""
        numbers = [number for key in keys if _number(number := self.evidence.sources[key].pmid or "")]
        articles, silence = self.registers.articles(dict.fromkeys(numbers))
        for count, key in enumerate(keys, 1):
            self._record(key, articles, silence)
            if count % _FEW == 0:
                self.save(self.checks)

    def _record(self, key: str, articles: Mapping[str, Seen | None], silence: str) -> None:
        """Judge what the registries say of one source, and what all of them together know of notices."""
        source = self.evidence.sources[key]
        seen: list[Seen] = []
        silent = False
        if source.doi:
            try:
                got = self.registers.work(source.doi)
            except NoAnswerError as broken:
                silent = True
                self._silent(key, "work", str(broken))
            else:
                self._keep(key, "work", judging.work(source, got) if isinstance(got, Seen) else got)
                seen += [got] if isinstance(got, Seen) else []
        if source.pmid:
            if _number(source.pmid) and source.pmid not in articles:
                silent = True
                self._silent(key, "pmid", silence)
            else:
                article = articles.get(source.pmid)
                self._keep(key, "pmid", judging.pmid(source, article))
                seen += [article] if article else []
        self._notice(key, seen, silent=silent)

    def _notice(self, key: str, seen: list[Seen], *, silent: bool) -> None:
        """Keep what is known of notices; half of an answer may add to it, and never takes away."""
        earlier = self.checks.get((key, "notice"))
        target = needs(self.evidence.sources[key])["notice"]
        same = earlier if earlier and earlier.target in {None, target} else None
        if seen and (not silent or judging.graver(judging.notice(seen), same)):
            self._keep(key, "notice", judging.notice(seen))
        elif not seen and not silent and same is None:  # what was seen belonged to a DOI that was mended since
            self.checks.pop((key, "notice"), None)
        self.told()

    def _trial(self, key: str) -> None:
        """Compare a registration with what was seen of it before."""
        number = needs(self.evidence.sources[key])["trial"]
        earlier = self.checks.get((key, "trial"))
        weighed = earlier is None or not rules.unweighed_since(self.evidence, key, earlier.since)
        result = None
        try:
            result = judging.trial(earlier, number, self.registers.study(number), weighed=weighed)
        except LookupError:
            before = earlier.value if earlier and earlier.target == number else None  # it may be known again tomorrow
            result = Result("unknown", before, f"the register has no study {number}; compare the number")
        except (NoAnswerError, ValueError) as broken:
            self._silent(key, "trial", str(broken))
        if result:
            self._keep(key, "trial", result)
            self.save(self.checks)
        self.told()

    def _pages(self, keys: list[str]) -> None:
        """Ask hosts of pages, a few pages at a time, each address once."""
        asked = links.questions({key: self.evidence.sources[key] for key in keys}, {})
        # In the order of the sources, so that the pages of one host are spread over the whole run.
        pages = sorted((one for one in asked if one.kind == "page"), key=lambda one: one.sources)
        for start in range(0, len(pages), _PAGES):
            answers = asking.ask(pages[start : start + _PAGES], self.manners, self.told)
            ours = _ours(answers)
            for answer in answers:
                for key in answer.question.sources:
                    self._page(key, answer, ours=ours)
            self.save(self.checks)

    def _page(self, key: str, answer: links.Answer, *, ours: bool) -> None:
        """Keep how a page answered, with an archived copy of one that is not there."""
        if ours:
            self._silent(key, "page", _OURS)
            return
        if answer.state == "silent":
            self._silent(key, "page", answer.words)
            return
        copy = None
        if answer.state in {"broken", "not checkable"} or (answer.state == "moved" and not answer.final):
            try:
                copy = self.registers.archived(answer.question.target)
            except NoAnswerError:
                earlier = self.checks.get((key, "page"))
                copy = earlier.value if earlier and earlier.target == answer.question.target else None
        if result := judging.page(answer, copy):
            self._keep(key, "page", result)

    def _keep(self, key: str, what: Checked, result: Result) -> None:
        target = needs(self.evidence.sources[key])[what]
        self.checks[key, what] = carried(self.checks.get((key, what)), key, what, target, result, self.day)
        self.asked += 1

    def _silent(self, key: str, what: Checked, words: str) -> None:
        self.unanswered.append(Unanswered(key, what, words))


def _ours(answers: Iterable[links.Answer]) -> bool:
    """Tell whether not one of several hosts let us in."""
    hosts = {urlsplit(answer.question.target).netloc for answer in answers}
    return len(hosts) > _HOSTS and not any(answer.state in {"good", "moved"} for answer in answers)


def _number(text: str) -> bool:
    """Tell whether PubMed can be asked for a number: one that is none would spoil the whole list."""
    return re.fullmatch(r"[1-9][0-9]{0,8}", text) is not None
