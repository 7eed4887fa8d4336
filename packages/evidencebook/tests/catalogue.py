"""Gather every message that pages print, and renew the catalogues: `python catalogue.py --write`.

A catalogue keeps its translations; what is new in it is empty, and `test_locale.py` tells of that.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

import evidencebook
from evidencebook import locale
from evidencebook.evidence import formatting, vocabulary
from evidencebook.evidence.models import Assertion, Claim, Finding
from evidencebook.outputs.html.theme import WORDS

ROOT = Path(evidencebook.__file__).parent
_KEYWORDS = {"_": None, "gettext_noop": None, "ngettext": (1, 2)}
_LISTS = ("Design", "AppliesTo", "Certainty", "Domain", "Verdict", "ExclusionKind", "Flag")
#: What the theme prints, and Sphinx's catalogues hold not in every language of ours; the first three in its own HTML.
THEME = (
    *("Toggle Light / Dark / Auto color theme", "Toggle site navigation sidebar", "Toggle table of contents sidebar"),
    *("Back to top", "On this page", "Skip to content", "Home", "Next", "Previous", "Copyright", "Made with "),
    *("View this page", "Edit this page"),
    *("Copyright &#169; %(copyright)s", '<a href="https://www.sphinx-doc.org/">Sphinx</a> and '),
)
Message = str | tuple[str, ...]


def messages() -> dict[Message, str]:
    """Map each message to the file that prints it, in the order of the files."""
    found: dict[Message, str] = {}
    for place, message in _messages():
        if message:
            found.setdefault(message, place)
    return found


def _messages() -> Iterator[tuple[str, Message]]:
    for path in sorted(ROOT.rglob("*")):
        place, ending = path.relative_to(ROOT).as_posix(), path.suffix
        if "template/" in place:
            continue
        if ending == ".py":
            yield from ((place, one[1]) for one in extract_from_file("python", path, keywords=_KEYWORDS))
        elif ending in (".html", ".jinja"):
            yield from ((place, one[1]) for one in extract_from_file(babel_extract, path, keywords=_KEYWORDS))
        elif ending == ".js" and "vendor" not in path.parts:
            yield from ((place, found[2]) for found in WORDS.finditer(path.read_text(encoding="utf-8")))
    yield from _data()
    yield from (("furo", message) for message in THEME)


def _data() -> Iterator[tuple[str, Message]]:
    """Yield words of closed lists, of what is counted, and of the columns of published tables."""
    yield from (("evidence/formatting.py", pair) for pair in formatting.PLURALS.items())
    for name in _LISTS:
        for word in get_args(getattr(vocabulary, name)):
            yield "evidence/vocabulary.py", word
            if name == "Design":  # a claim names the design that decides in words
                yield "evidence/vocabulary.py", word.replace("-", " ")
    tables = yaml.safe_load((ROOT / "outputs/data/columns.yml").read_text(encoding="utf-8"))
    for table in tables.values():
        yield "outputs/data/columns.yml", table["holds"]
        for kind, *holds in table["columns"].values():
            yield from (("outputs/data/columns.yml", words) for words in (kind, *holds))
    columns = {"claims.csv": Claim, "findings.csv": Finding, "assertions.csv": Assertion}
    for name, model in columns.items():
        told = (model.model_fields[column] for column, row in tables[name]["columns"].items() if len(row) == 1)
        yield from (("evidence/models.py", field.description or "") for field in told)


#: What gettext must know of a file; no day and no name, so that the same words are the same file.
_HEADER = """msgid ""
msgstr ""
"Language: {}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""


def place(language: str) -> Path:
    """Name the catalogue of a language."""
    return locale.HERE / language / "LC_MESSAGES" / "evidencebook.po"


def renewed(language: str) -> Catalog:
    """Return the catalogue of a language with every message, and with the translations that it has."""
    known = read_po(place(language).open("rb"), language) if place(language).is_file() else Catalog(language)
    made = Catalog(language)
    for message, file in messages().items():
        before = known.get(message[0] if isinstance(message, tuple) else message)
        made.add(message, before.string if before else "", auto_comments=[file])
    return made


def text(made: Catalog) -> str:
    """Write a catalogue."""
    stream = io.BytesIO()
    write_po(stream, made, width=120, omit_header=True)
    return _HEADER.format(made.locale_identifier) + stream.getvalue().decode()


if __name__ == "__main__" and "--write" in sys.argv:
    for name in locale.languages():
        if name != locale.ENGLISH:
            place(name).write_text(text(renewed(name)), encoding="utf-8")
