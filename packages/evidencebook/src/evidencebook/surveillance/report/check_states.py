"""Say in words how a source stands: what was checked of it, when, and what came of it; what was not is said too."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from evidencebook.evidence import dates
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.formatting import number
from evidencebook.evidence.models import Source
from evidencebook.locale import _, gettext_noop
from evidencebook.surveillance.models import Check, Checked, Outcome, Surveillance
from evidencebook.surveillance.targets import current, is_unanswerable, targets

#: `nothing` is to be checked where an entry names no DOI, no number and no address.
Word = Literal["good", "trouble", "stale", "never", "nothing"]
#: What an editor has to weigh or to fix. A page that moved still answers, and one that refuses may be there.
TROUBLE: frozenset[Outcome] = frozenset({"retracted", "concern", "unknown", "differs", "gone", "changed"})
_NAMES: Mapping[Checked, str] = {
    "work": gettext_noop("its record"),
    "notice": gettext_noop("notices about it"),
    "trial": gettext_noop("its registration"),
    "page": gettext_noop("its web page"),
}
_WORDS: Mapping[tuple[Checked, Outcome], str] = {
    ("work", "agrees"): gettext_noop("the registry's record agrees"),
    ("work", "differs"): gettext_noop("the registry's record differs from the entry"),
    ("work", "unknown"): gettext_noop("the registry does not know its number"),
    ("work", "there"): gettext_noop("its number is registered, but its record was not compared"),
    ("notice", "clear"): gettext_noop("no notice"),
    ("notice", "corrected"): gettext_noop("corrected"),
    ("notice", "concern"): gettext_noop("an expression of concern was published"),
    ("notice", "retracted"): gettext_noop("retracted"),
    ("trial", "agrees"): gettext_noop("the registration is as it was"),
    ("trial", "changed"): gettext_noop("the registration changed"),
    ("trial", "unknown"): gettext_noop("the registration is not known"),
    ("page", "there"): gettext_noop("the page answers"),
    ("page", "moved"): gettext_noop("the page has moved"),
    ("page", "gone"): gettext_noop("the page is gone"),
    ("page", "refused"): gettext_noop("the page turns programs away"),
}
_COUNTED: Mapping[Word, str] = {
    "good": gettext_noop("checked and found in order"),
    "trouble": gettext_noop("checked, with something to weigh or to mend"),
    "stale": gettext_noop("checked in part or long ago"),
    "never": gettext_noop("never checked"),
    "nothing": gettext_noop("without a DOI, a number or an address to check"),
}
#: What is said beside a source, where most are of the other sort.
_SILENT: Mapping[Word, str] = {
    "never": gettext_noop("Those that were checked say so in their row."),
    "good": gettext_noop("Those that are not in order say so in their row."),
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
        counts = [f"{number(found[word])} {_(words)}" for word, words in _COUNTED.items() if found[word]]
        summary = _("Checks of the %(number)s sources of the book: %(states)s.")
        told = summary % {"number": number(len(self.states)), "states": "; ".join(counts)}
        return f"{told} {_(_SILENT[self.common])}" if self.notes else told


def check_states(evidence: EvidenceBase, surveillance: Surveillance, day: dt.date | None) -> CheckStates:
    """Return how every source stands on a day; without a day nothing is old."""
    states = {key: state_of(surveillance, source, day) for key, source in evidence.sources.items()}
    found = Counter(state.word for state in states.values() if state.word in ("good", "never"))
    return CheckStates(states, "good" if found["good"] > found["never"] else "never")


def state_of(surveillance: Surveillance, source: Source, day: dt.date | None) -> State:
    """Return how a source stands on a day; without a day nothing is old."""
    wanted = targets(source)
    if not wanted:
        return State("nothing", _("Nothing to check: the entry names no DOI, no number and no address."))
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
        known = {"day": min(one.date for one in fresh), "states": "; ".join(map(in_words, fresh))}
        sentences.append(_("Checked %(day)s: %(states)s.") % known)
    if stale := [made[what] for what in old]:
        known = {"day": min(one.date for one in stale), "states": "; ".join(map(in_words, stale))}
        told = _("Not checked since %(day)s, over %(months)s months ago; then: %(states)s.")
        sentences.append(told % (known | {"months": dates.CHECK_MONTHS}))
    return State(word, " ".join((*sentences, *((_never(missing),) if missing else ()))))


def in_words(check: Check) -> str:
    """Say what one check saw, the notices with their DOIs."""
    known = _WORDS.get((check.what, check.outcome))
    words = _(known) if known else f"{_(_NAMES[check.what])}: {check.outcome}"
    return f"{words} ({', '.join(check.value.split())})" if check.what == "notice" and check.value else words


def _never(missing: list[Checked]) -> str:
    if missing == ["page"]:
        return _("Never checked whether its web page is there.")
    if "notice" in missing:
        return _("Never checked against the registries.")
    return _("Never checked: %s.") % ", ".join(_(_NAMES[what]) for what in missing)
