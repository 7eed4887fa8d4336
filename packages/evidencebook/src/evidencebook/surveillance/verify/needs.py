"""Know what there is to check of a source: each thing that it names, where others keep it."""

import re
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from evidencebook.evidence.models import Source
from evidencebook.surveillance.models import Check, Checked

_TRIAL = re.compile(r"\bNCT[0-9]{8}\b", re.IGNORECASE)
_REGISTER = "clinicaltrials.gov"


def needs(source: Source) -> dict[Checked, str]:
    """Map what is to be checked of a source to what is asked for."""
    found: dict[Checked, str] = {}
    if source.doi:
        found["work"] = source.doi
    if named := source.doi or source.pmid:
        found["notice"] = named
    if source.pmid:
        found["pmid"] = source.pmid
    if number := trial(source):
        found["trial"] = number
    # The register's pages answer every number alike, so that only its interface can tell.
    if source.url and _split(source.url).scheme in {"http", "https"} and not _registered(source.url):
        found["page"] = source.url
    return found


def trial(source: Source) -> str | None:
    """Give the number of the registration that a source is; an article on a trial has a DOI and is none."""
    if source.doi or not (source.design == "registry" or _registered(source.url or "")):
        return None
    more = (source.fields.get(name, "") for name in ("number", "howpublished"))
    texts = (source.url or "", source.title, *more, source.key, source.note)  # a note may name others' as well
    return next((found[0].upper() for text in texts if (found := _TRIAL.search(text))), None)


def kept(checks: Mapping[Checked, Check], needed: Mapping[Checked, str]) -> dict[Checked, Check]:
    """Keep the checks that were made of what the source names today: after a mended DOI nothing was checked yet."""
    return {
        what: check
        for what, check in checks.items()
        if what in needed and (check.target is None or check.target.lower() == needed[what].lower())
    }


def beyond(what: Checked, made: Mapping[Checked, Check]) -> bool:
    """Tell what nobody can be asked for: notices about a work that Crossref does not keep, or that is none."""
    return what == "notice" and "work" in made and made["work"].outcome in {"there", "unknown"} and "pmid" not in made


def _registered(address: str) -> bool:
    """Tell whether an address leads to the register of trials."""
    return (_split(address).hostname or "").removeprefix("www.") == _REGISTER


def _split(address: str) -> SplitResult:
    """Take an address apart; what is none has no parts."""
    try:
        return urlsplit(address)
    except ValueError:  # such as http://[
        return urlsplit("")
