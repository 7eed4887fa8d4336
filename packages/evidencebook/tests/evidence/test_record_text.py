"""Text of the evidence is data: hostile text in any field is refused with file and line, or printed as it stands."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from docutils import nodes
from pydantic import BaseModel

import rebuilds
from evidencebook.evidence import models
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.record_text import ROLES, check_text
from evidencebook.pages.nodes import record_text
from small_book import Book, Replace

#: Each would do something if a page's parser, a template engine or a browser were to read it.
HOSTILE = {
    "template": "Words {{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "statement": "Words {% include '/etc/passwd' %}",
    "script": "Words <script>alert(1)</script>",
    "handler": 'Words <img src=x onerror="alert(1)">',
    "comment": "Words <!-- hidden",
    "directive": "```{include} /etc/passwd\n```",
    "colons": ":::{raw} html\n:::",
    "role": "Words {download}`../conf.py`",
    "evaluation": "Words {eval}`1 + 1`",
    "address": "Words [here](javascript:alert(1))",
    "data": "Words [here](data:text/html;base64,eA==)",
    "entity": "Words [here](&#106;avascript:alert(1))",
    "autolink": "Words <javascript:alert(1)>",
    "definition": "[here]: javascript:alert(1)",
}
#: Printed as they stand, with no effect.
PLAIN = (
    "{raw:html}",
    "<",
    "p < 0.05 and n > 3",
    "[35S]GTP(gamma)S",
    "a_b_c",
    "$x$",
    "\\(",
    "${HOME}",
    "#{x}",
    "![x]",
    "&lt;script&gt;",
)
#: Files and records of the small evidence base, one of each kind that has a model.
RECORDS: dict[str, type[BaseModel]] = {
    "findings/care.yml": models.Finding,
    "claims/care.yml": models.Claim,
    "searches.yml": models.Search,
    "assertions.yml": models.Assertion,
    "outcomes.yml": models.Outcome,
    "excluded.yml": models.Exclusion,
}


def is_text(annotation: Any) -> bool:
    """Tell whether a field may hold free text: a string that neither a pattern nor a list of words bounds."""
    if annotation is str:
        return True
    return any(is_text(one) for one in get_args(annotation) if not isinstance(one, type) or one is str)


def fields() -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Yield each text field of each kind of record, by the models: the file and the place in a record."""
    for file, model in RECORDS.items():
        for name, field in model.model_fields.items():
            inner = next((one for one in get_args(field.annotation) if isinstance(one, type)), None)
            if inner is not None and issubclass(inner, BaseModel):
                yield from (
                    (file, (name, 0, part)) for part, one in inner.model_fields.items() if is_text(one.annotation)
                )
            elif is_text(field.annotation):
                yield file, (name,)


FIELDS = list(fields())


def test_every_kind_of_record_has_text_fields() -> None:
    """The parameters below come from the models; they must not dwindle unseen."""
    assert {file for file, _ in FIELDS} == set(RECORDS)
    assert len(FIELDS) > 20
    assert {("claims/care.yml", ("would_change",)), ("claims/care.yml", ("because", 0, "note"))} <= set(FIELDS)


@pytest.mark.parametrize(
    ("file", "place"), FIELDS, ids=lambda value: value if isinstance(value, str) else ".".join(map(str, value))
)
def test_hostile_text_is_refused(small: Path, file: str, place: tuple[str | int, ...]) -> None:
    """In every text field, each kind of it, with the file and the line on which it stands."""
    path = small / file
    records = yaml.safe_load(path.read_text(encoding="utf-8")) or [{}]
    for name, text in HOSTILE.items():
        put(records[0], place, text)
        path.write_text(yaml.safe_dump(records, sort_keys=False, width=1000), encoding="utf-8")
        told = [one for one in inspect(small)[1] if "a record holds words" in one.message or "no role" in one.message]

        assert told, (name, place)
        assert told[0].file.endswith(file)
        lines = path.read_text(encoding="utf-8").splitlines()
        assert str(place[-1]) in lines[told[0].line - 1], (name, told[0])


def put(record: Any, place: tuple[str | int, ...], text: str) -> None:
    """Put a text into a field, which may not be there yet."""
    *path, last = place
    for step, after in zip(path, place[1:], strict=True):
        record = record.setdefault(step, [{}] if after == 0 else {}) if isinstance(record, dict) else record[int(step)]
    record[last] = text


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org/x", "https://a b"]
)
def test_address_of_a_source(small: Path, url: str) -> None:
    """Only a whole address of a page is one."""
    path = small / "sources.bib"
    path.write_text(
        path.read_text(encoding="utf-8").replace("  doi =", f"  url = {{{url}}},\n  doi =", 1), encoding="utf-8"
    )

    assert [one for one in inspect(small)[1] if "is no address of a page" in one.message]


@pytest.mark.parametrize("text", [*HOSTILE.values(), *PLAIN])
def test_parser_prints_what_it_does_not_know(text: str) -> None:
    """Even where the loader did not look: nothing but words comes out, and no role is run."""
    ran: list[str] = []
    made = record_text.parse(text, lambda name, _: ran.append(name) or [], smart=False)

    assert not ran
    assert all(isinstance(node, nodes.Text | nodes.literal | nodes.strong) for node in made)


def test_parser_knows_emphasis_code_and_our_roles() -> None:
    """In each other, too."""
    made = record_text.parse(
        "a *b **c** d* `e` {finding:value}`X` {cite:p}`k`",
        lambda name, text: [nodes.inline("", f"{name}={text}")],
        smart=True,
    )

    assert [type(node).__name__ for node in made] == [
        "Text",
        "emphasis",
        "Text",
        "literal",
        "Text",
        "inline",
        "Text",
        "inline",
    ]
    assert made[1].astext() == "b c d"
    assert [node.astext() for node in made if isinstance(node, nodes.inline)] == ["finding:value=X", "cite:p=k"]


@pytest.mark.parametrize("text", [f"Words {{{role}}}`x`." for role in sorted(ROLES)])
def test_roles_of_records_are_allowed(text: str) -> None:
    """The closed list."""
    assert not list(check_text(text))


def test_foreign_words_are_printed_in_every_format(book: Book, replace: Replace) -> None:
    """What passes, and the titles that services give, stand as words in HTML, PDF, EPUB, JSON-LD, cards and search."""
    replace("book/conf.py", 'html_theme = "basic"', 'html_theme = "furo"\nbibtex_tooltips = False')
    words = "x < y & </script alert"
    replace("evidence/claims/care.yml", "A large trial,", f"A large trial {words},")
    replace("evidence/findings/animals.yml", "about: Rats", f"about: Rats {words}")  # print leaves out what cards fold
    for builder in ("html", "typstpdf", "epub"):
        assert rebuilds.build(book.folder, builder, "-n", "-W", "--keep-going") == 0, (book.folder / "log").read_text()
    built = book.folder / "built"
    page = (built / "html" / "chapter.html").read_text(encoding="utf-8")
    assert "x &lt; y &amp; &lt;/script alert" in page
    for script in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL):
        json.loads(script)
    assert "alert" in (built / "typstpdf" / "pages" / "findings.typ").read_text(encoding="utf-8")
    chapter = zipfile.ZipFile(built / "epub" / "smallbook.epub").read("chapter.xhtml").decode("utf-8")
    assert "x &lt; y &amp; &lt;/script alert" in chapter
    for name in ("cards/0.js", "search-index.js"):
        assert (built / "html" / "evidence" / name).read_text(encoding="utf-8").startswith("window.evidence")
