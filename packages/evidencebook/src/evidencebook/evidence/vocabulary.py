"""Hold the closed lists: the words a record may use, and nothing else."""

from typing import Literal, get_args

Design = Literal[
    "systematic-review",
    "rct",
    "crossover-trial",
    "controlled-clinical",
    "pharmacokinetic-human",
    "cohort",
    "case-control",
    "cross-sectional",
    "qualitative",
    "case-series",
    "case-report",
    "surveillance",
    "animal",
    "in-vitro",
    "chemistry",
    "guideline",
    "regulatory",
    "narrative-review",
    "registry",
    "statistics",
    "web-page",
]
Seen = Literal["full-text", "abstract", "dataset", "secondary"]
SpreadKind = Literal["sd", "sem", "se", "ci95", "ci90", "iqr", "range"]
Certainty = Literal["high", "moderate", "low", "very low", "no evidence", "not graded"]
Step = Literal[-2, -1, 0, 1, 2]
AppliesTo = Literal["humans", "animals", "cells", "products", "practice", "law", "chemistry"]
Domain = Literal[
    "risk of bias",
    "inconsistency",
    "indirectness",
    "imprecision",
    "publication bias",
    "large effect",
    "dose response",
    "opposing confounding",
]
Verdict = Literal["supported", "partly supported", "unproven", "contradicted", "not checkable"]
ExclusionKind = Literal["not needed", "told elsewhere", "second-hand", "no result", "unsound"]
Flag = Literal["industry-funded", "self-selected"]

#: Designs that hold what others found: beside animals and cells they bring no people to a claim (rule 2).
NO_STUDY: frozenset[str] = frozenset({"registry", "web-page"})

#: The kinds of evidence that a map tells apart, from the surest way of knowing to the most remote. Guidelines, laws,
#: registers, narrative reviews and web pages report no study of their own and are of no kind.
KINDS: dict[str, frozenset[str]] = {
    "review": frozenset({"systematic-review"}),
    "trial": frozenset({"rct", "crossover-trial", "controlled-clinical"}),
    "dosing": frozenset({"pharmacokinetic-human"}),
    "cohort": frozenset({"cohort", "case-control"}),
    "survey": frozenset({"cross-sectional", "qualitative"}),
    "records": frozenset({"surveillance", "statistics"}),
    "cases": frozenset({"case-series", "case-report"}),
    "animal": frozenset({"animal"}),
    "laboratory": frozenset({"in-vitro", "chemistry"}),
}
Kind = Literal["review", "trial", "dosing", "cohort", "survey", "records", "cases", "animal", "laboratory", "none"]
#: Kinds of evidence whose subjects are not people: alone they carry no claim about people (rule 2).
NOT_HUMAN: frozenset[str] = frozenset({"animal", "laboratory"})
#: What a group that claims apply to is made of.
GroupKind = Literal["people", "animals", "other"]

#: The reasons that can only raise a certainty; all others can only lower it.
RAISING: frozenset[str] = frozenset({"large effect", "dose response", "opposing confounding"})

#: What GRADE grades: effects in people and, by its extension of 2018 (doi 10.1371/journal.pone.0187271), in animals.
GRADED_ON: frozenset[str] = frozenset({"people", "animals"})

#: The certainties from the surest to the least, and what is not graded.
CERTAINTIES: tuple[Certainty, ...] = ("high", "moderate", "low", "very low", "no evidence", "not graded")

#: The certainty, drawn; what is not graded has no symbol because it stands on no scale.
SYMBOLS: dict[str, str] = {"high": "⊕⊕⊕⊕", "moderate": "⊕⊕⊕◯", "low": "⊕⊕◯◯", "very low": "⊕◯◯◯", "no evidence": "◯◯◯◯"}

#: The closed lists as a command line offers them.
DESIGNS: tuple[str, ...] = get_args(Design)
FLAGS: tuple[str, ...] = get_args(Flag)
SEEN_KINDS: tuple[str, ...] = get_args(Seen)
#: From what holds to what does not; what cannot be judged comes last.
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
