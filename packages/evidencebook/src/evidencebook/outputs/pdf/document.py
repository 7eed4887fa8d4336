"""Write a page as Typst, and put the pages together: title page, front page, contents, parts and chapters."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docutils import nodes

from evidencebook.evidence import dates
from evidencebook.evidence.diagnostics import Diagnostic
from evidencebook.locale import _
from evidencebook.outputs.data import citation_forms
from evidencebook.outputs.data.citation import CODE_LICENCE, Book, Citation
from evidencebook.outputs.pdf import blocks, inline, markup, tables
from evidencebook.outputs.pdf.translator import PageContext, Translator, Writer

#: Which writer writes which class of nodes.
WRITERS: dict[type, Writer] = {**inline.WRITERS, **blocks.WRITERS, **tables.WRITERS}
#: Every page begins so; the template defines what the writers call.
_OPENING = '#import "/template.typ": *\n\n'


@dataclass(frozen=True)
class Chapter:
    """Hold a page of the book, its title, and the level of its heading."""

    docname: str
    title: str
    level: int

    @property
    def file(self) -> str:
        """Name the Typst source of the page."""
        return f"pages/{self.docname}.typ"


#: The caption of a part, which may be empty, and its chapters.
Part = tuple[str, list[Chapter]]


def translate(tree: nodes.document, context: PageContext) -> tuple[str, list[Diagnostic]]:
    """Write a page as Typst; return it and what cannot be written."""
    page = Translator(WRITERS, context)
    return _OPENING + page.write(tree), page.diagnostics


def main(front: Chapter, parts: Iterable[Part]) -> str:
    """Write the file that Typst compiles."""
    lines = ['#import "/template.typ": *', "", '#show: book.with(..json("/book.json"))', ""]
    lines += [_include("chapter", front), "#table-of-contents(" + markup.string(_("Contents")) + ")"]
    for caption, chapters in parts:
        top = 2 if caption else 1  # pages of this level begin on a new page, those below follow on
        if caption:
            titles = markup.array([markup.string(page.title) for page in chapters if page.level <= top])
            lines += ["", f"#part({markup.string(caption)}, {titles})"]
        lines += [_include("chapter" if page.level <= top else "within", page) for page in chapters]
    return "\n".join(lines) + "\n"


def _include(function: str, page: Chapter) -> str:
    """Include a page."""
    return f"#{function}({markup.string(page.title)}, include {markup.string('/' + page.file)})"


def title_page(book: Book, keywords: Sequence[str] = (), as_of: str = "") -> str:
    """Write as JSON what the title page and the metadata of the file say: the arguments of the template's `book`."""
    licences = {"text": book.licence.name, "code": CODE_LICENCE.name}
    arguments = {
        "name": book.title,
        "authors": book.authors,
        "language": book.language.partition("-")[0],
        "region": book.language.partition("-")[2],
        "day": {"year": book.day.year, "month": book.day.month, "day": book.day.day},
        "edition": _("Version %(version)s, %(day)s") % {"version": book.version, "day": dates.written(book.day)},
        "cite-lead": _("How to cite:"),
        "licence": _("Text and data: %(text)s. Code: %(code)s.") % licences,
        "keywords": keywords,
        "cite": citation_forms.plain(Citation(book, "book")),
        "as-of": as_of,
    }
    return json.dumps(arguments, ensure_ascii=False, indent=1)
