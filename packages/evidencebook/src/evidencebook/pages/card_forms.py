"""Choose what of a claim's card each format shows: a screen folds it, paper has room for its sources alone."""

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from evidencebook.locale import _

#: The formats that are paper.
_PRINT = ("latex", "typst")


class ChooseCardForm(SphinxPostTransform):
    """In print, put the note of a card in place of what it folds; elsewhere leave the note out."""

    default_priority = 7  # after backlinks and citations have filled it (6), before links are resolved (10)

    def run(self, **kwargs: Any) -> None:
        """Go through the notes of the cards."""
        for note in list(self.document.findall(nodes.paragraph)):
            if "claim-note" not in note["classes"]:
                continue
            folded = note.parent
            folded.remove(note)
            if self.app.builder.format in _PRINT:
                folded.parent.replace(folded, note)
        if self.app.builder.format == "latex":
            for title in list(self.document.findall(nodes.title)):
                if "claim-statement" in title["classes"]:
                    _put_below(title)


def _put_below(title: nodes.title) -> None:
    """Make the statement a paragraph of its own: LaTeX breaks no line in the title of a box."""
    statement = nodes.paragraph("", "", nodes.strong("", "", *title.children))
    title.parent.insert(1, statement)
    title.children = []
    title += nodes.Text(_("Claim"))
