"""Define the records that serve pages: scores on checklists, words that readers search for, questions they ask."""

from typing import Annotated

from pydantic import Field, model_validator

from evidencebook.evidence.fields import Record, Text

Page = Annotated[Text, Field(description="path of a page below the folder of the pages, without its ending")]
Anchor = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="a place on the page")]


class Score(Record):
    """Hold the score of one item of a checklist, with the reason in a few words."""

    index: Text
    item: Text
    score: Annotated[int, Field(ge=0)]
    out_of: Annotated[int, Field(ge=1, le=1000)]
    reason: Text

    @model_validator(mode="after")
    def _within_the_scale(self) -> "Score":
        if self.score > self.out_of:
            raise ValueError(f"{self.score} is more than the {self.out_of} there are to be had")
        return self


class SearchWords(Record):
    """Name the page that must come first for words that readers search for."""

    words: tuple[Text, ...] = Field(min_length=1)
    page: Page
    anchor: Anchor | None = None


class ReaderQuestion(Record):
    """Name the place that answers a question, and within how many screens of a phone it must begin."""

    asks: Text
    words: Text
    page: Page
    anchor: Anchor | None
    screens: Annotated[int, Field(ge=1, le=100)]
