"""Know how each service is asked and how it answers; a service is the module of its name."""

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, get_args

from evidencebook.surveillance.asking.client import Client
from evidencebook.surveillance.models import Query, Service
from evidencebook.surveillance.watch.found import Found

NAMES: tuple[Service, ...] = get_args(Service)
#: Where the next page begins, in plain JSON, so that it can be written down and taken up again.
Cursor = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """Hold one page of an answer: its records, how many it gave of how many, and where the next one begins."""

    records: tuple[Found, ...]
    given: int
    total: int | None = None
    cursor: Cursor | None = None  # nothing: this was the last page


class Pages(Protocol):
    """Ask for the pages that follow a cursor, and for all of them without one."""

    def __call__(
        self, client: Client, query: Query, first_day: date | None, last_day: date, cursor: Cursor | None = None
    ) -> Iterator[Page]:
        """Yield each page as it comes; raise NoAnswerError when the service refuses or is not understood."""


def pages_of(service: Service) -> Pages:
    """Give the function that asks a service."""
    pages: Pages = importlib.import_module(f"{__name__}.{service.replace('-', '_')}").pages
    return pages
