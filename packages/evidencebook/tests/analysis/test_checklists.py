"""The scores on checklists are read, shown and added up."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from evidencebook.analysis import checklists
from evidencebook.evidence import paths

ENTRY = "- {index: clarity, item: Lists, score: %s, out_of: 5, reason: all of them}\n"


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the press at a folder whose scores a test writes."""
    monkeypatch.setenv(paths.VARIABLE, str(tmp_path))
    return tmp_path / checklists.FILE


def test_scores_are_shown_and_added(written: Path) -> None:
    """One row per item; points, most and percent per checklist."""
    written.write_text(ENTRY % 4 + ENTRY % 3 + (ENTRY % 1).replace("clarity", "other"), encoding="utf-8")

    assert list(checklists.scores_table("clarity")["Score"]) == ["4 of 5", "3 of 5"]
    assert checklists.scores_numbers("clarity") == {"clarity_points": 7, "clarity_most": 10, "clarity_percent": 70}


def test_checklist_without_scores(written: Path) -> None:
    """A name that is misspelt on a page fails there."""
    written.write_text(ENTRY % 4, encoding="utf-8")

    with pytest.raises(LookupError, match="clarty"):
        checklists.scores_table("clarty")


@pytest.mark.parametrize("score", ["6", "-1", "high", "2.5"])
def test_score_within_its_scale(written: Path, score: str) -> None:
    """Whole points, none below zero and none above what can be had."""
    written.write_text(ENTRY % score, encoding="utf-8")

    with pytest.raises(ValidationError):
        checklists.scores("clarity")
