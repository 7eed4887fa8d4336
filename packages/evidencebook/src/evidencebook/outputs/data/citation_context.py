"""Tell what is being built, as the settings say: the book, its pages and its claims as things to cite."""

import os

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.evidence import dates
from evidencebook.outputs.data import citation
from evidencebook.outputs.data.citation import Book, Citation
from evidencebook.pages.domain import SITES, domain_of

_RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")


def is_site(app: Sphinx) -> bool:
    """Tell whether pages are made that are read in a browser, beside which files can lie."""
    return app.builder.name in SITES


def book(app: Sphinx) -> Book:
    """Describe the book; what the settings leave empty stays empty. Authors stand with semicolons between."""
    config = app.config
    return Book(
        title=config.project,
        authors=tuple(name.strip() for name in config.author.split(";") if name.strip()),
        day=dates.edition_day(config.today, os.environ.get("SOURCE_DATE_EPOCH"), domain_of(app.env).evidence),
        version=config.release or config.version,
        language=tag(config.language),
        base=config.html_baseurl,
        doi=config.evidence_doi,
        licence=citation.TEXT_LICENCES.get(config.evidence_licence, citation.TEXT_LICENCE),
    )


def of_page(app: Sphinx, page: str) -> Citation:
    """Cite a page; the first one stands for the book."""
    root = page == app.config.root_doc
    title = "" if root else app.env.titles[page].astext()
    name = f"{page}-page" if page == "claims" else page  # cite/claims.bib holds the entries of all claims
    return Citation(book(app), name, title, "" if root else app.builder.get_target_uri(page))


def of_claim(app: Sphinx, name: str) -> Citation:
    """Cite a claim at the page that holds its card."""
    domain = domain_of(app.env)
    return citation.of_claim(book(app), domain.evidence, name, address(app, "claim", name) or "")


def address(app: Sphinx, kind: str, name: str) -> str | None:
    """Give the address of a record from the root of the book, or nothing where no page shows it."""
    place = domain_of(app.env).place(kind, name)
    return f"{app.builder.get_target_uri(place[0])}#{place[1]}" if place else None


def public(app: Sphinx, path: str) -> str:
    """Give the public address of a file of the book, or nothing where the book has none."""
    base: str = app.config.html_baseurl
    return f"{base.rstrip('/')}/{path}" if base else ""


def pages(env: BuildEnvironment) -> list[str]:
    """List the pages in the order of the table of contents, those outside it last."""
    found = [page for page in env.collect_relations() if page in env.found_docs]
    return [*found, *sorted(env.found_docs - set(found))]


def tag(language: str | None) -> str:
    """Write a language of Sphinx as browsers and e-readers do: "zh-CN" for zh_CN."""
    return (language or "en").replace("_", "-")


def direction(language: str | None) -> str:
    """Say in which direction a language is written: "rtl" or "ltr"."""
    return "rtl" if tag(language).partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
