"""Know what there is to check of a source: each thing that it names, where others keep it."""

from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from evidencebook.evidence.identifiers import NCT
from evidencebook.evidence.models import Source
from evidencebook.surveillance.models import Check, Checked

_REGISTER = "clinicaltrials.gov"


def targets(source: Source) -> dict[Checked, str]:
    """Map what is to be checked of a source to what is asked for: a DOI or a PubMed number, a trial, an address."""
    found: dict[Checked, str] = {}
    if work := source.doi or source.pmid:
        found |= {"work": work, "notice": work}
    if number := _trial(source):
        found["trial"] = number
    # The register's pages answer every number alike, so that only its interface can tell.
    if source.url and _split(source.url).scheme in {"http", "https"} and not _at_register(source.url):
        found["page"] = source.url
    return found


def current(checks: Mapping[Checked, Check], wanted: Mapping[Checked, str]) -> dict[Checked, Check]:
    """Keep the checks of what the source names today: after a corrected DOI nothing was checked yet."""
    return {
        what: check
        for what, check in checks.items()
        if what in wanted and (check.target is None or check.target.lower() == wanted[what].lower())
    }


def is_unanswerable(what: Checked, made: Mapping[Checked, Check]) -> bool:
    """Tell what nobody can be asked for: notices about a work that Crossref does not keep, or that is none."""
    return what == "notice" and "work" in made and made["work"].outcome in {"there", "unknown"}


def _trial(source: Source) -> str | None:
    """Give the number of the registration that a source is; an article on a trial has a DOI and is none."""
    if source.doi or not (source.design == "registry" or _at_register(source.url or "")):
        return None
    more = (source.fields.get(name, "") for name in ("number", "howpublished"))
    texts = (source.url or "", source.title, *more, source.key, source.note)  # a note may name others' as well
    return next((number for text in texts if (number := NCT.find(text))), None)


def _at_register(address: str) -> bool:
    return (_split(address).hostname or "").removeprefix("www.") == _REGISTER


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # such as http://[
        return urlsplit("")
