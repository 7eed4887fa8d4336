"""Tell what has been decided on the records found, and which of them a person is to be asked about."""

from collections.abc import Mapping
from typing import Literal, get_args

from evidencebook.surveillance.base import Living
from evidencebook.surveillance.models import Candidate

#: "later" is not a decision: it neither settles a record nor disagrees with anybody.
State = Literal["waiting", "disputed", "later", "included", "excluded"]
STATES: tuple[State, ...] = get_args(State)
#: The states in which a record is asked about, in this order.
OPEN: tuple[State, ...] = ("waiting", "disputed", "later")


def state(living: Living, name: str) -> State:
    """Give the state of a record: decided when all who decided agree, each person by the last decision."""
    said = {made.decision for made in living.decided.get(name, {}).values()}
    if said >= {"include", "exclude"}:
        return "disputed"
    if "include" in said:
        return "included"
    if "exclude" in said:
        return "excluded"
    return "later" if said else "waiting"


def by_state(living: Living) -> Mapping[State, tuple[str, ...]]:
    """Map every state to the records in it, in the order of the queue."""
    states = {name: state(living, name) for name in living.candidates}
    return {one: tuple(name for name, is_in in states.items() if is_in == one) for one in STATES}


def asked(living: Living) -> tuple[Candidate, ...]:
    """List the records to ask about: undecided first, then disputed, then put off, each in the order of the queue."""
    states = by_state(living)
    return tuple(living.candidates[name] for one in OPEN for name in states[one])


def reasons(living: Living) -> tuple[str, ...]:
    """List the reasons for which records were excluded, the most frequent first."""
    counts: dict[str, int] = {}
    for made in living.decisions.values():
        if made.decision == "exclude" and made.reason:
            counts[made.reason] = counts.get(made.reason, 0) + 1
    return tuple(sorted(counts, key=lambda reason: (-counts[reason], reason)))
