"""Answer on loopback in the form in which Crossref answers, and note what was asked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from surveillance.server import Answer, serving

#: The fields that Crossref gives of this article, as published.
ANSWER = {
    "status": "ok",
    "message-type": "work",
    "message": {
        "DOI": "10.1016/j.smrv.2016.01.006",
        "type": "journal-article",
        "title": [
            "Coffee, caffeine, and sleep: "
            "A systematic review of epidemiological studies and randomized controlled trials",
        ],
        "container-title": ["Sleep Medicine Reviews"],
        "author": [{"given": "Ian", "family": "Clark"}, {"given": "Hans Peter", "family": "Landolt"}],
        "issued": {"date-parts": [[2017, 2]]},
    },
}


@contextmanager
def crossref(status: int = 200) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Serve the article, or a status; give the address, and the list of paths and names of the programs that asked."""
    asked: list[tuple[str, str]] = []
    with serving() as services:
        services.say("works/10.1016/j.smrv.2016.01.006", Answer(json.dumps(ANSWER).encode(), status))
        yield services.base, asked
        asked += [(request.path, request.headers["User-Agent"]) for request in services.requests]
