"""Say what the checks ask of an editor: lines for a terminal, Markdown for a pull request; the gravest first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic
from evidencebook.surveillance import rules
from evidencebook.surveillance.models import Check, Checked
from evidencebook.surveillance.text import one_line

#: GitHub takes 65,536 characters for the body of a pull request, and others write into it too.
_MOST_CHARACTERS, _MOST_OF_A_NOTE = 30_000, 600
#: What is told, the gravest first: its heading, and what an editor does about it. "" is for information.
_KINDS: Mapping[str, tuple[str, str]] = {
    "retracted": ("Retracted", "weigh each claim on it again, name the notice in its note, and set checked to the day"),
    "concern": ("Under an expression of concern", "weigh each claim on it again, and name the notice in its note"),
    "unknown": ("Not known to the registry", "compare the number with the article"),
    "differs": ("Described otherwise by the registry", "compare with the article, and fix the side that is wrong"),
    "gone": ("Gone from the web", "find its new address or an archived copy"),
    "changed": ("Registrations that changed", "look whether findings change, and set checked in the claims on it"),
    "moved": ("Moved", ""),
    "corrected": ("Corrected", ""),
    "weighed": ("Weighed already", ""),
    "refused": ("Not checkable by a program", ""),
}


@dataclass(frozen=True)
class Item:
    """Hold one thing to tell of a source: its kind, the check, the line of the entry, the claims that wait."""

    kind: str
    check: Check
    line: int
    claims: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Say what was seen, since when, and which claims wait to be weighed."""
        check, note = self.check, self.check.note or ""
        bare = check.value if check.what == "notice" and check.value and check.value not in note else ""
        since = f"(since {check.since})" if check.since != check.date else ""
        claims = f"; claims on it: {', '.join(self.claims)}" if self.claims else ""
        return f"{' '.join(filter(None, (bare, note, since)))}{claims}"


def items(checks: Iterable[Check], evidence: EvidenceBase) -> list[Item]:
    """Return what is to be told, in the order of its gravity and then of the bibliography."""
    found = [item for check in checks if (item := _item(check, evidence)).kind in _KINDS]
    order = list(_KINDS)
    return sorted(found, key=lambda one: (order.index(one.kind), one.line, one.check.source, one.check.what))


def has_work(found: Iterable[Item]) -> bool:
    """Tell whether an editor has something to do."""
    return any(_KINDS[item.kind][1] for item in found)


def lines(found: Iterable[Item], file: str) -> list[str]:
    """Return a line for everything that is not simply good."""
    return [
        str(
            Diagnostic(
                file, one.line, f"{one.check.source}: [{one.kind}] {one.check.what} {one.check.target}: {one.words}"
            )
        )
        for one in found
    ]


def summary(asked: int, checks: int, unanswered: Sequence[tuple[str, Checked, str]]) -> list[str]:
    """Say how many checks were made, and who did not answer, why and of how many sources."""
    silent = f", {len(unanswered)} got no answer" if unanswered else ""
    text = [f"{asked} checks made{silent}; {checks} on record"]
    reasons = Counter((what, words) for _, what, words in unanswered)
    text += [f"no answer for {count} ({what}): {words}" for (what, words), count in sorted(reasons.items())[:20]]
    return [*text, *(["what got no answer stays as it was last seen; ask again later"] if unanswered else [])]


def markdown(found: Sequence[Item], file: str, summary_lines: Sequence[str]) -> str:
    """Return the report as Markdown of bounded length; words of services stand as code, where they can do nothing."""
    text = ["### Checks of the sources\n\n", *(f"- {_code(line)}\n" for line in summary_lines[:10])]
    left = _MOST_CHARACTERS
    for kind, (title, to_do) in _KINDS.items():
        rows = [
            f"- `{file}:{one.line}` **{one.check.source}** ({one.check.what}) {_code(one_line(one.words, _MOST_OF_A_NOTE))}\n"
            for one in found
            if one.kind == kind
        ]
        if not rows:
            continue
        text.append(f"\n#### {title}\n\n" + (f"To do: {to_do}.\n\n" if to_do else ""))
        for number, row in enumerate(rows):
            left -= len(row)
            if left < 0:
                text.append(f"- and {len(rows) - number} more; the log of the run names them\n")
                break
            text.append(row)
    return "".join(text)


def _item(check: Check, evidence: EvidenceBase) -> Item:
    kind: str = check.outcome
    claims: Sequence[str] = ()
    if kind in {"retracted", "concern"}:
        claims = rules.unweighed(evidence, check)
        if not claims and rules.names_notices(evidence.sources[check.source].note, check):
            kind = "weighed"
    elif kind == "changed":
        claims = rules.unweighed_since(evidence, check.source, check.since)
    return Item(kind, check, evidence.entry("source", check.source).line, tuple(claims))


def _code(text: str) -> str:
    """Put words into a code span: no link, no mention, no markup comes of them."""
    return f"`{text.replace('`', chr(39)).strip() or '-'}`"
