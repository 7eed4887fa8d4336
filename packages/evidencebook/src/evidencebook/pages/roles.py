"""Let a sentence quote a finding or point to a claim."""

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole

from evidencebook.evidence import formatting as wording
from evidencebook.evidence import grade as certainty
from evidencebook.evidence import number_check as mentions
from evidencebook.pages import dependencies
from evidencebook.pages.domain import domain_of
from evidencebook.pages.warnings import report

Output = tuple[list[nodes.Node], list[nodes.system_message]]


def link(kind: str, name: str, text: str, grade: str = "") -> addnodes.pending_xref:
    """Make a link to a record, its certainty apart from the words; it is resolved when every page has been read."""
    words = nodes.inline(text, text, classes=["evidence", f"evidence-{kind}"])
    if grade:
        words += [nodes.Text(" "), nodes.inline(grade, grade, classes=["evidence-grade"])]
    return addnodes.pending_xref(
        "", words, refdomain="evidence", reftype=kind, reftarget=name, refexplicit=True, refwarn=False
    )


class FindingPartRole(SphinxRole):
    """Write one part of a finding, linked to its row: {finding:value}`PK-001`."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self.part = part

    def run(self) -> Output:
        """Return the words, or what stands there in their place if they cannot be had."""
        evidence = domain_of(self.env).evidence
        try:
            words = mentions.quote(evidence, self.part, self.text)
        except LookupError as wrong:
            return _missing(self, str(wrong.args[0]))
        name = self.text.strip().partition(":")[0]
        dependencies.depend(self.env, "finding", name)
        if self.part == "call":
            return [_to_call(words, evidence.findings[name].about)], []
        return [link("finding", name, words)], []


class FindingDomain(Domain):
    """Hold the roles finding:value, finding:n and so on: Sphinx reads what stands before a colon as a domain."""

    name = "finding"
    label = "Parts of a finding"
    roles = {part: FindingPartRole(part) for part in mentions.PARTS}  # noqa: RUF012  Sphinx declares it mutable

    def merge_domaindata(self, docnames: object, otherdata: object) -> None:
        """Merge nothing: this domain keeps no data."""


class FindingRole(SphinxRole):
    """Write a finding with its unit, spread and citation: {finding}`PK-001`."""

    def run(self) -> Output:
        """Return the words and the citation."""
        evidence, name = domain_of(self.env).evidence, self.text.strip()
        if name not in evidence.findings:
            return _missing(self, f'finding "{name}", which is in no file under findings/')
        finding = evidence.findings[name]
        dependencies.depend(self.env, "finding", name)
        cited, messages = citation(self, finding.source)
        return [link("finding", name, wording.full(finding)), nodes.Text(" "), *cited], messages


class ClaimRole(SphinxRole):
    """Point to a claim in words of the author's own, its certainty behind them: {claim}`words <some-claim>`."""

    def run(self) -> Output:
        """Return the words, linked to the card of the claim; an id without words is reported."""
        title, name = _split(self.text)
        domain = domain_of(self.env)
        if name not in domain.evidence.claims:
            return _missing(self, f'claim "{name}", which is in no file under claims/')
        if not title:
            return _missing(self, f'claim "{name}" without words to link; write {{claim}}`your words <{name}>`')
        domain.note_used(name)
        dependencies.depend(self.env, "claim", name)
        certain = domain.evidence.claims[name].certainty
        # In a sentence of the author's own, that nothing is graded would only disturb.
        grade = "" if certain == "not graded" else f"({certainty.in_words(certain)})"
        made = link("claim", name, title, grade=grade)
        made["typed"] = next(made.findall(nodes.inline))["typed"] = True  # its numbers are an author's
        return [made], []


class PlainRole(SphinxRole):
    """Mark a typed number that states no quantity, or rounds one that its sentence cites: {plain}`seven` questions."""

    def run(self) -> Output:
        """Return the words as they stand."""
        return [nodes.inline(self.rawtext, self.text, classes=["evidence-plain"])], []


class PlainCountRole(SphinxRole):
    """Write how many numbers of the book are marked with {plain}, and a word behind it: {plain-count}`numbers`."""

    def run(self) -> Output:
        """Return the count and the word."""
        domain = domain_of(self.env)
        domain.note_listing("plain")
        words = f"{domain.data['plain']} {self.text}"
        return [nodes.inline(self.rawtext, words, classes=["evidence"])], []


class AssertionRole(SphinxRole):
    """Point to the answer to a statement under examination: {assertion}`A01` or {assertion}`words <A01>`."""

    def run(self) -> Output:
        """Return the statement's id, or the author's own words, linked to its section."""
        title, name = _split(self.text)
        if name not in domain_of(self.env).evidence.assertions:
            return _missing(self, f'assertion "{name}", which is not in assertions.yml')
        dependencies.depend(self.env, "assertion", name)
        return [link("assertion", name, title or name)], []


class ResultRole(SphinxRole):
    """State what an analysis computed, linked to its page: {result}`page:name:.2f`."""

    def run(self) -> Output:
        """Return the number, or what stands there in its place if it cannot be had."""
        evidence = domain_of(self.env).evidence
        try:
            words = mentions.result(evidence, self.text)
        except LookupError as wrong:
            return _missing(self, str(wrong.args[0]))
        page = self.text.strip().partition(":")[0]
        self.env.note_dependency(str(evidence.entry("result", page).path))
        target = {"reftype": "doc", "reftarget": f"/analyses/{page}", "refdoc": self.env.docname}
        number = nodes.inline(words, words, classes=["evidence"])
        return [addnodes.pending_xref("", number, refdomain="std", refexplicit=True, refwarn=True, **target)], []


def citation(role: SphinxRole, key: str) -> Output:
    """Cite through the bibliography extension, so that the entry is counted there."""
    return run("cite:p", key, role.lineno, role.inliner, role.env)


def run(name: str, text: str, line: int, inliner: Any, env: BuildEnvironment) -> Output:
    """Run a role of the package, of the bibliography extension (cite:p) or of Sphinx (doc) at a line of the page."""
    domain, _, part = name.rpartition(":")
    role = _OWN[name] if name in _OWN else env.get_domain(domain or "std").role(part)
    if role is None:
        raise LookupError(name)
    made, messages = role(name, f"{{{name}}}`{text}`", text, line, inliner)
    return made, messages


_OWN = {"result": ResultRole(), "claim": ClaimRole(), "finding": FindingRole(), "assertion": AssertionRole()}


def _to_call(number: str, about: str) -> nodes.reference:
    """Make a telephone number that a tap dials; who is in trouble wants the call, not the source."""
    digits = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    words = nodes.inline(number, number, classes=["evidence", "evidence-call"])
    return nodes.reference("", "", words, refuri=f"tel:{digits}", internal=False, reftitle=about)


def _split(text: str) -> tuple[str, str]:
    """Split "words <id>" as Sphinx does for references."""
    words, _, rest = text.strip().partition("<")
    return (words.strip(), rest.rstrip("> ")) if rest else ("", text.strip())


def _missing(role: SphinxRole, what: str) -> Output:
    """Warn at the author's line and leave what was written."""
    report(role.env, "unknown", f"this page names {what}", role.get_location())
    return [nodes.literal(role.rawtext, role.text)], []
