"""Grade a claim as GRADE does: a start that the designs decide, steps down or up, and a verb that says the sum."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from evidencebook import locale
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.models import Claim
from evidencebook.evidence.vocabulary import SYMBOLS, Certainty
from evidencebook.locale import _, gettext_noop

#: The levels from the least sure to the surest: a level's number is its place here, and steps count between them.
LEVELS: tuple[Certainty, ...] = ("very low", "low", "moderate", "high")

#: What each reason for a step means to a reader who does not know GRADE.
_IN_SHORT: dict[str, str] = {
    "risk of bias": gettext_noop("the studies can mislead"),
    "inconsistency": gettext_noop("results differ"),
    "indirectness": gettext_noop("studied indirectly"),
    "imprecision": gettext_noop("few people or events"),
    "publication bias": gettext_noop("some results may be unpublished"),
    "large effect": gettext_noop("but a large effect"),
    "dose response": gettext_noop("but more of it, more effect"),
    "opposing confounding": gettext_noop("but what else differed would hide the effect"),
}
#: The certainties as a reader meets them: alone, and as the first words of a sentence.
_IN_WORDS: dict[str, tuple[str, str]] = {
    "high": (gettext_noop("high certainty"), gettext_noop("High certainty")),
    "moderate": (gettext_noop("moderate certainty"), gettext_noop("Moderate certainty")),
    "low": (gettext_noop("low certainty"), gettext_noop("Low certainty")),
    "very low": (gettext_noop("very low certainty"), gettext_noop("Very low certainty")),
    "no evidence": (gettext_noop("no evidence"), gettext_noop("No evidence")),
    "not graded": (gettext_noop("not graded"), gettext_noop("Not graded")),
}
_DESIGNS: dict[str, str] = {
    "rct": gettext_noop("randomised trial"),
    "animal": gettext_noop("animal experiment"),
    "cross-sectional": gettext_noop("cross-sectional survey"),
    "pharmacokinetic-human": gettext_noop("pharmacokinetic study"),
    "regulatory": gettext_noop("statement of a regulator"),
    "surveillance": gettext_noop("surveillance counts"),
    "systematic-review": gettext_noop("review of randomised trials"),
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
        return Start("low", _("no study"), None)
    order = evidence.subject.designs
    best = min(
        known, key=lambda one: (not _controlled(evidence, claim, one), order.index(evidence.source_of(one).design))
    )
    controlled = _controlled(evidence, claim, best)
    return Start("high" if controlled else "low", _design(evidence, best, controlled), best)


def _controlled(evidence: EvidenceBase, claim: Claim, finding: str) -> bool:
    """Tell whether chance, or an experimenter for animals, decided who was given what in a finding."""
    design = evidence.source_of(finding).design
    if allocation := evidence.findings[finding].where.get("allocation"):
        return allocation == "random"
    return evidence.subject.starts_high(design, claim.applies_to)


def _design(evidence: EvidenceBase, finding: str, controlled: bool) -> str:
    """Name the design that decides, in words."""
    design = evidence.source_of(finding).design
    if design == "systematic-review" and not controlled:
        return str(evidence.findings[finding].where.get("design", _("review, not of randomised trials alone")))
    if design == "crossover-trial":
        return _("randomised crossover trial") if controlled else _("crossover study without random order")
    return _(_DESIGNS.get(design, design.replace("-", " ")))


def total(evidence: EvidenceBase, claim: Claim) -> Certainty:
    """Give the certainty that the start and the steps of a claim add up to; it stays between very low and high."""
    level = LEVELS.index(start(evidence, claim).level) + sum(reason.step for reason in claim.because)
    return LEVELS[max(0, min(level, len(LEVELS) - 1))]


def arithmetic(evidence: EvidenceBase, claim: Claim) -> str:
    """Write the sum in one line: "starts low (cohort); risk of bias 0, large effect +1"; nothing if not graded."""
    if claim.certainty not in LEVELS:
        return ""
    begun = start(evidence, claim)
    starts = {"high": _("starts high (%s)"), "low": _("starts low (%s)")}[begun.level] % begun.design
    return f"{starts}; {steps(claim)}"


def steps(claim: Claim) -> str:
    """Write the steps of a claim: "risk of bias 0, large effect +1"."""
    return ", ".join(f"{_(reason.domain)} {signed(reason.step)}" for reason in claim.because)


def short_reasons(evidence: EvidenceBase, claim: Claim) -> str:
    """Say in a few words why a claim is as sure as it is: "cohort; the studies can mislead"; nothing if not graded."""
    if claim.certainty not in LEVELS:
        return ""
    reasons = ", ".join(_(_IN_SHORT[reason.domain]) for reason in claim.because if reason.step)
    return "; ".join(filter(None, (start(evidence, claim).design, reasons)))


def signed(step: int) -> str:
    """Write a step with its sign and a true minus."""
    return f"{step:+d}".replace("-", "−") if step else "0"


def _too_sure(statement: str, verbs: Mapping[str, str]) -> str | None:
    """Return the words of a hedged statement that are surer than its verb: an adverb, or a clause of their own."""
    if sure := re.search(verbs["sure"], statement):
        return sure[0]
    clauses = (found["clause"] for found in re.finditer(verbs["effect"], statement))
    return next((clause for clause in clauses if not re.search(verbs["hedged"], clause)), None)


def surer_words(text: str, language: str = locale.ENGLISH) -> str | None:
    """Return the words of a text that are surer than any evidence, in a part of it that denies nothing."""
    if not locale.known(language):
        return None
    verbs = locale.words(language)["verbs"]
    sentences = (one for one in re.split(r"[,;:.?!]\s+", text) if not re.search(verbs["denied"], one))
    return next((found[0] for one in sentences if (found := re.search(verbs["sure"], one))), None)


@lru_cache(maxsize=2048)
def check_wording(statement: str, certainty: Certainty, language: str = locale.ENGLISH) -> str | None:
    """Say what to write when the verb claims more or less than the certainty, else nothing.

    Of a language whose verbs nobody has written down (locale/*/words.yml) nothing is said.
    """
    if not locale.known(language):
        return None
    verbs, advice = (locale.words(language)[part] for part in ("verbs", "advice"))
    # "more likely to" compares frequencies; it does not hedge.
    text = re.sub(verbs["comparison"], "", statement)
    found = {level for level in ("moderate", "low", "very low") if re.search(verbs[level], text)}
    if certainty == "not graded":
        told = "the verb grades, and the claim is not graded; grade it, or say in other words what is on record"
        first = text.split(";")[0]
        return told if any(re.search(verbs[level], first) for level in found) else None
    if certainty in ("moderate", "low", "very low") and (sure := _too_sure(text, verbs)):
        return f'"{sure}" is surer than {certainty} certainty; leave it out, or hedge it as the verb is hedged'
    fits = {
        "high": not found,
        "moderate": found == {"moderate"},
        "low": found == {"low"},
        "very low": "very low" in found and "moderate" not in found,
        "no evidence": bool(re.search(verbs["no evidence"], text)) and not found,
    }[certainty]
    said = f"{certainty} certainty" if certainty in LEVELS else certainty
    return None if fits else f"the verb does not say {said}; {advice[certainty]}"


def in_words(certainty: Certainty) -> str:
    """Name the certainty as a reader meets it."""
    return _(_IN_WORDS[certainty][0])


def begins(certainty: Certainty) -> str:
    """Name the certainty as the first words of a sentence."""
    return _(_IN_WORDS[certainty][1])


def symbol(certainty: Certainty) -> str:
    """Draw the certainty; the drawing only repeats the word."""
    return SYMBOLS.get(certainty, "")


def with_symbol(certainty: Certainty) -> str:
    """Name the certainty as the first words of a sentence, with its drawing."""
    return f"{begins(certainty)} {symbol(certainty)}".strip()
