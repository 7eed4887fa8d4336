"""Check what records must keep between them; each rule yields kind, id, message, and the place in the record."""

import re
from collections.abc import Iterator

from evidencebook import locale
from evidencebook.evidence import consistency, grade, neighbours, number_check, verdicts
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.consistency import Violation
from evidencebook.evidence.diagnostics import Diagnostic, relative_path
from evidencebook.evidence.models import Claim, Finding
from evidencebook.evidence.vocabulary import GRADED_ON, NO_STUDY, NOT_HUMAN


def check_all(evidence: EvidenceBase) -> list[Diagnostic]:
    """Return a diagnostic for each rule that an entry breaks."""
    diagnostics = []
    for rule in _RULES:
        for kind, name, message, *place in rule(evidence):
            entry = evidence.entry(kind, name)
            line = entry.at(tuple(place))
            diagnostics.append(Diagnostic(relative_path(entry.path), line, f"{kind} {name}: {message}"))
    return diagnostics


#: Where a record that is named should stand.
_WHERE_TO_ADD = {
    "source": "is not in sources.bib; add the entry or correct the key",
    "finding": "is in no file under findings/; correct the id or add the finding",
    "search": "is not in searches.yml; correct the id or add the search",
    "outcome": "is not in outcomes.yml; correct the id or add the outcome",
    "claim": "is in no file under claims/; correct the id or add the claim",
}


def references(evidence: EvidenceBase) -> Iterator[Violation]:
    """Rule 1: every reference resolves."""
    for kind, name, named, one, *place in _references(evidence):
        if not evidence.knows(named, one):
            yield kind, name, f'{named} "{one}" {_WHERE_TO_ADD[named]}', *place
    for name, claim in evidence.claims.items():
        for at, one in enumerate(claim.against):
            if one in claim.findings:
                yield "claim", name, f'finding "{one}" stands both for and against; keep one', "against", at
        stated = {page for text in number_check.sentences(claim) for page, _ in number_check.stated_results(text)}
        for page in sorted(stated - set(claim.analyses)):
            yield "claim", name, f'states a result of analyses/{page}; name "{page}" under analyses'
        for at, one in enumerate(claim.analyses if evidence.pages is not None else ()):
            if f"analyses/{one}" not in (evidence.pages or ()):
                yield "claim", name, f"there is no page analyses/{one}; correct the name", "analyses", at
    for name, made in evidence.assertions.items():
        for at, one in enumerate(made.against):
            if one not in made.claims:
                told = f'claim "{one}" stands under against and not under claims; add it there too'
                yield "assertion", name, told, "against", at


def _references(evidence: EvidenceBase) -> Iterator[tuple[str, str, str, str, *tuple[str | int, ...]]]:
    """Yield each reference: kind and name of the record, kind and name of what it names, and where."""
    for name, finding in evidence.findings.items():
        yield "finding", name, "source", finding.source, "source"
    for name, claim in evidence.claims.items():
        for key, named in _NAMED_BY_CLAIMS:
            yield from (("claim", name, named, one, key, at) for at, one in enumerate(getattr(claim, key)))
        for key in ("size", "relative", "without", "exposed") if claim.effect else ():
            if one := getattr(claim.effect, key):
                yield "claim", name, "finding", one, "effect", key
    for name, made in evidence.assertions.items():
        yield from (("assertion", name, "claim", one, "claims", at) for at, one in enumerate(made.claims))


_NAMED_BY_CLAIMS = (("findings", "finding"), ("against", "finding"), ("searches", "search"), ("outcomes", "outcome"))


