"""The figure for everyone draws as many trials and people as the evidence counts, and weighs little."""

import gzip

import pandas as pd
import pytest
from matplotlib.lines import Line2D

from evidencebook.analysis.display import saved
from evidencebook.analysis.figure_style import BLUE, INK, ORANGE
from findings import changed
from kratom.treatment import glance_figure as glance


def drawn(line: Line2D) -> int:
    """Count the dots or squares that a dashed line comes to."""
    start, end = line.get_xdata()
    dash, gap = (width * line.get_linewidth() for width in line._unscaled_dash_pattern[1])
    return int((float(end) - float(start) - dash / 2) // (dash + gap)) + 1


def test_glance_marks_and_words(table: pd.DataFrame) -> None:
    """27 squares, 36 and 11 large dots, a thousand dots in each block; what colour and size show is written too."""
    axes = glance.glance_figure(table).axes[0]
    found: dict[str, list[int]] = {}
    for line in axes.get_lines():
        block = 1 if line.get_xdata()[0] >= glance._BLOCK else 0
        found.setdefault(str(line.get_color()), [0, 0])[block] += drawn(line)
    words = {text.get_text() for text in axes.texts}

    assert found[ORANGE] == [36, 0]
    assert found[BLUE] == [27, 11]  # squares begin left of the second block
    assert found[INK] == [1000 - 36, 1000 - 11]
    assert {"buprenorphine: 27", "kratom: none found", "out of treatment: 36", "taking methadone: 11"} <= words


@pytest.mark.parametrize(("name", "value"), [("CARE-019", 40), ("CARE-037", 1001), ("CARE-036", -1)])
def test_glance_refusals(table: pd.DataFrame, name: str, value: float) -> None:
    """More trials than fit, more deaths than people: no figure is better than a wrong one."""
    with pytest.raises(ValueError, match=str(value)):
        glance.glance_figure(changed(table, name, value=value))


def test_glance_weight(table: pd.DataFrame) -> None:
    """Two thousand dots in two kilobytes on the wire, byte for byte the same."""
    first, second = (saved(glance.glance_figure(table), "svg") for _ in range(2))

    assert first == second
    assert len(gzip.compress(first, 9)) <= 2000
