"""A run that is killed at any moment has lost nothing that it had confirmed."""

import contextlib
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from surveillance.queued import candidate, sound, write_queue

_ROUNDS, _RECORDS = 10, 60
_CONFIRMED = re.compile(r"^([0-9a-f]{12}) (included|excluded|put off)$", re.MULTILINE)

_WORDS = {"include": "included", "exclude": "excluded"}


@contextlib.contextmanager
def running() -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run the command as a person does, and gather what it prints while it runs."""
    command = [sys.executable, "-m", "evidencebook", "screen", "--by", "Ada Example"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    printed: list[str] = []
    assert process.stdout is not None
    reader = threading.Thread(target=lambda out: printed.extend(iter(lambda: out.read(1), "")), args=(process.stdout,))
    reader.start()
    try:
        yield process, printed
    finally:
        process.kill()
        process.wait()
        reader.join()


def wait_for(printed: list[str], text: str) -> None:
    """Wait until something was printed."""
    end = time.monotonic() + 60
    while text not in "".join(printed):
        assert time.monotonic() < end, "".join(printed)
        time.sleep(0.005)


def confirmed(printed: list[str]) -> list[tuple[str, str]]:
    """List the records and decisions that the screen said it kept."""
    text = "".join(printed).replace("[?] > ", "[?] >\n").replace("> \n", ">\n")
    return [(found[1], found[2]) for found in _CONFIRMED.finditer(text)]


@pytest.mark.parametrize("seed", [2026])
def test_killed_at_ten_points(queue: Path, seed: int) -> None:
    """Nothing confirmed is lost, nothing is doubled, and every file can be read after each end."""
    chance = random.Random(seed)  # noqa: S311  it must be the same each time
    write_queue(queue, [candidate(f"{number:012x}", f"Tea study {number}") for number in range(1, _RECORDS + 1)])
    kept: list[tuple[str, str]] = []
    for _ in range(_ROUNDS):
        with running() as (process, printed):
            wait_for(printed, "[?] > ")
            assert process.stdin is not None
            keys = "".join(chance.choice(["i\n", "e no tea\n", "i\n", "b\nn\n"]) for _ in range(chance.randint(1, 6)))
            process.stdin.write(keys)
            process.stdin.flush()
            time.sleep(chance.uniform(0, 0.03))
        kept += confirmed(printed)
        known = sound(queue)
        made = {(one.id, _WORDS[one.decision]) for one in known.decisions.values()}
        assert set(kept) <= made
        assert max(Counter(one.id for one in known.decisions.values()).values(), default=1) == 1
        assert len(made) <= len(kept) + _ROUNDS  # at most the one being written was not confirmed yet

    with running() as (process, printed):
        assert process.stdin is not None
        process.stdin.write("i\n" * _RECORDS)
        process.stdin.close()
        while process.poll() is None:  # whoever reads while it writes finds whole files
            sound(queue)
    known = sound(queue)
    assert kept, "it was always killed before the first decision; the test tests nothing"
    assert len(known.decisions) == len(known.decided) == _RECORDS
    included = {one.id for one in known.decisions.values() if one.decision == "include"}
    assert set(known.waiting) == included
    assert len({one.key for one in known.waiting.values()}) == len(included)
