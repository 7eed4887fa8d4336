"""The reference page names every command, directive, role and setting, as the code says them."""

import reference


def test_reference_is_up_to_date() -> None:
    """`make reference` renews it."""
    assert reference.PAGE.read_text(encoding="utf-8") == reference.text()


def test_reference_holds_every_command_and_directive() -> None:
    """Each has words of its own, and none is the docstring of its base class."""
    page = reference.text()

    for name, command in reference.paths(reference.commands):
        assert f"`evidencebook {name}`: {(command.help or '').strip()[:20]}" in page
    for name, directive in reference.registered().directives.items():
        assert f"### `{name}`" in page
        assert directive.__doc__, name
