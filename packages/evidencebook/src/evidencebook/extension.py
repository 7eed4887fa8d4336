"""The extension for Sphinx; setup() is its table of contents, in the order of the build."""

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from evidencebook import __version__, locale
from evidencebook.locale import _, gettext_noop
from evidencebook.outputs import active_content
from evidencebook.outputs.data import setup_data
from evidencebook.outputs.epub.builder import setup_epub
from evidencebook.outputs.html import setup_html
from evidencebook.outputs.latex_tables import LongTables
from evidencebook.outputs.pdf.builder import setup_pdf
from evidencebook.outputs.raw_html import setup_raw_html
from evidencebook.outputs.transitions import setup_transitions
from evidencebook.outputs.unique_ids import setup_unique_ids
from evidencebook.pages import numbering, setup_pages
from evidencebook.pages.checks import build_guard
from evidencebook.pages.checks.settings import leave_out_unlisted
from evidencebook.settings import setup_settings

logger = logging.getLogger(__name__)
#: Settings whose default a reader reads.
_WORDS_OF_SETTINGS = {
    "evidence_front_title": gettext_noop("The short answer"),
    "nb_code_prompt_show": gettext_noop("Show code cell {type}"),
    "nb_code_prompt_hide": gettext_noop("Hide code cell {type}"),
}


def use_language(app: Sphinx, config: Config) -> None:
    """Print in the language of the book; templates look for our words behind those of Sphinx."""
    locale.use(config.language)
    app.translator.add_fallback(locale.catalogue(config.language))
    for name, words in _WORDS_OF_SETTINGS.items():
        if config[name] == words:
            config[name] = _(words)
    if not locale.known(config.language):
        logger.info("evidencebook has no words in %s: its own are English, and no verb is checked.", config.language)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register every component; at each event they are called in this order, save where a priority says otherwise."""
    app.connect("config-inited", use_language, priority=150)  # when settings that are texts are texts
    setup_settings(app)
    setup_pages(app)
    numbering.register(app)
    setup_data(app)
    setup_raw_html(app)
    app.add_post_transform(LongTables)
    setup_transitions(app)
    setup_unique_ids(app)
    setup_html(app)
    setup_pdf(app)
    setup_epub(app)
    app.connect("config-inited", leave_out_unlisted, priority=950)  # sphinx-external-toc reads _toc.yml at 900
    app.connect("build-finished", active_content.check, priority=990)  # when all is written, before it is in its place
    app.connect("build-finished", build_guard.explain, priority=1000)  # when what was begun is taken away
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
