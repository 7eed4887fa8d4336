"""The press: from sources and findings to claims, pages and exports. Knows no subject."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__version__ = "0.2.0"


def findings(*topics: str, folder: Path | None = None) -> "pd.DataFrame":
    """Load the findings, of some topics or of all, one row each, indexed by id; see evidencebook.frame.findings."""
    # pandas takes over a second to import; the command line and the pages without cells never need it.
    from evidencebook.frame import findings as load_findings  # noqa: PLC0415  as the line above says

    return load_findings(*topics, folder=folder)
