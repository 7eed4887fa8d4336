"""The sheet to decide with counts every outcome out of the same thousand people, and draws what it counts."""

import gzip

import pandas as pd
import pytest

from drawing import drawn
from evidencebook.analysis.display import saved
from evidencebook.analysis.figure_style import BLUE, ORANGE
from findings import changed
from kratom.treatment import decision
from kratom.treatment.decision import Pair


def test_decision_counts(table: pd.DataFrame) -> None:
    """By hand: 36.1 x 0.47, 9.5 x 0.34, and shares in per cent times ten."""
    assert decision.deaths(table) == [Pair("Methadone", 36, 17), Pair("Buprenorphine", 10, 3)]
    assert decision.stays(table) == [Pair("Methadone", 220, 730), Pair("Buprenorphine", 390, 640)]


def test_decision_figure_marks(table: pd.DataFrame) -> None:
    """As many dots are marked as the words say, field by field."""
    figure = decision.decision_figure(decision.deaths(table), "died", "no count found")
    marked = {ORANGE: 0, BLUE: 0}
    for line in figure.axes[0].get_lines():
        if line.get_color() in marked:
            marked[str(line.get_color())] += drawn(line)
    words = [text.get_text() for text in figure.axes[0].texts]

    assert marked == {ORANGE: 36 + 10, BLUE: 17 + 3}
    assert {"36 of 1,000 died", "3 of 1,000 died", "no count found"} <= set(words)


def test_decision_words_for_who_sees_nothing(table: pd.DataFrame) -> None:
    """The text alternative holds each number of the drawing."""
    told = decision.in_words(decision.stays(table), "stayed", "no count found")

    assert all(str(number) in told for number in (220, 730, 390, 640))
    assert told.endswith("Kratom, an empty frame: no count found.")


def test_decision_refusal(table: pd.DataFrame) -> None:
    """More deaths than people: no figure is better than a wrong one."""
    with pytest.raises(ValueError, match="1001"):
        decision.decision_figure(decision.deaths(changed(table, "CARE-037", value=1001)), "died", "-")


def test_decision_figure_weight(table: pd.DataFrame) -> None:
    """Four thousand dots in a few kilobytes, byte for byte the same."""
    first, second = (
        saved(decision.decision_figure(decision.stays(table), "stayed", "no count found"), "svg") for _ in range(2)
    )

    assert first == second
    assert len(gzip.compress(first, 9)) <= 5000
