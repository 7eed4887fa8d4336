"""A claim tells when it was stated, changed and checked, and says so when nobody has checked it for long."""

import pytest

from small_book import Book, Replace


@pytest.fixture
def told(book: Book, replace: Replace) -> Book:
    """Lay out a small book in which one claim was changed and another came later."""
    replace(
        "evidence/claims/care.yml",
        "  stated: 2026-11-20\n  checked: 2026-11-22\n- id: lever-pressing",
        "  stated: 2026-11-20\n  checked: 2026-11-22\n  history:\n"
        "    - {date: 2026-11-21, what: reworded}\n    - {date: 2026-11-22, what: 'lowered, because one study fell'}\n"
        "- id: lever-pressing",
    )
    book.write("changes", "---\norphan: true\n---\n\n# Changes\n\n```{changes}\n```\n")
    return book


def test_a_card_tells_its_days(told: Book) -> None:
    """First stated, last changed, last checked."""
    told.build()

    assert "First stated 2026-11-20. Last changed 2026-11-22. Last checked 2026-11-22." in told.html("chapter")
    assert "First stated 2026-11-20. Unchanged since. Last checked 2026-11-22." in told.html("claims")


def test_the_changes_stand_with_their_reasons(told: Book) -> None:
    """The latest day first, each claim linked."""
    told.build()

    page = told.html("changes")
    assert page.index("2026-11-22") < page.index("2026-11-21")
    assert "Lowered, because one study fell." in page
    assert "Reworded." in page
    assert 'href="chapter.html#claim-death-out-of-treatment"' in page
    assert "first stated" not in page.lower()


def test_a_claim_of_a_later_day_is_a_change(book: Book, replace: Replace) -> None:
    """The first day is where the book began; what came after it is news."""
    text = (book.folder / "evidence/claims/care.yml").read_text(encoding="utf-8")
    first, _, second = text.partition("- id: lever-pressing")
    second = second.replace("stated: 2026-11-20", "stated: 2026-11-21")
    (book.folder / "evidence/claims/care.yml").write_text(f"{first}- id: lever-pressing{second}", encoding="utf-8")
    book.write("changes", "---\norphan: true\n---\n\n# Changes\n\n```{changes}\n```\n")
    book.build()

    page = book.html("changes")
    assert "First stated." in page
    assert "claim-lever-pressing" in page
    assert "claim-death-out-of-treatment" not in page


def test_a_claim_grows_stale_in_words(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """On its card, in short lists and in tables, when twelve months have passed on the day the build counts from."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # 22 November 2026
    book.build()
    assert "checked for over" not in book.html("chapter") + book.html("claims")

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1826928000")  # 23 November 2027
    book.build()
    assert "Not checked for over 12 months." in book.html("chapter")
    assert "; not checked for over 12 months)" in book.html("chapter")
    assert "Not checked for over 12 months." in book.html("claims")
