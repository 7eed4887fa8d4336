"""Settings are texts as they are written, and broken files are told with their line."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.matching import Matcher
from sphinx_external_toc.parsing import parse_toc_yaml

from evidencebook.evidence import project
from evidencebook.evidence.diagnostics import UserError
from evidencebook.pages.checks.settings import keep_texts, leave_out_unlisted


def test_settings_stay_texts(tmp_path: Path) -> None:
    """A day, a version that ends in a nought, and Norwegian, each of which YAML takes for something else."""
    written = "title: Tea\nsphinx:\n  config:\n    today: 2026-11-29\n    language: no\n    version: 0.10\n"
    (tmp_path / "_config.yml").write_text(written, encoding="utf-8")
    config = {"today": date(2026, 11, 29), "language": False, "version": 0.1}
    keep_texts(cast("Sphinx", SimpleNamespace(srcdir=tmp_path)), cast("Config", config))

    assert [config[name] for name in ("today", "language", "version")] == ["2026-11-29", "no", "0.10"]


def test_contents_with_a_tab(tmp_path: Path) -> None:
    """It is told in one line, with the place and what to do."""
    (tmp_path / "_config.yml").write_text("title: Tea\n", encoding="utf-8")
    (tmp_path / "_toc.yml").write_text("root: index\nparts:\n\t- caption: x\n", encoding="utf-8")

    with pytest.raises(UserError, match=r"_toc.yml:3: the file cannot be read: .* indent with blanks"):
        project.title(tmp_path / "_config.yml")


def test_unlisted_pages_in_a_path_with_brackets(tmp_path: Path) -> None:
    """A folder called [book] is no pattern of names: what _toc.yml does not list is left out there too."""
    folder = tmp_path / "a [small] book"
    for name in ("index", "_includes/sample", "part[1]"):
        (folder / f"{name}.md").parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.md").write_text("# T\n", encoding="utf-8")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    site = parse_toc_yaml(folder / "_toc.yml")
    config = SimpleNamespace(
        external_site_map=site,
        external_toc_exclude_missing=True,
        source_suffix={".md": None},
        exclude_patterns=["_build"],
    )
    leave_out_unlisted(cast("Sphinx", SimpleNamespace(srcdir=folder)), cast("Config", config))

    left_out = Matcher(config.exclude_patterns)
    assert [name for name in ("index.md", "_includes/sample.md", "part[1].md") if not left_out(name)] == ["index.md"]
