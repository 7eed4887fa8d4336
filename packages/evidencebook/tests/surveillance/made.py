"""Make records for the tests, in the shape that each service documents; works, people and numbers are invented."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from surveillance.server import Answer, Asked, Given, Services, as_json, as_xml

_NAMES = ("Example", "Probe", "Muster", "Sample", "Ejemplo", "Esempio", "Voorbeeld")
_WORDS = ("leaf", "tea", "sleep", "morning", "evening", "cup", "kettle", "garden", "harbour", "winter", "summer")


@dataclass(frozen=True)
class Work:
    """Hold one invented work; its number makes everything else."""

    number: int

    @property
    def title(self) -> str:
        """Give a title that no other work has."""
        words = [_WORDS[self.number // len(_WORDS) ** place % len(_WORDS)] for place in range(3)]
        return f"Invented study {self.number} of {', '.join(words)} and sleep"

    @property
    def family(self) -> str:
        """Give a surname."""
        return _NAMES[self.number % len(_NAMES)]

    @property
    def year(self) -> int:
        """Give a year."""
        return 2000 + self.number % 25

    @property
    def doi(self) -> str:
        """Give a DOI below the prefix for examples."""
        return f"10.1000/made.{self.number}"

    @property
    def pmid(self) -> str:
        """Give a PubMed number that nobody has yet."""
        return str(90_000_000 + self.number)

    @property
    def registration(self) -> str:
        """Give the number of a registration that nobody has yet."""
        return f"NCT{90_000_000 + self.number}"


def works(first: int, count: int) -> list[Work]:
    """Make works with numbers that follow each other."""
    return [Work(number) for number in range(first, first + count)]


def pubmed_article(one: Work, **more: str) -> str:
    """Write a record as EFetch gives it; `title` and the like are taken as markup."""
    title = more.get("title", escape(one.title))
    abstract = more.get("abstract", f"An abstract made for the tests, number {one.number}; it speaks of tea.")
    ids = f'<ArticleId IdType="pubmed">{one.pmid}</ArticleId>'
    ids += f'<ArticleId IdType="doi">{one.doi}</ArticleId>' if more.get("doi", "yes") == "yes" else ""
    return f"""<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{one.pmid}</PMID>
      <Article PubModel="Print"><Journal><JournalIssue CitedMedium="Internet"><PubDate><Year>{one.year}</Year>
      <Month>Mar</Month></PubDate></JournalIssue><Title>Journal of Invented Results</Title></Journal>
      <ArticleTitle>{title}.</ArticleTitle>
      <Abstract><AbstractText Label="RESULTS">{abstract}</AbstractText></Abstract>
      <AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>{one.family}</LastName><ForeName>Ada B</ForeName>
      <Initials>AB</Initials></Author><Author ValidYN="Y"><CollectiveName>The Invented Group</CollectiveName></Author>
      </AuthorList></Article></MedlineCitation><PubmedData><ArticleIdList>{ids}</ArticleIdList>
      <ReferenceList><Reference><Citation>Another work</Citation><ArticleIdList>
      <ArticleId IdType="doi">10.1000/another</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData>
      </PubmedArticle>"""


def pubmed_set(*articles: str) -> str:
    """Write an answer of EFetch."""
    return (
        '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
        '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<!-- Made for the tests. -->\n'
        f"<PubmedArticleSet>{''.join(articles)}</PubmedArticleSet>"
    )


def europe_pmc_result(one: Work, **more: Any) -> dict[str, Any]:
    """Write a record as Europe PMC gives it with resultType=core."""
    return {
        "id": one.pmid,
        "source": "MED",
        "pmid": one.pmid,
        "doi": one.doi,
        "title": f"{one.title}.",
        "authorString": f"{one.family} AB.",
        "authorList": {"author": [{"fullName": f"{one.family} AB", "firstName": "Ada B", "lastName": one.family}]},
        "journalInfo": {"yearOfPublication": one.year, "journal": {"title": "Journal of Invented Results"}},
        "pubYear": str(one.year),
        "abstractText": f"<h4>Results</h4>An abstract made for the tests, number {one.number}; it speaks of tea.",
        "firstIndexDate": "2026-11-20",
        **more,
    }


def crossref_item(one: Work, **more: Any) -> dict[str, Any]:
    """Write a record as Crossref gives it."""
    return {
        "DOI": one.doi.upper(),
        "type": "journal-article",
        "title": [one.title],
        "container-title": ["Journal of Invented Results"],
        "author": [{"given": "Ada B", "family": one.family, "sequence": "first", "affiliation": []}],
        "issued": {"date-parts": [[one.year, 3]]},
        "abstract": f"<jats:p>An abstract made for the tests, number {one.number}; it speaks of tea.</jats:p>",
        **more,
    }


def study(one: Work, status: str = "RECRUITING") -> dict[str, Any]:
    """Write a registration as ClinicalTrials.gov gives it."""
    return {
        "protocolSection": {
            "identificationModule": {"nctId": one.registration, "briefTitle": one.title},
            "statusModule": {
                "overallStatus": status,
                "studyFirstPostDateStruct": {"date": f"{one.year}-03-01", "type": "ACTUAL"},
            },
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": "The Invented Group", "class": "OTHER"}},
            "descriptionModule": {"briefSummary": f"A summary made for the tests, number {one.number}."},
        }
    }


def document(one: Work) -> dict[str, Any]:
    """Write a document as the Federal Register gives it."""
    return {
        "document_number": f"2099-{one.number:05}",
        "title": one.title,
        "type": "Notice",
        "abstract": f"A summary made for the tests, number {one.number}.",
        "publication_date": f"{one.year}-03-01",
        "html_url": f"https://www.example.org/documents/{one.number}",
        "agencies": [{"raw_name": "INVENTED AGENCY", "name": "Invented Agency"}],
    }


def serve(them: Services, service: str, found: Sequence[Work], size: int = 10) -> None:
    """Give these works out page by page, as the service does, whatever is asked for."""
    for path, given in _PAGED[service](found, size).items():
        them.say(service, path, given)


def _pubmed(found: Sequence[Work], size: int) -> dict[str, Given]:
    by_id = {one.pmid: one for one in found}

    def search(asked: Asked) -> Answer:
        at = int(asked.query["retstart"])
        ids = [one.pmid for one in found[at : at + size]]
        counts = {"count": str(len(found)), "retmax": str(len(ids)), "retstart": str(at)}
        return as_json({"header": {"type": "esearch", "version": "0.3"}, "esearchresult": {**counts, "idlist": ids}})

    def fetch(asked: Asked) -> Answer:
        return as_xml(pubmed_set(*(pubmed_article(by_id[name]) for name in asked.query["id"].split(","))))

    return {"/esearch.fcgi": search, "/efetch.fcgi": fetch}


def _europe_pmc(found: Sequence[Work], size: int) -> dict[str, Given]:
    def search(asked: Asked) -> Answer:
        mark = asked.query["cursorMark"]
        at = 0 if mark == "*" else int(mark.removeprefix("mark-"))
        results = [europe_pmc_result(one) for one in found[at : at + size]]
        following = f"mark-{at + len(results)}"
        return as_json({"hitCount": len(found), "nextCursorMark": following, "resultList": {"result": results}})

    return {"/search": search}


def _crossref(found: Sequence[Work], size: int) -> dict[str, Given]:
    def search(asked: Asked) -> Answer:
        mark = asked.query["cursor"]
        at = 0 if mark == "*" else int(mark.removeprefix("mark+/"))
        items = [crossref_item(one) for one in found[at : at + size]]
        message = {"total-results": len(found), "items": items, "next-cursor": f"mark+/{at + len(items)}"}
        return as_json({"status": "ok", "message-type": "work-list", "message": message})

    return {"/works": search}


def _clinicaltrials(found: Sequence[Work], size: int) -> dict[str, Given]:
    def search(asked: Asked) -> Answer:
        at = int(asked.query.get("pageToken", "token0").removeprefix("token"))
        after = {"nextPageToken": f"token{at + size}"} if at + size < len(found) else {}
        total = {} if at else {"totalCount": len(found)}
        return as_json({**total, "studies": [study(one) for one in found[at : at + size]], **after})

    return {"/studies": search}


def _federal_register(found: Sequence[Work], size: int) -> dict[str, Given]:
    def search(asked: Asked) -> Answer:
        page = int(asked.query["page"])
        results = [document(one) for one in found[(page - 1) * size : page * size]]
        # The address of the next page leads astray: nobody is to follow it.
        after = {"next_page_url": "https://elsewhere.example.org/"}
        return as_json({"count": len(found), "total_pages": -(-len(found) // size), **after, "results": results})

    return {"/documents.json": search}


_PAGED = {
    "pubmed": _pubmed,
    "europe-pmc": _europe_pmc,
    "crossref": _crossref,
    "clinicaltrials": _clinicaltrials,
    "federal-register": _federal_register,
}
