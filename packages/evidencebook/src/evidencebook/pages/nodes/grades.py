"""Show how claims were graded, and what was found in numbers, as tables of standard nodes."""

from collections.abc import Callable

from docutils import nodes

from evidencebook.evidence import formatting, grade
from evidencebook.evidence.models import Claim, Effect, Finding
from evidencebook.locale import _, gettext_noop
from evidencebook.pages.nodes.records import RenderContext
from evidencebook.pages.roles import link

#: The seven columns of GRADE's table, and those of the table of grades.
SUMMARY = (
    *(gettext_noop("Outcome"), gettext_noop("Studies and people"), gettext_noop("Certainty")),
    *(gettext_noop("Relative effect"), gettext_noop("Without"), gettext_noop("With"), gettext_noop("In words")),
)
SUMMARY_WIDTHS = (14, 15, 11, 14, 12, 14, 20)
GRADES = (gettext_noop("Claim"), gettext_noop("Starts"), gettext_noop("Steps"), gettext_noop("Certainty"))
GRADES_WIDTHS = (34, 22, 28, 16)
#: Units of a ratio that turns the risk without into the risk with, by multiplication.
_RISK_RATIOS = frozenset({"RR", "ratio"})

Cells = list[list[nodes.Node]]


def grade_row(context: RenderContext, name: str, claim: Claim) -> Cells:
    """Make the cells of a graded claim: its name, start and deciding design, steps, and the level they add up to."""
    begun = grade.start(context.evidence, claim)
    decided: list[nodes.Node] = [nodes.Text(f"{_(begun.level)}: {begun.design}")]
    if begun.finding:
        decided += [nodes.Text(" ("), link("finding", begun.finding, begun.finding), nodes.Text(")")]
    words = f"{_(claim.certainty)} {grade.symbol(claim.certainty)}"
    return [
        [link("claim", name, name.replace("-", " "))],
        decided,
        [nodes.Text(grade.steps(claim))],
        [nodes.Text(words)],
    ]


def summary_row(context: RenderContext, name: str, claim: Claim, effect: Effect) -> Cells:
    """Make the seven cells of a claim in a summary of findings; what no finding gives is said to be missing."""
    found = context.evidence.findings
    relative, without = found.get(effect.relative or ""), found.get(effect.without or "")
    exposed = found.get(effect.exposed or "")
    return [
        [link("claim", name, effect.outcome)],
        [nodes.Text(_studies(context, claim, effect))],
        [nodes.Text(f"{grade.in_words(claim.certainty)} {grade.symbol(claim.certainty)}")],
        _number(relative, formatting.full, _("not estimated")),
        _number(without, formatting.value, _("no number")),
        _number(exposed, formatting.value, _computed(relative, without) or _("no number")),
        [*context.parse(claim.statement)],
    ]


def _studies(context: RenderContext, claim: Claim, effect: Effect) -> str:
    """Say how many studies there are, of which design, and in how many people."""
    size = context.evidence.findings.get(effect.size or "")
    counted = size or context.evidence.findings.get(effect.relative or "")
    parts = [formatting.value(size)] if size and size.unit in ("trials", "studies", "cases", "reports") else []
    if counted and counted.n:
        parts.append(_("%s people") % formatting.number(counted.n))
    design = grade.start(context.evidence, claim).design
    return f"{', '.join(parts)} ({design})" if parts else design


def _number(finding: Finding | None, words: Callable[[Finding], str], missing: str) -> list[nodes.Node]:
    """Link a number to its finding, or say that there is none."""
    return [link("finding", finding.id, words(finding))] if finding else [nodes.Text(missing)]


def _computed(relative: Finding | None, without: Finding | None) -> str:
    """Multiply the rate without by a risk ratio and its interval (Cochrane Handbook 15.4.4), or give nothing."""
    if relative is None or without is None or relative.unit not in _RISK_RATIOS:
        return ""
    if relative.value is None or without.value is None or relative.spread is None:
        return ""
    ends = [relative.value, relative.spread.low or relative.value, relative.spread.high or relative.value]
    middle, low, high = (formatting.number(float(f"{end * without.value:.3g}")) for end in ends)
    interval = _("%(low)s to %(high)s") % {"low": low, "high": high}
    return _("%(value)s (%(interval)s), computed") % {
        "value": formatting.with_unit(middle, without.unit),
        "interval": interval,
    }
