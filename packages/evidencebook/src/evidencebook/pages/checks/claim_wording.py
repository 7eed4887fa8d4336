"""Hold the words around a claim's link to its grade, and tell of a grade that a hand typed."""

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from evidencebook import locale
from evidencebook.evidence.base import EvidenceBase
from evidencebook.pages.checks.untraced_numbers import made_by_machine, place
from evidencebook.pages.domain import domain_of
from evidencebook.pages.warnings import report

_SENTENCE = re.compile(r"\n|(?<=[.!?])\s+")
#: A link in the text: whether its words only name a thing, and the claim.
_LINK = re.compile("\ue000([01])([^\ue001]*)\ue001")
_BLOCKS = (nodes.paragraph, nodes.title, nodes.term, nodes.caption, nodes.rubric, nodes.line)


def check(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of each such sentence with its line; for doctree-read."""
    evidence = domain_of(app.env).evidence
    for block in doctree.findall(lambda node: isinstance(node, _BLOCKS)):
        if made_by_machine(block):
            continue
        for sentence in _SENTENCE.split("".join(_words(block, evidence))):
            for words, message in overstated(sentence, evidence):
                path, line = place(block, words)
                report(app.env, "wording", message, f"{path}:{line}")


def overstated(sentence: str, evidence: EvidenceBase) -> Iterator[tuple[str, str]]:
    """Yield the words that are wrong in a sentence, and what is wrong; a link stands in it as marked by this module."""
    words, known = _LINK.sub("", sentence), locale.words(evidence.language)["sentences"]
    if grade := re.search(known["grade"], words):
        yield grade[0], f'the grade "{grade[0]}" was typed; link the claim, which says its grade, or write {{plain}}`…`'
    linked = [(named == "1", evidence.claims[name]) for named, name in _LINK.findall(sentence)]
    graded = [(named, claim) for named, claim in linked if claim.certainty not in {"high", "not graded"}]
    if not graded or not locale.known(evidence.language):
        return
    name, certainty = graded[0][1].id, graded[0][1].certainty
    if surer := re.search(known["surer"], words):
        yield surer[0], f'"{surer[0]}" says more than the claim {name}, which is of {certainty} certainty'
    elif not re.search(known["hedged"], words) and not all(named for named, _ in graded):
        beginning = " ".join(words.split()[:3])
        advice = locale.words(evidence.language)["advice"]["in a sentence"]
        yield (
            beginning,
            f'"{beginning} …" states plainly what {name} holds with {certainty} certainty; {advice}',
        )


def _words(block: nodes.Node, evidence: EvidenceBase) -> Iterator[str]:
    """Yield the words of a block, what a hand marked as plain aside, and behind those of a claim's link its name."""
    for child in block.children:
        if isinstance(child, nodes.Text):
            yield child.astext()
            continue
        known: Any = getattr(child, "attributes", {})
        if {"evidence-plain", "evidence-grade"} & set(known.get("classes", ())) or isinstance(child, nodes.literal):
            continue
        words = "".join(_words(child, evidence))
        yield words
        name = known.get("reftarget", "")
        if isinstance(child, addnodes.pending_xref) and name in evidence.claims:
            yield f"\ue000{int(len(words.split()) == 1)}{name}\ue001"
