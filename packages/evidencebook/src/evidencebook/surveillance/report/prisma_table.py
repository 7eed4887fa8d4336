"""Put the flow diagram into tables: for readers who cannot see it, and as data."""

from collections.abc import Iterator

import pandas as pd

from evidencebook.surveillance.report.boxes import Box, Flow

#: The two ways of the diagram and where they meet, as headings.
BY_DATABASES, BY_OTHERS, TOGETHER = "Databases and registers", "Other methods", "Together"


def boxes(made: Flow) -> Iterator[tuple[str, str, Box]]:
    """Give every box with its way and its stage, in the order of reading."""
    for way, steps in ((BY_DATABASES, made.databases), (BY_OTHERS, made.others), (TOGETHER, (made.included,))):
        for step in steps:
            yield from ((way, step.stage, box) for box in (step.box, step.aside) if box is not None)


def table(made: Flow) -> pd.DataFrame:
    """Return the diagram as a table for a page: a row for each box, with its name in PRISMA and all its numbers."""
    told = [(f"{way}: {box.title.lower()}", box.prisma, _counted(box)) for way, _, box in boxes(made)]
    return pd.DataFrame(told, columns=["Box", "In PRISMA 2020", "Counted"]).set_index("Box")


def _counted(box: Box) -> str:
    """Write the numbers of a box in one line, parts in brackets behind their whole."""
    told: list[tuple[str, list[str]]] = []
    for line in box.lines:
        words = f"{line.words}: {line.value}"
        if line.part:
            told[-1][1].append(words)
        else:
            told.append((words, []))
    return "; ".join(f"{whole} ({', '.join(parts)})" if parts else whole for whole, parts in told)


def data(made: Flow) -> pd.DataFrame:
    """Return the diagram as data: a number that nobody has is empty, and the reason stands beside it."""
    told = [
        (
            way,
            stage,
            box.title,
            box.prisma,
            f"of these: {line.words}" if line.part else line.words,
            line.count,
            line.instead,
        )
        for way, stage, box in boxes(made)
        for line in box.lines
    ]
    columns = ["found_by", "stage", "box", "box_in_prisma_2020", "counted", "number", "why_no_number"]
    return pd.DataFrame(told, columns=columns).astype({"number": "Int64"}).set_index("found_by")
