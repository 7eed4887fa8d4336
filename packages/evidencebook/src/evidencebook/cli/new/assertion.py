"""evidencebook new assertion: append a statement of an examined text, the verdict on it and what it rests on."""

import click

from evidencebook.cli.new._report import given, opened, written
from evidencebook.evidence import entry_writer as entries
from evidencebook.evidence.todo_markers import stub
from evidencebook.evidence.vocabulary import VERDICTS

_EPILOG = """\b
Example:
  evidencebook new assertion --claim coffee-shortens-sleep --verdict contradicted \\
      --against coffee-shortens-sleep --statement "Coffee never cost anybody an hour of sleep." \\
      --answer "Trials found that it did."
"""


@click.command(epilog=_EPILOG)
@click.option("--claim", "claims", multiple=True, required=True, help="A claim it rests on, the nearest first.")
@click.option("--against", multiple=True, help="One of these claims, if it speaks against the statement.")
@click.option("--section", default="summary", show_default=True, help="Where in the examined text it stands.")
@click.option("--statement", help="What the examined text says, in your words.")
@click.option("--verdict", type=click.Choice(VERDICTS), default="not checkable", show_default=True)
@click.option("--answer", help="One or two sentences of yours, their numbers as roles.")
@click.option("--fair", help="What a fair sentence would have been.")
def assertion(claims: tuple[str, ...], against: tuple[str, ...], section: str, **said: str | None) -> None:
    """Append a statement of an examined text to evidence/assertions.yml, with the next id."""
    book, evidence = opened()
    values: dict[str, object] = {
        "id": f"A{entries.next_number(evidence, 'A'):02d}",
        "section": section,
        "statement": said["statement"] or stub("what the examined text says"),
        "verdict": said["verdict"],
        "answer": said["answer"] or stub("one or two sentences of yours"),
        **given(fair=said["fair"]),
        "claims": claims,
        **given(against=against),
    }
    path = entries.add(book.evidence, evidence, "assertion", values, book.evidence / "assertions.yml")
    written(path, f"assertion {values['id']}")
