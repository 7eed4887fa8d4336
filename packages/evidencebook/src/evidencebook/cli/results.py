"""evidencebook results: keep the results of analyses that claims state."""

from itertools import chain

import click
import yaml

from evidencebook.cli._book import book_option
from evidencebook.evidence import number_check
from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.project import BookFolder
from evidencebook.pages.checks.results import computed

_HEAD = "# The results of analyses that claims state; written by `evidencebook results` from the last build.\n"


@click.command(epilog="\b\nExample:\n  make book; evidencebook results; make book")
@book_option
def results(book: BookFolder) -> None:
    """Keep the results of analyses that claims state.

    A claim states a result by {result}`page:name:.2f`, in which page stands under analyses/ and name was given to
    quote(). The command takes the number from the last build into evidence/results.yml; the build says when the two
    differ, and where the number is used it changes everywhere at once.
    """
    evidence, _ = inspect(book.evidence)
    texts = chain.from_iterable(number_check.sentences(claim) for claim in evidence.claims.values())
    wanted = sorted({pair for text in texts for pair in number_check.stated_results(text)})
    numbers: dict[str, dict[str, float]] = {}
    missing = []
    for page, name in wanted:
        known = computed(book.build / "jupyter_execute" / "analyses" / f"{page}.glue.json")
        if name in known:
            numbers.setdefault(page, {})[name] = float(f"{known[name]:.12g}")  # as many digits as two machines agree on
        else:
            missing.append(f"{page}:{name}")
    if missing:
        raise UserError(f"no page under analyses/ quoted {', '.join(missing)} in the last build; nothing was written")
    path = book.evidence / "results.yml"
    rows = [{"id": page, "numbers": known} for page, known in numbers.items()]
    write_together({path: _HEAD + yaml.safe_dump(rows, sort_keys=False)})
    click.echo(f"{relative_path(path)}: {len(wanted)} results")
