"""Reach two facts that Sphinx keeps to itself; seen on 7.4 and 9.0, held by tests/pages/test_sphinx_compat.py."""

from sphinx.application import Sphinx


def warnings_are_errors(app: Sphinx) -> bool:
    """Tell whether the build was asked to fail on a warning (`-W`)."""
    strict: bool = getattr(app, "_fail_on_warnings", app.warningiserror)  # from 8.1 on `warningiserror` is always false
    return strict


def warning_count(app: Sphinx) -> int:
    """Count the warnings so far, as Sphinx does for its exit status: what is suppressed does not count."""
    count: int = app._warncount
    return count
