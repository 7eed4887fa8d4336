"""Say what the checks ask of an editor, the gravest first, in lines for a terminal or a pull request."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic
from evidencebook.surveillance import rules
from evidencebook.surveillance.models import Check, Checked

#: GitHub takes 65,536 characters for the body of a pull request, and others write into it too.
_MOST_CHARACTERS = 30_000
#: What is told, the gravest first, and what an editor does about it; "" is for information.
_KINDS: Mapping[str, str] = {
    "retracted": "weigh each claim on it again, name the notice in its note, and set checked to the day",
    "concern": "weigh each claim on it again, and name the notice in its note",
    "unknown": "compare the number with the article",
    "differs": "compare with the article, and fix the side that is wrong",
    "gone": "find its new address or an archived copy",
    "changed": "look whether findings change, and set checked in the claims on it",
    "moved": "",
    "corrected": "",
    "weighed already": "",
    "refused": "",
}


@dataclass(frozen=True)
class Item:
    """Hold one thing to tell of a source: its kind, the check, the line of the entry, the claims that wait."""

    kind: str
    check: Check
    line: int
    claims: tuple[str, ...] = ()

    def __str__(self) -> str:
        check, note = self.check, self.check.note or ""
        bare = check.value if check.what == "notice" and check.value and check.value not in note else ""
        since = f"(since {check.since})" if check.since != check.date else ""
        claims = f"claims on it: {', '.join(self.claims)}" if self.claims else ""
        words = "; ".join(filter(None, (" ".join(filter(None, (bare, note, since))), claims, _KINDS[self.kind])))
        return f"{check.source}: [{self.kind}] {check.what} {check.target}: {words}"


def items(checks: Iterable[Check], evidence: EvidenceBase) -> list[Item]:
    """Return what is to be told, in the order of its gravity and then of the bibliography."""
    found = [item for check in checks if (item := _item(check, evidence)).kind in _KINDS]
    order = list(_KINDS)
    return sorted(found, key=lambda one: (order.index(one.kind), one.line, one.check.source, one.check.what))


def has_work(found: Iterable[Item]) -> bool:
    """Tell whether an editor has something to do."""
    return any(_KINDS[item.kind] for item in found)


def lines(
    found: Iterable[Item], file: str, asked: int, on_record: int, unanswered: Sequence[tuple[str, Checked, str]]
) -> list[str]:
    """Return a line for everything that is not simply good, what was asked, and who did not answer, and why."""
    silent = f", {len(unanswered)} got no answer" if unanswered else ""
    text = [str(Diagnostic(file, item.line, str(item))) for item in found]
    text.append(f"{asked} checks made{silent}; {on_record} on record")
    reasons = Counter((what, words) for _, what, words in unanswered)
    text += [f"no answer for {count} ({what}): {words}" for (what, words), count in sorted(reasons.items())[:20]]
    return [*text, *(["what got no answer stays as it was last seen; ask again later"] if unanswered else [])]


def markdown(text: Sequence[str]) -> str:
    """Return the lines as a block of code, of bounded length: no link and no mention comes of words of services."""
    block = "\n".join(text).replace("```", "'''")
    cut = f"{block[:_MOST_CHARACTERS]}\n… the log of the run has the rest" if len(block) > _MOST_CHARACTERS else block
    return f"### Checks of the sources\n\n```text\n{cut}\n```\n"


def _item(check: Check, evidence: EvidenceBase) -> Item:
    kind: str = check.outcome
    claims: Sequence[str] = ()
    if kind in {"retracted", "concern"}:
        claims = rules.unweighed(evidence, check)
        if not claims and rules.names_notices(evidence.sources[check.source].note, check):
            kind = "weighed already"
    elif kind == "changed":
        claims = rules.unweighed_since(evidence, check.source, check.since)
    return Item(kind, check, evidence.entry("source", check.source).line, tuple(claims))
