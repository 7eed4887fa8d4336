"""Ask other hosts, politely: one request at a time for each host, with pauses, time limits and few retries."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from evidencebook.surveillance import links
from evidencebook.surveillance.links import Answer, Question

#: So many failures in a row, and a host is left alone for this run.
_PATIENCE = 3


@dataclass(frozen=True)
class Manners:
    """Say whom to ask, as whom, and how patiently."""

    doi_base: str = "https://doi.org"
    crossref_base: str = "https://api.crossref.org"
    contact: str = ""
    timeout: float = 15
    pause: float = 0.25
    retries: int = 1
    hosts_at_once: int = 8

    @property
    def agent(self) -> str:
        """Name the program, and where its owner is found."""
        return f"evidencebook-links/1.0 ({self.contact})" if self.contact else "evidencebook-links/1.0"


def ask(questions: Iterable[Question], manners: Manners, told: Callable[[], None] | None = None) -> tuple[Answer, ...]:
    """Ask every question and return the answers, sorted; `told` is called after each.

    Who did not answer is asked once more when everybody else was: most hosts that are away are back within minutes.
    """
    first = _round(questions, manners, told)
    away = [answer.question for answer in first if answer.state == "silent"]
    again = {answer.question: answer for answer in _round(away, manners, None)}
    return tuple(again.get(answer.question, answer) for answer in first)


def _round(questions: Iterable[Question], manners: Manners, told: Callable[[], None] | None) -> tuple[Answer, ...]:
    """Ask several hosts at once, each of them one thing at a time."""
    by_host: defaultdict[str, list[Question]] = defaultdict(list)
    for question in questions:
        by_host[urlsplit(_address(question, manners)).netloc].append(question)
    lock = Lock()

    def tell() -> None:
        with lock:
            if told:
                told()

    with ThreadPoolExecutor(manners.hosts_at_once) as pool:
        hosts = pool.map(lambda asked: list(_answers(asked, manners, tell)), by_host.values())
        return tuple(sorted((answer for host in hosts for answer in host), key=lambda answer: answer.question))


def _answers(questions: Sequence[Question], manners: Manners, told: Callable[[], None]) -> Iterator[Answer]:
    """Yield the answers of one host; whatever goes wrong on the way is an answer too."""
    failures = 0
    with _session(manners, 0) as once, _session(manners, manners.retries) as patient:
        for question in questions:
            if failures == _PATIENCE:
                yield links.no_answer(question, "not asked: its host did not answer the addresses before it")
                told()
                continue
            try:
                answer = _answer(question, manners, once, patient)
                failures = 0
            except (requests.TooManyRedirects, requests.exceptions.InvalidURL, UnicodeError) as wrong:
                answer = Answer(question, "broken", f"it cannot be followed ({type(wrong).__name__})")
            except requests.RequestException as wrong:
                answer = links.no_answer(question, _cause(wrong))
                failures += 1
            yield answer
            told()
            time.sleep(manners.pause)


def _answer(question: Question, manners: Manners, once: requests.Session, patient: requests.Session) -> Answer:
    """Ask one question."""
    if question.kind == "page":
        return _page(question, manners, once, patient)
    got = patient.get(_address(question, manners), timeout=manners.timeout)
    judge = links.judge_doi if question.kind == "doi" else links.judge_notice
    return judge(question, got.status_code, _json(got))


def _page(question: Question, manners: Manners, once: requests.Session, patient: requests.Session) -> Answer:
    """Ask for the head of a page, and for the page itself where the host does not know how to answer that."""
    address = _address(question, manners)
    try:
        got = once.head(address, timeout=manners.timeout, allow_redirects=True)
    except requests.RequestException:
        got = None
    if got is None or got.status_code >= 400:
        with patient.get(address, timeout=manners.timeout, stream=True) as got:
            pass
    return links.judge_page(question, got.status_code, got.url, [hop.status_code for hop in got.history])


def _session(manners: Manners, retries: int) -> requests.Session:
    """Make a session that waits longer before each new try, and as long as a host asks it to."""
    session = requests.Session()
    session.headers["User-Agent"] = manners.agent
    session.max_redirects = 10
    policy = Retry(
        total=retries,
        backoff_factor=4 * manners.pause,
        status_forcelist=(429, 500, 502, 503, 504),
        raise_on_status=False,
        retry_after_max=60,
    )
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=policy))
    return session


def _address(question: Question, manners: Manners) -> str:
    """Give the address to ask a question at."""
    return question.address(manners.doi_base, manners.crossref_base)


def _json(got: requests.Response) -> Any:
    """Read an answer as JSON, or as nothing."""
    try:
        return got.json()
    except requests.JSONDecodeError:
        return None


def _cause(wrong: requests.RequestException) -> str:
    """Name the cause in a few words; the whole chain of a connection error fills a screen."""
    chain = repr(wrong)
    known = {
        "Timeout": "no answer in time",
        "NameResolution": "its host is not known",
        "SSL": "its certificate is not valid",
        "refused": "its host refuses the connection",
    }
    return next((words for sign, words in known.items() if sign in chain), f"no answer ({type(wrong).__name__})")
