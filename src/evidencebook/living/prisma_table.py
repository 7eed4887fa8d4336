"""Put the flow diagram into tables: for readers who cannot see it, and as data."""

from collections.abc import Iterator

import pandas as pd

from evidencebook.living.boxes import Box, Flow

#: The two ways of the diagram and where they meet, as headings.
BY_DATABASES, BY_OTHERS, TOGETHER = "Databases and registers", "Other methods", "Together"


def boxes(made: Flow) -> Iterator[tuple[str, str, Box]]:
    """Give every box with its way and its stage, in the order of reading."""
    for way, steps in ((BY_DATABASES, made.databases), (BY_OTHERS, made.others), (TOGETHER, (made.included,))):
        for step in steps:
            yield from ((way, step.stage, box) for box in (step.box, step.aside) if box is not None)


def table(made: Flow) -> pd.DataFrame:
    """Return the diagram as a table for a page: a row for each box, with its name in PRISMA and all its numbers."""
    told = [
        (f"{way}: {box.title.lower()}", box.prisma, "; ".join(f"{line.words}: {line.value}" for line in box.lines))
        for way, _, box in boxes(made)
    ]
    return pd.DataFrame(told, columns=["Box", "In PRISMA 2020", "Counted"]).set_index("Box")


def data(made: Flow) -> pd.DataFrame:
    """Return the diagram as data: a number that nobody has is empty, and the reason stands beside it."""
    told = [
        (way, stage, box.title, box.prisma, line.words, line.count, line.instead)
        for way, stage, box in boxes(made)
        for line in box.lines
    ]
    columns = ["found_by", "stage", "box", "box_in_prisma_2020", "counted", "number", "why_no_number"]
    return pd.DataFrame(told, columns=columns).astype({"number": "Int64"}).set_index("found_by")
