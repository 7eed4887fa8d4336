"""Tell what is being built, as the settings say: the book, its pages and its claims as things to cite."""

import datetime as dt
import os
import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.evidence import dates as days
from evidencebook.outputs.data import citation
from evidencebook.outputs.data.citation import Book, Citation
from evidencebook.outputs.data.ro_crate import File
from evidencebook.pages.domain import SITES, domain_of
from evidencebook.pages.warnings import report

#: The folder of citation files beside the built book.
FOLDER = "cite"


#: The slots of the settings that cannot hold just anything: what they hold, and what to write.
_SLOTS = (
    ("evidence_doi", r"10\.[0-9]{4,9}/\S+", "is no DOI; write it bare, as 10.1000/xyz123"),
    ("html_baseurl", r"https?://\S+", "is no public address; write it whole, as https://example.org/book/"),
    (
        "evidence_errors_to",
        r"https?://\S+|[^\s@]+@[^\s@]+\.[^\s@]+",
        "is no address; write it whole, as https://example.org/errors or errors@example.org",
    ),
    ("evidence_repository", r"https?://\S+", "is no public address; write it whole, as https://example.org/source"),
)


def check(app: Sphinx) -> None:
    """Say which settings cannot be meant: a wrong address would stand on every page; for builder-inited."""
    for name, form, advice in _SLOTS:
        value = app.config[name]
        if value and not re.fullmatch(form, value):
            report(app.env, "settings", f'{name} "{value}" {advice}, or leave it empty', _place(app, value))
    today = app.config.today
    if today and not days.read_day(today):
        advice = "is no day that can be read; write it as 22 November 2026 or 2026-11-22"
        report(app.env, "settings", f'today "{today}" {advice}', _place(app, today))


def _place(app: Sphinx, value: str) -> str:
    """Find the line on which a setting has a value."""
    for name in ("_config.yml", "conf.py"):
        path = Path(app.confdir) / name
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        for number, line in enumerate(lines, start=1):
            if value in line:
                return f"{path}:{number}"
    return str(app.confdir)


def is_site(app: Sphinx) -> bool:
    """Tell whether pages are made that are read in a browser, beside which files can lie."""
    return app.builder.name in SITES


def book(app: Sphinx) -> Book:
    """Describe the book; a slot that the settings leave empty stays empty."""
    config = app.config
    return Book(
        title=config.project,
        authors=citation.authors(config.author),
        day=days.edition_day(config.today, os.environ.get("SOURCE_DATE_EPOCH"), domain_of(app.env).evidence),
        version=config.release or config.version,
        language=config.language,
        base=config.html_baseurl,
        doi=config.evidence_doi,
    )


def counting_day(env: BuildEnvironment) -> dt.date:
    """Give the day on which the age of a check is counted."""
    return days.counting_day(env.config.today, os.environ.get("SOURCE_DATE_EPOCH"), domain_of(env).evidence)


def of_page(app: Sphinx, page: str) -> Citation:
    """Cite a page; the first one stands for the book."""
    root = page == app.config.root_doc
    title = "" if root else app.env.titles[page].astext()
    return Citation(book(app), page, title, "" if root else app.builder.get_target_uri(page))


def of_claim(app: Sphinx, name: str) -> Citation:
    """Cite a claim at the page that holds its card."""
    domain = domain_of(app.env)
    place = domain.place("claim", name)
    path = f"{app.builder.get_target_uri(place[0])}#{place[1]}" if place else ""
    return citation.of_claim(book(app), domain.evidence, name, path)


def pages_as_files(app: Sphinx) -> list[File]:
    """List the pages as files below the root of the book."""
    out = Path(app.outdir)
    made = []
    for page in pages(app.env):
        path = Path(app.builder.get_outfilename(page)).relative_to(out)  # type: ignore[attr-defined]  # HTML builders have it
        made.append(File(path.as_posix(), "text/html", app.env.titles[page].astext()))
    return made


def pages(env: BuildEnvironment) -> list[str]:
    """List the pages in the order of the table of contents, those outside it last."""
    found: list[str] = []
    waiting = [env.config.root_doc]
    while waiting:
        page = waiting.pop(0)
        if page in env.found_docs and page not in found:
            found.append(page)
            waiting = [*env.toctree_includes.get(page, ()), *waiting]
    return [*found, *sorted(env.found_docs - set(found))]
