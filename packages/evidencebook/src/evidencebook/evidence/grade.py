"""Grade a claim as GRADE does: a start that the designs decide, steps down or up, and a verb that says the sum."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.models import Claim
from evidencebook.evidence.vocabulary import SYMBOLS, Certainty, Design

#: The levels from the least sure to the surest: a level's number is its place here, and steps count between them.
LEVELS: tuple[Certainty, ...] = ("very low", "low", "moderate", "high")
_ORDER = {design: place for place, design in enumerate(get_args(Design))}

_MODERATE = re.compile(r"\b(probably|likely)\b", re.IGNORECASE)
_LOW = re.compile(r"\b(may|might)\b", re.IGNORECASE)
_VERY_LOW = re.compile(r"\bvery uncertain\b", re.IGNORECASE)
_NO_EVIDENCE = re.compile(r"^(?>.*?\bno\b).*\bfound\b|\bfound no\b", re.IGNORECASE)

#: For each certainty: the words it needs (or none), and what to write.
_ADVICE: dict[str, str] = {
    "high": "state it plainly, without probably, likely, may or very uncertain",
    "moderate": 'say "probably" or "likely", and neither "may" nor "very uncertain"',
    "low": 'say "may", and neither "probably", "likely" nor "very uncertain"',
    "very low": 'say that it is "very uncertain"',
    "no evidence": 'say that "no study was found", and neither "probably", "likely", "may" nor "very uncertain"',
}

#: What each reason for a step means to a reader who does not know GRADE.
_IN_SHORT: dict[str, str] = {
    "risk of bias": "the studies can mislead",
    "inconsistency": "results differ",
    "indirectness": "studied indirectly",
    "imprecision": "few people or events",
    "publication bias": "some results may be unpublished",
    "large effect": "but a large effect",
    "dose response": "but more of it, more effect",
    "opposing confounding": "but what else differed would hide the effect",
}


@dataclass(frozen=True)
class Start:
    """Say where the grading of a claim starts, the design that decides it, and the finding of that design."""

    level: Literal["high", "low"]
    design: str
    finding: str | None


def start(evidence: EvidenceBase, claim: Claim) -> Start:
    """Give the start of a claim: high where a finding rests on allocation by chance, else low (GRADE guidelines 3).

    A randomised trial was allocated by chance; a review or a crossover study says so in `where: {allocation: random}`.
    Experiments on animals start high for claims about animals (Hooijmans 2018).
    """
    read = [evidence.findings[one] for one in claim.findings if one in evidence.findings]
    known = [found.id for found in read if found.source in evidence.sources]
    if not known:
        return Start("low", "no study", None)
    best = min(known, key=lambda one: (not _controlled(evidence, claim, one), _ORDER[evidence.source_of(one).design]))
    controlled = _controlled(evidence, claim, best)
    return Start("high" if controlled else "low", _design(evidence, best, controlled), best)


def _controlled(evidence: EvidenceBase, claim: Claim, finding: str) -> bool:
    """Tell whether chance, or an experimenter for animals, decided who was given what in a finding."""
    design = evidence.source_of(finding).design
    if allocation := evidence.findings[finding].where.get("allocation"):
        return allocation == "random"
    return design == "rct" or (design == "animal" and claim.applies_to == "animals")


def _design(evidence: EvidenceBase, finding: str, controlled: bool) -> str:
    """Name the design that decides, in words."""
    design = evidence.source_of(finding).design
    if design == "systematic-review" and not controlled:
        return str(evidence.findings[finding].where.get("design", "review, not of randomised trials alone"))
    words = {
        "rct": "randomised trial",
        "animal": "animal experiment",
        "cross-sectional": "cross-sectional survey",
        "crossover-trial": "randomised crossover trial" if controlled else "crossover study without random order",
        "pharmacokinetic-human": "pharmacokinetic study",
        "regulatory": "statement of a regulator",
        "surveillance": "surveillance counts",
        "systematic-review": "review of randomised trials",
    }
    return words.get(design, design.replace("-", " "))


def total(evidence: EvidenceBase, claim: Claim) -> Certainty:
    """Give the certainty that the start and the steps of a claim add up to; it stays between very low and high."""
    level = LEVELS.index(start(evidence, claim).level) + sum(reason.step for reason in claim.because)
    return LEVELS[max(0, min(level, len(LEVELS) - 1))]


def arithmetic(evidence: EvidenceBase, claim: Claim) -> str:
    """Write the sum in one line: "starts low (cohort); risk of bias 0, large effect +1"; nothing if not graded."""
    if claim.certainty not in LEVELS:
        return ""
    begun = start(evidence, claim)
    steps = ", ".join(f"{reason.domain} {signed(reason.step)}" for reason in claim.because)
    return f"starts {begun.level} ({begun.design}); {steps}"


def short_reasons(evidence: EvidenceBase, claim: Claim) -> str:
    """Say in a few words why a claim is as sure as it is: "cohort; the studies can mislead"; nothing if not graded."""
    if claim.certainty not in LEVELS:
        return ""
    steps = ", ".join(_IN_SHORT[reason.domain] for reason in claim.because if reason.step)
    return f"{start(evidence, claim).design}; {steps}" if steps else start(evidence, claim).design


def signed(step: int) -> str:
    """Write a step with its sign and a true minus."""
    return f"{step:+d}".replace("-", "−") if step else "0"


#: Words that claim more than any certainty below high, whatever verb stands beside them.
_SURE = re.compile(
    r"\b(?:always|never fails?|certain(?:ly)?|definite(?:ly)?|undoubtedly|undeniabl[ey]|undisputed|indeed"
    r"|indisputabl[ey]|unquestionabl[ey]|without (?:a |any )?(?:doubt|question)|no doubt|of course|in fact"
    r"|(?<!less )clearly|surely|obvious(?:ly)?|evidently|demonstrably|conclusively|prove[sdn]?|proof|guarantee[sd]?"
    r"|beyond (?:any |all )?doubt|invariably|inevitably|absolutely|everyone|everybody|without exception|established)\b",
    re.IGNORECASE,
)
#: A clause with a subject and a verb of effect of its own: "probably keeps more, and lowers" hedges both verbs.
_EFFECT = re.compile(
    r"(?:[;:.]\s+|,\s+(?:and|but|so|yet|while|whereas|as|because)\s+|,\s+(?=which\b|that\b))"
    r"(?P<clause>(?:[^\s;:,.]+\s+){1,8}?(?:"
    r"(?:reliev|reduc|cur|eas|rais|improv|caus|increas|decreas|eliminat|sav|promot|produc|revers|solv)es"
    r"|treats|prevents|stops|heals|lowers|helps|works|ends|lessens|protects|leads to|kills|blocks|restores|suppresses"
    r"|is (?:safe|effective|harmless|better|superior)|are (?:safe|effective|harmless|better)|does so|will)\b[^;:.]*)",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:may|might|probably|likely|uncertain|whether|can|could|if|reported?|says?|said|seen|found|saw|not show)\b",
    re.IGNORECASE,
)


def _too_sure(statement: str) -> str | None:
    """Return the words of a hedged statement that are surer than its verb: an adverb, or a clause of their own."""
    if sure := _SURE.search(statement):
        return sure[0]
    clauses = (found["clause"] for found in _EFFECT.finditer(statement))
    return next((clause for clause in clauses if not _HEDGED.search(clause)), None)


@lru_cache(maxsize=2048)
def check_wording(statement: str, certainty: Certainty) -> str | None:
    """Say what to write when the verb claims more or less than the certainty, else nothing."""
    # "more likely to" compares frequencies; it does not hedge.
    text = re.sub(r"\b(more|less|as|twice as|times as) likely\b", "", statement, flags=re.IGNORECASE)
    moderate, low, very_low = (bool(words.search(text)) for words in (_MODERATE, _LOW, _VERY_LOW))
    fits = {
        "high": not (moderate or low or very_low),
        "moderate": moderate and not (low or very_low),
        "low": low and not (moderate or very_low),
        "very low": very_low and not moderate,
        "no evidence": bool(_NO_EVIDENCE.search(text)) and not (moderate or low or very_low),
    }
    if certainty == "not graded":
        hedge = next((found for found in (_MODERATE, _VERY_LOW, _LOW) if found.search(text.split(";")[0])), None)
        told = "the verb grades, and the claim is not graded; grade it, or say in other words what is on record"
        return told if hedge else None
    if certainty in ("moderate", "low", "very low") and (sure := _too_sure(text)):
        return f'"{sure}" is surer than {in_words(certainty)}; leave it out, or hedge it as the verb is hedged'
    if fits[certainty]:
        return None
    return f"the verb does not say {in_words(certainty)}; {_ADVICE[certainty]}"


def in_words(certainty: Certainty) -> str:
    """Name the certainty as a reader meets it."""
    return f"{certainty} certainty" if certainty in LEVELS else certainty


def symbol(certainty: Certainty) -> str:
    """Draw the certainty; the drawing only repeats the word."""
    return SYMBOLS.get(certainty, "")


def with_symbol(certainty: Certainty) -> str:
    """Name the certainty as the first words of a sentence, with its drawing."""
    return f"{in_words(certainty).capitalize()} {symbol(certainty)}".strip()
