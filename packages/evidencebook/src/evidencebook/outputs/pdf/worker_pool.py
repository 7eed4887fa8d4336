"""Work on many things in forked processes that meet once, halfway; where that cannot be, one after the other.

A process that fails says nothing: the work is done again here, where it breaks as it would have without it.
"""

import os
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from typing import Any

from sphinx.util import logging

logger = logging.getLogger(__name__)
#: Does its first half, yields what the others must know, is sent what is known of all, and returns what it made.
Task = Generator[Any, Any, Any]
#: Seconds after which a process is given up that says nothing: it may wait for a lock that was held when it was forked.
_PATIENCE = 300


def run(tasks: Sequence[Task], weights: Sequence[int], meet: Callable[[list[Any]], Any], most: int) -> list[Any]:
    """Do all tasks, in so many processes at most; return what they made, in their order."""
    shares = _shares(weights, most)
    # A lock that another thread holds would stay locked in the fork for ever.
    if len(shares) > 1 and "fork" in get_all_start_methods() and threading.active_count() == 1:
        hands: list[_Hand] = []
        try:
            for share in shares:
                hands.append(_Hand([tasks[place] for place in share]))
            return _together(hands, shares, meet)
        except (EOFError, OSError):
            logger.debug("a process failed; its work is done again")
        finally:
            for hand in hands:
                hand.dismiss()
    return _alone(tasks, meet)


def processors() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _shares(weights: Sequence[int], most: int) -> list[list[int]]:
    """Deal places out, the heaviest first, each to the share that is the lightest by then."""
    shares: list[list[int]] = [[] for _ in range(max(1, min(most, len(weights))))]
    loads = [0] * len(shares)
    for place in sorted(range(len(weights)), key=lambda one: -weights[one]):
        lightest = loads.index(min(loads))
        shares[lightest].append(place)
        loads[lightest] += weights[place]
    return shares


def _alone(tasks: Sequence[Task], meet: Callable[[list[Any]], Any]) -> list[Any]:
    """Do all tasks here."""
    known = meet([next(task) for task in tasks])
    return [_finish(task, known) for task in tasks]


def _together(hands: "list[_Hand]", shares: list[list[int]], meet: Callable[[list[Any]], Any]) -> list[Any]:
    """Let each hand do its share; then tell what was said, in the order of the tasks."""
    halves = _in_order(shares, [hand.answer() for hand in hands])
    known = meet([half for _, half in halves])
    for hand in hands:
        hand.pipe.send(known)
    wholes = _in_order(shares, [hand.answer() for hand in hands])
    for said, _ in [*halves, *wholes]:
        for one in said:
            logger.handle(one)
    return [whole for _, whole in wholes]


def _in_order(shares: list[list[int]], answers: list[list[Any]]) -> list[Any]:
    """Lay the answers of all shares in the order of the tasks."""
    found = {
        place: answer
        for share, given in zip(shares, answers, strict=True)
        for place, answer in zip(share, given, strict=True)
    }
    return [found[place] for place in sorted(found)]


def _finish(task: Task, known: Any) -> Any:
    """Send a task what is known of all, and take what it made."""
    try:
        task.send(known)
    except StopIteration as end:
        return end.value
    raise RuntimeError("a task yields once")


class _Hand:
    """Hold a process that does some tasks."""

    def __init__(self, tasks: list[Task]) -> None:
        self.pipe, theirs = get_context("fork").Pipe()
        self.process = get_context("fork").Process(target=_serve, args=(self.pipe, theirs, tasks), daemon=True)
        self.process.start()
        theirs.close()  # so that reading ends when the process does

    def answer(self) -> Any:
        """Wait for what the process made of a half; raise OSError when it takes far too long."""
        if not self.pipe.poll(_PATIENCE):
            raise TimeoutError("a process says nothing")
        return self.pipe.recv()

    def dismiss(self) -> None:
        """End the process, whatever it does, and wait until it is gone."""
        self.pipe.close()
        self.process.kill()
        self.process.join()


def _serve(ours: Connection, pipe: Connection, tasks: list[Task]) -> None:
    """Do both halves of some tasks; for the process."""
    ours.close()  # so that waiting ends when the parent does
    with suppress(BaseException):  # the parent meets it again, and tells it
        pipe.send([_heard(partial(next, task)) for task in tasks])
        known = pipe.recv()
        pipe.send([_heard(partial(_finish, task, known)) for task in tasks])


def _heard(step: Callable[[], Any]) -> tuple[list[Any], Any]:
    """Do a step; return what was said meanwhile, and what it made."""
    collector = logging.LogCollector()
    with collector.collect():
        made = step()
    logging.convert_serializable(collector.logs)
    return collector.logs, made
