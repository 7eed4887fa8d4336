"""List which writer writes which class of nodes."""

from docutils import nodes

from evidencebook.outputs.pdf import blocks, boxes, figures, inline, maths, notes, tables
from evidencebook.outputs.pdf.diagnostics import PdfDiagnostic
from evidencebook.outputs.pdf.translator import PageContext, Translator, Writer

WRITERS: dict[type[nodes.Node], Writer] = {
    **inline.WRITERS,
    **blocks.WRITERS,
    **tables.WRITERS,
    **figures.WRITERS,
    **boxes.WRITERS,
    **notes.WRITERS,
    **maths.WRITERS,
}
#: Every page begins so; the template defines what the writers call.
_OPENING = '#import "/template.typ": *\n\n'


def translate(tree: nodes.document, context: PageContext) -> tuple[str, list[PdfDiagnostic]]:
    """Write a page as Typst; return it and what cannot be written."""
    page = Translator(WRITERS, context)
    return _OPENING + page.write(tree), page.diagnostics
