"""Let pybtex look for plugins once, and its extension list references when asked; held by tests/test_compat.py.

Seen on pybtex 0.26.1 and sphinxcontrib-bibtex 2.6.

sphinxcontrib-bibtex asks for plugins at each citation, and pybtex reads the metadata of every installed package to
answer: with two thousand citations that was half of the build.
"""

from collections.abc import Callable, Iterable
from functools import cache, partial

from pybtex import plugin
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.domain import BibtexDomain

_UPDATE = BibtexDomain.env_updated
_LOOK_UP = plugin.entry_points


def look_up_once() -> None:
    """Read what is installed now, and answer from it as long as this process lasts."""
    installed = _LOOK_UP()
    plugin.entry_points = cache(installed.select)


def list_references_with(
    function: Callable[[BuildEnvironment, Callable[[], Iterable[str]]], Iterable[str]],
) -> None:
    """Have the lists of references updated by this function, which is given the extension's own to call."""
    BibtexDomain.env_updated = lambda self: function(self.env, partial(_UPDATE, self))  # type: ignore[method-assign]
