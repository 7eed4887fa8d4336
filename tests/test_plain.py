"""The sheet in plain words stays short and easy to read, and each line of it leads to its evidence."""

import re

import textstat

import pages
from evidencebook.evidence import grade, number_check
from evidencebook.evidence.base import EvidenceBase

SHEET = pages.BOOK / "plain.md"
HELP = pages.BOOK / "_includes" / "help-now.md"
#: Names that no shorter word can stand for; each is measured as a word of one syllable.
NAMES = re.compile(
    r"\b(kratom|methadone|buprenorphine|naloxone|mitragynine|7-hydroxymitragynine|7-OH|lofexidine|naltrexone)\b", re.I
)
EVIDENCE = re.compile(r"\{(?:claim|finding:?[a-z]*|cite:[pt])\}`|\]\((?:[a-z0-9-]+|index\.md|methods\.md)\)")
CALLS = re.compile(r"(?:- )?(?:Ask|Call|Tell|Tap|Take|See|Do not) ")
_CLAIM = re.compile(r"\{claim\}`([^`<]+) <([a-z0-9-]+)>`")


def as_read(text: str, evidence: EvidenceBase, brackets: bool = True) -> str:
    """Write a page as a reader meets it: roles in words, no headings, citations or marks."""

    def words(found: re.Match[str]) -> str:
        graded = brackets and evidence.claims[found[2]].certainty != "not graded"
        return found[1] + (f" ({grade.in_words(evidence.claims[found[2]].certainty)})" if graded else "")

    text = re.sub(r"^(#+ .*|:[\w-]+:.*|[`:]{3,}.*)$", "", text, flags=re.MULTILINE)
    text = re.sub(r" ?\{cite:[pt]\}`[^`]*`", "", text)
    text = number_check.plain(_CLAIM.sub(words, text), evidence)
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"^- |\*\*", "", text, flags=re.MULTILINE).strip()


def school_grade(text: str) -> float:
    """Return the Flesch-Kincaid grade, with each name of a drug counted as a short word."""
    return float(textstat.flesch_kincaid_grade(NAMES.sub("drug", text)))


def test_plain_sheet_grade(evidence: EvidenceBase) -> None:
    """It stays below grade seven."""
    assert school_grade(as_read(pages.prose(SHEET), evidence)) <= 7.0


def test_help_box_grade(evidence: EvidenceBase) -> None:
    """Who needs it has no time."""
    steps, _, _ = HELP.read_text(encoding="utf-8").partition("The steps are in the order")

    assert school_grade(as_read(steps, evidence)) <= 7.0


def test_plain_sheet_length(evidence: EvidenceBase) -> None:
    """So many words fill one page of paper with the figure; tests/site prints it and counts."""
    text = pages.prose(SHEET).replace("#", "")

    assert len(as_read(text, evidence, brackets=False).split()) <= 640


def test_plain_sheet_lines_lead_to_evidence() -> None:
    """A line without a source asks, or calls to action; what is said of the book itself leads to its methods."""
    lines = [line for line in pages.prose(SHEET).splitlines() if line and line[0] != "#" and line.strip("*")[-1] != "?"]

    assert [line for line in lines if not EVIDENCE.search(line) and not CALLS.match(line)] == []


def test_grade_tells_hard_from_easy(evidence: EvidenceBase) -> None:
    """A grade that called everything easy would guard nothing."""
    hard = "Observational investigations demonstrate considerable heterogeneity, notwithstanding methodological rigour."

    assert school_grade(hard) > 12
    assert school_grade("We do not know yet. Ask a nurse or a doctor you trust.") < 3
    assert (
        as_read("- It {claim}`may harm <liver-injury>` {cite:p}`x2020y`.", evidence) == "It may harm (low certainty)."
    )
