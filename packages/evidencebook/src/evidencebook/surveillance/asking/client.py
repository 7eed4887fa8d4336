"""Ask public services politely: one request at a time for each, with pauses, few tries, and only for what changed."""

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from cachecontrol import CacheControlAdapter
from cachecontrol.caches import FileCache
from urllib3.util.retry import Retry

from evidencebook import __version__
from evidencebook.surveillance.asking.xml import Element, NotSafeError, parsed

#: Where each service is asked; a test or a mirror says so in its place.
ADDRESSES: Mapping[str, str] = {
    "pubmed": "https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    "europe-pmc": "https://www.ebi.ac.uk/europepmc/webservices/rest",
    "crossref": "https://api.crossref.org",
    "clinicaltrials": "https://clinicaltrials.gov/api/v2",
    "federal-register": "https://www.federalregister.gov/api/v1",
    "archive": "https://archive.org/wayback",
    "doi": "https://doi.org",
}
#: Seconds between two requests to one service. NCBI allows three a second without a key, Crossref three for lists since
#: December 2025, ClinicalTrials.gov fifty a minute; the others ask for restraint.
PAUSES: Mapping[str, float] = {"pubmed": 0.4, "europe-pmc": 0.2, "crossref": 0.35, "clinicaltrials": 1.3}
_PAUSE = 1.0
#: An answer longer than this is none that these services give; it is not read to its end.
_MOST = 50_000_000


class NoAnswerError(Exception):
    """Say in one sentence why a service could not be asked or understood."""


class RefusedQueryError(NoAnswerError):
    """Say that a service does not accept what it was asked."""


class UnknownError(LookupError):
    """Say that a service does not know what it was asked for."""


class _CutOffError(Exception):
    """Say that an answer began and did not end: its beginning is not tried again by the session."""


