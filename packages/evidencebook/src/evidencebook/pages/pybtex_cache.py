"""Spare the build work that is repeated thousands of times: at every citation, and in looking for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pybtex.plugin
from pybtex.richtext import Text
from sphinx.application import Sphinx
from sphinx.config import Config


def remember_plugins(app: Sphinx, config: Config) -> None:
    """Look pybtex's plugins up once for a process.

    sphinxcontrib-bibtex asks for the same plugin at each citation, and pybtex reads the metadata of every installed
    package to answer: with two thousand citations that was half of the build. What is installed does not change while
    a process runs, so the answer may be kept.
    """
    look_up: Any = pybtex.plugin._load_entry_point
    if not hasattr(look_up, "cache_info"):
        pybtex.plugin._load_entry_point = cache(look_up)


def remember_names(app: Sphinx, config: Config) -> None:
    """Read each name that is written in LaTeX once for a process.

    sphinxcontrib-bibtex reads the names of all authors anew at each citation. What it makes of them never changes: it
    is put into other texts but not altered.
    """
    if not hasattr(Text.from_latex, "cache_info"):
        Text.from_latex = cache(Text.from_latex)


@contextmanager
def no_search_for_garbage() -> Iterator[None]:
    """Keep Python from searching all that it holds while trees grow; what was made meanwhile is searched once, after.

    Trees are many objects that live on, so that the search is begun again and again and finds next to nothing: it took
    a quarter of the way to the PDF.
    """
    searching = gc.isenabled()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()
        if searching:
            gc.enable()
