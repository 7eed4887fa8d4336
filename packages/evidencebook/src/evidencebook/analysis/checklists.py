"""Show how pages score on published checklists, item by item, and add the scores up."""

import pandas as pd
from pydantic import TypeAdapter

from evidencebook.evidence import yaml_reader
from evidencebook.evidence.diagnostics import EvidenceError
from evidencebook.evidence.page_records import Score
from evidencebook.evidence.paths import evidence_folder
from evidencebook.locale import _

FILE = "scores.yml"


def scores(name: str) -> tuple[Score, ...]:
    """Return the scores of one checklist, in the order of the file; raise LookupError when there are none."""
    document = yaml_reader.read(evidence_folder() / FILE)
    if document.diagnostics:
        raise EvidenceError(document.diagnostics)
    found = tuple(one for one in TypeAdapter(tuple[Score, ...]).validate_python(document.value) if one.index == name)
    if not found:
        raise LookupError(f'the checklist "{name}" has no entry in {FILE}')
    return found


def scores_table(name: str) -> pd.DataFrame:
    """Return one row per item of a checklist: its score, of how many, and why."""
    rows = [
        (one.item, _("%(part)s of %(whole)s") % {"part": one.score, "whole": one.out_of}, one.reason)
        for one in scores(name)
    ]
    return pd.DataFrame(rows, columns=[_("Item"), _("Score"), _("Why")]).set_index(_("Item"))


def scores_numbers(*names: str) -> dict[str, float]:
    """Return for each checklist the points, the points there are to be had, and their share in percent."""
    told: dict[str, float] = {}
    for name in names:
        items = scores(name)
        points, most = sum(one.score for one in items), sum(one.out_of for one in items)
        told |= {f"{name}_points": points, f"{name}_most": most, f"{name}_percent": 100 * points / most}
    return told
