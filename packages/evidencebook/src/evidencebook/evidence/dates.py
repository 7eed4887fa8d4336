"""Know the day of the edition and the day from which age is counted: never the clock, so that builds agree."""

import datetime as dt
import re

from evidencebook import locale
from evidencebook.evidence.base import EvidenceBase

#: After so many months without a check a claim is called stale.
MONTHS = 12
#: After so many months without a check against the registries the state of a source is called old: retractions become
#: known within weeks, while a nightly run that failed for a season is a fault of ours that a reader should see.
CHECK_MONTHS = 3
_WRITTEN = re.compile(r"(\d{1,2})(?:\.|\.? de)? ([^\W\d_]+)(?: de)? (\d{4})")


def read_day(text: str) -> dt.date | None:
    """Read 2026-11-22, or 22 November 2026 in any language that we know; nothing else is understood."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        found = _WRITTEN.fullmatch(text.strip())
    months = [month.lower() for language in locale.languages() for month in _months(language)] if found else []
    if not found or found[2].lower() not in months:
        return None
    try:
        return dt.date(int(found[3]), months.index(found[2].lower()) % 12 + 1, int(found[1]))
    except ValueError:  # such as 31 February
        return None


def written(day: dt.date) -> str:
    """Write a day as people do: 22 November 2026."""
    words = {"day": day.day, "month": _months(locale.current())[day.month - 1], "year": day.year}
    return str(locale.words(locale.current())["date"] % words)


def _months(language: str) -> list[str]:
    """Name the months of a language."""
    return locale.words(language)["numbers"]["month"].split("|")  # type: ignore[no-any-return]  # data of our own


def edition_day(today: str, epoch: str | None, evidence: EvidenceBase) -> dt.date:
    """Give the day of this edition: as the settings say, else as SOURCE_DATE_EPOCH says, else the last day recorded."""
    return read_day(today) or _of_epoch(epoch) or latest(evidence)


def counting_day(today: str, epoch: str | None, evidence: EvidenceBase) -> dt.date:
    """Give the day on which a claim's age is counted: a later rebuild of one edition says so by SOURCE_DATE_EPOCH."""
    return _of_epoch(epoch) or read_day(today) or latest(evidence)


def latest(evidence: EvidenceBase) -> dt.date:
    """Give the last day on which a claim was checked."""
    return max((claim.checked for claim in evidence.claims.values()), default=dt.date.min)


def is_stale(checked: dt.date, day: dt.date | None, months: int = MONTHS) -> bool:
    """Tell whether the last check is more than so many months before a day."""
    return day is not None and (day.year * 12 + day.month, day.day) > (
        checked.year * 12 + checked.month + months,
        checked.day,
    )


def _of_epoch(epoch: str | None) -> dt.date | None:
    if not epoch or not epoch.isdecimal():
        return None
    return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
