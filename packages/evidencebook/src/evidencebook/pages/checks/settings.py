"""Refuse to build a book whose settings lack what a reader must see."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from evidencebook.evidence import project
from evidencebook.evidence.diagnostics import UserError

#: Settings that are texts, whatever YAML takes them for: `version: 0.10` is no fraction, `language: no` is Norwegian.
_TEXTS = ("today", "language", "version", "release", "project", "author", "copyright", "html_title", "evidence_doi")

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


def keep_texts(app: Sphinx, config: Config) -> None:
    """Take texts as _config.yml writes them, where YAML made a date, a number or a truth of them; for config-inited."""
    path = Path(app.srcdir) / "_config.yml"
    wrong = [name for name in _TEXTS if name in config and not isinstance(config[name], str | None)]
    if not wrong or not path.is_file():
        return
    written = project.scalars(path)
    for name in wrong:
        config[name] = written.get(name, str(config[name]))
