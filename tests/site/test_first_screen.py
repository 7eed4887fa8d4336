"""What a phone shows before anyone scrolls."""

from typing import Any

import pytest

from browsing import PHONE
from serving import Host

pytestmark = pytest.mark.slow
FIRST = [".answer p:first-child", ".answer .evidence-grade", ".admonition.tip .admonition-title", ".evidence-call"]


@pytest.mark.parametrize("name", ["index.html", "plain.html"])
def test_first_screen_answer_and_help(browser: Any, host: Host, name: str) -> None:
    """The question, how sure the answer is, the box for an emergency and the first number to call."""
    page = browser.new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(host.address + name)
    ends = {one: page.locator(one).first.evaluate("e => e.getBoundingClientRect().bottom") for one in FIRST}
    page.close()

    assert {one: end for one, end in ends.items() if not 0 < end <= PHONE["height"]} == {}
