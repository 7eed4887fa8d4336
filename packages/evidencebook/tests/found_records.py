"""Make records as services would find them, with the groups that they belong to; no such works exist."""

import dataclasses
import random

from evidencebook.surveillance.watch.dedupe import Work


def made(count: int) -> tuple[list[Work], list[tuple[int, ...]]]:
    """Make so many records and the groups they belong to: every fifth comes a second time, changed as services do."""
    rng = random.Random(20261127)  # noqa: S311  a seed makes the same records each time
    words = ["".join(rng.choices("abcdefghijklmnoprstuvw", k=rng.randint(7, 11))) for _ in range(4000)]
    works: list[Work] = []
    groups_made: list[tuple[int, ...]] = []
    while len(works) < count:
        title = " ".join(rng.sample(words, 9))
        number = len(works)
        work = Work(title, surname=rng.choice(words[:60]), year=2000 + number % 20, doi=f"10.1000/{number}")
        works.append(work)
        if number % 5 == 0:
            works.append(_again(work, number % 3, rng))
        groups_made.append(tuple(range(number, len(works))))
    return works, groups_made


def _again(work: Work, way: int, rng: random.Random) -> Work:
    """Give a record as another service would."""
    if way == 0:
        return dataclasses.replace(work, title="Title in another tongue", surname="", doi=(work.doi or "").upper())
    if way == 1:
        return dataclasses.replace(work, title=f"The {work.title.upper()}.", doi=None, pmid="1" + (work.doi or "")[8:])
    place = rng.randrange(len(work.title.split()[0]))
    slipped = work.title[:place] + "z" + work.title[place + 1 :]
    return dataclasses.replace(work, title=slipped, doi=None, year=(work.year or 0) + 1)