def uses(evidence: EvidenceBase) -> Iterator[Violation]:
    """Rule 1: every source is used, or excluded with a reason, and never both; nothing is excluded twice."""
    before: set[str] = set()
    for index, group in enumerate(evidence.exclusions):
        for at, key in enumerate(group.sources):
            if not evidence.knows("source", key):
                yield "exclusion", str(index), f'source "{key}" is not in sources.bib', "sources", at
            if key in evidence.findings_of_source:
                yield "exclusion", str(index), f'source "{key}" is both used and excluded; keep one', "sources", at
        for at, name in enumerate(group.findings):
            if name in evidence.findings:
                yield "exclusion", str(index), f'finding "{name}" is both used and excluded; keep one', "findings", at
        for key, names in (("sources", group.sources), ("findings", group.findings)):
            for at, name in enumerate(names):
                if name in before:
                    yield "exclusion", str(index), f'"{name}" is excluded above for another reason; keep one', key, at
        before.update(group.sources, group.findings)


def human_evidence(evidence: EvidenceBase) -> Iterator[Violation]:
    """Rule 2: a claim about people does not rest on animals, cells or chemistry alone, whatever was searched beside."""
    subject = evidence.subject
    for name, claim in evidence.claims.items():
        if subject.made_of(claim.applies_to) != "people":
            continue
        if not claim.findings or _known(evidence, claim) != list(claim.findings):
            continue
        designs = set(_designs(evidence, claim))
        remote = {design for design in designs if subject.kind_of(design) in NOT_HUMAN}
        if remote and designs <= remote | NO_STUDY and not _admits_indirectness(claim):
            yield (
                "claim",
                name,
                f"applies to {claim.applies_to} but rests on animal, in-vitro or chemistry findings alone; "
                'write applies_to: animals or cells, or grade it "very low" with indirectness among the reasons',
                "applies_to",
            )


def animal_evidence(evidence: EvidenceBase) -> Iterator[Violation]:
    """Rule 2, the other way: a claim about animals or cells rests on some, not on people alone."""
    subject = evidence.subject
    for name, claim in evidence.claims.items():
        if claim.applies_to not in ("animals", "cells") or not claim.findings:
            continue
        kinds = {subject.kind_of(design) for design in _designs(evidence, claim)}
        if _known(evidence, claim) == list(claim.findings) and not kinds & {*NOT_HUMAN, "review"}:
            told = f"applies to {claim.applies_to}, and no finding of it is of any; correct applies_to, or name one"
            yield "claim", name, told, "applies_to"


def secondary_sources(evidence: EvidenceBase) -> Iterator[Violation]:
    """Rule 3: what was seen second-hand or on a web page never carries a claim alone."""
    for name, claim in evidence.claims.items():
        if claim.about_pages and not _speaks_of_pages(evidence, claim):
            told = "is graded, rests on a study of people, or on no page; take about_pages out"
            yield "claim", name, told, "about_pages"
        if claim.about_pages or claim.searches or claim.analyses or not _known(evidence, claim):
            continue
        if all(_is_secondary(evidence, one) for one in _known(evidence, claim)):
            yield (
                "claim",
                name,
                "rests only on findings seen second-hand or on web pages; add a finding seen in its own source, "
                "or, if it only says what pages say, write about_pages: true",
                "findings",
            )


def wording(evidence: EvidenceBase) -> Iterator[Violation]:
    """Rule 4: the verb agrees with the certainty."""
    for name, claim in evidence.claims.items():
        if message := grade.check_wording(claim.statement, claim.certainty, evidence.language):
            yield "claim", name, message, "statement"
    for name, made in evidence.assertions.items():
        for key in ("answer", "fair"):
            if surer := grade.surer_words(getattr(made, key) or "", evidence.language):
                yield "assertion", name, f'"{surer}" in the {key} is surer than evidence is; leave it out', key


