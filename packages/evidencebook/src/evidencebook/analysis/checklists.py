"""Add up how pages score on published checklists."""

from evidencebook.evidence.loader import load
from evidencebook.evidence.page_records import Score
from evidencebook.evidence.paths import evidence_folder


def scores(name: str) -> tuple[Score, ...]:
    """Return the scores of one checklist, in the order of the file; raise LookupError when there are none."""
    found = tuple(one for one in load(evidence_folder()).serving["score"] if one.index == name)
    if not found:
        raise LookupError(f'the checklist "{name}" has no entry in scores.yml')
    return found


def scores_numbers(*names: str) -> dict[str, float]:
    """Return for each checklist the points, the points there are to be had, and their share in percent."""
    told: dict[str, float] = {}
    for name in names:
        items = scores(name)
        points, most = sum(one.score for one in items), sum(one.out_of for one in items)
        told |= {f"{name}_points": points, f"{name}_most": most, f"{name}_percent": 100 * points / most}
    return told
