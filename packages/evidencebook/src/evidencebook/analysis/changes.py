"""Gather what changed in the claims, day by day."""

import datetime as dt
from collections import defaultdict

from evidencebook.evidence.base import EvidenceBase
from evidencebook.locale import _

Days = dict[dt.date, list[tuple[str, str]]]


def by_day(evidence: EvidenceBase) -> Days:
    """Map each day, the latest first, to the claims that were changed on it, each with what was changed.

    A claim stated after the first day of all is a change too; those of the first day are where the book began.
    """
    first = min((claim.stated for claim in evidence.claims.values()), default=None)
    found: Days = defaultdict(list)
    for name, claim in evidence.claims.items():
        if claim.stated != first:
            found[claim.stated].append((name, _("first stated")))
        for change in claim.history:
            found[change.date].append((name, change.what))
    return {day: found[day] for day in sorted(found, reverse=True)}
