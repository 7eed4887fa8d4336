"""Reach the stylesheet of Furo, which a site sends as one file with its own; seen on 2024.8.6 and 2025.12.19."""

from pathlib import Path

import furo


def stylesheet() -> Path:
    """Name the file of the theme's stylesheet."""
    return Path(furo.__file__).parent / "theme" / "furo" / "static" / "styles" / "furo.css"
