"""A run that was killed, at whatever point, goes on and ends as if nothing had happened."""

import contextlib
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from surveillance.made import serve, works
from surveillance.server import Asked
from surveillance.watched import Book

FILES = ("queue.yml", "watch.yml")
CHANCE = random.Random(20261127)  # noqa: S311  it keeps no secret


def started(book: Book) -> subprocess.Popen[bytes]:
    """Start the real command in a process of its own."""
    command = [sys.executable, "-m", "evidencebook", *book.arguments()]
    return subprocess.Popen(command, cwd=book.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def killed_after(book: Book, requests: int, seconds: float) -> bool:
    """Start the command, kill it so many requests and seconds later, and tell whether it was still at work."""
    reached, begun = threading.Event(), len(book.them.asked)

    def count(_: Asked) -> None:
        if len(book.them.asked) - begun >= requests:
            reached.set()

    book.them.told = count
    process = started(book)
    while not reached.wait(0.005) and process.poll() is None:
        pass
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    book.them.told = lambda _: None
    return process.returncode == -signal.SIGKILL


def finished(book: Book) -> dict[str, str]:
    """Run the command to its end, and give what it wrote."""
    with contextlib.chdir(book.root):
        assert book.watch() == 0
    assert not list((book.root / ".watch" / "journal").iterdir())
    return {name: book.read(name) for name in FILES}


def copy(book: Book, name: str) -> Book:
    """Copy a book as it is before any run."""
    return Book(Path(shutil.copytree(book.root, book.root.parent / name)), book.them)


@pytest.fixture
def asked(book: Book) -> Book:
    """Give the book services with several pages each; some works are in two of them."""
    serve(book.them, "pubmed", works(1, 11), size=3)
    serve(book.them, "europe-pmc", works(5, 11), size=3)
    serve(book.them, "clinicaltrials", works(500, 5), size=2)
    return book


def test_a_run_that_is_killed_at_any_point_ends_as_if_it_was_not(asked: Book) -> None:
    """Ten points: between and within requests, and while the files are written."""
    undisturbed = copy(asked, "undisturbed")
    expected = finished(undisturbed)
    requests = len(asked.them.asked)
    # One more than there are requests is never reached: such a run ends by itself, and must not be disturbed by that.
    points = [(CHANCE.randint(1, requests), CHANCE.choice((0, 0, 0.005, 0.01, 0.02))) for _ in range(9)]

    at_work = 0
    for number, (after, seconds) in enumerate([*points, (requests, 0.01)]):
        book = copy(asked, f"killed-{number}")
        at_work += killed_after(book, after, seconds)
        assert finished(book) == expected, f"killed {seconds} s after request {after} of {requests}"

    assert at_work >= 7  # the others were too quick


def test_a_run_that_is_killed_again_and_again_asks_for_no_page_twice_but_the_last(asked: Book) -> None:
    """Each life of the process brings at least one page, and no page that was written down is asked for again."""
    expected = finished(copy(asked, "undisturbed"))
    needed = len(asked.them.asked)
    book = copy(asked, "killed")

    lives = 0
    while killed_after(book, 5, 0.01) and lives < needed:
        lives += 1

    assert {name: book.read(name) for name in FILES} == expected or finished(book) == expected
    assert lives >= 2
    again = len(asked.them.asked) - 2 * needed
    assert again <= 2 * (lives + 1), "of each life at most one search and one fetch were lost"
