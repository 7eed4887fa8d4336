"""Print references as they were entered; registered with pybtex as the style "evidence" in pyproject.toml."""

from typing import Any

from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.template import field, sentence


class EvidenceStyle(PlainStyle):  # type: ignore[misc]  # pybtex ships no types
    """Keep the capitals of a title: lowering them, as the plain style does, turns "US" into "us"."""

    def format_title(self, e: Any, which_field: str, as_sentence: bool = True) -> Any:
        """Return the title as it stands in the entry."""
        title = field(which_field)
        return sentence[title] if as_sentence else title