def sums(evidence: EvidenceBase) -> Iterator[Violation]:
    """Rule 4: start and steps add up to the certainty, a raise is argued, and GRADE grades effects only."""
    for name, claim in evidence.claims.items():
        if claim.certainty not in grade.LEVELS or _known(evidence, claim) != list(claim.findings):
            continue  # what cannot be read is told elsewhere, and its design might decide the start
        if evidence.subject.made_of(claim.applies_to) not in GRADED_ON:
            kind = claim.applies_to
            told = f"GRADE does not grade {kind}; write certainty: not graded, and caution: for because:"
            yield "claim", name, told, "certainty"
            continue
        line = grade.arithmetic(evidence, claim)
        if (total := grade.total(evidence, claim)) != claim.certainty:
            told = f"certainty {claim.certainty} is not its sum: it {line}, which is {total}"
            yield "claim", name, f"{told}; write that, or correct a step", "certainty"
        if any(reason.step > 0 for reason in claim.because):
            if grade.start(evidence, claim).level == "high":
                told = f"it {line}; GRADE raises only what starts low: write step: 0 and say why"
                yield "claim", name, told, "because"
            elif not claim.argument:
                told = f"it {line}; a raise needs argument: why GRADE allows it for these studies"
                yield "claim", name, told, "because"


def conflicts_of_interest(evidence: EvidenceBase) -> Iterator[Violation]:
    """Rule 5: an interested or self-selected source says so wherever it carries weight."""
    says = locale.words(evidence.language)["cautions"]
    for name, finding in evidence.findings.items():
        source = evidence.sources.get(finding.source)
        for flag in source.flags if source else ():
            if not re.search(says[flag], finding.caution or ""):
                yield "finding", name, f"its source is {flag}; the caution must say so", "caution"
    for name, claim in evidence.claims.items():
        flagged = sorted({one.source for one in _records(evidence, claim) if _flags(evidence, one.source)})
        if not flagged:
            continue
        if claim.certainty == "not graded" and not claim.caution:
            told = f"rests on {', '.join(flagged)}; say under caution: whose money or people these are"
            yield "claim", name, told, "caution"
        if claim.certainty != "not graded" and "risk of bias" not in {reason.domain for reason in claim.because}:
            yield "claim", name, f"rests on {', '.join(flagged)}; name risk of bias among the reasons", "because"


def verdicts_allowed(evidence: EvidenceBase) -> Iterator[Violation]:
    """Rule 6: a verdict is one that its claims allow."""
    for name, made in evidence.assertions.items():
        if message := verdicts.check_verdict(evidence, made):
            yield "assertion", name, message, "verdict"


def _known(evidence: EvidenceBase, claim: Claim) -> list[str]:
    return [
        one for one in claim.findings if one in evidence.findings and evidence.findings[one].source in evidence.sources
    ]


def _records(evidence: EvidenceBase, claim: Claim) -> list[Finding]:
    return [evidence.findings[one] for one in _known(evidence, claim)]


def _designs(evidence: EvidenceBase, claim: Claim) -> list[str]:
    return [evidence.source_of(one).design for one in _known(evidence, claim)] or ["none"]


def _admits_indirectness(claim: Claim) -> bool:
    return claim.certainty == "very low" and "indirectness" in {reason.domain for reason in claim.because}


def _is_secondary(evidence: EvidenceBase, finding: str) -> bool:
    return evidence.findings[finding].seen == "secondary" or evidence.source_of(finding).design == "web-page"


def _speaks_of_pages(evidence: EvidenceBase, claim: Claim) -> bool:
    """Tell whether a claim can be one that only says what pages say."""
    known = _known(evidence, claim)
    studies = any(evidence.subject.kind_of(one) not in {"none", *NOT_HUMAN} for one in _designs(evidence, claim))
    pages = any(_is_secondary(evidence, one) or evidence.source_of(one).design in NO_STUDY for one in known)
    return not known or (pages and not studies and claim.certainty not in grade.LEVELS)


def _flags(evidence: EvidenceBase, key: str) -> tuple[str, ...]:
    return evidence.sources[key].flags


_RULES = (
    references,
    uses,
    human_evidence,
    animal_evidence,
    secondary_sources,
    wording,
    sums,
    conflicts_of_interest,
    verdicts_allowed,
    *consistency.RULES,
    *neighbours.RULES,
)
