"""Know what to ask about the addresses of the sources, and judge what was answered; the asking itself is `asking`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote, urlsplit

from evidencebook.evidence.models import Source

#: What is asked: does the DOI resolve, was a notice published about the article, does the page answer.
Kind = Literal["doi", "notice", "page"]
#: `broken` and `retracted` need an editor; `silent` may be a bad night of the host.
State = Literal["broken", "retracted", "silent", "moved", "not checkable", "good"]

FAILURES: frozenset[State] = frozenset({"broken", "retracted", "silent"})

#: Updates by which Crossref says that readers should trust an article less; corrections are not among them.
NOTICES = {
    "retraction": "it was retracted",
    "partial_retraction": "it was retracted in part",
    "withdrawal": "it was withdrawn",
    "removal": "it was removed",
    "expression_of_concern": "an expression of concern was published",
}
#: A host that refuses robots says nothing about whether the page is there.
_REFUSALS = frozenset({401, 403, 407, 429, 451})
_PERMANENT = frozenset({301, 308})
#: Response codes of the handle system, as the DOI Handbook lists them.
_RESOLVES, _NOT_FOUND, _NO_VALUES = 1, 100, 200


@dataclass(frozen=True, order=True)
class Question:
    """Ask one thing about one target, for every source that names it."""

    kind: Kind
    target: str
    sources: tuple[str, ...]
    line: int
    note: str = ""

    def address(self, doi_base: str, crossref_base: str) -> str:
        """Give the address to ask."""
        if self.kind == "doi":
            return f"{doi_base.rstrip('/')}/api/handles/{quote(self.target)}?type=URL"
        if self.kind == "notice":
            return f"{crossref_base.rstrip('/')}/works/{quote(self.target, safe='')}"
        return self.target


@dataclass(frozen=True)
class Answer:
    """Say how a question was answered."""

    question: Question
    state: State
    words: str = ""
    final: str = ""  # where a page that moved is now


def questions(sources: Mapping[str, Source], lines: Mapping[str, int]) -> tuple[Question, ...]:
    """Return every question, each target once, in a fixed order."""
    named: dict[tuple[Kind, str], list[str]] = {}
    for key, source in sorted(sources.items()):
        if source.doi:
            named.setdefault(("doi", source.doi), []).append(key)
            named.setdefault(("notice", source.doi), []).append(key)
        if source.url and urlsplit(source.url).scheme in {"http", "https"}:
            named.setdefault(("page", source.url), []).append(key)
    return tuple(
        Question(kind, target, tuple(keys), lines.get(keys[0], 1), " ".join(sources[key].note for key in keys))
        for (kind, target), keys in sorted(named.items())
    )


def judge_doi(question: Question, status: int, body: Any) -> Answer:
    """Judge the answer of the handle system."""
    code = body.get("responseCode") if isinstance(body, dict) else None
    if code == _RESOLVES:
        return Answer(question, "good")
    if code == _NOT_FOUND or (code is None and status == 404):
        return Answer(question, "broken", "no such DOI is registered; compare it with the article")
    if code == _NO_VALUES:
        return Answer(question, "broken", "the DOI is registered, but leads nowhere")
    return _refused_or_silent(question, status)


def judge_notice(question: Question, status: int, body: Any) -> Answer:
    """Judge the record of Crossref, which names what was published about an article since."""
    if status == 404:
        return Answer(question, "good", "registered elsewhere, nothing known of notices")
    message = body.get("message") if isinstance(body, dict) else None
    if status != 200 or not isinstance(message, dict):
        # Who does not know of a notice has not found one: the DOI itself is asked for separately.
        return Answer(question, "not checkable", f"Crossref answered {status}")
    updates = [update for update in message.get("updated-by", ()) if update.get("type") in NOTICES]
    new = [update for update in updates if str(update.get("DOI", "")).lower() not in question.note.lower()]
    if not new:
        return Answer(question, "good", "its notice is named in the entry" if updates else "")
    words = sorted({f"{NOTICES[update['type']]}: <https://doi.org/{update.get('DOI', '')}>" for update in new})
    return Answer(question, "retracted", f"{'; '.join(words)}. Weigh its claims again, then name the DOI in its note")


def judge_page(question: Question, status: int, final: str, hops: Sequence[int]) -> Answer:
    """Judge the answer of a web page; `hops` are the status codes of the redirects on the way."""
    if status in {404, 410}:
        return Answer(question, "broken", f"the page is gone ({status}); find its new address or an archived copy")
    if status >= 400:
        return _refused_or_silent(question, status)
    if _front_page(final) and not _front_page(question.target):
        return Answer(question, "moved", f"it leads to a front page now, <{final}>; the page itself may be gone")
    if _PERMANENT.intersection(hops) and _bare(final) != _bare(question.target):
        return Answer(question, "moved", f"its new address is <{final}>", final)
    return Answer(question, "good")


def no_answer(question: Question, words: str) -> Answer:
    """Say that nothing came back; not knowing of a notice is no fault of the source."""
    return Answer(question, "not checkable" if question.kind == "notice" else "silent", words)


def failed(answers: Sequence[Answer]) -> bool:
    """Tell whether an editor has something to do."""
    return any(answer.state in FAILURES for answer in answers)


def nobody(answers: Sequence[Answer]) -> bool:
    """Tell whether not one of several hosts answered, which is more likely our fault than theirs."""
    asked = [answer for answer in answers if answer.question.kind != "notice"]
    hosts = {urlsplit(answer.question.target).netloc for answer in asked}
    return len(hosts) > 3 and all(answer.state == "silent" for answer in asked)


def _refused_or_silent(question: Question, status: int) -> Answer:
    """Tell a host that turns robots away from one that is ill."""
    if status in _REFUSALS:
        return Answer(question, "not checkable", f"the host refuses programs ({status}); look at it by hand")
    return Answer(question, "silent", f"the host answered {status}")


def _front_page(address: str) -> bool:
    """Tell whether an address names no page below its host."""
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query


def _bare(address: str) -> str:
    """Leave out what changes without a page having moved: scheme, www, closing slash."""
    parts = urlsplit(address)
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
