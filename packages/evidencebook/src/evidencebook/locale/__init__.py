"""Give the words that the package prints, and those that its rules look for, in the language of a book.

    LANGUAGE/LC_MESSAGES/evidencebook.po    what stands on pages, as a catalogue of gettext
    LANGUAGE/words.yml                      what rules look for in texts, and how numbers are written

The catalogue is read as its translators wrote it: there is no compiled file beside it that could be older.
"""

import gettext
import io
import os
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import yaml

#: Set by the extension, so that executed pages print in the language of the book that they belong to.
VARIABLE = "EVIDENCEBOOK_LANGUAGE"
ENGLISH = "en"
HERE = Path(__file__).parent
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def use(language: str | None) -> None:
    """Print in a language from now on, as "de" or "pt_BR"; English where there is none."""
    os.environ[VARIABLE] = language or ENGLISH


def current() -> str:
    """Name the language in which words are printed."""
    return os.environ.get(VARIABLE, ENGLISH)


@cache
def known(language: str) -> str:
    """Name the language of our data for one of a book, as "de" for "de_AT"; nothing where there is none."""
    names = (language.replace("-", "_"), language.replace("-", "_").partition("_")[0])
    return next((name for name in names if name in languages()), "")


@cache
def languages() -> tuple[str, ...]:
    """Name the languages of which we have the words."""
    return tuple(sorted(path.parent.name for path in HERE.glob("*/words.yml")))


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language; an empty one, which leaves words as they are, where there is none."""
    path = HERE / known(language) / "LC_MESSAGES" / "evidencebook.po"
    if not path.is_file():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415  an English book is spared this
    from babel.messages.pofile import read_po  # noqa: PLC0415  as above

    compiled = io.BytesIO()
    with path.open("rb") as written:
        write_mo(compiled, read_po(written))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _(message: str) -> str:
    """Return words in the language of the book."""
    return catalogue(current()).gettext(message) if message else ""


def ngettext(one: str, many: str, number: int) -> str:
    """Return words in the language of the book, as the number behind them needs them."""
    return catalogue(current()).ngettext(one, many, number)


def gettext_noop(message: str) -> str:
    """Mark words that are translated where they are printed."""
    return message


@cache
def words(language: str) -> dict[str, Any]:
    """Return what words.yml says of a language, of English where we know no other; `$name` stands for another entry."""
    text = (HERE / (known(language) or ENGLISH) / "words.yml").read_text(encoding="utf-8")
    return _filled(yaml.load(text, _LOADER), {})  # type: ignore[no-any-return]  # noqa: S506  both are safe loaders


def _filled(value: Any, around: dict[str, str]) -> Any:
    """Put into each text the entries before it that it names."""
    if isinstance(value, str):
        return Template(value).safe_substitute(around)
    if isinstance(value, list):
        return [_filled(one, around) for one in value]
    if not isinstance(value, dict):
        return value
    inside, filled = dict(around), {}
    for name, one in value.items():
        filled[name] = _filled(one, inside)
        if isinstance(filled[name], str):
            inside[name] = filled[name]
    return filled
