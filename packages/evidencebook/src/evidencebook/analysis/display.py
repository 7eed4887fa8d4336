"""Hand results to the page: figures that print and scale, and numbers that prose and other pages can quote."""

import base64
import io
import re
from collections.abc import Mapping

import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure
from myst_nb import glue
from myst_nb.ext.glue import GLUE_PREFIX

from evidencebook.analysis.figure_style import DARK, styled
from evidencebook.evidence.paths import TABLE

_FILE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.csv")
#: Dates would make two builds of one commit differ.
_UNDATED = {"svg": {"Date": None, "Creator": None}, "pdf": {"CreationDate": None, "Creator": None, "Producer": None}}


#: The families that matplotlib names with each word; a page's own face comes first, and Typst has the second.
_FACES = re.compile(r"(font: [^;\"']*?)'DejaVu Sans'[^;\"]*")


def show(figure: Figure, alt: str = "") -> None:
    """Display a figure as SVG for screens, which follows the colours of its page, and as PDF for print.

    `alt` says what is to be seen, with numbers that are computed; without it the cell has metadata for it.
    """
    pdf = base64.b64encode(saved(figure, "pdf")).decode("ascii")
    bundle = {"image/svg+xml": for_screens(saved(figure, "svg", alt).decode("utf-8")), "application/pdf": pdf}
    display(bundle, raw=True)  # type: ignore[no-untyped-call]


def tabulate(table: pd.DataFrame) -> None:
    """Display a table of words as Markdown, which every format of the book can show; the index is its first column.

    The cell needs the metadata `mystnb: {markdown_format: myst}`.
    """
    rows = [[table.index.name or "", *table.columns], ["---"] * (len(table.columns) + 1)]
    rows += [[str(name), *map(str, row)] for name, row in zip(table.index, table.to_numpy(), strict=True)]
    text = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    display({"text/markdown": text}, raw=True)  # type: ignore[no-untyped-call]


def download(table: pd.DataFrame, name: str) -> None:
    """Keep a table, its index first, as a file beside the book; the page links to it by {export}`name`."""
    if not _FILE.fullmatch(name):
        raise ValueError(f'"{name}" is no name for a table; write it as kebab-case.csv')
    text = table.to_csv(lineterminator="\n")
    kept = {"scrapbook": {"name": TABLE + name, "mime_prefix": GLUE_PREFIX}}
    display({f"{GLUE_PREFIX}text/csv": text}, raw=True, metadata=kept)  # type: ignore[no-untyped-call]


def for_screens(svg: str) -> str:
    """Give a drawing the typeface of pages, and colours for a dark page, which the page asks for by `color-scheme`."""
    rules = "".join(
        f'[style*="{part}: {light}"]{{{part}:{dark}!important}}'
        for light, dark in DARK.items()
        for part in ("fill", "stroke")
        if f"{part}: {light}" in svg
    )
    svg = _FACES.sub(r"\1system-ui, 'DejaVu Sans', sans-serif", svg)
    return svg.replace("<defs>", f"<style>@media (prefers-color-scheme: dark) {{{rules}}}</style>\n <defs>", 1)


@styled
def saved(figure: Figure, form: str, description: str = "") -> bytes:
    """Give the bytes of a figure as "svg" or "pdf", the same at every call; an SVG holds its description."""
    figure.draw_without_rendering()
    figure.set_layout_engine("none")  # else each save would shift the axes by a hair
    stream = io.BytesIO()
    described = {"Description": description} if description else {}
    figure.savefig(stream, format=form, metadata=_UNDATED[form] | described)
    return stream.getvalue()


def quote(numbers: Mapping[str, float]) -> None:
    """Make each number quotable by its name, as {glue:text}`name:.1f` here and with the page before it elsewhere."""
    for name, number in numbers.items():
        glue(name, number, display=False)
