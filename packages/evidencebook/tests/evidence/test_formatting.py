"""Numbers come out as a reader expects them, in every part that a sentence may quote."""

import pytest

from evidencebook.evidence import formatting, grade, number_check, units
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.models import Finding


def finding(**fields: object) -> Finding:
    """Make a finding with the given numbers."""
    rest = {"id": "XX-001", "source": "a2020b", "about": "A", "measure": "m", "population": "p", "locator": "l"}
    return Finding.model_validate({**rest, "seen": "abstract", **fields})


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"value": 23.24, "unit": "h", "spread": {"kind": "sd", "value": 16.07}}, "23.24 h (SD 16.07)"),
        ({"value": 41, "unit": "%"}, "41%"),
        ({"value": 122885, "unit": "people"}, "122,885 people"),
        ({"value": 2019, "unit": "year"}, "2019"),
        (
            {"value": 3.2, "unit": "OR", "comparator": "c", "spread": {"kind": "ci95", "low": 1.38, "high": 7.41}},
            "OR 3.2 (95% CI 1.38 to 7.41)",
        ),
        ({"unit": "h", "spread": {"kind": "range", "low": 8, "high": 24}}, "8 to 24 h"),
        ({"unit": "%", "spread": {"kind": "range", "low": 90}}, "90% or more"),
        ({"value": -0.001, "unit": "r"}, "r −0.001"),
        ({"value": 17, "unit": "fold"}, "17-fold"),
        ({"value": 36.1, "unit": "per 1000 person-years"}, "36.1 per 1000 person-years"),
        ({"value": 0.33, "unit": "uM"}, "0.33 µM"),
        ({}, ""),
    ],
)
def test_finding_in_full(fields: dict[str, object], expected: str) -> None:
    """Value, unit and spread, with spaces that do not break."""
    assert formatting.full(finding(**fields)).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("part", "text", "expected"),
    [
        ("value", "XX-001:.0f", "23 h"),
        ("number", "XX-001:.1f", "23.2"),
        ("n", "XX-001", "1,200"),
        ("of", "XX-001", "23.24 of 1,200"),
        ("low", "XX-001", "20"),
        ("high", "XX-001:.1f", "30.0"),
        ("spread", "XX-001", "95% CI 20 to 30"),
        ("where", "XX-001:species", "human"),
        ("call", "XX-001:species", "human"),
    ],
)
def test_quote_of_each_part(part: str, text: str, expected: str) -> None:
    """The roles finding:value, finding:n and the rest."""
    made = finding(
        value=23.24, unit="h", n=1200, where={"species": "human"}, spread={"kind": "ci95", "low": 20, "high": 30}
    )

    assert number_check.quote(EvidenceBase(findings={"XX-001": made}), part, text).replace("\u00a0", " ") == expected


@pytest.mark.parametrize("unit", ["h", "ng/mL", "%", "people", "per 1000 person-years", "nM*h", "g/day", "mg/g", "OR"])
def test_units_of_the_field_are_read(unit: str) -> None:
    """Units come back as written."""
    assert units.checked(unit) == unit


@pytest.mark.parametrize("unit", ["hourz", "mg per", "5 +", "patints", ""])
def test_malformed_units_are_refused(unit: str) -> None:
    """A slip is told with examples of what to write."""
    with pytest.raises(ValueError, match="write for example"):
        units.checked(unit)


@pytest.mark.parametrize(
    ("statement", "level", "fits"),
    [
        ("It reduces deaths.", "high", True),
        ("It probably reduces deaths.", "high", False),
        ("It probably reduces deaths.", "moderate", True),
        ("People are less likely to die.", "moderate", False),
        ("People are probably less likely to die.", "moderate", True),
        ("It may reduce deaths.", "low", True),
        ("It may reduce deaths.", "moderate", False),
        ("It is very uncertain whether it reduces deaths.", "very low", True),
        ("It reduces deaths.", "very low", False),
        ("The law of 2020 forbids it.", "not graded", True),
    ],
)
def test_wording_agrees_with_the_certainty(statement: str, level: grade.Certainty, fits: bool) -> None:
    """GRADE guidelines 26; "less likely" compares and does not hedge."""
    assert (grade.check_wording(statement, level) is None) is fits
