"""Refuse to build a book whose settings lack what a reader must see."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from evidencebook.evidence import project
from evidencebook.evidence.diagnostics import UserError

logger = logging.getLogger(__name__)


def check(app: Sphinx, config: Config) -> None:
    """Stop with status 2, before a page is read, when _config.yml gives no title; for config-inited."""
    settings = Path(app.srcdir) / "_config.yml"
    if not settings.is_file():
        return
    try:
        project.title(settings)
    except UserError as wrong:
        logger.error("%s; nothing was written", wrong)
        raise SystemExit(2) from wrong  # as in gate.close: Jupyter Book lets only an exit pass