@dataclass
class Client:
    """Ask with one voice: who asks, where, and how patiently."""

    contact: str
    cache: Path | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)
    timeout: float = 30
    tries: int = 4
    hurry: float = 1.0  # what the pauses are multiplied by: tests do not wait
    key: str = ""  # of NCBI, which then allows ten requests a second
    sleep: Callable[[float], None] = time.sleep
    _last: dict[str, float] = field(default_factory=dict)
    _sessions: dict[str, requests.Session] = field(default_factory=dict)

    def json(self, service: str, path: str, query: Mapping[str, Any]) -> Any:
        """Return an answer as JSON; a cut-off one is asked for again."""
        # PubMed puts raw line breaks into the text of an error, which strict JSON does not have.
        return self._understood(service, path, query, partial(json.loads, strict=False), ("json",))

    def xml(self, service: str, path: str, query: Mapping[str, Any]) -> Element:
        """Return an answer as the root of an XML tree; a cut-off one is asked for again."""
        root: Element = self._understood(service, path, query, parsed, ("xml",))
        return root

    def _understood(
        self,
        service: str,
        path: str,
        query: Mapping[str, Any],
        read: Callable[[bytes], Any],
        kinds: tuple[str, ...],
    ) -> Any:
        """Ask until the answer can be read, as often as for any other failure."""
        wrong = ""
        for attempt in range(self.tries):
            if attempt:
                self.sleep(self.hurry * 2.0**attempt)
            try:
                got = self._asked(service, path, query, fresh=attempt > 0)
            except _CutOffError as broken:
                wrong = str(broken)
                continue
            kind = got.headers.get("Content-Type", "").lower()
            if not any(one in kind for one in kinds):
                told = re.sub(r"[^a-z0-9/+.-]", "", kind.partition(";")[0])  # a header may hold anything
                wrong = f"it is {told or 'of no type'}, not {kinds[0]}"
                continue
            try:
                return read(got.content)
            except NotSafeError as unsafe:
                raise NoAnswerError(f"{service} gave an answer that is not read: {unsafe}") from unsafe
            except ValueError as broken:
                wrong = f"it is cut off or broken ({broken})"
        raise NoAnswerError(f"{service} gave an answer that cannot be read: {wrong}")

    def _asked(self, service: str, path: str, query: Mapping[str, Any], *, fresh: bool) -> requests.Response:
        """Ask once, with the retries of the session, and refuse what is no answer."""
        address = f"{(self.addresses.get(service) or ADDRESSES[service]).rstrip('/')}/{path.lstrip('/')}"
        self._wait(service)
        try:
            got = self._session(service).get(
                address,
                params={name: value for name, value in query.items() if value is not None},
                timeout=self.timeout,
                headers={"Cache-Control": "no-cache"} if fresh else None,
            )
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as broken:
            raise _CutOffError("it is cut off") from broken
        except requests.RequestException as broken:
            raise NoAnswerError(f"{service} did not answer: {_cause(broken)}") from broken
        finally:
            self._last[service] = time.monotonic()
        if len(got.content) > _MOST:
            raise NoAnswerError(f"{service} gave an answer of more than {_MOST // 10**6} megabytes")
        return _judged(service, got)

    def _wait(self, service: str) -> None:
        """Keep the pause that a service asks for."""
        pause = PAUSES.get(service, _PAUSE)
        if service == "pubmed" and self.key:
            pause = 0.11
        left = self._last.get(service, -1e9) + pause * self.hurry - time.monotonic()
        if left > 0:
            self.sleep(left)

    def _session(self, service: str) -> requests.Session:
        """Give the session of a service: it waits longer before each new try, and as long as it is asked to."""
        if service not in self._sessions:
            self._sessions[service] = self._opened()
        return self._sessions[service]

    def _opened(self) -> requests.Session:
        session = _AtHome()
        session.headers["User-Agent"] = f"evidencebook/{__version__} (mailto:{self.contact})"
        session.max_redirects = 5
        policy = Retry(
            total=self.tries - 1,
            backoff_factor=self.hurry,
            status_forcelist=(429, 500, 502, 503, 504),
            raise_on_status=False,
            retry_after_max=120,
        )
        for scheme in ("http://", "https://"):
            session.mount(scheme, CacheControlAdapter(max_retries=policy, cache=self._cache()))
        return session

    def _cache(self) -> FileCache | None:
        """Keep answers with their validators, so that what did not change is not sent again."""
        return FileCache(str(self.cache)) if self.cache else None


class _AtHome(requests.Session):
    """Follow a service from address to address on its own host, and nowhere else."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Give the next address; what a service says decides nothing about whom else we ask."""
        target: str | None = super().get_redirect_target(resp)
        if target and urlsplit(urljoin(resp.url, target)).hostname != urlsplit(resp.url).hostname:
            raise NoAnswerError(
                f"{urlsplit(resp.url).netloc} sends to another host, which is not followed; if the service has moved, "
                "name its new address"
            )
        return target


def _judged(service: str, got: requests.Response) -> requests.Response:
    """Refuse an answer that says no; its words may hold anything and are not repeated."""
    host = urlsplit(got.url).netloc
    if got.status_code == 404:
        raise UnknownError(f"{service} does not know it")
    if got.status_code in {400, 422, 414}:
        raise RefusedQueryError(f"{service} refuses the query (status {got.status_code} from {host}); mend its terms")
    if got.status_code >= 400:
        raise NoAnswerError(f"{service} answered with status {got.status_code} ({host}); try again later")
    return got


def _cause(wrong: requests.RequestException) -> str:
    """Name the cause in a few words."""
    chain = repr(wrong)
    known = {
        "Timeout": "no answer in time",
        "NameResolution": "its host is not known; is there a network?",
        "TooManyRedirects": "it sends from one address to the next",
        "SSL": "its certificate is not valid",
        "refused": "its host refuses the connection",
        "unreachable": "there is no network",
        "IncompleteRead": "the answer was cut off",
    }
    return next((words for sign, words in known.items() if sign in chain), type(wrong).__name__)
