"""The scores on checklists are read and added up."""

import shutil
from pathlib import Path

import pytest

from evidencebook.analysis import checklists
from evidencebook.evidence import paths
from evidencebook.evidence.diagnostics import EvidenceError
from surveillance.conftest import SMALL

ENTRY = "- {index: clarity, item: Lists, score: %s, out_of: 5, reason: all of them}\n"


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the package at a small evidence base whose scores a test writes."""
    shutil.copytree(SMALL, tmp_path / "evidence")
    monkeypatch.setenv(paths.VARIABLE, str(tmp_path / "evidence"))
    return tmp_path / "evidence" / "scores.yml"


def test_scores_are_added(written: Path) -> None:
    """Points, most and percent per checklist; a name that is misspelt on a page fails there."""
    written.write_text(
        ENTRY % 4 + (ENTRY % 3).replace("Lists", "Words") + (ENTRY % 1).replace("clarity", "other"), encoding="utf-8"
    )

    assert checklists.scores_numbers("clarity") == {"clarity_points": 7, "clarity_most": 10, "clarity_percent": 70}
    with pytest.raises(LookupError, match="clarty"):
        checklists.scores("clarty")


@pytest.mark.parametrize("score", ["6", "-1", "high", "2.5"])
def test_score_within_its_scale(written: Path, score: str) -> None:
    """Whole points, none below zero and none above what can be had."""
    written.write_text(ENTRY % score, encoding="utf-8")

    with pytest.raises(EvidenceError):
        checklists.scores("clarity")
