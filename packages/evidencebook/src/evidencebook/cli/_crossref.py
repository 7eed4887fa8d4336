"""Ask Crossref what a bibliography needs of a DOI, and Europe PMC what it needs of a PMID."""

from evidencebook.evidence.diagnostics import UserError


class SilentError(UserError):
    """Say why Crossref could not be asked; whoever can go on without an answer does."""


def look_up(doi: str, contact: str, address: str = "") -> tuple[dict[str, str], str]:
    """Return the fields of a DOI that are known, and the kind of its entry.

    Raises SilentError when Crossref cannot be asked, UserError when it does not know the DOI.
    """
    from evidencebook.surveillance.http import Client, NoAnswerError  # noqa: PLC0415  needs the extra "surveillance"
    from evidencebook.surveillance.providers.crossref import work  # noqa: PLC0415  as above

    try:
        found = work(doi, Client(contact, addresses={"crossref": address}, tries=1))
    except NoAnswerError as silent:
        raise SilentError(str(silent)) from silent
    if found is None:
        raise UserError(f'Crossref does not know the DOI "{doi}"')
    fields = {
        "author": " and ".join(found.authors),
        "title": next(iter(found.titles), ""),
        "year": str(found.year or ""),
        "journal": found.journal or "",
    }
    known = {name: text for name, text in fields.items() if text}
    return known, "article" if found.kind == "journal-article" and "journal" in known else "misc"


def look_up_pmid(pmid: str, contact: str, address: str = "") -> tuple[dict[str, str], str]:
    """Return the fields of a PubMed number that are known, and the kind of its entry; raise as look_up does."""
    from evidencebook.surveillance.http import Client, NoAnswerError  # noqa: PLC0415  needs the extra "surveillance"
    from evidencebook.surveillance.providers.europe_pmc import by_pmid  # noqa: PLC0415  as above

    try:
        found = by_pmid(Client(contact, addresses={"europe-pmc": address}, tries=1), pmid)
    except NoAnswerError as silent:
        raise SilentError(str(silent)) from silent
    if found is None:
        raise UserError(f'Europe PMC does not know the PMID "{pmid}"')
    known = {"title": found.title, "year": str(found.year or ""), "journal": found.venue or "", "doi": found.doi or ""}
    fields = {"author": " and ".join(found.authors), **known}
    return {name: text for name, text in fields.items() if text}, "article" if found.venue else "misc"
