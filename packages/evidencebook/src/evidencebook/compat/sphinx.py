"""Reach what Sphinx keeps to itself; seen on 7.4 and 9.0, and held by tests/test_compat.py."""

import logging
from collections.abc import Callable
from functools import partial

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.util.logging import NAMESPACE, is_suppressed_warning

_NUMBER = TocTreeCollector.assign_figure_numbers


class _Counter(logging.Handler):
    """Count warnings as they come: while Sphinx reads it holds them back, and counts them only afterwards."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self._app = app
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count a record, unless the settings say that it is no matter."""
        kind = (getattr(record, "type", ""), getattr(record, "subtype", ""))
        self.count += not is_suppressed_warning(*kind, self._app.config.suppress_warnings)


def count_warnings(app: Sphinx) -> None:
    """Count the warnings of this build from now on."""
    logging.getLogger(NAMESPACE).addHandler(_Counter(app))


def warning_count(app: Sphinx) -> int:
    """Tell how many warnings there were, those included that are held back."""
    ours = [one.count for one in logging.getLogger(NAMESPACE).handlers if isinstance(one, _Counter)]
    return max(app._warncount, *ours, 0)  # it knows of warnings from before this package was set up


def warnings_are_errors(app: Sphinx) -> bool:
    """Tell whether the build was asked to fail on a warning (`-W`)."""
    # Up to 8.0 --keep-going makes `warningiserror` false; from 8.1 on it is always false.
    return any(getattr(app, name, False) for name in ("_fail_on_warnings", "warningiserror", "keep_going"))


def leave_out_search(app: Sphinx) -> None:
    """Have a builder of HTML write neither its own search page nor its index, which no setting leaves out."""
    app.builder.search = False  # type: ignore[attr-defined]  # a builder of HTML has it


def number_figures_with(function: Callable[[BuildEnvironment, Callable[[], list[str]]], list[str]]) -> None:
    """Have figures numbered by this function, which is given Sphinx's own to call."""
    TocTreeCollector.assign_figure_numbers = lambda self, env: function(env, partial(_NUMBER, self, env))  # type: ignore[method-assign]
