"""List which writer writes which class of nodes."""

from docutils import nodes

from evidencebook.evidence.diagnostics import Diagnostic
from evidencebook.outputs.pdf import blocks, inline, tables
from evidencebook.outputs.pdf.translator import PageContext, Translator, Writer

WRITERS: dict[type, Writer] = {**inline.WRITERS, **blocks.WRITERS, **tables.WRITERS}
#: Every page begins so; the template defines what the writers call.
_OPENING = '#import "/template.typ": *\n\n'


def translate(tree: nodes.document, context: PageContext) -> tuple[str, list[Diagnostic]]:
    """Write a page as Typst; return it and what cannot be written."""
    page = Translator(WRITERS, context)
    return _OPENING + page.write(tree), page.diagnostics
