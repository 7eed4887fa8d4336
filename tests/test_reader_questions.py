"""The pages for people tonight: each question has its place, short, in easy words, with no grade beside a harm."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import pages
from evidencebook.evidence.base import EvidenceBase
from test_plain import as_read, school_grade

QUESTIONS: list[dict[str, Any]] = yaml.safe_load((pages.ROOT / "evidence" / "reader-questions.yml").read_text("utf-8"))
LANDING = pages.BOOK / "index.md"
_INCLUDE = re.compile(r"^```\{include\} (\S+)\n(?::.*\n)*```$", re.MULTILINE)
_LINK = re.compile(r"\]\([^)]+\)|\{(?:claim|glue:text|finding:(?!call)\w+)\}`|\{cite:[pt]\}`([^`]*)`")


def whole(path: Path) -> str:
    """Return a page with the parts that it includes in their places."""
    text = path.read_text(encoding="utf-8")
    return _INCLUDE.sub(lambda part: (pages.BOOK / part[1].lstrip("/")).read_text(encoding="utf-8"), text)


def anchors(path: Path) -> set[str]:
    """List the anchors that an author set and those that headings give."""
    text = whole(path)
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^a-z0-9]+", "-", head.lower()).strip("-") for head in heads}
    return slugs | set(re.findall(r"^\(([\w-]+)\)=$", text, re.MULTILINE))


def section(anchor: str) -> str:
    """Return what stands under an anchor of the landing page, without its heading."""
    found = re.search(rf"^\({anchor}\)=\n#+ [^\n]+\n(.*?)(?=^\(|^```|\Z)", whole(LANDING), re.MULTILINE | re.DOTALL)
    assert found, anchor
    return found[1]


def test_forty_questions_of_seven_readers() -> None:
    """Each says who asks, in which words, and where the answer stands."""
    assert len(QUESTIONS) == 40
    assert len({one["asks"] for one in QUESTIONS}) == 7
    assert {tuple(one) for one in QUESTIONS} == {("asks", "words", "page", "anchor", "screens")}


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one["words"])
def test_reader_question_has_its_page_and_anchor(one: dict[str, Any]) -> None:
    """A page that was renamed, or a section that went, is found here."""
    path = pages.BOOK / f"{one['page']}.md"

    assert path.exists()
    assert one["anchor"] is None or one["anchor"] in anchors(path)


@pytest.mark.parametrize(("anchor", "most"), [("tonight", 180), ("if-you-take-kratom", 150)])
def test_reading_ease_of_sections_for_tonight(evidence: EvidenceBase, anchor: str, most: int) -> None:
    """Who reads it is ill, and on a telephone."""
    text = as_read(section(anchor), evidence)

    assert len(text.split()) <= most
    assert school_grade(text) <= 7.0


@pytest.mark.parametrize("name", ["index", "questions"])
def test_reading_ease_of_pages_for_everyone(evidence: EvidenceBase, name: str) -> None:
    """The prose of the page itself; the steps and the plain sheet are measured in test_plain."""
    assert school_grade(as_read(pages.prose(pages.BOOK / f"{name}.md"), evidence)) <= 7.0


@pytest.mark.parametrize("name", ["7-oh", "mixing"])
def test_reading_ease_of_pages_on_one_danger(evidence: EvidenceBase, name: str) -> None:
    """Parents read it, and people who have just mixed something."""
    assert school_grade(as_read(pages.prose(pages.BOOK / f"{name}.md"), evidence)) <= 8.0


def test_overdose_steps_have_one_source() -> None:
    """Pages include the steps of the help box; a second list would drift into another order."""
    holders = [path.name for path in pages.ALL if "1. **Give naloxone**" in path.read_text(encoding="utf-8")]

    assert holders == ["help-now.md"]
    assert "1. **Give naloxone**" in whole(pages.BOOK / "7-oh.md")


def test_landing_page_has_few_links() -> None:
    """Telephone numbers aside, which are there to be tapped."""
    links = [len(found[1].split(",")) if found[1] else 1 for found in _LINK.finditer(whole(LANDING))]

    assert sum(links) <= 40


@pytest.mark.parametrize("name", ["index", "plain", "questions", "7-oh", "mixing"])
def test_harm_has_no_grade_beside_it(evidence: EvidenceBase, name: str) -> None:
    """Beside a harm "very low certainty" reads as "hardly ever"; the verb says how sure we are, the card why."""
    text = whole(pages.BOOK / f"{name}.md")
    graded = [
        claim
        for claim in re.findall(r"\{claim\}`(?:[^`<]*<)?([a-z0-9-]+)>?`", text)
        if evidence.claims[claim].certainty != "not graded"
    ]

    assert graded == []
    assert not re.search(r"\b(?:low|moderate|high) certainty\b", text)
