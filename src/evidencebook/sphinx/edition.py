"""Say which edition of the book a PDF is, from the settings."""

from datetime import UTC, date, datetime
from os import environ
from pathlib import Path

from sphinx.config import Config

from evidencebook.typst.book import About


def about(config: Config) -> About:
    """Gather what the title page says."""
    return About(
        title=config.project,
        authors=tuple(one.strip() for one in str(config.author).split(" and ")),
        version=config.release or config.version,
        language=config.language,
        day=day(config.today),
        licence=config.evidence_licence,
        keywords=tuple(config.evidence_keywords),
        address=config.html_baseurl,
    )


def day(words: str) -> date | None:
    """Read the day of the edition, such as 22 November 2026; SOURCE_DATE_EPOCH may give it instead."""
    try:
        return datetime.strptime(words, "%d %B %Y").replace(tzinfo=UTC).date()
    except ValueError:
        epoch = environ.get("SOURCE_DATE_EPOCH", "")
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdecimal() else None


def file_name(config: Config) -> str:
    """Name the PDF as the document of LaTeX is named, so that the name is said once."""
    return Path(config.latex_documents[0][1]).with_suffix(".pdf").name
