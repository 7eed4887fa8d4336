"""Ask ClinicalTrials.gov by the day on which it last changed an entry.

Documented at https://clinicaltrials.gov/data-api/api.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

from evidencebook.evidence.identifiers import NCT
from evidencebook.surveillance.http import Client
from evidencebook.surveillance.models import FoundRecord, Query
from evidencebook.surveillance.providers.parsing import body, every, found_record
from evidencebook.surveillance.text import part

_NAME, _PAGE_SIZE = "clinicaltrials", 100
_FIELDS = "NCTId,BriefTitle,OfficialTitle,OverallStatus,BriefSummary,LeadSponsorName,StudyFirstPostDate"


def search(client: Client, query: Query, since: date | None) -> Iterator[FoundRecord]:
    """Yield the registrations of a query that changed since a day; raise NoAnswerError."""
    asked = {
        "query.term": query.terms,
        "filter.advanced": f"AREA[LastUpdatePostDate]RANGE[{since},MAX]" if since else None,
        "fields": _FIELDS,
        "pageSize": _PAGE_SIZE,
        "countTotal": "true",
    }
    studies = every(
        _NAME,
        lambda token: client.json(_NAME, "studies", asked | {"pageToken": token or None}),
        "",
        lambda answer, _: part(answer, "nextPageToken"),
        "totalCount",
        "studies",
    )
    yield from filter(None, map(_record, studies))


def study(client: Client, number: str) -> Any:
    """Return the registration of a number as the register gives it; raise UnknownError, NoAnswerError."""
    return client.json(_NAME, f"studies/{quote(number, safe='')}")


def _record(study: Any) -> FoundRecord | None:
    about = part(study, "protocolSection")
    number = part(about, "identificationModule", "nctId")
    if not isinstance(number, str) or not NCT.is_valid(number):
        return None
    status = part(about, "statusModule", "overallStatus")
    return found_record(
        "registration",
        title=part(about, "identificationModule", "officialTitle") or part(about, "identificationModule", "briefTitle"),
        authors=[body(part(about, "sponsorCollaboratorsModule", "leadSponsor", "name"))],
        year=part(about, "statusModule", "studyFirstPostDateStruct", "date"),
        venue="ClinicalTrials.gov",
        registry=number,
        url=NCT.url(number),
        status=status.replace("_", " ").lower() if isinstance(status, str) else None,
        abstract=part(about, "descriptionModule", "briefSummary"),
    )
