"""Let no picture be without a text in its place, in any format."""

import html
import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from evidencebook.pages.warnings import location, report

#: Where matplotlib puts the description of a figure; `show(figure, alt=…)` writes it.
_DESCRIPTION = re.compile(r"<dc:description>(.*?)</dc:description>", re.DOTALL)


def check(app: Sphinx, doctree: nodes.document) -> None:
    """Give the pictures of a cell the alt text with which it showed its figure; warn of each that then has none."""
    shown: dict[int, list[nodes.image]] = {}
    for image in doctree.findall(nodes.image):
        shown.setdefault(id(_bundle(image)), []).append(image)
    for images in shown.values():
        alt = next((text for image in images if (text := _alt(app, image))), "")
        for image in images:
            image["alt"] = image.get("alt") or alt
        if not any(map(str.isalnum, alt)):
            message = "this picture has no alt text; say what is to be seen: :alt:, image: {alt: …}, or show(…, alt=…)"
            report(app.env, "picture", message, (app.env.docname, location(images[0])[1]))


def _bundle(image: nodes.image) -> nodes.Element:
    """Return what holds every form of an output of a cell, of which MyST-NB keeps one for each builder."""
    node: nodes.Element | None = image
    while node is not None and node.get("nb_element") != "mime_bundle":
        node = node.parent
    return node if node is not None else image


def _alt(app: Sphinx, image: nodes.image) -> str:
    """Return the alt text of a picture, else the description in its SVG; "" where it has neither."""
    path = Path(app.srcdir, image["uri"].lstrip("/"))
    if image.get("alt") or path.suffix != ".svg" or not path.is_file():
        return str(image.get("alt", ""))
    found = _DESCRIPTION.search(path.read_text(encoding="utf-8", errors="replace"))
    return html.unescape(found[1]).strip() if found else ""
