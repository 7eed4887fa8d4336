"""Put what was answered about the addresses into words: lines for a terminal, Markdown for an issue."""

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from evidencebook.evidence.diagnostics import Diagnostic
from evidencebook.surveillance.links import Answer, State, nobody

#: GitHub takes 65,536 characters for the body of an issue; this many rows of each kind stay well below.
_ROWS = 40

_HEADINGS: dict[State, str] = {
    "retracted": "Retracted or under concern",
    "broken": "Broken",
    "silent": "No answer",
    "moved": "Moved",
    "not checkable": "Not checkable by a program",
}
_MEANINGS: dict[State, str] = {
    "retracted": "Claims rest on these articles. Weigh them again, and say in `history` what changed.",
    "broken": "A reader who follows these finds nothing.",
    "silent": "Perhaps a bad night; those that stay here for days are broken.",
    "moved": "They still lead somewhere; write the new address into the entry when convenient.",
    "not checkable": "The host turns programs away. Nothing is known to be wrong.",
}


#: Said in place of hundreds of lines that would blame the sources for a cable.
_NOBODY = "Nobody answered, so there seems to be no network here; nothing was learned about the sources."


def lines(answers: Sequence[Answer], file: str) -> list[str]:
    """Return a line for everything that is not simply good, the gravest first, and one that counts."""
    if nobody(answers):
        return [_NOBODY]
    told = [
        str(Diagnostic(file, answer.question.line, f"{_who(answer)}: {_what(answer)} [{answer.state}] {answer.words}"))
        for state in _HEADINGS
        for answer in answers
        if answer.state == state
    ]
    return [*told, counted(answers)]


def counted(answers: Sequence[Answer]) -> str:
    """Say how many were asked and how they answered."""
    counts = Counter(answer.state for answer in answers)
    parts = [f"{counts[state]} {state}" for state in reversed(get_args(State)) if counts[state]]
    return f"{len(answers)} asked: {', '.join(parts)}" if parts else "nothing to ask"


def markdown(answers: Sequence[Answer], file: str) -> str:
    """Return the report as Markdown, the gravest first; long lists are cut and say so."""
    if nobody(answers):
        return f"{_NOBODY}\n"
    text = [f"{counted(answers)}.\n"]
    for state, heading in _HEADINGS.items():
        found = [answer for answer in answers if answer.state == state]
        if not found:
            continue
        text.append(f"\n### {heading}\n\n{_MEANINGS[state]}\n\n")
        text += [
            # Between angle brackets an address that a foreign host made up can be nothing but an address.
            f"- `{file}:{answer.question.line}` {_who(answer)}: <{_what(answer)}>: {answer.words}\n"
            for answer in found[:_ROWS]
        ]
        if len(found) > _ROWS:
            text.append(f"- and {len(found) - _ROWS} more; the log of the run names them\n")
    return "".join(text)


def _who(answer: Answer) -> str:
    """Name the sources."""
    return ", ".join(answer.question.sources)


def _what(answer: Answer) -> str:
    """Give the address that a reader would follow."""
    return answer.question.target if answer.question.kind == "page" else f"https://doi.org/{answer.question.target}"
