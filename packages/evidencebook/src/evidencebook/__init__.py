"""Books whose every number leads to its source: from sources and findings to claims, pages and exports."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from sphinx.application import Sphinx

__version__ = "0.3.0"


def findings(*topics: str, folder: Path | None = None) -> "pd.DataFrame":
    """Load the findings, of some topics or of all, one row each, indexed by id; see `analysis.dataframe.findings`."""
    # pandas takes over a second to import; the command line and the pages without cells never need it.
    from evidencebook.analysis.dataframe import findings as load_findings  # noqa: PLC0415  as the line above says

    return load_findings(*topics, folder=folder)


def setup(app: "Sphinx") -> dict[str, Any]:
    """Set up the Sphinx extension; the settings name it `evidencebook`."""
    from evidencebook.extension import setup as setup_extension  # noqa: PLC0415  the command line needs no Sphinx

    return setup_extension(app)
