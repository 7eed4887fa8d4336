"""Open the evidence base before the first page is read; let nothing be written when something is wrong."""

import errno
import os

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util import logging

from evidencebook.compat.sphinx import warning_count, warnings_are_errors
from evidencebook.evidence import todo_markers
from evidencebook.evidence.paths import VARIABLE
from evidencebook.pages.domain import domain_of
from evidencebook.pages.warnings import report
from evidencebook.surveillance.included import left

logger = logging.getLogger(__name__)
_CANNOT_WRITE = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM),
    *(errno.ENOTDIR, errno.EEXIST, errno.EISDIR),
}


def load_evidence(app: Sphinx) -> None:
    """Load the evidence base and say everything that is wrong with it; pages are still read, for their own faults."""
    domain = domain_of(app.env)
    domain.data["problems"].pop("", None)
    folder = (app.srcdir / app.config.evidence_folder).resolve()
    os.environ[VARIABLE] = str(folder)  # kernels inherit it and find the same evidence
    for problem in domain.evidence_diagnostics:
        report(app.env, "evidence", problem.message, f"{problem.file}:{problem.line}")
    for notice in (
        *todo_markers.left(domain.evidence),
        *left(domain.living, domain.evidence),
    ):  # a draft may be looked at; it is the tests that keep it from readers
        logger.info("%s", notice)


def note_pages(app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
    """Note which pages this build reads; for env-before-read-docs."""
    domain_of(env).changed = tuple(pages)


def close(app: Sphinx, env: BuildEnvironment) -> None:
    """Stop if any page or the evidence base has a fault; an earlier build is left as it was.

    So does every warning of Sphinx and its extensions where warnings are errors. What Sphinx knows of the pages is not
    kept yet, so that the next build finds other trees than it knows of, and reads these pages again.
    """
    told = warning_count(app) if warnings_are_errors(app) else 0
    stop_on_problems(env, told)


def stop_on_problems(env: BuildEnvironment, told: int = 0) -> None:
    """End the build if a page or the evidence has a problem, each of which has been told, or Sphinx told of some."""
    stop(max(told, sum(domain_of(env).data["problems"].values())))


def explain(app: Sphinx, failure: Exception | None) -> None:
    """Say in one sentence that the machine could not write, as on a full disk, or which page stopped its reader.

    For build-finished, the last of all.
    """
    cause = getattr(failure, "orig_exc", None) or failure  # Sphinx wraps what a handler of an event raises
    if isinstance(cause, OSError) and cause.errno in _CANNOT_WRITE:
        place = f"{cause.filename}: " if cause.filename else ""
        logger.error("%s%s; nothing was written, an earlier build is left as it was", place, cause.strerror)
        raise SystemExit(1) from cause  # as in stop()
    page = app.env.temp_data.get("docname") if cause is not None else None
    if page and not isinstance(cause, SphinxError):
        words = "the page stops its reader (%s: %s); take parts of it out to find which, and write that in another way"
        logger.error(words, type(cause).__name__, cause, location=page)
        raise SystemExit(1) from cause


def stop(count: int) -> None:
    """End the build if there are problems, each of which has been told."""
    if count:
        told = "1 problem is named above" if count == 1 else f"{count} problems are named above"
        logger.error("%s, each with file and line; nothing was written, an earlier build is left as it was", told)
        # Jupyter Book answers any exception with a traceback of its own; only an exit passes through it quietly.
        raise SystemExit(1)
