"""What a book sets in `_config.yml`: of each setting the default, what a change has written again, and its check."""

import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.evidence import dates
from evidencebook.evidence.identifiers import DOI
from evidencebook.outputs.data.citation import TEXT_LICENCES
from evidencebook.pages.warnings import report


def _setting(default: Any, rebuild: str, meaning: str, check: tuple[str, str] | None = None) -> Any:
    """Declare a setting; `check` holds a pattern that its value must match where it has one, and what is wrong else."""
    metadata = {"rebuild": rebuild, "help": meaning, "check": check}
    if isinstance(default, list):
        return field(default_factory=list, metadata=metadata)
    return field(default=default, metadata=metadata)


_FONTS = (".ttf", ".otf", ".ttc")
_ADDRESS = (r"https?://\S+", "is no public address; write it whole, as https://example.org/book/")
_DOI = (DOI.pattern, f"is no DOI; write it bare, as {DOI.example}")


@dataclass(frozen=True)
class Settings:
    """Hold the settings of this extension, without the `evidence_` with which each begins in `_config.yml`."""

    folder: str = _setting("../evidence", "env", "the folder of the evidence base, seen from that of the pages")
    front_title: str = _setting("The short answer", "env", "the title of the first page in the PDF")
    help: str = _setting("index#help-now", "html", "page#anchor of the help box that each page's header links to")
    menu: list[str] = _setting([], "env", "labels of headings that head the menu, as tonight")  # noqa: RUF009  it makes a field
    repository: str = _setting("", "html", "the public address of the source, for reporting an error", _ADDRESS)
    errors_to: str = _setting(
        "",
        "html",
        "whom to tell of an error: a public address or an e-mail address; each page names it",
        (
            r"https?://\S+|[^\s@]+@[^\s@]+\.[^\s@]+",
            "is no address; write it whole, as https://example.org/errors or errors@example.org",
        ),
    )
    doi: str = _setting("", "html", "the DOI of the book, bare; its citations carry it", _DOI)
    licence: str = _setting(
        "CC-BY-4.0",
        "html",
        "the licence of text and data, as SPDX names it; the PDF and search engines say it",
        ("|".join(map(re.escape, TEXT_LICENCES)), f"is none of the licences {', '.join(TEXT_LICENCES)}; write one"),
    )
    keywords: list[str] = _setting([], "", "what the book is about, for the PDF and search engines")  # noqa: RUF009  it makes a field
    reading_edition: list[str] = _setting([], "", "page or page#section that the reading edition in print holds")  # noqa: RUF009  as above
    pdf_fonts: list[str] = _setting([], "", "font files, seen from the pages, for letters that the PDF lacks")  # noqa: RUF009  as above
    raw_html: list[str] = _setting([], "env", "pages whose raw HTML was reviewed; no other page may hold any")  # noqa: RUF009  as above
    contact: str = _setting("", "", "an e-mail address for the services that commands ask; no page shows it")


def setup_settings(app: Sphinx) -> None:
    """Register every setting, and its check."""
    for one in fields(Settings):
        default = getattr(Settings(), one.name)
        app.add_config_value(f"evidence_{one.name}", default, one.metadata["rebuild"], type(default))
    app.connect("builder-inited", check, priority=510)  # once the build guard counts what is reported
    app.connect("env-check-consistency", check_menu)


def check(app: Sphinx) -> None:
    """Say which settings cannot be meant: a wrong address would stand on every page; for builder-inited."""
    checks = [(f"evidence_{one.name}", one.metadata["check"]) for one in fields(Settings) if one.metadata["check"]]
    for name, (form, wrong) in [*checks, ("html_baseurl", _ADDRESS)]:
        value = app.config[name]
        if value and not re.fullmatch(form, value):
            report(app.env, "settings", f'{name} "{value}" {wrong}, or leave it empty', _place(app, value))
    for path in (Path(app.srcdir, name) for name in app.config.evidence_pdf_fonts):
        if path.suffix.lower() not in _FONTS or not path.is_file():
            advice = "is no font file; name one that ends with .ttf, .otf or .ttc, seen from the folder of the pages"
            report(app.env, "settings", f'evidence_pdf_fonts: "{path.name}" {advice}', _place(app, path.name))
    today = app.config.today
    if today and not dates.read_day(today):
        advice = "is no day that can be read; write it as 22 November 2026 or 2026-11-22"
        report(app.env, "settings", f'today "{today}" {advice}', _place(app, today))


def check_menu(app: Sphinx, env: BuildEnvironment) -> None:
    """Say which labels of the menu stand before no heading; for env-check-consistency."""
    for name in set(app.config.evidence_menu) - set(env.get_domain("std").labels):  # type: ignore[attr-defined]  # the standard domain's
        advice = f"is the label of no heading; write ({name})= on the line above one, or take it out"
        report(env, "settings", f'evidence_menu: "{name}" {advice}', _place(app, name))


def _place(app: Sphinx, value: str) -> str:
    """Find the line on which a setting has a value."""
    for path in (Path(app.confdir) / name for name in ("_config.yml", "conf.py")):
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        for number, line in enumerate(lines, start=1):
            if value in line:
                return f"{path}:{number}"
    return str(app.confdir)
