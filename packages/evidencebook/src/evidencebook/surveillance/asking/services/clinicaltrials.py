"""Ask ClinicalTrials.gov (version 2 of its API), by the day on which the register last changed an entry."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from evidencebook.surveillance.asking.client import Client
from evidencebook.surveillance.asking.services import Cursor, Page
from evidencebook.surveillance.asking.services._shape import demanded, number, part, token
from evidencebook.surveillance.models import Query
from evidencebook.surveillance.watch.found import Found, body, found

_SIZE = 100
_FIELDS = "NCTId,BriefTitle,OfficialTitle,OverallStatus,BriefSummary,LeadSponsorName,StudyFirstPostDate"


def pages(
    client: Client, query: Query, first_day: date | None, last_day: date, cursor: Cursor | None = None
) -> Iterator[Page]:
    """Yield each page; the last one names no next."""
    wanted = {
        "query.term": query.terms,
        "filter.advanced": f"AREA[LastUpdatePostDate]RANGE[{first_day or 'MIN'},{last_day}]",
        "fields": _FIELDS,
        "pageSize": _SIZE,
        "countTotal": "true",
    }
    while True:
        mark = cursor["mark"] if cursor else None
        page = parsed(client.json("clinicaltrials", "studies", wanted | {"pageToken": mark}))
        cursor = page.cursor
        yield page
        if not cursor:
            return


def parsed(answer: Any) -> Page:
    """Read one answer."""
    studies = demanded("clinicaltrials", answer, "studies")
    following = token(part(answer, "nextPageToken"))
    return Page(
        records=tuple(filter(None, map(_record, studies))),
        given=len(studies),
        total=number(part(answer, "totalCount")),
        cursor={"mark": following} if following else None,
    )


def _record(study: Any) -> Found | None:
    """Read one registration; its number makes its address."""
    about = part(study, "protocolSection")
    name = part(about, "identificationModule", "nctId")
    if not isinstance(name, str) or not re.fullmatch(r"NCT[0-9]{8}", name):
        return None
    status = part(about, "statusModule", "overallStatus")
    return found(
        "registration",
        title=part(about, "identificationModule", "officialTitle") or part(about, "identificationModule", "briefTitle"),
        authors=[body(part(about, "sponsorCollaboratorsModule", "leadSponsor", "name"))],
        year=part(about, "statusModule", "studyFirstPostDateStruct", "date"),
        venue="ClinicalTrials.gov",
        registry=name,
        url=f"https://clinicaltrials.gov/study/{name}",
        status=status.replace("_", " ").lower() if isinstance(status, str) else None,
        abstract=part(about, "descriptionModule", "briefSummary"),
    )
