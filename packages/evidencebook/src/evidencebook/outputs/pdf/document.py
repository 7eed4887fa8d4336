"""Put the pages together: title page, front page, contents, parts and chapters."""

from dataclasses import dataclass
from datetime import date

from evidencebook.outputs.pdf import markup


@dataclass(frozen=True)
class Chapter:
    """Hold a page of the book: its file, its title, and the level of its heading."""

    file: str
    title: str
    level: int


@dataclass(frozen=True)
class Part:
    """Hold a part: its caption, which may be missing, and its chapters."""

    caption: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class About:
    """Hold what the title page and the data of the file say."""

    title: str
    authors: tuple[str, ...]
    version: str
    language: str
    day: date
    licence: str = ""
    keywords: tuple[str, ...] = ()
    cite: str = ""
    currency: str = ""


def main(about: About, front: Chapter, parts: tuple[Part, ...]) -> str:
    """Write the file that Typst compiles."""
    lines = ['#import "/template.typ": *', "", f"#show: book.with({', '.join(_about(about))})", ""]
    lines += [_set("chapter", front), "#table-of-contents()"]
    for part in parts:
        if part.caption:
            titles = markup.array([markup.string(one.title) for one in part.chapters if one.level <= _opens(part)])
            lines += ["", f"#part({markup.string(part.caption)}, {titles})"]
        lines += [_set("chapter" if one.level <= _opens(part) else "within", one) for one in part.chapters]
    return "\n".join(lines) + "\n"


def _set(function: str, page: Chapter) -> str:
    """Call a page in."""
    return f"#{function}({markup.string(page.title)}, include {markup.string('/' + page.file)})"


def _opens(part: Part) -> int:
    """Give the level of a part's chapters, which begin on a new page; pages below them follow on."""
    return 2 if part.caption else 1


def _about(about: About) -> list[str]:
    """Write what the title page says as arguments."""
    title, _, subtitle = about.title.partition(": ")
    day = f"datetime(year: {about.day.year}, month: {about.day.month}, day: {about.day.day})"
    words = {
        "name": title,
        "subtitle": subtitle,
        "full-title": about.title,
        "version": about.version,
        "licence": about.licence,
        "cite": about.cite,
        "currency": about.currency,
        "language": about.language,
    }
    return [
        *(f"{key}: {markup.string(value)}" for key, value in words.items()),
        f"authors: {markup.array([markup.string(one) for one in about.authors])}",
        f"keywords: {markup.array([markup.string(one) for one in about.keywords])}",
        f"day: {day}",
    ]
