"""Show the evidence map as a table that a phone can show: per outcome what there is, and what is missing."""

from docutils import nodes

from evidencebook.analysis import evidence_map
from evidencebook.analysis.evidence_map import Cell
from evidencebook.evidence import formatting as wording
from evidencebook.evidence import grade as certainty
from evidencebook.locale import _, gettext_noop
from evidencebook.pages.nodes.records import RenderContext, links, sentence, table, target
from evidencebook.pages.roles import link

HEADS = (
    gettext_noop("Outcome, and the surest claim about people"),
    gettext_noop("What was studied, and the claims that use it"),
    gettext_noop("Nothing found"),
)
WIDTHS = (24, 54, 22)


def map_table(context: RenderContext, group: str) -> nodes.table:
    """Make the table of one group of outcomes."""
    evidence = context.evidence
    made = evidence_map.cells(evidence)
    kinds = evidence_map.kinds(made)
    cells = [cell for cell in made if cell.kind in kinds]
    rows = [
        (target("outcome", name), _row(context, name, [cell for cell in cells if cell.outcome == name]))
        for name, outcome in evidence.outcomes.items()
        if outcome.group == group
    ]
    return table(HEADS, WIDTHS, rows, "map")


def map_contents(context: RenderContext) -> nodes.bullet_list:
    """List the outcomes in the order of the figure, each leading to its row: a picture cannot be tapped."""
    groups: dict[str, list[nodes.Node]] = {}
    for name, outcome in context.evidence.outcomes.items():
        groups.setdefault(outcome.group, []).extend((nodes.Text(", "), link("outcome", name, outcome.name)))
    lines = ((nodes.strong(group, group), nodes.Text(" "), *ways[1:]) for group, ways in groups.items())
    return nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph("", "", *line)) for line in lines))


def _row(context: RenderContext, outcome: str, cells: list[Cell]) -> list[list[nodes.Node]]:
    """Make the row of one outcome."""
    name = sentence(context.evidence.outcomes[outcome].name).rstrip(".")
    studied: list[nodes.Node] = [_studied(cell) for cell in cells if cell.studies]
    missing = ", ".join(_(evidence_map.LABELS[cell.kind]) for cell in cells if not cell.studies)
    head: list[nodes.Node] = [nodes.strong(name, name)]
    if sure := evidence_map.about_people(context.evidence, outcome):
        head += [
            nodes.Text(": "),
            link("claim", sure.id, certainty.in_words(sure.certainty)),
        ]
    told = _("None found: %s.") % missing if missing else ""  # said in the cell: a phone shows no heads
    return [head, studied or [nodes.Text(_("Nothing."))], [nodes.Text(told)]]


def _studied(cell: Cell) -> nodes.paragraph:
    """Say how many studies of one kind there are, in how many people, and which claims use them."""
    words = f"{sentence(_(evidence_map.LABELS[cell.kind])).rstrip('.')}: {wording.count(len(cell.studies), 'study')}"
    if cell.people:
        words += _(", %s people looked at") % wording.number(cell.people)
    return nodes.paragraph("", "", nodes.Text(f"{words} ("), *links("claim", cell.claims), nodes.Text(")."))
