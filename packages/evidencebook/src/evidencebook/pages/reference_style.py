"""Print references as they were entered, with the letters behind years; the style "evidence" of pybtex."""

from typing import Any

from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.template import field, sentence
from sphinx.application import Sphinx

from evidencebook.pages.domain import domain_of


class EvidenceStyle(PlainStyle):  # type: ignore[misc]  # pybtex ships no types
    """Keep the capitals of a title: lowering them, as the plain style does, turns "US" into "us"."""

    def format_title(self, e: Any, which_field: str, as_sentence: bool = True) -> Any:
        """Return the title as it stands in the entry."""
        title = field(which_field)
        return sentence[title] if as_sentence else title


def put_letters(app: Sphinx) -> None:
    """Write the letters behind the years of the bibliography extension's entries; for builder-inited, after its own.

    Its labels and its list read the year of an entry; the file keeps the plain year.
    """
    entries = app.env.get_domain("cite").bibdata.data.entries  # type: ignore[attr-defined]  # of sphinxcontrib.bibtex
    for key, source in domain_of(app.env).evidence.sources.items():
        if key in entries and source.letter:
            entries[key].fields["year"] = source.dated
