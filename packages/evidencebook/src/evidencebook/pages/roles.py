"""Let a sentence quote a finding or point to a claim."""

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.util.docutils import SphinxRole

from evidencebook.evidence import formatting as wording
from evidencebook.evidence import grade as certainty
from evidencebook.evidence import number_check as mentions
from evidencebook.outputs.data import exports
from evidencebook.pages import dependencies
from evidencebook.pages.domain import domain_of
from evidencebook.pages.warnings import report

Output = tuple[list[nodes.Node], list[nodes.system_message]]


def link(kind: str, name: str, text: str, title: str = "", grade: str = "") -> addnodes.pending_xref:
    """Make a link to a record, its certainty apart from the words; it is resolved when every page has been read."""
    words = nodes.inline(text, text, classes=["evidence", f"evidence-{kind}"])
    if grade:
        words += [nodes.Text(" "), nodes.inline(grade, grade, classes=["evidence-grade"])]
    return addnodes.pending_xref(
        "", words, refdomain="evidence", reftype=kind, reftarget=name, refexplicit=True, refwarn=False, reftitle=title
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
    """Point to a claim and say its certainty in words: {claim}`some-claim`."""

    def run(self) -> Output:
        """Return the claim's name in words, or the author's own, with the certainty behind it."""
        title, name = _split(self.text)
        domain = domain_of(self.env)
        if name not in domain.evidence.claims:
            return _missing(self, f'claim "{name}", which is in no file under claims/')
        claim = domain.evidence.claims[name]
        domain.note_used(name)
        dependencies.depend(self.env, "claim", name)
        statement = mentions.plain(claim.statement, domain.evidence)
        words, grade = title or name.replace("-", " "), f"({certainty.in_words(claim.certainty)})"
        if title and claim.certainty == "not graded":  # in a sentence of the author's own it would only disturb
            grade = ""
        return [link("claim", name, words, statement, grade)], []


class AssertionRole(SphinxRole):
    """Point to the answer to a statement under examination: {assertion}`A01` or {assertion}`words <A01>`."""

    def run(self) -> Output:
        """Return the statement's id, or the author's own words, linked to its section."""
        title, name = _split(self.text)
        made = domain_of(self.env).evidence.assertions.get(name)
        if made is None:
            return _missing(self, f'assertion "{name}", which is not in assertions.yml')
        dependencies.depend(self.env, "assertion", name)
        return [link("assertion", name, title or name, f"{made.statement} {made.verdict.capitalize()}.")], []


class ExportRole(SphinxRole):
    """Link to a file that is written beside the book: {export}`findings.csv`, or a table that a page keeps."""

    def run(self) -> Output:
        """Return a link in HTML, the name of the file elsewhere."""
        name = self.text.strip()
        if name in exports.NAMES:
            return [link("export", name, name)], []
        if not name.endswith(".csv"):
            return _missing(self, f'the export "{name}"; there are {", ".join(exports.NAMES)}, and tables by name')
        domain_of(self.env).note_offered(name, self.lineno)  # which tables there are is known when every page has run
        return [link("export", f"tables/{name}", name)], []


def citation(role: SphinxRole, key: str) -> Output:
    """Cite through the bibliography extension, so that the entry is counted there."""
    # MyST passes an inliner of its own, which takes itself where docutils takes a memo.
    memo: Any = role.inliner
    parsed, messages = memo.parse(f"{{cite:p}}`{key}`", role.lineno, memo, memo.document)
    return parsed, messages


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
