"""Say what the checks ask of an editor, the gravest first, in lines for a terminal or a pull request."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic
from evidencebook.surveillance import rules
from evidencebook.surveillance.models import Check, Checked

#: GitHub takes 65,536 characters for the body of a pull request, and others write into it too.
_MOST_CHARACTERS = 30_000
#: What is told, the gravest first, and what an editor does about it; "" is for information.
_TO_DO: Mapping[str, str] = {
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


def kind_of(check: Check, evidence: EvidenceBase) -> str:
    """Return the outcome of a check, or "weighed already" when no claim waits to be weighed against a notice."""
    if check.outcome not in {"retracted", "concern"} or rules.unweighed(evidence, check):
        return check.outcome
    named = rules.names_notices(evidence.sources[check.source].note, check)
    return "weighed already" if named else check.outcome


def has_work(checks: Iterable[Check], evidence: EvidenceBase) -> bool:
    """Tell whether an editor has something to do."""
    return any(_TO_DO.get(kind_of(check, evidence)) for check in checks)


def lines(
    checks: Iterable[Check], evidence: EvidenceBase, file: str, unanswered: Sequence[tuple[str, Checked, str]]
) -> list[str]:
    """Return a line for everything that is not simply good, with the claims that wait, and who did not answer."""
    order, found = list(_TO_DO), []
    for check in checks:
        kind = kind_of(check, evidence)
        if kind in _TO_DO:
            line = evidence.entry("source", check.source).line
            words = Diagnostic(file, line, f"{check.source}: [{kind}] {_words(check, evidence, _TO_DO[kind])}")
            found.append((order.index(kind), line, check.source, check.what, str(words)))
    reasons = Counter((what, words) for _, what, words in unanswered)
    silent = [f"no answer for {count} ({what}): {words}" for (what, words), count in sorted(reasons.items())[:20]]
    text = [*(words for *_, words in sorted(found)), *silent]
    return [*text, *(["what got no answer stays as it was last seen; ask again later"] if silent else [])]


def markdown(text: Sequence[str]) -> str:
    """Return the lines as a block of code, of bounded length: no link and no mention comes of words of services."""
    block = "\n".join(text).replace("```", "'''")
    cut = f"{block[:_MOST_CHARACTERS]}\n… the log of the run has the rest" if len(block) > _MOST_CHARACTERS else block
    return f"### Checks of the sources\n\n```text\n{cut}\n```\n"


def _words(check: Check, evidence: EvidenceBase, to_do: str) -> str:
    note = check.note or check.value or ""
    since = f"since {check.since}" if check.since != check.date else ""
    claims = ", ".join(rules.claims_on(evidence, check.source)) if check.what in {"notice", "trial"} else ""
    told = filter(None, (note, since, claims and f"claims on it: {claims}", to_do))
    return f"{check.what} {check.target}: {'; '.join(told)}"
