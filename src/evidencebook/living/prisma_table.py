"""Put the flow diagram into tables: for readers who cannot see it, and as data."""

from collections.abc import Iterator

import pandas as pd

from evidencebook.living.prisma import Box, Flow, Line

#: The two ways of the diagram and where they meet, as headings.
BY_DATABASES, BY_OTHERS, TOGETHER = "Databases and registers", "Other methods", "Together"


def rows(made: Flow) -> Iterator[tuple[str, str, Box, Line]]:
    """Give every line with its way, its stage and its box, in the order of reading."""
    ways = ((BY_DATABASES, made.databases), (BY_OTHERS, made.others), (TOGETHER, (made.included,)))
    for way, steps in ways:
        for step in steps:
            for box in filter(None, (step.box, step.aside)):
                yield from ((way, step.stage, box, line) for line in box.lines)


def table(made: Flow) -> pd.DataFrame:
    """Return the diagram as a table for a page: way, box, what is counted, number."""
    told = [(way, box.title, line.words, line.value) for way, _, box, line in rows(made)]
    return pd.DataFrame(told, columns=["Found by", "Box", "Counted", "Number"]).set_index("Found by")


def data(made: Flow) -> pd.DataFrame:
    """Return the diagram as data: a number that nobody has is empty, and the reason stands beside it."""
    told = [
        (way, stage, box.title, box.prisma, line.words, line.count, line.instead)
        for way, stage, box, line in rows(made)
    ]
    columns = ["found_by", "stage", "box", "box_in_prisma_2020", "counted", "number", "why_no_number"]
    return pd.DataFrame(told, columns=columns).astype({"number": "Int64"}).set_index("found_by")
