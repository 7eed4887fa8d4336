"""Check what records must keep between them; each rule yields (kind, id, message)."""

import re
from collections.abc import Iterator

from evidencebook import certainty, mentions, verdicts
from evidencebook.ledger import Ledger
from evidencebook.problems import Problem, shown
from evidencebook.records import Claim, Finding
from evidencebook.vocabulary import NOT_HUMAN

Complaint = tuple[str, str, str]

#: How a caution must say that the money or the people came from one side (rule 5).
_SAYS = {
    "industry-funded": re.compile(r"industr|fund|sponsor|paid|company|trade|Association|employ|grant", re.IGNORECASE),
    "self-selected": re.compile(r"self-select|recruit|volunteer|advocacy|chose|online|convenience", re.IGNORECASE),
}


def broken(ledger: Ledger) -> list[Problem]:
    """Return one problem for each rule that an entry breaks."""
    problems = []
    for rule in (references, uses, people, second_hand, verbs, interests, judgements, numbers):
        for kind, name, message in rule(ledger):
            entry = ledger.entry(kind, name)
            problems.append(Problem(shown(entry.path), entry.line, f"{kind} {name}: {message}"))
    return problems


#: Where a record that is named should stand.
_SHELVES = {
    "source": "is not in sources.bib; add the entry or mend the key",
    "finding": "is in no file under findings/; mend the id or add the finding",
    "search": "is not in searches.yml; mend the id or add the search",
    "outcome": "is not in outcomes.yml; mend the id or add the outcome",
    "claim": "is in no file under claims/; mend the id or add the claim",
}


def references(ledger: Ledger) -> Iterator[Complaint]:
    """Rule 1: every reference resolves."""
    for kind, name, named, one in _references(ledger):
        if not ledger.knows(named, one):
            yield kind, name, f'{named} "{one}" {_SHELVES[named]}'
    for name, claim in ledger.claims.items():
        for one in sorted(set(claim.findings) & set(claim.against)):
            yield "claim", name, f'finding "{one}" stands both for and against; keep one'
    for name, made in ledger.assertions.items():
        for one in sorted(set(made.against) - set(made.claims)):
            yield "assertion", name, f'claim "{one}" stands under against and not under claims; add it there too'


def _references(ledger: Ledger) -> Iterator[tuple[str, str, str, str]]:
    """Yield each reference: kind and name of the record, kind and name of what it names."""
    for name, finding in ledger.findings.items():
        yield "finding", name, "source", finding.source
    for name, claim in ledger.claims.items():
        yield from (("claim", name, "finding", one) for one in (*claim.findings, *claim.against))
        yield from (("claim", name, "search", one) for one in claim.searches)
        yield from (("claim", name, "outcome", one) for one in claim.outcomes)
    for name, made in ledger.assertions.items():
        yield from (("assertion", name, "claim", one) for one in made.claims)


def uses(ledger: Ledger) -> Iterator[Complaint]:
    """Rule 1: every source is used, or excluded with a reason, and never both."""
    for key in ledger.sources:
        used, excluded = key in ledger.findings_of_source, key in ledger.excluded_sources
        if not used and not excluded and ledger.is_whole("finding") and ledger.is_whole("exclusion"):
            yield "source", key, "is used by no finding; take a finding from it or give the reason in excluded.yml"
        if used and excluded:
            yield "source", key, "is both used and in excluded.yml; keep one"
    for index, group in enumerate(ledger.exclusions):
        for key in group.sources:
            if key not in ledger.sources:
                yield "exclusion", str(index), f'source "{key}" is not in sources.bib'
        for name in group.findings:
            if name in ledger.findings:
                yield "exclusion", str(index), f'finding "{name}" is both used and excluded; keep one'


