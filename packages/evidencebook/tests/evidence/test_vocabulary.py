"""The words of a subject are data: medicine's are there, vocabulary.yml adds others, and rules speak of their kinds."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evidencebook.analysis import evidence_map, grouping
from evidencebook.cli import main
from evidencebook.evidence import grade
from evidencebook.evidence.loader import inspect

VOCABULARY = """\
counted: [turbine, turbines]
currencies: [NOK]
scales: [IRT]
designs: {field-experiment: {kind: trial, randomised: true}, panel-study: cohort, greenhouse: animal}
groups: {pupils: people, plants: animals, prices: other}
"""
Edit = Callable[[str, str, str], Path]


def test_vocabulary_of_subject(small: Path, edit: Edit) -> None:
    """A design, a group, a currency and a scale of the book's own are read, graded, mapped and listed."""
    (small / "vocabulary.yml").write_text(VOCABULARY, encoding="utf-8")
    edit("sources.bib", "keywords = {systematic-review}", "keywords = {field-experiment}")
    edit("claims/care.yml", "applies_to: humans", "applies_to: pupils")

    evidence, diagnostics = inspect(small)
    claim = evidence.claims["death-out-of-treatment"]
    assert evidence.sources[evidence.findings[claim.findings[0]].source].design == "field-experiment"
    assert [one.message for one in diagnostics if "is none of" in one.message] == []
    assert grade.start(evidence, claim).level == "high"
    assert grade.start(evidence, claim).design == "field experiment"
    assert evidence_map.about_people(evidence, "death") == claim
    assert {cell.kind for cell in evidence_map.cells(evidence) if cell.studies} >= {"trial"}
    assert [*grouping.index(evidence, "claim", "applies-to")] == ["animals", "pupils"]


@pytest.mark.parametrize("unit", ["turbines", "NOK", "IRT"])
def test_units_of_subject(small: Path, edit: Edit, unit: str) -> None:
    """What is counted, paid and scored in a book has no bounds of medicine."""
    edit("findings/care.yml", "unit: people", f"unit: {unit}")
    assert any("cannot be read" in one.message for one in inspect(small)[1])
    (small / "vocabulary.yml").write_text(VOCABULARY, encoding="utf-8")

    assert [one for one in inspect(small)[1] if unit in one.message] == []


def test_rule_on_people_speaks_of_kinds(small: Path, edit: Edit) -> None:
    """A claim about pupils does not rest on what is of the kind of animal experiments; one about plants may."""
    (small / "vocabulary.yml").write_text(VOCABULARY, encoding="utf-8")
    edit("sources.bib", "keywords = {animal}", "keywords = {greenhouse}")
    edit("claims/care.yml", "applies_to: animals", "applies_to: pupils")
    assert any("applies to pupils but rests on" in one.message for one in inspect(small)[1])
    edit("claims/care.yml", "applies_to: pupils", "applies_to: plants")

    assert not any("but rests on" in one.message for one in inspect(small)[1])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("designs: {panel: cohrt}", "vocabulary: designs.panel"),
        ("groups: {pupils: persons}", "vocabulary: groups.pupils"),
        ("scales: [10-point]", "vocabulary: scales.0"),
        ("colours: [red]", "vocabulary: colours is an unknown key"),
    ],
)
def test_vocabulary_that_cannot_be_read(small: Path, text: str, says: str) -> None:
    """A kind that there is not is named with its line."""
    (small / "vocabulary.yml").write_text(text, encoding="utf-8")

    assert [one for one in inspect(small)[1] if one.file.endswith("vocabulary.yml") and says in one.message]


def test_unknown_design_of_command(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A design on the command line is one of the book's."""
    new = ["new", "source", "--author", "Doe, Jane", "--year", "2020", "--title", "Naps", "--seen", "abstract"]
    assert main([*new, "--design", "panel-study"]) == 2
    assert '"panel-study" is no design; write one of systematic-review' in capsys.readouterr().err
    (inside / "evidence" / "vocabulary.yml").write_text(VOCABULARY, encoding="utf-8")
    assert main([*new, "--design", "panel-study"]) == 0
