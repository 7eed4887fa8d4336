"""Show the evidence map as a table that a phone can show: per outcome what there is, and what is missing."""

from docutils import nodes

from evidencebook import certainty, evidence_map, wording
from evidencebook.evidence_map import Cell
from evidencebook.sphinx.render import Pen, count, links, sentence, table
from evidencebook.sphinx.roles import link
from evidencebook.vocabulary import Certainty

HEADS = ("Outcome", "What was studied, and the claims on it", "Nothing found")
WIDTHS = (24, 54, 22)


def map_table(pen: Pen, group: str) -> nodes.table:
    """Make the table of one group of outcomes."""
    ledger = pen.ledger
    kinds = evidence_map.kinds(ledger)
    cells = [cell for cell in evidence_map.cells(ledger) if cell.kind in kinds]
    rows = [
        (None, _row(pen, name, [cell for cell in cells if cell.outcome == name]))
        for name, outcome in ledger.outcomes.items()
        if outcome.group == group
    ]
    return table(HEADS, WIDTHS, rows, "map")


def _row(pen: Pen, outcome: str, cells: list[Cell]) -> list[list[nodes.Node]]:
    """Make the row of one outcome."""
    name = sentence(pen.ledger.outcomes[outcome].name).rstrip(".")
    studied: list[nodes.Node] = [node for cell in cells if cell.studies for node in _studied(cell)]
    missing = ", ".join(evidence_map.LABELS[cell.kind] for cell in cells if not cell.studies)
    graded = [
        node for one, word in evidence_map.certainties(pen.ledger, outcome).items() for node in _graded(one, word)
    ]
    head: list[nodes.Node] = [nodes.strong(name, name), nodes.Text(": " if graded else ""), *graded[:-1]]
    return [head, studied or [nodes.Text("Nothing.")], [nodes.Text(sentence(missing))]]


def _studied(cell: Cell) -> list[nodes.Node]:
    """Say how many studies of one kind there are, in how many people, and which claims use them."""
    words = f"{evidence_map.LABELS[cell.kind].capitalize()}: {count(len(cell.studies), 'study')}"
    if cell.people:
        words += f", {wording.number(cell.people)} people looked at"
    return [nodes.strong("", words), nodes.Text(" ("), *links("claim", cell.claims), nodes.Text("). ")]


def _graded(name: str, word: Certainty) -> list[nodes.Node]:
    """Link the certainty of one claim."""
    told = certainty.in_words(word)
    return [link("claim", name, told, name.replace("-", " ")), nodes.Text(", ")]
