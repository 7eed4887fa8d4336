"""Reach what Sphinx keeps to itself; seen on 7.4 and 9.0, and held by tests/test_compat.py."""

from sphinx.application import Sphinx


def warnings_are_errors(app: Sphinx) -> bool:
    """Tell whether the build was asked to fail on a warning (`-W`)."""
    strict: bool = getattr(app, "_fail_on_warnings", app.warningiserror)  # from 8.1 on `warningiserror` is always false
    return strict


def warning_count(app: Sphinx) -> int:
    """Count the warnings so far, as Sphinx does for its exit status: what is suppressed does not count."""
    count: int = app._warncount
    return count


def leave_out_search(app: Sphinx) -> None:
    """Have a builder of HTML write neither its own search page nor its index, which no setting leaves out."""
    app.builder.search = False  # type: ignore[attr-defined]  # a builder of HTML has it
