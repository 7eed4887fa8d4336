"""Say what the checks ask of an editor: lines for a terminal, Markdown for a pull request; the gravest first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic
from evidencebook.surveillance import rules
from evidencebook.surveillance.asking.plain import tidy
from evidencebook.surveillance.models import Check
from evidencebook.surveillance.verify.verifying import Unanswered

#: GitHub takes 65,536 characters for the body of a pull request, and others write into it too.
_MOST = 30_000
_NOTE = 600

#: What is told, the gravest first, and what an editor does about it. What has no such words is for information.
_TO_DO: Mapping[str, str] = {
    "retracted": "weigh each claim on it again, name the notice in its note, and set checked to the day",
    "concern": "weigh each claim on it again, and name the notice in its note",
    "unknown": "compare the number with the article",
    "differs": "compare with the article, and mend the side that is wrong",
    "gone": "find its new address or an archived copy",
    "changed": "look whether findings change, and set checked to the day in the claims on it",
}
#: What is mended by weighing, and not by a line of the bibliography.
_WEIGHED = frozenset({"retracted", "concern", "changed"})
_HEADINGS: Mapping[str, str] = {
    "retracted": "Retracted",
    "concern": "Under an expression of concern",
    "unknown": "Not known to the registry",
    "differs": "Described otherwise by the registry",
    "gone": "Gone from the web",
    "changed": "Registrations that changed",
    "moved": "Moved",
    "corrected": "Corrected",
    "lacking": "More is known than the entry says",
    "weighed": "Weighed already",
    "refused": "Not checkable by a program",
}


@dataclass(frozen=True)
class Told:
    """Hold one thing to tell of a source."""

    heading: str
    check: Check
    line: int
    claims: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Say what was seen, since when, and which claims wait."""
        check = self.check
        note = check.note or ""
        bare = check.value if check.what == "notice" and check.value and check.value not in note else ""
        since = f"(since {check.since})" if check.since != check.date else ""
        claims = f"; claims on it: {', '.join(self.claims)}" if self.claims else ""
        return f"{' '.join(filter(None, (bare, note, since)))}{claims}"

    @property
    def line_of_text(self) -> str:
        """Say it for a terminal: with what to do, where the note does not say it."""
        check = self.check
        what = _TO_DO[self.heading] if self.heading in _WEIGHED else ""
        head = f"{check.source}: [{self.heading}] {check.what} {check.target or ''}".rstrip()
        return "; ".join(filter(None, (f"{head}: {self.words}", what)))


def told(checks: Iterable[Check], evidence: EvidenceBase) -> list[Told]:
    """Return what is to be told, in the order of its gravity and then of the bibliography."""
    found = [one for check in checks if (one := _told(check, evidence))]
    order = list(_HEADINGS)
    return sorted(found, key=lambda one: (order.index(one.heading), one.line, one.check.source, one.check.what))


def to_do(found: Iterable[Told]) -> bool:
    """Tell whether an editor has something to do."""
    return any(one.heading in _TO_DO for one in found)


def lines(found: Sequence[Told], file: str) -> list[str]:
    """Return a line for everything that is not simply good."""
    return [str(Diagnostic(file, one.line, one.line_of_text)) for one in found]


def counted(asked: int, checks: int, unanswered: Sequence[Unanswered]) -> list[str]:
    """Say how many were asked, and who did not answer, why and of how many sources."""
    silent = f", {len(unanswered)} got no answer" if unanswered else ""
    text = [f"{asked} checks made{silent}; {checks} on record"]
    reasons = Counter((one.what, one.words) for one in unanswered)
    text += [f"no answer for {count} ({what}): {words}" for (what, words), count in sorted(reasons.items())[:20]]
    if unanswered:
        text.append("what got no answer stays as it was last seen; ask again later")
    return text


def markdown(found: Sequence[Told], file: str, summary: Sequence[str]) -> str:
    """Return the report as Markdown of bounded length; words of strangers stand as code, where they can do nothing."""
    text = ["### Checks of the sources\n\n", *(f"- {_code(line)}\n" for line in summary[:10])]
    left = _MOST - sum(map(len, text))
    for heading, title in _HEADINGS.items():
        rows = [one for one in found if one.heading == heading]
        if not rows:
            continue
        part = list(_section(rows, title, _TO_DO.get(heading), file, left))
        left -= sum(map(len, part))
        text += part
    return "".join(text)


def _section(rows: Sequence[Told], title: str, what: str | None, file: str, left: int) -> Iterator[str]:
    """Yield a heading and as many rows as there is room for."""
    yield f"\n#### {title}\n\n"
    if what:
        yield f"To do: {what}.\n\n"
    for count, one in enumerate(rows):
        row = f"- `{file}:{one.line}` **{one.check.source}** ({one.check.what}) {_code(tidy(one.words, _NOTE))}\n"
        left -= len(row)
        if left < 0:
            yield f"- and {len(rows) - count} more; the log of the run names them\n"
            return
        yield row


def _told(check: Check, evidence: EvidenceBase) -> Told | None:
    """Choose the heading of a check; what is good has none."""
    heading: str = check.outcome
    claims: Sequence[str] = ()
    if check.outcome in {"retracted", "concern"}:
        claims = rules.unweighed(evidence, check)
        if not claims and rules.named(evidence.sources[check.source].note, check):
            heading = "weighed"
    elif check.outcome == "changed":
        claims = rules.unweighed_since(evidence, check.source, check.since)
    elif check.what == "pmid" and check.outcome == "agrees" and check.note:
        heading = "lacking"
    if heading not in _HEADINGS:
        return None
    return Told(heading, check, evidence.entry("source", check.source).line, tuple(claims))


def _code(text: str) -> str:
    """Put words into a code span: no link, no mention, no markup comes of them."""
    return f"`{text.replace('`', chr(39)).strip() or '-'}`"
