"""The real evidence base: entry by entry, so that a failure names the entry."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from evidencebook.evidence import number_check as mentions
from evidencebook.evidence import todo_markers as stubs
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.models import Claim, Finding

ROOT = Path(__file__).parent.parent
LEDGER, PROBLEMS = inspect(ROOT / "evidence")
CLAIMS = [pytest.param(claim, id=name) for name, claim in LEDGER.claims.items()]
FINDINGS = [pytest.param(finding, id=name) for name, finding in LEDGER.findings.items()]


def test_no_rule_is_broken() -> None:
    """Every rule of the loader holds."""
    assert [str(problem) for problem in PROBLEMS] == []


def test_no_stub_is_left() -> None:
    """What `evidencebook new` marked has been written."""
    assert [str(notice) for notice in stubs.left(LEDGER)] == []


def test_there_is_enough_to_stand_on(evidence: EvidenceBase) -> None:
    """What the first edition promised: findings, sources, claims."""
    assert len(evidence.findings) >= 300
    assert len(evidence.findings_of_source) >= 150
    assert len(evidence.claims) >= 60


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_reads_as_a_sentence(claim: Claim) -> None:
    """Its numbers are put into words, it ends with a stop, and it says what would change it."""
    statement = mentions.plain(claim.statement, LEDGER)

    assert statement.endswith(".")
    assert "{" not in statement
    assert "`" not in statement
    assert len(claim.would_change) > 15


@pytest.mark.parametrize("finding", FINDINGS)
def test_a_finding_has_what_a_reader_needs(finding: Finding) -> None:
    """Whom it was seen in, what was measured, in words of its own; what was seen second-hand is so marked."""
    assert len(finding.about) > 15
    assert len(finding.population) > 2
    assert finding.value is None or finding.unit


@pytest.mark.parametrize("name", ["PK-154", "SAF-130"])
def test_implausible_blood_levels_stay_out(name: str) -> None:
    """Serum levels a hundred times those of dosing studies are excluded with a reason (chapters.md, trap 9)."""
    assert name not in LEDGER.findings
    assert name in LEDGER.excluded_findings


@pytest.mark.parametrize("name", ["PHA-040", "PHA-041"])
def test_swapped_affinities_are_marked(name: str) -> None:
    """Two numbers that one abstract seems to have swapped never pass for sound ones (trap 1)."""
    assert name not in LEDGER.findings or LEDGER.findings[name].where.get("doubtful") is True


@pytest.mark.parametrize("name", [n for n, c in LEDGER.claims.items() if c.applies_to == "law"])
def test_a_legal_sentence_carries_its_date(name: str) -> None:
    """Law changes; a sentence without its date misleads (trap 13)."""
    assert any(str(year) in mentions.plain(LEDGER.claims[name].statement, LEDGER) for year in range(2003, 2100))


@pytest.mark.parametrize("kind", ["findings", "claims", "searches", "excluded", "outcomes", "assertions"])
def test_the_files_match_the_schemas_that_editors_use(kind: str) -> None:
    """What an editor accepts while one types is what the loader accepts."""
    schema = json.loads((ROOT / "evidence" / "schemas" / f"{kind}.json").read_text(encoding="utf-8"))
    single = ROOT / "evidence" / f"{kind}.yml"
    paths = [single] if single.exists() else sorted((ROOT / "evidence" / kind).glob("*.yml"))

    assert paths
    for path in paths:
        # A date is a date in YAML and text in JSON Schema.
        text = json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))
        jsonschema.validate(text, schema)
