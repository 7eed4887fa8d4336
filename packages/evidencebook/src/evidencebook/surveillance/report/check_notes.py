"""Choose which source says how its checks stand: what nearly all of them would say is said once."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from evidencebook.evidence.base import EvidenceBase
from evidencebook.surveillance.base import Living
from evidencebook.surveillance.verify import check_state
from evidencebook.surveillance.verify.check_state import State, Word

_COUNTED: Mapping[Word, str] = {
    "good": "checked and found in order",
    "trouble": "checked, with something to weigh or to mend",
    "stale": "checked in part or long ago",
    "never": "never checked",
    "nothing": "without a DOI, a number or an address to check",
}
#: What stands beside a source, where most are of the other sort.
_SILENT: Mapping[Word, str] = {
    "never": "Those that were checked say so in their row.",
    "good": "Those that are not in order say so in their row.",
}


@dataclass(frozen=True)
class Notes:
    """Hold the state of every source and the word that most of them share."""

    states: Mapping[str, State]
    common: Word

    @property
    def told(self) -> Mapping[str, str]:
        """Map the sources that stand otherwise than most to what is to be said beside them."""
        quiet = {self.common, "nothing"}
        return {key: state.text for key, state in self.states.items() if state.word not in quiet}

    @property
    def summary(self) -> str:
        """Say how many sources stand how, and that rows are silent where they stand as most do."""
        found = Counter(state.word for state in self.states.values())
        if not found:
            return ""
        parts = [f"{found[word]:,} {words}" for word, words in _COUNTED.items() if found[word]]
        silent = f" {_SILENT[self.common]}" if self.told else ""
        return f"Checks of the {len(self.states):,} sources of the book: {'; '.join(parts)}.{silent}"


def notes(evidence: EvidenceBase, living: Living, day: dt.date | None) -> Notes:
    """Look at every source as it stands on a day."""
    states = {key: check_state.state(living, source, day) for key, source in evidence.sources.items()}
    found = Counter(state.word for state in states.values() if state.word in ("good", "never"))
    return Notes(states, "good" if found["good"] > found["never"] else "never")
