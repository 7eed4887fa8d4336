"""The pages keep the house rules: thin cells, short sentences, the same anatomy, words that do not wound."""

import ast
import re
from pathlib import Path

import pytest
import yaml

import pages
from evidencebook.evidence import number_check, page_sentences
from evidencebook.evidence.base import EvidenceBase
from test_plain import as_read

PAGES = [pytest.param(path, id=path.relative_to(pages.BOOK).as_posix()) for path in pages.ALL]
CHAPTERS = [pytest.param(pages.BOOK / f"{name}.md", id=name) for name in pages.CHAPTERS]
#: Abbreviations after which a sentence goes on.
GOES_ON = r"(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\bU\.S\.)(?<!\bDr\.)(?<!\bno\.)(?<!\bal\.)"
STIGMA = re.compile(
    r"\b(addicts?|abusers?|junkies?|druggies?|clean time|dirty urine|drug abuse|substance abuse)\b", re.I
)
#: What no native writer would say, and passives that hide who looked.
STILTED = re.compile(
    r"\b(at a look|hard stools|an old amount|by our reading|the source article|nobody was found|"
    r"(?:was|were|not) found to have|"
    r"(?:no|none|nothing) [^.;:]{0,60}\b(?:was|were) found(?! to| by| in)|could not be (?:seen|read|opened))\b",
    re.I,
)
REPLACING = re.compile(r"(?:instead of|replace|replaces|substitute for) (?:methadone|buprenorphine)", re.IGNORECASE)


@pytest.mark.parametrize("path", CHAPTERS)
def test_chapter_anatomy(path: Path) -> None:
    """A chapter opens with In short and the caveats and ends with what is not known."""
    text = path.read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)

    assert headings[0] == "In short"
    assert headings[-1] == "What is not known"
    assert "_includes/caveats-short.md" in text
    assert 2 <= len(re.search(r"^:ids: (.+)$", text, re.MULTILINE)[1].split()) <= 4  # type: ignore[index]  # else it fails


@pytest.mark.parametrize("path", CHAPTERS)
def test_chapter_length(path: Path) -> None:
    """Six hundred to fifteen hundred words of prose."""
    assert 600 <= pages.words(path) <= 1500


@pytest.mark.parametrize("path", PAGES)
def test_page_one_sentence_a_line(path: Path) -> None:
    """A change of one sentence then shows as a change of one line."""
    doubled = re.compile(rf"[a-z)`\]]{GOES_ON}[.!?] +[A-Z{{]")
    lines = [
        line for line in pages.prose(path).splitlines() if not line.lstrip().startswith(("-", "|", "*", "1", "#", ">"))
    ]

    assert [line for line in lines if doubled.search(line)] == []


def long_sentences(text: str) -> list[str]:
    """Return the sentences of more than 35 words; brackets with numbers do not count, and each number as one word."""
    text = re.sub(r"\([^()]*\d[^()]*\)", "", text)
    sentences = re.split(r"(?<=[.!?])[\"*]*\s+|\n+", text)
    return [one for one in sentences if len(re.findall(r"[^\W_][\w'’.,-]*", one)) > 35]


@pytest.mark.parametrize("path", PAGES)
def test_page_sentences_are_short(path: Path, evidence: EvidenceBase) -> None:
    """Who reads at night, or in a second language, loses the thread of a long one."""
    text = re.sub(r"\{glue:text\}`[^`]*`", "1", pages.prose(path))

    assert long_sentences(as_read(text, evidence, brackets=False)) == []


@pytest.mark.parametrize("path", PAGES)
def test_page_words_are_natural(path: Path) -> None:
    """We say what we did and what we found."""
    assert [found[0] for found in STILTED.finditer(pages.prose(path))] == []


def test_claims_and_audit_are_written_as_plainly(evidence: EvidenceBase) -> None:
    """Readers meet the text of the records on pages as well."""
    texts = [text for one in evidence.assertions.values() for text in (one.answer or "", one.fair or "")]
    texts += [number_check.plain(claim.statement, evidence) for claim in evidence.claims.values()]

    assert [text for text in texts if long_sentences(text) or STILTED.search(text)] == []


@pytest.mark.parametrize("path", PAGES)
def test_page_person_first_words(path: Path) -> None:
    """No word that shames, and no advice to give up a medicine that works."""
    text = pages.prose(path)

    assert STIGMA.findall(re.sub(r"Substance Abuse and Mental Health", "", text)) == []
    assert REPLACING.findall(text) == []


@pytest.mark.parametrize("path", PAGES)
def test_page_cells_are_thin(path: Path) -> None:
    """A page loads, calls and shows; functions live where tests can reach them."""
    for cell in pages.cells(path):
        tree = ast.walk(ast.parse(cell))
        banned = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda, ast.Try)

        assert [type(node).__name__ for node in tree if isinstance(node, banned)] == []
        assert len(cell.splitlines()) <= 10
        assert "/" not in cell or "://" not in cell


def test_reader_pages_state_nothing_unsupported() -> None:
    """Each statement of the pages under Start, and of the parts they include, leads to a claim, finding or source."""
    found = page_sentences.of_book(pages.BOOK)
    start = [pages.BOOK / f"{name}.md" for name in ("index", *pages.START)]

    assert {path.name: found[path] for path in [*start, *(pages.BOOK / "_includes").glob("*.md")] if found[path]} == {}


def test_toc_names_every_page() -> None:
    """A page that no link reaches is found here and by the build."""
    toc = yaml.safe_load((pages.BOOK / "_toc.yml").read_text(encoding="utf-8"))
    named = {toc["root"]} | {chapter["file"] for part in toc["parts"] for chapter in part["chapters"]}
    parts = {path for path in pages.ALL if path.parent.name == "_includes"}

    assert {path.relative_to(pages.BOOK).with_suffix("").as_posix() for path in pages.ALL if path not in parts} == named


def test_claim_cards_are_unique() -> None:
    """No two pages show the card of one claim: its address would depend on chance."""
    cards = [
        name
        for path in pages.ALL
        for name in re.findall(r"^```\{claim\} (\S+)$", path.read_text("utf-8"), re.MULTILINE)
    ]

    assert sorted(cards) == sorted(set(cards))