def people(ledger: Ledger) -> Iterator[Complaint]:
    """Rule 2: a claim about people does not rest on animals, cells or chemistry alone."""
    for name, claim in ledger.claims.items():
        if claim.applies_to != "humans" or claim.searches or claim.analyses:
            continue
        if set(_designs(ledger, claim)) <= NOT_HUMAN and not _owns_up(claim):
            yield (
                "claim",
                name,
                "applies to humans but rests on animal, in-vitro or chemistry findings alone; "
                'write applies_to: animals or cells, or grade it "very low" with indirectness among the reasons',
            )


def second_hand(ledger: Ledger) -> Iterator[Complaint]:
    """Rule 3: what was seen second-hand or on a web page never carries a claim alone."""
    for name, claim in ledger.claims.items():
        if claim.about_pages or claim.searches or claim.analyses or not _known(ledger, claim):
            continue
        if all(_is_second_hand(ledger, one) for one in _known(ledger, claim)):
            yield (
                "claim",
                name,
                "rests only on findings seen second-hand or on web pages; add a finding seen in its own source, "
                "or, if it only says what pages say, write about_pages: true",
            )


def verbs(ledger: Ledger) -> Iterator[Complaint]:
    """Rule 4: the verb agrees with the certainty."""
    for name, claim in ledger.claims.items():
        if quarrel := certainty.quarrel(claim.statement, claim.certainty):
            yield "claim", name, quarrel


def interests(ledger: Ledger) -> Iterator[Complaint]:
    """Rule 5: an interested or self-selected source says so wherever it carries weight."""
    for name, finding in ledger.findings.items():
        source = ledger.sources.get(finding.source)
        for flag in source.flags if source else ():
            if not _SAYS[flag].search(finding.caution or ""):
                yield "finding", name, f"its source is {flag}; the caution must say so"
    for name, claim in ledger.claims.items():
        flagged = sorted({one.source for one in _records(ledger, claim) if _flags(ledger, one.source)})
        if flagged and "risk of bias" not in {reason.domain for reason in claim.because}:
            yield "claim", name, f"rests on {', '.join(flagged)}; name risk of bias among the reasons"


def judgements(ledger: Ledger) -> Iterator[Complaint]:
    """Rule 6: a verdict is one that its claims allow."""
    for name, made in ledger.assertions.items():
        if quarrel := verdicts.quarrel(ledger, made):
            yield "assertion", name, quarrel


def numbers(ledger: Ledger) -> Iterator[Complaint]:
    """Every number in a sentence of ours leads to a finding: it is written as a role, never typed."""
    for kind, name, part, text in _sentences(ledger):
        for typed in mentions.typed_numbers(text):
            yield kind, name, f'"{typed}" in the {part} leads to no source; write {{finding:value}}`ID` instead'
        for wrong in mentions.unresolved(text, ledger):
            yield kind, name, f"the {part} names {wrong}"


def _sentences(ledger: Ledger) -> Iterator[tuple[str, str, str, str]]:
    """Yield what claims and assertions say: kind, name, part and text."""
    for name, claim in ledger.claims.items():
        yield "claim", name, "statement", claim.statement
        yield from (("claim", name, f"reason {reason.domain}", reason.note) for reason in claim.because)
    for name, made in ledger.assertions.items():
        yield "assertion", name, "answer", made.answer
        yield "assertion", name, "fair sentence", made.fair or ""


def _known(ledger: Ledger, claim: Claim) -> list[str]:
    return [one for one in claim.findings if one in ledger.findings and ledger.findings[one].source in ledger.sources]


def _records(ledger: Ledger, claim: Claim) -> list[Finding]:
    return [ledger.findings[one] for one in _known(ledger, claim)]


def _designs(ledger: Ledger, claim: Claim) -> list[str]:
    return [ledger.source_of(one).design for one in _known(ledger, claim)] or ["none"]


def _owns_up(claim: Claim) -> bool:
    return claim.certainty == "very low" and "indirectness" in {reason.domain for reason in claim.because}


def _is_second_hand(ledger: Ledger, finding: str) -> bool:
    return ledger.findings[finding].seen == "secondary" or ledger.source_of(finding).design == "web-page"


def _flags(ledger: Ledger, key: str) -> tuple[str, ...]:
    return ledger.sources[key].flags
