"""evidencebook new claim: append one sentence of yours with what it rests on."""

import datetime as dt
import re

import click

from evidencebook.cli.new._report import given, opened, written
from evidencebook.evidence import entry_writer as entries
from evidencebook.evidence.diagnostics import UserError
from evidencebook.evidence.todo_markers import stub
from evidencebook.evidence.topics import file_of
from evidencebook.evidence.vocabulary import APPLIES_TO, CERTAINTIES

_EPILOG = """\b
Examples:
  evidencebook new claim coffee-and-dreams --finding SLEEP-004
  evidencebook new claim coffee-delays-sleep --topic sleep --finding SLEEP-002 --certainty low \\
      --statement "Caffeine may delay sleep." --because "imprecision 0: few people were studied" \\
      --would-change "A large trial in people's own homes."
"""
_REASON = re.compile(r"\s*(?P<domain>[a-z ]+?)\s+(?P<step>[+-]?[0-2])\s*:\s*(?P<note>.*\S)\s*")


@click.command(epilog=_EPILOG)
@click.argument("name", metavar="ID")
@click.option("--statement", help="One sentence, its numbers as roles; the verb says the certainty.")
@click.option("--topic", help="The file under claims/; default: the topic of its first finding.")
@click.option("--applies-to", type=click.Choice(APPLIES_TO), default="humans", show_default=True)
@click.option("--certainty", type=click.Choice(CERTAINTIES), help="Default: not graded, or no evidence.")
@click.option("--because", "reasons", multiple=True, metavar="DOMAIN STEP: NOTE", help="Why the grade; repeatable.")
@click.option("--caution", help="What to beware of in a claim that is not graded.")
@click.option("--would-change", help="Which evidence would change it.")
@click.option("--finding", "findings", multiple=True, help="A finding it rests on; may be repeated.")
@click.option("--search", "searches", multiple=True, help="A search it rests on; may be repeated.")
@click.option("--against", multiple=True, help="A finding that points the other way; may be repeated.")
@click.option("--checked", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it is stated; default: today.")
def claim(
    name: str,
    statement: str | None,
    topic: str | None,
    reasons: tuple[str, ...],
    findings: tuple[str, ...],
    searches: tuple[str, ...],
    against: tuple[str, ...],
    checked: dt.datetime | None,
    **said: str | None,
) -> None:
    """Append one sentence of yours to a file under evidence/claims/. ID is permanent: words joined by hyphens."""
    book, evidence = opened()
    entries.refuse_known(evidence, "claim", name)
    if not findings and not searches:
        raise UserError(
            "a claim rests on something; name it: --finding ID, or --search ID when you looked and found none"
        )
    topics = [evidence.topic("finding", one) for one in findings[:1] if one in evidence.findings]
    day = (checked or dt.datetime.now(tz=dt.UTC)).date()
    ask = "one sentence whose verb says the certainty" if findings else "no study was found of what"
    values: dict[str, object] = {
        "id": name,
        "statement": statement or stub(ask),
        "applies_to": said["applies_to"],
        "certainty": said["certainty"] or ("not graded" if findings else "no evidence"),
        **given(because=tuple(_reason(one) for one in reasons), caution=said["caution"]),
        "would_change": said["would_change"] or stub("which evidence would change it"),
        **given(findings=findings, searches=searches, against=against),
        "stated": day,
        "checked": day,
    }
    path = file_of(book.evidence / "claims", topic, topics, "claims")
    entries.add(book.evidence, evidence, "claim", values, path)
    written(path, f"claim {name}; show it on the page that argues it:\n\n```{{claim}} {name}\n```")


def _reason(text: str) -> dict[str, str | int]:
    """Read "domain step: note"."""
    if not (found := _REASON.fullmatch(text)):
        example = '--because "imprecision -1: few people were studied"'
        raise UserError(f'"{text}" is no reason; name the domain, its step and why, for example {example}')
    return {"domain": found["domain"], "step": int(found["step"]), "note": found["note"]}
