"""Nobody is asked anonymously, and no contact address reaches a header unchecked."""

from pathlib import Path

import pytest

from evidencebook.evidence.diagnostics import UserError
from evidencebook.evidence.project import BookFolder
from evidencebook.surveillance.asking.contact import contact_of


def book(folder: Path, line: str) -> BookFolder:
    """Write settings of which one line is in question."""
    made = BookFolder(folder)
    made.pages.mkdir()
    made.config.write_text(f"title: Tea\nsphinx:\n  config:\n    language: en\n    {line}\n", encoding="utf-8")
    return made


def test_what_is_given_with_the_command_goes_before_the_book(tmp_path: Path) -> None:
    """A person who runs it once need not change the book."""
    own = book(tmp_path, "evidence_contact: book@example.org")

    assert contact_of(own, "ada@example.org") == "ada@example.org"
    assert contact_of(own, " ") == contact_of(own) == "book@example.org"


@pytest.mark.parametrize("line", ['evidence_contact: ""', "evidence_contact:", "numfig: true"])
def test_without_an_address_it_says_where_to_write_one(tmp_path: Path, line: str) -> None:
    """The message holds the line to write."""
    with pytest.raises(
        UserError, match=r"_config\.yml:[15]: there is no contact address.*evidence_contact: you@example"
    ):
        contact_of(book(tmp_path, line))


def test_a_book_without_settings_has_no_address_either(tmp_path: Path) -> None:
    """A missing file is no traceback."""
    with pytest.raises(UserError, match="there is no contact address"):
        contact_of(BookFolder(tmp_path))


@pytest.mark.parametrize(
    "text", ["ada", "a@b", "ada@example.org\r\nX-Other: 1", "ada@example.org, b@example.org", "a b@c.de"]
)
def test_what_is_no_mail_address_reaches_no_header(tmp_path: Path, text: str) -> None:
    """A line break in it would be a header of its own."""
    with pytest.raises(UserError, match="is no address of mail"):
        contact_of(book(tmp_path, "numfig: true"), text)


def test_settings_that_cannot_be_read_are_named_with_their_line(tmp_path: Path) -> None:
    """No traceback of the YAML parser."""
    with pytest.raises(UserError, match=r"_config\.yml:5: the settings cannot be read"):
        contact_of(book(tmp_path, "a: b: c"))
