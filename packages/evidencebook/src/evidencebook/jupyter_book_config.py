"""Turn the _config.yml of a Jupyter Book into settings of Sphinx, so that a book builds without jupyter-book.

Only what Jupyter Book 1 itself would hand to Sphinx is translated, in its order: its defaults, the keys of the file,
and last what stands under `sphinx: config:`. Keys that only its own theme and buttons read are left out.
"""

from pathlib import Path
from typing import Any

import yaml

from evidencebook.evidence.diagnostics import UserError

#: What Jupyter Book sets where a file says nothing.
_DEFAULTS: dict[str, Any] = {
    "exclude_patterns": ["**.ipynb_checkpoints", ".DS_Store", "Thumbs.db", "_build"],
    "external_toc_path": "_toc.yml",
    "myst_enable_extensions": ["colon_fence", "dollarmath", "linkify", "substitution", "tasklist"],
    "myst_url_schemes": ["mailto", "http", "https"],
    "nb_execution_timeout": 30,
    "numfig": True,
    "suppress_warnings": ["myst.domains"],
}
#: Each key of the file, with the parts of its path, and the setting of Sphinx or MyST-NB that it is.
_KEYS = {
    ("title",): "html_title",
    ("author",): "author",
    ("copyright",): "copyright",
    ("logo",): "html_logo",
    ("exclude_patterns",): "exclude_patterns",
    ("only_build_toc_files",): "external_toc_exclude_missing",
    ("bibtex_bibfiles",): "bibtex_bibfiles",
    ("html", "favicon"): "html_favicon",
    ("html", "baseurl"): "html_baseurl",
    ("parse", "myst_enable_extensions"): "myst_enable_extensions",
    ("parse", "myst_substitutions"): "myst_substitutions",
    ("parse", "myst_url_schemes"): "myst_url_schemes",
    ("execute", "execute_notebooks"): "nb_execution_mode",
    ("execute", "cache"): "nb_execution_cache_path",
    ("execute", "exclude_patterns"): "nb_execution_excludepatterns",
    ("execute", "timeout"): "nb_execution_timeout",
    ("execute", "run_in_temp"): "nb_execution_in_temp",
    ("execute", "allow_errors"): "nb_execution_allow_errors",
    ("execute", "raise_on_error"): "nb_execution_raise_on_error",
    ("execute", "stderr_output"): "nb_output_stderr",
    ("latex", "latex_engine"): "latex_engine",
}
#: Part of Jupyter Book, or loaded only because it sets their options.
_WITHOUT = ("jupyter_book", "sphinx_comments")
_NEEDED = ("myst_nb", "sphinx_external_toc", "sphinxcontrib.bibtex", "evidencebook")


def sphinx_settings(path: Path) -> dict[str, Any]:
    """Return the settings for conf.py by name; raise UserError where the file holds no settings."""
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(read, dict):
        raise UserError(f"{path} holds no settings; write `title:` and `author:` at least")
    settings = dict(_DEFAULTS)
    for keys, name in _KEYS.items():
        if (value := _value(read, keys)) is not None:
            settings[name] = value
    own = _value(read, ("sphinx", "config")) or {}
    extensions = own.get("extensions", _NEEDED)
    settings |= own | {"extensions": [name for name in extensions if name not in _WITHOUT]}
    if settings.get("nb_execution_mode") is False:  # YAML reads `off` as false
        settings["nb_execution_mode"] = "off"
    if (static := path.parent / "_static").is_dir():
        settings.setdefault("html_static_path", ["_static"])
        for kind in ("css", "js"):  # each page loads every one of them
            found = sorted(file.relative_to(static).as_posix() for file in static.rglob(f"*.{kind}"))
            settings.setdefault(f"html_{kind}_files", found)
    settings.setdefault("project", read.get("title", ""))
    latex = _value(read, ("latex", "latex_documents")) or {}
    settings.setdefault("latex_documents", [_latex_document(settings, latex)])
    return settings


def _value(read: Any, keys: tuple[str, ...]) -> Any:
    """Follow keys into the file; None where one is missing."""
    for key in keys:
        read = read.get(key) if isinstance(read, dict) else None
    return read


def _latex_document(settings: dict[str, Any], named: dict[str, str]) -> tuple[str, str, str, str, str]:
    """Name the one document that holds the whole book; every format takes its file name from it."""
    title = named.get("title", settings["project"])
    return "index", named.get("targetname", "book.tex"), title, settings.get("author", ""), "manual"
