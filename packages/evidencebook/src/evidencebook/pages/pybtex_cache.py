"""Tell pybtex of the plugins that every citation asks for, so that it need not look for them among all packages.

sphinxcontrib-bibtex asks at each citation, and pybtex reads the metadata of every installed package to answer: with two
thousand citations that was half of the build. What is registered while a program runs it answers at once.
"""

from importlib.metadata import entry_points

from pybtex.plugin import find_plugin, register_plugin
from sphinx.application import Sphinx
from sphinx.config import Config

#: Group and name of each plugin that the bibliography and the style of references ask for.
_ASKED = (
    ("pybtex.backends", "docutils"),
    ("pybtex.backends", "plaintext"),
    ("pybtex.style.labels", "alpha"),
    ("pybtex.style.labels", "number"),
    ("pybtex.style.names", "plain"),
    ("pybtex.style.names", "last"),
    ("pybtex.style.names", "lastfirst"),
    ("pybtex.style.sorting", "none"),
    ("pybtex.style.sorting", "author_year_title"),
)


def register_plugins(app: Sphinx, config: Config) -> None:
    """Register what is asked for, and the style that the book names; for config-inited."""
    style = ("pybtex.style.formatting", config.bibtex_default_style)
    known = entry_points()  # read once: pybtex would for each of them
    for group, name in (style, *_ASKED):
        offered = [*known.select(group=group, name=name)]
        register_plugin(group, name, offered[0].load() if offered else find_plugin(group, name), force=True)
