"""Say in words how a source stands: what was checked of it, when, and what came of it; what was not is said too."""

import datetime as dt
from collections.abc import Mapping
from typing import Literal, NamedTuple

from evidencebook.evidence import dates as days
from evidencebook.evidence.models import Source
from evidencebook.surveillance.base import Living
from evidencebook.surveillance.models import Check, Checked, Outcome
from evidencebook.surveillance.verify.needs import beyond, kept, needs

#: `nothing` is to be checked where an entry names no DOI, no number and no address.
Word = Literal["good", "stale", "never", "trouble", "nothing"]

#: What an editor has to weigh or to mend. A page that moved still answers, and one that refuses may be there.
TROUBLE: frozenset[Outcome] = frozenset({"retracted", "concern", "unknown", "differs", "gone", "changed"})

_NAMES: Mapping[Checked, str] = {
    "work": "its DOI",
    "notice": "notices about it",
    "pmid": "its PubMed number",
    "trial": "its registration",
    "page": "its web page",
}
_WORDS: Mapping[tuple[Checked, Outcome], str] = {
    ("work", "agrees"): "the DOI leads to this article",
    ("work", "differs"): "the DOI's record differs from the entry",
    ("work", "unknown"): "the DOI is not registered",
    ("work", "there"): "the DOI is registered, in a place that was not asked what it stands for",
    ("notice", "clear"): "no notice",
    ("notice", "corrected"): "corrected",
    ("notice", "concern"): "an expression of concern was published",
    ("notice", "retracted"): "retracted",
    ("pmid", "agrees"): "the PubMed record agrees",
    ("pmid", "differs"): "the PubMed record differs from the entry",
    ("pmid", "unknown"): "PubMed does not know the number",
    ("trial", "agrees"): "the registration is as it was",
    ("trial", "changed"): "the registration changed",
    ("trial", "unknown"): "the registration is not known",
    ("page", "there"): "the page answers",
    ("page", "moved"): "the page has moved",
    ("page", "gone"): "the page is gone",
    ("page", "refused"): "the page turns programs away",
}


class State(NamedTuple):
    """Give the state in a word, for a sign, and in a sentence or two, for a reader."""

    word: Word
    text: str


def state(living: Living, source: Source, day: dt.date | None) -> State:
    """Return how a source stands on a day; without a day nothing is old."""
    needed = needs(source)
    if not needed:
        return State("nothing", "Nothing to check: the entry names no DOI, no number and no address.")
    made = kept(living.checks_of.get(source.key, {}), needed)
    made = {what: made[what] for what in _NAMES if what in made and made[what].outcome != "no answer"}
    missing = [what for what in _NAMES if what in needed and what not in made and not beyond(what, made)]
    if not made:
        return State("never", _never(missing))
    old = [what for what in made if days.is_stale(made[what].date, day, days.CHECK_MONTHS)]
    troubled = any(check.outcome in TROUBLE for check in made.values())
    word: Word = "trouble" if troubled else "stale" if old or missing else "good"
    return State(word, " ".join((*_sentences(made, old), *((_never(missing),) if missing else ()))))


def _sentences(made: Mapping[Checked, Check], old: list[Checked]) -> list[str]:
    """Say what is known from when, what is old by itself: a fresh day must not lend its freshness."""
    told = []
    if fresh := [what for what in made if what not in old]:
        told.append(f"Checked {_day(made, fresh)}: {_seen(made, fresh)}.")
    if old:
        told.append(
            f"Not checked since {_day(made, old)}, over {days.CHECK_MONTHS} months ago; then: {_seen(made, old)}."
        )
    return told


def _never(missing: list[Checked]) -> str:
    """Say what was never asked."""
    if missing == ["page"]:
        return "Never checked whether its web page is there."
    if set(missing) >= {"notice"}:
        return "Never checked against the registries."
    return f"Never checked: {', '.join(_NAMES[what] for what in missing)}."


def _day(made: Mapping[Checked, Check], whats: list[Checked]) -> str:
    """Give the earliest of the days: all of it is true on that day, not on a later one."""
    return min(made[what].date for what in whats).isoformat()


def _seen(made: Mapping[Checked, Check], whats: list[Checked]) -> str:
    """Say what was seen, the notices with their DOIs."""
    return "; ".join(in_words(made[what]) for what in whats)


def in_words(check: Check) -> str:
    """Say what one check saw."""
    words = _WORDS.get((check.what, check.outcome), f"{_NAMES[check.what]}: {check.outcome}")
    named = check.what == "notice" and check.value
    return f"{words} ({', '.join((check.value or '').split())})" if named else words
