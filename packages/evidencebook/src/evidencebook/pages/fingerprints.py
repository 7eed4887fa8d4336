"""Tell by content, not by time, what a page was made from.

Sphinx compares times of files, and all builders share what it read. A time tells nothing after a checkout, after a
stopped build, or about what another builder read meanwhile; a fingerprint does:

    of_pages   page -> its text, what it depends on, its tree, results it quotes     compared before reading and writing
    of_book    settings, table of contents, where everything stands, templates       compared before writing
    of_data    evidence, day, other formats                                          compared before writing no page
    software   the package and the libraries beside it                               a setting: all is read again
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.evidence import dates
from evidencebook.evidence.digests import files_of, hashed, of_file, software
from evidencebook.pages import executed_tables
from evidencebook.pages.domain import EvidenceDomain, domain_of
from evidencebook.surveillance.report.check_states import check_states

#: What Sphinx and its extensions know of all pages together, and what a page may therefore show of another.
_INVENTORIES = (
    *("titles", "longtitles", "tocs", "toc_secnumbers", "toc_fignumbers", "toctree_includes"),
    "domaindata",
)
#: The settings that name files or folders which end up in every page.
_PATHS = ("html_static_path", "html_extra_path", "templates_path", "bibtex_bibfiles", "html_logo", "html_favicon")
__all__ = ["hashed", "of_book", "of_data", "of_file", "of_pages", "software"]
_Digest = Callable[[Path], str]


def of_pages(env: BuildEnvironment) -> dict[str, str]:
    """Map each page to the fingerprint of what lies behind it."""
    domain, digest = domain_of(env), cache(of_file)
    files = sorted(str(path) for path in (*domain.evidence.files, *domain.living.files))
    day = dates.counting_day(env.config.today, os.environ.get("SOURCE_DATE_EPOCH"), domain.evidence)
    stale = {name for name, claim in domain.evidence.claims.items() if dates.is_stale(claim.checked, day)}
    all_of_it = [files, sorted(stale), sorted(check_states(domain.evidence, domain.living, day).notes.items())]
    made = {}
    for page in sorted(env.found_docs):
        around = all_of_it if page in domain.data["whole"] else sorted(stale & domain.claims_on(page))
        made[page] = hashed([_behind(env, page, digest), around])
    return made


def of_book(app: Sphinx) -> str:
    """Give the fingerprint of what every page may show: settings, templates, and where everything stands."""
    domain = domain_of(app.env)
    settings = {setting.name: setting.value for setting in app.config}
    known = {name: getattr(app.env, name) for name in _INVENTORIES}
    known["domaindata"] = known["domaindata"] | {domain.name: domain.shared_data, "cite": _cited(app.env)}
    records = [sorted(domain.evidence.claims), executed_tables.pages_of_tables(app.env)]
    return hashed([_plain(settings), sorted(app.tags), _plain(known), records, _named_files(app)])


def of_data(app: Sphinx) -> str:
    """Give the fingerprint of what is written beside the pages of a site, whether a page shows it or not."""
    domain = domain_of(app.env)
    tables = {executed_tables.results(app.env, page) for page in executed_tables.pages_of_tables(app.env).values()}
    formats = [one.path for one in app.config.evidence_formats]
    files = [*domain.evidence.files, *domain.living.files, *tables, *formats]
    day = dates.counting_day(app.config.today, os.environ.get("SOURCE_DATE_EPOCH"), domain.evidence)
    return hashed([sorted((str(path), of_file(path)) for path in files), str(day)])


def _behind(env: BuildEnvironment, page: str, digest: _Digest) -> list[Any]:
    """List what one page was made from, and what it will be written from."""
    domain = domain_of(env)
    files = {Path(env.srcdir) / name for name in env.dependencies.get(page, ())}
    files |= {Path(env.doc2path(page)), Path(env.doctreedir) / f"{page}.doctree"}
    files |= {executed_tables.results(env, other) for other in _quoted(env, domain, page)}
    contents = sorted((str(file), digest(file)) for file in files)
    listings = domain.data["listings"].get(page, ())
    known = {"unplaced": _plain(domain.claim_pages), "plain": domain.data["plain"]}
    return [contents, _plain(env.metadata.get(page)), *(known.get(listing, "") for listing in listings)]


def _quoted(env: BuildEnvironment, domain: EvidenceDomain, page: str) -> set[str]:
    """Name the pages whose results a page shows."""
    quoted = set(domain.data["glued"].get(page, ()))
    listings = domain.data["listings"].get(page, ())
    return quoted | set(executed_tables.pages_of_tables(env).values()) if "tables" in listings else quoted


def _cited(env: BuildEnvironment) -> list[tuple[str, list[str]]]:
    """List which page cites which sources; the extension also notes the lines, which no other page shows."""
    refs = env.domaindata.get("cite", {}).get("citation_refs", ())
    return sorted((ref.docname, [target.key for target in ref.targets]) for ref in refs)


def _named_files(app: Sphinx) -> list[tuple[str, str]]:
    """Give the digest of each file that the settings name for every page."""
    values = (app.config[name] for name in _PATHS if name in app.config)
    names = [name for value in values for name in ([value] if isinstance(value, str) else value or ())]
    return [(path.name, of_file(path)) for name in names if name for path in files_of(Path(app.confdir) / name)]


def _plain(value: Any) -> Any:
    """Turn what Sphinx keeps into values that are written alike in every process: sets in order, nodes as text.

    Of an object that is neither, only its kind counts: its address in memory would differ each time.
    """
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, nodes.Node):
        return value.pformat()
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return sorted([repr(_plain(key)), _plain(one)] for key, one in value.items())
    if isinstance(value, set | frozenset):
        return sorted(repr(_plain(one)) for one in value)
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else type(value).__name__
