"""evidencebook new search: append what was looked for and not found."""

import datetime as dt

import click

from evidencebook.cli.new._report import opened, written
from evidencebook.evidence import entry_writer as entries
from evidencebook.evidence.todo_markers import stub

_EPILOG = """\b
Example:
  evidencebook new search no-trial-of-naps --question "A trial of naps after coffee." \\
      --where PubMed --terms "coffee nap trial" --result "None found."
"""


@click.command(epilog=_EPILOG)
@click.argument("name", metavar="ID")
@click.option("--question", help="What was looked for.")
@click.option("--where", help="Where one looked.")
@click.option("--terms", help="With which words.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="On which day; default: today.")
@click.option("--result", help="What came of it.")
def search(name: str, date: dt.datetime | None, **said: str | None) -> None:
    """Append a search to evidence/searches.yml: "nothing was found" is a search, never a finding."""
    book, evidence = opened()
    values = {
        "id": name,
        "question": said["question"] or stub("what was looked for"),
        "where": said["where"] or stub("where one looked"),
        "terms": said["terms"] or stub("with which words"),
        "date": (date or dt.datetime.now(tz=dt.UTC)).date().isoformat(),
        "result": said["result"] or stub("what came of it"),
    }
    path = entries.add(book.evidence, evidence, "search", values, book.evidence / "searches.yml")
    written(path, f"search {name}")
