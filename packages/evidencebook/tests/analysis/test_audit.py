"""What is computed for the audit and the map follows the evidence."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencebook.analysis import evidence_map, grouping
from evidencebook.analysis.display import saved
from evidencebook.analysis.evidence_map_figure import map_figure
from evidencebook.analysis.summary import counts, map_counts
from evidencebook.analysis.verdict_figure import verdict_figure
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.loader import load
from evidencebook.evidence.vocabulary import VERDICTS
from evidencebook.outputs.data import schema_org

Edit = Callable[[str, str, str], Path]


def raise_certainty(edit: Edit) -> Path:
    """Make the claim on deaths in the small evidence base a sure one."""
    edit("claims/care.yml", "people probably die", "people die")
    edit("claims/care.yml", "step: 1", "step: 2")
    return edit("claims/care.yml", "certainty: moderate", "certainty: high")


def test_audit_figures_follow_a_certainty(small: Path, edit: Edit) -> None:
    """The map and the verdicts at a glance are drawn from the evidence base, not from a hand's memory of it."""
    before = load(small)
    drawn = saved(map_figure(before), "svg"), saved(verdict_figure(before), "svg")
    after = load(raise_certainty(edit))

    assert b"moderate" in drawn[0]
    assert b"moderate" in drawn[1]
    assert b"moderate" not in saved(map_figure(after), "svg")
    assert b"moderate" not in saved(verdict_figure(after), "svg")
    assert b">high<" in saved(map_figure(after), "svg")


def test_audit_figures_repeat(evidence: EvidenceBase) -> None:
    """Two builds of one commit show the same bytes."""
    assert saved(map_figure(evidence), "svg") == saved(map_figure(evidence), "svg")
    assert saved(verdict_figure(evidence), "pdf") == saved(verdict_figure(evidence), "pdf")


def test_evidence_map_counts_a_study_once(small: Path) -> None:
    """Findings for and against count alike; the people of a study are counted once; an empty row stands."""
    evidence = load(small)
    cells = {(cell.outcome, cell.kind): cell for cell in evidence_map.cells(evidence)}

    assert cells["death", "review"].studies == ("sordo2017mortality",)
    assert cells["death", "survey"].people == 1144
    assert cells["reward", "animal"].claims == ("lever-pressing",)
    assert not any(cell.studies for (outcome, _), cell in cells.items() if outcome == "sleep")
    assert evidence_map.about_people(evidence, "reward") is None
    assert map_counts(evidence)["group_1_survey"] == 1


def test_audit_rests_on_nothing_excluded(evidence: EvidenceBase) -> None:
    """A finding that was left out carries nothing, not even through a claim."""
    claims = [evidence.claims[name] for made in evidence.assertions.values() for name in made.claims]
    used = {finding for claim in claims for finding in (*claim.findings, *claim.against)}

    assert not used & evidence.excluded_findings.keys()
    assert not {evidence.findings[name].source for name in used} & evidence.excluded_sources.keys()


def test_audit_answers_all_statements(evidence: EvidenceBase) -> None:
    """Each with a verdict, an answer of one to four sentences, a fair sentence, and claims."""
    assert list(evidence.assertions) == [f"A{number:02d}" for number in range(1, 31)]
    for name, made in evidence.assertions.items():
        assert 1 <= made.answer.count(". ") + 1 <= 4, name
        assert made.fair, name
        assert made.claims, name
    assert sum(counts(evidence)[word.replace(" ", "_")] for word in VERDICTS) == 30


def test_claim_review_rating(evidence: EvidenceBase) -> None:
    """A statement is true, half true or false whatever the certainty; one that is unproven gets no number."""
    names = evidence.assertions
    reviews = {name: schema_org.review(evidence, name, "audit.html", "The contributors") for name in names}
    rated = {name: review["reviewRating"] for name, review in reviews.items()}

    assert rated["A01"] == {"@type": "Rating", "alternateName": "unproven"}
    assert rated["A08"]["ratingValue"] == rated["A08"]["bestRating"]
    assert rated["A12"]["ratingValue"] == rated["A12"]["worstRating"]
    assert all("certainty" not in json.dumps(rating) for rating in rated.values())


def test_schema_org_script_cannot_be_ended(evidence: EvidenceBase) -> None:
    """A statement that holds markup stays data."""
    script = schema_org.script({"claimReviewed": "</script><b>"})

    assert script.count("</script>") == 1
    assert json.loads(script.partition(">")[2].rpartition("<")[0]) == {"claimReviewed": "</script><b>"}


@pytest.mark.parametrize(("kind", "by"), [(kind, by) for kind, ways in grouping.BY.items() for by in ways])
def test_grouping_holds_every_record(evidence: EvidenceBase, kind: str, by: str) -> None:
    """Each stands under exactly one heading of each list."""
    listed = [name for names in grouping.index(evidence, kind, by).values() for name in names]
    known = {"claim": evidence.claims, "finding": evidence.findings, "source": evidence.findings_of_source}[kind]

    assert sorted(listed) == sorted(known)


def test_grouping_by_year(evidence: EvidenceBase) -> None:
    """The newest source comes first, what has no year last."""
    years = list(grouping.index(evidence, "source", "year"))

    assert years[0] >= years[1] >= "2020"
    assert years[-1] == "undated"
