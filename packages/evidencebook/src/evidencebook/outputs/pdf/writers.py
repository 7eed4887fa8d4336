"""List who writes which node: the table of contents of the translator."""

from docutils import nodes

from evidencebook.outputs.pdf import blocks, boxes, figures, inline, notes, tables
from evidencebook.outputs.pdf.translator import Surroundings, Translator, Write

WRITERS: dict[type[nodes.Node], Write] = {
    **inline.WRITERS,
    **blocks.WRITERS,
    **tables.WRITERS,
    **figures.WRITERS,
    **boxes.WRITERS,
    **notes.WRITERS,
}
#: Every page begins so; the template defines what the writers call.
OPENING = '#import "/template.typ": *\n\n'


def translate(tree: nodes.document, around: Surroundings) -> tuple[str, Translator]:
    """Write a page; the translator holds what was wrong and which pictures it shows."""
    page = Translator(WRITERS, around)
    return OPENING + page.write(tree), page
