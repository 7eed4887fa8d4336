"""Read what PubMed says of works: title, authors, years, DOI, and the notices that it links."""

import re
from collections.abc import Iterator, Mapping

from evidencebook.surveillance.asking import xml
from evidencebook.surveillance.asking.plain import plain
from evidencebook.surveillance.verify.seen import Notice, Notices, Seen, marked

#: How PubMed's links call a notice about the article in which they stand.
_LINKS: Mapping[str, tuple[Notices, str]] = {
    "RetractionIn": ("retracted", "it was retracted"),
    "RetractedandRepublishedIn": ("retracted", "it was retracted and published again"),
    "PartialRetractionIn": ("retracted", "it was retracted in part"),
    "ExpressionOfConcernIn": ("concern", "an expression of concern was published"),
    "ErratumIn": ("corrected", "it was corrected"),
    "CorrectedandRepublishedIn": ("corrected", "it was corrected and published again"),
}
_RETRACTED_TYPE = "Retracted Publication"
_DOI = re.compile(r"\b10\.[0-9]{4,9}/[^\s;,]+", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[89]|20)[0-9]{2}\b")


def seen(root: xml.Element) -> dict[str, Seen]:
    """Map the number of each article in an answer to what is said of it; raise ValueError when it is no answer."""
    if root.tag != "PubmedArticleSet":  # PubMed tells of its own troubles in other words, with status 200
        raise ValueError("it is not a set of articles")
    found = {}
    for article in root:
        number = plain(article.findtext("MedlineCitation/PMID") or article.findtext("BookDocument/PMID"))
        if number:
            found[number] = _article(article)
    return found


def _article(article: xml.Element) -> Seen:
    whole = article.find("MedlineCitation/Article")
    body = whole if whole is not None else article.find("BookDocument")
    if body is None:
        return Seen("PubMed")
    names = ("ArticleTitle", "VernacularTitle", "Book/BookTitle")
    titles = tuple(filter(None, (plain(xml.text(body.find(name))) for name in names)))
    return Seen(
        registry="PubMed",
        titles=titles,
        authors=tuple(_authors(body)),
        years=frozenset(_years(body)),
        doi=_doi(article, body),
        notices=tuple(_notices(article, body, titles)),
    )


def _authors(body: xml.Element) -> Iterator[str]:
    for author in body.findall("AuthorList/Author"):
        if author.get("ValidYN") == "N":  # PubMed keeps names that it has found to be mistaken
            continue
        family = plain(author.findtext("LastName"), 300)
        given = plain(author.findtext("ForeName") or author.findtext("Initials"), 300)
        if family:
            yield f"{family}, {given}" if given else family
        elif group := plain(xml.text(author.find("CollectiveName")), 300):
            yield f"{{{group}}}"


def _years(body: xml.Element) -> Iterator[int]:
    """Yield the years of the issue and of the first publication online."""
    for name in ("Journal/JournalIssue/PubDate", "ArticleDate", "Book/PubDate"):
        for date in body.findall(name):
            if year := _YEAR.search(f"{date.findtext('Year') or ''} {date.findtext('MedlineDate') or ''}"):
                yield int(year[0])


def _doi(article: xml.Element, body: xml.Element) -> str | None:
    """Find the DOI of the article itself; those of its references stand deeper in the record."""
    given = [one for one in body.findall("ELocationID") if one.get("EIdType") == "doi"]
    listed = [one for one in article.findall("*/ArticleIdList/ArticleId") if one.get("IdType") == "doi"]
    return next((text.lower() for one in (*listed, *given) if (text := plain(one.text, 300))), None)


def _notices(article: xml.Element, body: xml.Element, titles: tuple[str, ...]) -> Iterator[Notice]:
    """Yield the notices linked, and the mark of a retraction without one."""
    retracted = False
    for link in article.findall("*/CommentsCorrectionsList/CommentsCorrections"):
        if known := _LINKS.get(link.get("RefType") or ""):
            retracted = retracted or known[0] == "retracted"
            yield Notice(known[0], _name(link), f"{known[1]}, as PubMed says")
    if retracted:
        return
    kinds = {plain(xml.text(one)) for one in body.findall("PublicationTypeList/PublicationType")}
    if _RETRACTED_TYPE in kinds:
        yield Notice("retracted", "", "it is a retracted publication, as PubMed says")
    else:
        yield from marked(titles)


def _name(link: xml.Element) -> str:
    """Name a notice by its DOI where its citation has one, else by its number."""
    if doi := _DOI.search(plain(xml.text(link.find("RefSource")))):
        return doi[0].rstrip(".").lower()
    number = plain(link.findtext("PMID"))
    return f"PMID:{number}" if number.isdecimal() else ""
