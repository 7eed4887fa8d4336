"""Say in words how a source stands: what was checked of it, when, and what came of it; what was not is said too."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from evidencebook.evidence import dates
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.models import Source
from evidencebook.surveillance.models import Check, Checked, Outcome, Surveillance
from evidencebook.surveillance.targets import current, is_unanswerable, targets

#: `nothing` is to be checked where an entry names no DOI, no number and no address.
Word = Literal["good", "trouble", "stale", "never", "nothing"]
#: What an editor has to weigh or to fix. A page that moved still answers, and one that refuses may be there.
TROUBLE: frozenset[Outcome] = frozenset({"retracted", "concern", "unknown", "differs", "gone", "changed"})
_NAMES: Mapping[Checked, str] = {
    "work": "its record",
    "notice": "notices about it",
    "trial": "its registration",
    "page": "its web page",
}
_WORDS: Mapping[tuple[Checked, Outcome], str] = {
    ("work", "agrees"): "the registry's record agrees",
    ("work", "differs"): "the registry's record differs from the entry",
    ("work", "unknown"): "the registry does not know its number",
    ("work", "there"): "its number is registered, but its record was not compared",
    ("notice", "clear"): "no notice",
    ("notice", "corrected"): "corrected",
    ("notice", "concern"): "an expression of concern was published",
    ("notice", "retracted"): "retracted",
    ("trial", "agrees"): "the registration is as it was",
    ("trial", "changed"): "the registration changed",
    ("trial", "unknown"): "the registration is not known",
    ("page", "there"): "the page answers",
    ("page", "moved"): "the page has moved",
    ("page", "gone"): "the page is gone",
    ("page", "refused"): "the page turns programs away",
}
_COUNTED: Mapping[Word, str] = {
    "good": "checked and found in order",
    "trouble": "checked, with something to weigh or to mend",
    "stale": "checked in part or long ago",
    "never": "never checked",
    "nothing": "without a DOI, a number or an address to check",
}
#: What is said beside a source, where most are of the other sort.
_SILENT: Mapping[Word, str] = {
    "never": "Those that were checked say so in their row.",
    "good": "Those that are not in order say so in their row.",
}


class State(NamedTuple):
    """Give the state of a source in a word, for a sign, and in a sentence or two, for a reader."""

    word: Word
    text: str


@dataclass(frozen=True)
class CheckStates:
    """Hold the state of every source, and the word that most of them share."""

    states: Mapping[str, State]
    common: Word

    @property
    def notes(self) -> Mapping[str, str]:
        """Map the sources that stand otherwise than most to what is to be said beside them."""
        return {key: state.text for key, state in self.states.items() if state.word not in {self.common, "nothing"}}

    @property
    def summary(self) -> str:
        """Say how many sources stand how, and that rows are silent where they stand as most do."""
        found = Counter(state.word for state in self.states.values())
        if not found:
            return ""
        counts = [f"{found[word]:,} {words}" for word, words in _COUNTED.items() if found[word]]
        silent = f" {_SILENT[self.common]}" if self.notes else ""
        return f"Checks of the {len(self.states):,} sources of the book: {'; '.join(counts)}.{silent}"


def check_states(evidence: EvidenceBase, surveillance: Surveillance, day: dt.date | None) -> CheckStates:
    """Return how every source stands on a day; without a day nothing is old."""
    states = {key: state_of(surveillance, source, day) for key, source in evidence.sources.items()}
    found = Counter(state.word for state in states.values() if state.word in ("good", "never"))
    return CheckStates(states, "good" if found["good"] > found["never"] else "never")


def state_of(surveillance: Surveillance, source: Source, day: dt.date | None) -> State:
    """Return how a source stands on a day; without a day nothing is old."""
    wanted = targets(source)
    if not wanted:
        return State("nothing", "Nothing to check: the entry names no DOI, no number and no address.")
    checks = current(surveillance.checks_of.get(source.key, {}), wanted)
    made = {what: checks[what] for what in _NAMES if what in checks}
    missing = [what for what in _NAMES if what in wanted and what not in made and not is_unanswerable(what, made)]
    if not made:
        return State("never", _never(missing))
    old = [what for what in made if dates.is_stale(made[what].date, day, dates.CHECK_MONTHS)]
    troubled = any(check.outcome in TROUBLE for check in made.values())
    word: Word = "trouble" if troubled else "stale" if old or missing else "good"
    # What is old is told by itself: a fresh day must not lend its freshness. The earliest day is true of all.
    sentences = []
    if fresh := [check for what, check in made.items() if what not in old]:
        sentences.append(f"Checked {min(one.date for one in fresh)}: {'; '.join(map(in_words, fresh))}.")
    if stale := [made[what] for what in old]:
        then = "; ".join(map(in_words, stale))
        months = dates.CHECK_MONTHS
        since = min(one.date for one in stale)
        sentences.append(f"Not checked since {since}, over {months} months ago; then: {then}.")
    return State(word, " ".join((*sentences, *((_never(missing),) if missing else ()))))


def in_words(check: Check) -> str:
    """Say what one check saw, the notices with their DOIs."""
    words = _WORDS.get((check.what, check.outcome), f"{_NAMES[check.what]}: {check.outcome}")
    return f"{words} ({', '.join(check.value.split())})" if check.what == "notice" and check.value else words


def _never(missing: list[Checked]) -> str:
    if missing == ["page"]:
        return "Never checked whether its web page is there."
    if "notice" in missing:
        return "Never checked against the registries."
    return f"Never checked: {', '.join(_NAMES[what] for what in missing)}."
