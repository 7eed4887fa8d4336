"""What is done side by side comes out as if one had done it, in order, and no process stays."""

import multiprocessing
import os
import threading
from collections.abc import Generator
from typing import Any

import pytest
from sphinx.util import logging

from evidencebook.outputs.pdf import worker_pool as crew

logger = logging.getLogger(__name__)


def task(name: str, broken: int = 0) -> Generator[Any, Any, Any]:
    """Give a name, be sent all names, return them with the process that did it; break where `broken` is no zero."""
    logger.warning("first half of %s", name)
    known = yield name
    if broken and os.getpid() != broken:
        os._exit(1)  # as if the machine had run out of memory
    logger.warning("second half of %s", name)
    return name, known, os.getpid()


def test_all_meet_and_are_told_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers and the warnings of two processes stand in the order of the tasks."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # another test may have left a server's thread
    collector = logging.LogCollector()
    with collector.collect():
        made = crew.run([task(name) for name in "abc"], [1, 9, 1], "".join, 2)

    assert [(name, known) for name, known, _ in made] == [("a", "abc"), ("b", "abc"), ("c", "abc")]
    processes = [process for *_, process in made]
    assert len(set(processes)) == 2
    assert os.getpid() not in processes
    assert processes[0] == processes[2]
    told = [one.getMessage() for one in collector.logs]
    assert told == [f"{half} half of {name}" for half in ("first", "second") for name in "abc"]
    assert multiprocessing.active_children() == []


def test_a_process_that_dies_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its work is done again here."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # as above
    made = crew.run([task(name, os.getpid()) for name in "ab"], [1, 1], "".join, 2)

    assert made == [("a", "ab", os.getpid()), ("b", "ab", os.getpid())]
    assert multiprocessing.active_children() == []


def test_what_breaks_is_raised() -> None:
    """As it would be without other processes."""

    def broken() -> Generator[Any, Any, Any]:
        yield 1 / 0

    with pytest.raises(ZeroDivisionError):
        crew.run([broken(), task("a")], [1, 1], str, 2)
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("most", [1, 2])
def test_no_fork_beside_a_thread_or_alone(most: int) -> None:
    """A lock that a thread holds would never open in the fork."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    if most > 1:
        thread.start()
    made = crew.run([task(name) for name in "ab"], [1, 1], "".join, most)
    done.set()

    assert {process for *_, process in made} == {os.getpid()}
