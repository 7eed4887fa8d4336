"""The state of a source is told in words, and what was not checked, or long ago, never looks checked."""

import datetime as dt

import pytest

from evidencebook.evidence.models import Source
from evidencebook.surveillance.base import Living
from evidencebook.surveillance.models import Check
from evidencebook.surveillance.verify.check_state import State, state
from evidencebook.surveillance.verify.needs import needs

TODAY = dt.date(2026, 11, 28)
DOI, NOTICE = "10.1000/made", "10.1000/notice"


def source(**more: str) -> Source:
    """Describe an invented article."""
    given = {"doi": DOI, **more}
    return Source(
        key="example2020tea",
        kind="article",
        title="Tea",
        authors=("Example, Ada",),
        year=2020,
        design="rct",
        seen="abstract",
        **{name: text for name, text in given.items() if text},
    )


def made(*checks: tuple[str, str], day: dt.date = TODAY, value: str | None = None, target: str | None = None) -> Living:
    """Record checks of the invented article."""
    return Living(
        checks=tuple(
            Check(source="example2020tea", what=w, outcome=o, date=day, since=day, value=value, target=target)
            for w, o in checks
        )
    )


GOOD = (("work", "agrees"), ("notice", "clear"))


@pytest.mark.parametrize(
    ("checks", "more", "says"),
    [
        ((), {}, State("never", "Never checked against the registries.")),
        ((), {"doi": "", "url": "https://example.org"}, State("never", "Never checked whether its web page is there.")),
        ((), {"doi": ""}, State("nothing", "Nothing to check: the entry names no DOI, no number and no address.")),
        (GOOD, {}, State("good", "Checked 2026-11-28: the DOI leads to this article; no notice.")),
        (
            GOOD,
            {"url": "https://example.org"},
            State(
                "stale",
                "Checked 2026-11-28: the DOI leads to this article; no notice. "
                "Never checked whether its web page is there.",
            ),
        ),
        (
            (("work", "there"),),
            {},
            State(
                "good",
                "Checked 2026-11-28: the DOI is registered, in a place that was not asked what it stands for.",
            ),
        ),
        ((("work", "no answer"), ("notice", "no answer")), {}, State("never", "Never checked against the registries.")),
    ],
)
def test_what_was_checked_and_what_was_not_are_both_said(
    checks: tuple[tuple[str, str], ...], more: dict[str, str], says: State
) -> None:
    """A page that nobody asked for does not hide behind a DOI that was."""
    assert state(made(*checks), source(**more), TODAY) == says


def test_a_retraction_is_trouble_and_names_its_notice() -> None:
    """The reader of the card can follow it."""
    living = made(("work", "agrees"), ("notice", "retracted"), value=NOTICE)

    word, text = state(living, source(), TODAY)

    assert (word, f"retracted ({NOTICE})." in text) == ("trouble", True)


def test_after_three_months_the_state_is_old_and_says_so() -> None:
    """A nightly run that failed for a season is seen by readers."""
    living = made(*GOOD)

    assert state(living, source(), dt.date(2027, 2, 28)).word == "good"
    assert state(living, source(), dt.date(2027, 3, 1)) == State(
        "stale",
        "Not checked since 2026-11-28, over 3 months ago; then: the DOI leads to this article; no notice.",
    )


def test_old_trouble_stays_trouble() -> None:
    """A retraction does not fade to grey."""
    word, text = state(made(("work", "agrees"), ("notice", "retracted")), source(), dt.date(2028, 1, 1))

    assert (word, "Not checked since" in text, "retracted" in text) == ("trouble", True, True)


def test_a_fresh_check_lends_no_day_to_an_old_one() -> None:
    """Each is told with its own day."""
    old = made(("notice", "clear"), day=dt.date(2026, 1, 1)).checks
    living = Living(checks=(*made(("work", "agrees")).checks, *old))

    assert state(living, source(), TODAY).text == (
        "Checked 2026-11-28: the DOI leads to this article. "
        "Not checked since 2026-01-01, over 3 months ago; then: no notice."
    )


def test_a_mended_doi_was_never_checked() -> None:
    """What was seen of another DOI says nothing of this one."""
    living = made(*GOOD, target="10.1000/mistyped")

    assert state(living, source(), TODAY).word == "never"
    assert state(made(*GOOD, target=DOI.upper()), source(), TODAY).word == "good"


def test_a_registration_is_found_where_the_entry_names_it() -> None:
    """An article on a registered trial is checked as an article; the register's own page is asked through its API."""
    registered = source(doi="", url="https://clinicaltrials.gov/study/NCT90000001")

    assert needs(registered) == {"trial": "NCT90000001"}
    assert needs(source(url="https://clinicaltrials.gov/study/NCT90000001")) == {"work": DOI, "notice": DOI}
    assert needs(source(doi="", pmid="1", url="http://[")) == {"notice": "1", "pmid": "1"}
