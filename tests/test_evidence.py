"""The real evidence base: a failure names the entries."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from evidencebook.evidence import number_check, todo_markers
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.loader import inspect

ROOT = Path(__file__).parent.parent


def test_evidence_keeps_every_rule() -> None:
    """Every rule of the loader holds, and what `evidencebook new` marked has been written."""
    evidence, diagnostics = inspect(ROOT / "evidence")

    assert [str(diagnostic) for diagnostic in diagnostics] == []
    assert [str(marker) for marker in todo_markers.left(evidence)] == []


def test_claim_statements(evidence: EvidenceBase) -> None:
    """Numbers are put into words, a stop ends the sentence, and the claim says what would change it."""
    statements = {name: number_check.plain(claim.statement, evidence) for name, claim in evidence.claims.items()}

    assert [name for name, text in statements.items() if not text.endswith(".") or "{" in text or "`" in text] == []
    assert [name for name, claim in evidence.claims.items() if len(claim.would_change) <= 15] == []


def test_finding_fields(evidence: EvidenceBase) -> None:
    """Whom it was seen in, what was measured, in words of its own; a number has its unit."""
    findings = evidence.findings.items()

    assert [name for name, finding in findings if len(finding.about) <= 15 or len(finding.population) <= 2] == []
    assert [name for name, finding in findings if finding.value is not None and not finding.unit] == []


def test_implausible_blood_levels_stay_out(evidence: EvidenceBase) -> None:
    """Serum levels a hundred times those of dosing studies are excluded with a reason (chapters.md, trap 9)."""
    for name in ("PK-154", "SAF-130"):
        assert name not in evidence.findings
        assert name in evidence.excluded_findings


@pytest.mark.parametrize("name", ["PHA-040", "PHA-041"])
def test_swapped_affinities_are_marked(evidence: EvidenceBase, name: str) -> None:
    """Two numbers that one abstract seems to have swapped never pass for sound ones (trap 1)."""
    assert name not in evidence.findings or evidence.findings[name].where.get("doubtful") is True


def test_law_claims_carry_their_date(evidence: EvidenceBase) -> None:
    """Law changes; a sentence without its date misleads (trap 13)."""
    laws = {
        name: number_check.plain(claim.statement, evidence)
        for name, claim in evidence.claims.items()
        if claim.applies_to == "law"
    }

    assert laws
    assert [name for name, text in laws.items() if not any(str(year) in text for year in range(2003, 2100))] == []


@pytest.mark.parametrize("kind", ["findings", "claims", "searches", "excluded", "outcomes", "assertions"])
def test_evidence_files_match_their_schemas(kind: str) -> None:
    """What an editor accepts while one types is what the loader accepts."""
    schema = json.loads((ROOT / "evidence" / "schemas" / f"{kind}.json").read_text(encoding="utf-8"))
    single = ROOT / "evidence" / f"{kind}.yml"
    paths = [single] if single.exists() else sorted((ROOT / "evidence" / kind).glob("*.yml"))

    assert paths
    for path in paths:
        # A date is a date in YAML and text in JSON Schema.
        text = json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))
        jsonschema.validate(text, schema)
