"""Show the statements of the text under examination: what it says, how that stands, and what would have been fair."""

from docutils import nodes

from evidencebook.evidence.models import Assertion
from evidencebook.locale import _
from evidencebook.pages.domain import anchor
from evidencebook.pages.nodes.records import RenderContext, claim_line, links
from evidencebook.pages.roles import link

Cells = list[list[nodes.Node]]


def assertion_row(context: RenderContext, name: str, made: Assertion) -> Cells:
    """Make the cells of an assertion: what was said, the verdict, the answer and its claims."""
    return [
        [nodes.Text(f"{name}. "), *context.parse(made.statement)],
        [_verdict(made)],
        [*context.parse(made.answer), nodes.Text(" "), *links("claim", made.claims)],
    ]


def assertion_line(context: RenderContext, name: str, made: Assertion) -> nodes.list_item:
    """Make one line of a short list: the statement as a link to its section, then the verdict."""
    words = [
        link("assertion", name, name),
        nodes.Text(" "),
        *context.parse(made.statement.rstrip(".")),
        nodes.Text(": "),
    ]
    return nodes.list_item("", nodes.paragraph("", "", *words, _verdict(made), nodes.Text(".")))


def assertion_section(context: RenderContext, name: str, made: Assertion) -> nodes.section:
    """Make a section of its own: the statement, the verdict, the answer, the claims, and a fair sentence."""
    place = anchor("assertion", name)
    section = nodes.section("", ids=[place], names=[place], classes=["evidence", "assertion"])
    section += nodes.title("", "", nodes.Text(f"{name}. "), *context.parse(made.statement))
    section += nodes.paragraph(
        "", "", nodes.strong("", _("Verdict:")), nodes.Text(" "), _verdict(made), nodes.Text(".")
    )
    section += nodes.paragraph("", "", *context.parse(made.answer))
    if made.fair:
        section += context.paragraph(_("A fair sentence:"), made.fair)
    speaks_for = [one for one in made.claims if one not in made.against]
    parts = (
        (_("What this rests on:"), speaks_for),
        (_("What speaks against the statement:"), made.against),
    )
    for lead, names in parts:
        if names:
            section += nodes.paragraph("", "", nodes.strong("", lead))
            lines = [claim_line(context, one, context.evidence.claims[one]) for one in names]
            section += nodes.bullet_list("", *lines, classes=["evidence", "claims-brief"])
    return section


def _verdict(made: Assertion) -> nodes.inline:
    """Say the verdict; its class only repeats the word."""
    classes = ["evidence-verdict", f"verdict-{made.verdict.replace(' ', '-')}"]
    return nodes.inline("", _(made.verdict), classes=classes)
