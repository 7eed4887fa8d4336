"""Ask other hosts, politely: one request at a time, pauses, time and size limits, few retries, one User-Agent."""

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from cachecontrol import CacheControlAdapter
from cachecontrol.caches import FileCache
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from evidencebook import __version__
from evidencebook.evidence.diagnostics import UserError

#: Where each service is asked, unless the caller says otherwise.
ADDRESSES: Mapping[str, str] = {
    "europe-pmc": "https://www.ebi.ac.uk/europepmc/webservices/rest",
    "clinicaltrials": "https://clinicaltrials.gov/api/v2",
    "federal-register": "https://www.federalregister.gov/api/v1",
    "crossref": "https://api.crossref.org",
    "doi": "https://doi.org",
}
#: Seconds between two requests to one service: ClinicalTrials.gov allows fifty a minute; the others ask for restraint.
_PAUSES: Mapping[str, float] = {"clinicaltrials": 1.3, "federal-register": 1.0}
_PAUSE = 0.35
#: What all pauses are multiplied by; tests do not wait.
PACE = 1.0
#: After so many failures in a row a host is not asked again.
_PATIENCE = 3
_MAX_BYTES = 50_000_000
_MAX_RETRY_AFTER = 120
_ILL = frozenset({429, 500, 502, 503, 504})
#: What stands in the representation of an exception, and what it means.
_CAUSES: Mapping[str, str] = {
    "Timeout": "no answer in time",
    "NameResolution": "its host is not known; is there a network?",
    "TooManyRedirects": "it sends from one address to the next",
    "SSL": "its certificate is not valid",
    "refused": "its host refuses the connection",
    "unreachable": "there is no network",
    "IncompleteRead": "the answer was cut off",
    "InvalidURL": "the address is no address",
}


class ServiceError(UserError):
    """Say in one sentence why asking brought nothing."""


class NoAnswerError(ServiceError):
    """Say that there was no answer, a refusal, or one that cannot be understood: nothing was learned."""


class UnknownError(ServiceError):
    """Say that a service does not know what it was asked for."""


@dataclass(frozen=True)
class PageAnswer:
    """Hold how a web page answered: the last status, the last address, the statuses of redirects on the way."""

    status: int
    address: str
    hops: tuple[int, ...] = ()


@dataclass
class Client:
    """Ask services and web pages; all requests of a run go through one client.

    `contact` is an e-mail address for the hosts; `cache` a folder for answers with their validators, so that what did
    not change is not sent again; `addresses` replaces those of services.
    """

    contact: str = ""
    cache: Path | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)
    timeout: float = 30
    tries: int = 4
    sleep: Callable[[float], None] = time.sleep
    _last: dict[str, float] = field(default_factory=dict)
    _failures: Counter[str] = field(default_factory=Counter)

    def json(self, service: str, path: str, query: Mapping[str, Any] | None = None) -> Any:
        """Return a service's answer; raise UnknownError for status 404, NoAnswerError for whatever else goes wrong."""
        base = (self.addresses.get(service) or ADDRESSES[service]).rstrip("/")
        wanted = {name: value for name, value in (query or {}).items() if value is not None}
        got, body = self._request(self._services, service, "GET", f"{base}/{path.lstrip('/')}", params=wanted)
        host = urlsplit(got.url).netloc
        if got.status_code == 404:
            raise UnknownError(f"{service} does not know it")
        if got.status_code >= 400:
            what = "fix its terms" if got.status_code in {400, 414, 422} else "try again later"
            raise NoAnswerError(f"{service} answered with status {got.status_code} ({host}); {what}")
        try:
            return json.loads(body, strict=False)
        except ValueError as broken:
            self._failures[service] += 1
            raise NoAnswerError(f"{service} gave an answer that cannot be read: it is no JSON") from broken

    def page(self, address: str) -> PageAnswer:
        """Ask for the head of a web page, and for the page where the host cannot do that; raise NoAnswerError."""
        host = urlsplit(address).netloc
        try:
            got, _ = self._request(self._pages, host, "HEAD", address, allow_redirects=True)
        except NoAnswerError:
            got = None
        if got is None or got.status_code >= 400:
            got, _ = self._request(self._pages, host, "GET", address)
        if got.status_code in _ILL - {429}:
            raise NoAnswerError(f"{host} answered with status {got.status_code}")
        return PageAnswer(got.status_code, got.url, tuple(hop.status_code for hop in got.history))

    def _request(
        self, session: requests.Session, host: str, method: str, address: str, **options: Any
    ) -> tuple[requests.Response, bytes]:
        """Ask once the pause is over, unless the host failed too often."""
        if self._failures[host] >= _PATIENCE:
            raise NoAnswerError(f"{host} was not asked: it did not answer before")
        pause = _PAUSES.get(host, _PAUSE) * PACE - (time.monotonic() - self._last.get(host, -1e9))
        if pause > 0:
            self.sleep(pause)
        try:
            with session.request(method, address, timeout=self.timeout, stream=True, **options) as got:
                body = _bounded(host, got) if session is self._services else b""
        except (requests.RequestException, UnicodeError) as broken:
            self._failures[host] += 1
            raise NoAnswerError(f"{host} did not answer: {_cause(broken)}") from broken
        finally:
            self._last[host] = time.monotonic()
        self._failures[host] = self._failures[host] + 1 if got.status_code in _ILL else 0
        return got, body

    @cached_property
    def _services(self) -> requests.Session:
        cache = FileCache(str(self.cache)) if self.cache else None
        return self._opened(_OneHostSession(), CacheControlAdapter(cache, max_retries=_retry(self.tries - 1)))

    @cached_property
    def _pages(self) -> requests.Session:
        return self._opened(requests.Session(), HTTPAdapter(max_retries=_retry(1)))

    def _opened(self, session: requests.Session, adapter: HTTPAdapter) -> requests.Session:
        """Give a session our name and bounds; its adapter waits as long as a host asks for in Retry-After."""
        contact = f" (mailto:{self.contact})" if self.contact else ""
        session.headers["User-Agent"] = f"evidencebook/{__version__}{contact}"
        session.max_redirects = 10
        for scheme in ("http://", "https://"):
            session.mount(scheme, adapter)
        return session


class _OneHostSession(requests.Session):
    """Follow a service from address to address on its own host: an answer never decides whom else we ask."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        target: str | None = super().get_redirect_target(resp)
        if target and urlsplit(urljoin(resp.url, target)).hostname != urlsplit(resp.url).hostname:
            host = urlsplit(resp.url).netloc
            raise NoAnswerError(f"{host} sends to another host, which is not followed; name its new address")
        return target


def _retry(total: int) -> Retry:
    return Retry(
        total, backoff_factor=PACE, status_forcelist=_ILL, raise_on_status=False, retry_after_max=_MAX_RETRY_AFTER
    )


def _bounded(service: str, got: requests.Response) -> bytes:
    """Read an answer, but none that is longer than any that these services give."""
    body = bytearray()
    for chunk in got.iter_content(65_536):
        body += chunk
        if len(body) > _MAX_BYTES:
            raise NoAnswerError(f"{service} gave an answer of more than {_MAX_BYTES // 10**6} megabytes")
    return bytes(body)


def _cause(wrong: Exception) -> str:
    """Name the cause in a few words; the whole chain of a connection error fills a screen."""
    chain = repr(wrong)
    return next((words for mark, words in _CAUSES.items() if mark in chain), type(wrong).__name__)
