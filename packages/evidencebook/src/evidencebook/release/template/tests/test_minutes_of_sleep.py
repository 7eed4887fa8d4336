"""Sample: the analysis of the minutes of sleep."""

from pathlib import Path

import pytest

from analyses.minutes_of_sleep import changes, numbers
from evidencebook import findings

DATA = findings("sleep", folder=Path(__file__).parent.parent / "evidence")


def test_a_loss_is_negative() -> None:
    """People lose time asleep and need more time to fall asleep."""
    minutes = changes(DATA)["minutes"]

    assert minutes["time asleep"] < 0 < minutes["time to fall asleep"]


def test_the_share_of_a_night() -> None:
    """The share is that of the assumed night."""
    told = numbers(DATA)

    lost = -changes(DATA).loc["time asleep", "minutes"]
    assert told["share_of_night"] * told["night_hours"] * 60 / 100 == pytest.approx(lost)


def test_a_missing_finding_is_named() -> None:
    """Nothing is guessed."""
    with pytest.raises(LookupError, match="SLEEP-001"):
        numbers(DATA.drop(index="SLEEP-001"))
