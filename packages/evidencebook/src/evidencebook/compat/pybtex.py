"""Let pybtex look for plugins once; seen on 0.26.1, and held by tests/test_compat.py.

sphinxcontrib-bibtex asks for plugins at each citation, and pybtex reads the metadata of every installed package to
answer: with two thousand citations that was half of the build.
"""

from functools import cache

from pybtex import plugin

_LOOK_UP = plugin.entry_points


def look_up_once() -> None:
    """Read what is installed now, and answer from it as long as this process lasts."""
    installed = _LOOK_UP()
    plugin.entry_points = cache(installed.select)
