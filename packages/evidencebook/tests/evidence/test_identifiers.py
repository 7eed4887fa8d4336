"""Identifiers are checked, written in one form and led to their address in one place."""

import pytest

from evidencebook.evidence.identifiers import DOI, NCT, PMCID, PMID, Identifier


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (DOI, "10.1000/Xyz123", "10.1000/xyz123"),
        (DOI, "https://doi.org/10.1000/x", "10.1000/x"),
        (DOI, "http://dx.doi.org/10.1000/x(1)<2>", "10.1000/x(1)<2>"),
        (DOI, " doi: 10.1000/x ", "10.1000/x"),
        (DOI, "10.1/x", None),
        (DOI, "10.1000/a b", None),
        (PMID, "PMID: 12345", "12345"),
        (PMID, "https://pubmed.ncbi.nlm.nih.gov/12345/", "12345"),
        (PMID, "012", None),
        (PMCID, "pmc123", "PMC123"),
        (PMCID, "https://pmc.ncbi.nlm.nih.gov/articles/PMC123/", "PMC123"),
        (PMCID, "123", None),
        (NCT, "nct01234567", "NCT01234567"),
        (NCT, "https://clinicaltrials.gov/study/NCT01234567", "NCT01234567"),
        (NCT, "NCT0123456", None),
    ],
)
def test_identifier_standard_form(kind: Identifier, text: str, expected: str | None) -> None:
    """Two ways to write one identifier end in one form; what is none is told."""
    assert kind.standard(text) == expected
    if expected:
        assert kind.standard(kind.url(expected)) == expected
        assert kind.checked(expected) == expected


def test_identifier_checked_refuses_an_address() -> None:
    """With what to write instead."""
    with pytest.raises(ValueError, match=r"is no DOI; write it bare, as 10\.1000/xyz123"):
        DOI.checked("https://doi.org/10.1000/x")


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (NCT, "registered (nct01234567), later", "NCT01234567"),
        (NCT, "XNCT01234567", None),
        (DOI, "see 10.1000/x.", "10.1000/x"),
    ],
)
def test_identifier_find_in_text(kind: Identifier, text: str, expected: str | None) -> None:
    """As a word, without the full stop of its sentence."""
    assert kind.find(text) == expected
