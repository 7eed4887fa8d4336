"""Put the records of a living book into text as a person would write it."""

from collections.abc import Iterable, Mapping

import yaml

from evidencebook.evidence.entry_writer import rendered
from evidencebook.evidence.models import Record
from evidencebook.surveillance.base import CHECKS, DECISIONS, QUEUE

#: What stands at the top of each file.
_HEADINGS: Mapping[str, str] = {
    QUEUE: (
        "# What `evidencebook watch` found and `evidencebook screen` asks about; written by commands.\n"
        "# Titles and abstracts are their publishers'. An abstract goes when its record was decided on.\n"
    ),
    CHECKS: "# What `evidencebook verify` saw of each source, when, and since when; written by the command.\n",
    DECISIONS: (
        "# What one person decided, a line each; written by `evidencebook screen`.\n"
        "# Of two lines on one record that of the later day holds, and on one day the lower one.\n"
    ),
}


def blocks(name: str, records: Iterable[Record]) -> str:
    """Write records with a line for each key."""
    return _HEADINGS[name] + "".join(rendered(_full(record)) for record in records)


def lines(name: str, records: Iterable[Record]) -> str:
    """Write each record on a line of its own, so that changes of different records never touch in git."""
    return _HEADINGS[name] + "".join(line(record) for record in records)


def line(record: Record) -> str:
    """Write one record on one line."""
    text = yaml.dump(
        _full(record), Dumper=_Plain, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6
    )
    return f"- {text}"


class _Plain(yaml.SafeDumper):
    """Write a day that stands twice as two days: as an anchor, one name would stand in several lines."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _full(record: Record) -> dict[str, object]:
    """Give what is said of a record; what is not said takes no line."""
    return {name: value for name, value in record.model_dump().items() if value not in (None, (), "")}
