"""Refuse to build a book whose settings lack what a reader must see."""

import glob
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.matching import patmatch

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


def leave_out_unlisted(app: Sphinx, config: Config) -> None:
    """Leave out the pages that _toc.yml does not list, as sphinx-external-toc does, save in a path with brackets.

    It takes these for a pattern of names, finds no page, and leaves none out; for config-inited, behind it.
    """
    site = getattr(config, "external_site_map", None)
    if site is None or not config.external_toc_exclude_missing or glob.escape(str(app.srcdir)) == str(app.srcdir):
        return
    pages = sorted(page for page in Path(app.srcdir).rglob("*") if page.suffix in config.source_suffix)
    names = [page.relative_to(app.srcdir) for page in pages if page.is_file()]
    config.exclude_patterns = [  # a new list: the old one may be that of the defaults
        *config.exclude_patterns,
        *(
            name.as_posix().replace("[", "?")  # any letter, where a bracket would begin a set
            for name in names
            if name.as_posix() not in site
            and name.with_suffix("").as_posix() not in site
            and not any(patmatch(name.with_suffix("").as_posix(), pattern) for pattern in site.globs())
        ),
    ]


def keep_texts(app: Sphinx, config: Config) -> None:
    """Take texts as _config.yml writes them, where YAML made a date, a number or a truth of them; for config-inited."""
    path = Path(app.srcdir) / "_config.yml"
    wrong = [name for name in _TEXTS if name in config and not isinstance(config[name], str | None)]
    if not wrong or not path.is_file():
        return
    written = project.scalars(path)
    for name in wrong:
        config[name] = written.get(name, str(config[name]))
