"""What a phone shows before anyone scrolls, and how far down each question of a reader is answered."""

from typing import Any

import pytest

from browsing import PHONE
from serving import Host
from test_reader_questions import QUESTIONS

pytestmark = pytest.mark.slow
FIRST = [".emergency .evidence-call", ".emergency a[href='#help-now']", ".answer p:first-child", ".answer p:last-child"]
#: The phone on which the questions were counted in screens.
SCREEN = {"width": 390, "height": 844}


def test_first_screen_answer_and_help(browser: Any, host: Host) -> None:
    """The first number to call, the way to the steps, the question, and what not to stop."""
    page = browser.new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(host.address + "index.html")
    ends = {one: page.locator(one).first.evaluate("e => e.getBoundingClientRect().bottom") for one in FIRST}
    page.close()

    assert {one: end for one, end in ends.items() if not 0 < end <= PHONE["height"]} == {}


@pytest.mark.parametrize("name", sorted({one["page"] for one in QUESTIONS if one["anchor"]}))
def test_reader_questions_screens(browser: Any, host: Host, name: str) -> None:
    """The place that answers begins no deeper than was promised when the question was written down."""
    page = browser.new_page(viewport=SCREEN, has_touch=True, is_mobile=True)
    page.goto(f"{host.address}{name}.html")
    late = {}
    for one in (one for one in QUESTIONS if one["page"] == name and one["anchor"]):
        top = page.locator(f"[id='{one['anchor']}']").first.evaluate("e => e.getBoundingClientRect().top + scrollY")
        if top / SCREEN["height"] > one["screens"]:
            late[one["words"]] = round(top / SCREEN["height"], 1)
    page.close()

    assert late == {}
