"""The controls on three pages: the script computes what src/kratom computes, and says it as a control moves."""

import random
from pathlib import Path
from typing import Any

import pytest

from evidencebook.analysis.dataframe import dataframe
from evidencebook.evidence.base import EvidenceBase
from kratom.blood_levels.model import left_of_peak, reported
from kratom.self_reports.selection import shown
from kratom.treatment.trial_size import approximate_per_arm
from serving import Host

pytestmark = pytest.mark.slow
PAGES = {
    "explore-survey": ("analyses/self-reports", "of 100"),
    "explore-trial": ("conclusions", "people in each arm"),
    "explore-morning": ("analyses/blood-levels", "% of the peak"),
}


def test_explorables_numbers(browser: Any, site: Path, evidence: EvidenceBase) -> None:
    """At 200 seeded points of each the browser and Python agree to six digits."""
    draw = random.Random(1)  # noqa: S311  no secret
    published = reported(dataframe(evidence))
    middle = published.middle
    given = {"peak": middle.peak, "time": middle.time_of_peak, "area": middle.area}
    points = range(200)
    surveys = [(draw.uniform(0.01, 0.99), 2 ** draw.uniform(-6, 8)) for _ in points]
    trials = [(draw.uniform(0.1, 1.2), draw.uniform(0.5, 0.99), draw.uniform(0, 0.6)) for _ in points]
    ends = published.half_life
    mornings = [(draw.uniform(1, 48), draw.uniform(ends.low, ends.high)) for _ in points]
    tab = browser.new_page()
    tab.goto((site / "conclusions.html").as_uri())
    call = "([name, points, given]) => points.map((point) => explore[name](...point, given))"

    def computed(name: str, points: list[Any]) -> list[float]:
        return list(tab.evaluate(call, [name, [list(point) for point in points], given]))

    assert computed("shown", surveys) == pytest.approx([shown(*point) for point in surveys], rel=1e-6)
    per_arm = [approximate_per_arm(effect, power=power, leaving=leaving) for effect, power, leaving in trials]
    assert computed("perArm", trials) == pytest.approx(per_arm, rel=1e-6)
    left = [left_of_peak(published, *point) for point in mornings]
    assert computed("left", mornings) == pytest.approx(left, rel=1e-6)
    tab.close()


@pytest.mark.parametrize("name", PAGES)
def test_explorables_by_keyboard(browser: Any, host: Host, site: Path, name: str) -> None:
    """Each control has its label, an arrow key moves it, the answer follows; only these pages load the script."""
    page, words = PAGES[name]
    tab = browser.new_page()
    tab.goto(f"{host.address}{page}.html")
    controls = tab.locator(f"#{name} input[type=range]")
    before = tab.locator(f"#{name} output").text_content()
    assert words in before
    assert all(control.get_attribute("aria-valuetext") for control in controls.all())
    controls.first.focus()
    for _ in range(10):
        tab.keyboard.press("ArrowRight")
    assert tab.locator(f"#{name} output").text_content() != before
    tab.close()
    loading = {path.relative_to(site).as_posix() for path in site.rglob("*.html") if "explore.js" in path.read_text()}
    assert loading == {f"{page}.html" for page, _ in PAGES.values()}
