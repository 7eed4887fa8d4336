"""Hold the words of a subject: those of medicine, with which every book begins, and what vocabulary.yml adds."""

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, Field, ValidationInfo, WithJsonSchema, field_validator
from pydantic_core import PydanticCustomError

from evidencebook.evidence.fields import Record, Slug
from evidencebook.evidence.units import is_measured
from evidencebook.evidence.vocabulary import DESIGNS, KINDS, AppliesTo, Design, GroupKind, Kind


@dataclass(frozen=True)
class Subject:
    """Hold the words of a book: those of medicine, with which every book begins, and what vocabulary.yml adds."""

    #: Designs with the kind of evidence that each is.
    added_designs: tuple[tuple[str, str], ...] = ()
    #: Designs of which a finding starts high, since chance decided who was given what.
    randomised: tuple[str, ...] = ()
    #: What claims apply to, with what it is made of.
    added_groups: tuple[tuple[str, str], ...] = ()
    #: Units: what is counted, and currencies; and the points of scales.
    counted: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()

    @cached_property
    def units(self) -> frozenset[str]:
        """Name the units that the book adds."""
        return frozenset((*self.counted, *self.scales))

    @cached_property
    def designs(self) -> tuple[str, ...]:
        """Name every design, those of the book last."""
        return tuple(self._designs)

    @cached_property
    def _designs(self) -> dict[str, str]:
        known = {design: kind for kind, designs in KINDS.items() for design in designs}
        return {design: known.get(design, "none") for design in DESIGNS} | dict(self.added_designs)

    def kind_of(self, design: str) -> str:
        """Give the kind of evidence that a design is; "none" for what reports no study of its own."""
        return self._designs.get(design, "none")

    @property
    def groups(self) -> tuple[str, ...]:
        """Name everything that a claim may apply to."""
        return (*get_args(AppliesTo), *(name for name, _ in self.added_groups))

    def made_of(self, group: str) -> str:
        """Tell what a group is made of: people, animals, or something else, which GRADE does not grade."""
        return {"humans": "people", "animals": "animals"}.get(group) or dict(self.added_groups).get(group, "other")

    def starts_high(self, design: str, group: str) -> bool:
        """Tell whether a design starts high: a randomised trial, and for claims about animals an experiment on them."""
        if self.kind_of(design) == "animal":
            return self.made_of(group) == "animals"
        return design == "rct" or design in self.randomised


#: The words of medicine alone.
MEDICINE = Subject()


def subject_of(info: ValidationInfo) -> Subject:
    """Give the words of the book whose record is being read."""
    return (info.context or {}).get("subject", MEDICINE)  # type: ignore[no-any-return]  # the loader puts it there


def _one_of(words: tuple[str, ...], word: str) -> str:
    """Return a word, or say which there are as pydantic says it of a closed list."""
    if word not in words:
        raise PydanticCustomError("literal_error", "Input should be {expected}", {"expected": ", ".join(words)})
    return word


def _schema(known: Any) -> WithJsonSchema:
    """Describe words for an editor: those of medicine, or others that a book adds."""
    own = {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "type": "string"}
    return WithJsonSchema({"anyOf": [{"enum": [*get_args(known)], "type": "string"}, own]})


GroupName = Annotated[
    str, AfterValidator(lambda word, info: _one_of(subject_of(info).groups, word)), _schema(AppliesTo)
]
DesignName = Annotated[str, AfterValidator(lambda word, info: _one_of(subject_of(info).designs, word)), _schema(Design)]


class DesignKind(Record):
    """Say which kind of evidence a design is, and whether chance decided who was given what."""

    kind: Kind
    randomised: bool = False


_UnitWord = Annotated[str, Field(pattern="^[A-Za-z]+$")]


class Vocabulary(Record):
    """Add a subject's words to those of medicine, with which every book begins; vocabulary.yml holds it."""

    counted: tuple[_UnitWord, ...] = Field(
        default=(), description="things that are counted, in singular and plural, as [turbine, turbines]"
    )
    currencies: tuple[_UnitWord, ...] = Field(default=(), description="units of money, as [EUR, NOK]")
    scales: tuple[_UnitWord, ...] = Field(default=(), description="units of scores, as [IRT]")
    designs: dict[Slug, DesignKind | Kind] = Field(
        default_factory=dict, description="kinds of study with the kind of evidence that each is, as {panel: cohort}"
    )
    groups: dict[Slug, GroupKind] = Field(
        default_factory=dict, description="what claims apply to, and what it is made of, as {pupils: people}"
    )

    @property
    def subject(self) -> Subject:
        """Give the words of the book."""
        kinds = {name: one.kind if isinstance(one, DesignKind) else one for name, one in self.designs.items()}
        randomised = (name for name, one in self.designs.items() if isinstance(one, DesignKind) and one.randomised)
        units = (*self.counted, *self.currencies)
        return Subject(tuple(kinds.items()), tuple(randomised), tuple(self.groups.items()), units, self.scales)

    @field_validator("counted", "currencies", "scales")
    @classmethod
    def _words_are_no_units(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        if units := [word for word in words if is_measured(word)]:
            raise ValueError(f"{', '.join(units)} is a unit already; name what is counted")
        return words
