"""The figure for everyone draws as many trials and people as the evidence counts, and weighs little."""

import gzip

import pandas as pd
import pytest

from drawing import drawn
from evidencebook.analysis.display import saved
from evidencebook.analysis.figure_style import BLUE, INK, ORANGE
from findings import changed
from kratom.treatment import glance_figure as glance


def counts(table: pd.DataFrame) -> dict[str, list[int]]:
    """Count what each colour draws among the people, block by block, and the squares above them."""
    found: dict[str, list[int]] = {}
    for line in glance.glance_figure(table).axes[0].get_lines():
        above = line.get_ydata()[0] < 84
        if line.get_fillstyle() == "none":
            found["hollow"] = [len(line.get_xdata())]
            continue
        block = int(line.get_xdata()[0] // glance._BLOCK)
        key = "squares" if above else str(line.get_color())
        found.setdefault(key, [0, 0, 0])[block] += drawn(line)
    return found


def test_glance_marks_and_words(table: pd.DataFrame) -> None:
    """Fourteen squares; thirty-six, seventeen and eleven large dots; a thousand dots a block; all in words too."""
    found = counts(table)
    words = {text.get_text() for text in glance.glance_figure(table).axes[0].texts}

    assert sum(found["squares"]) == 14
    assert found["hollow"] == [14]  # for kratom as many places, all empty
    assert found[ORANGE] == [36, 0, 0]
    assert found[BLUE] == [0, 17, 11]
    assert found[INK] == [1000 - 36, 1000 - 17, 1000 - 11]
    assert {"buprenorphine: 14", "kratom: none found", "out of\ntreatment: 36"} <= words
    assert {"on methadone,\nnewer review: 17", "on methadone,\nolder review: 11"} <= words


@pytest.mark.parametrize(("name", "value"), [("GAP-158", 40), ("CARE-037", 1001), ("CARE-036", -1)])
def test_glance_refusals(table: pd.DataFrame, name: str, value: float) -> None:
    """More trials than fit, more deaths than people: no figure is better than a wrong one."""
    with pytest.raises(ValueError, match=str(value)):
        glance.glance_figure(changed(table, name, value=value))


def test_glance_weight(table: pd.DataFrame) -> None:
    """Three thousand dots in two and a half kilobytes on the wire, byte for byte the same."""
    first, second = (saved(glance.glance_figure(table), "svg") for _ in range(2))

    assert first == second
    assert len(gzip.compress(first, 9)) <= 2500
