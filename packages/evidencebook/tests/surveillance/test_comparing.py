"""What is only written otherwise is no difference; what differs is told with the line to write instead."""

from pathlib import Path

import pytest

from evidencebook.evidence import bibtex_reader as bibliography
from evidencebook.evidence.models import Source
from evidencebook.surveillance.asking import xml
from evidencebook.surveillance.verify import judging, seen_crossref, seen_pubmed
from evidencebook.surveillance.verify.comparing import compare, same_title
from evidencebook.surveillance.verify.seen import Seen

TITLE = "Tea and sleep: a made-up trial"


def source(title: str = TITLE, authors: tuple[str, ...] = ("Example, Ada",), year: int | None = 2020) -> Source:
    """Describe an invented article."""
    return Source(
        key="example2020tea", kind="article", title=title, authors=authors, year=year, design="rct", seen=None,
        doi="10.1000/tea",
    )  # fmt: skip


def seen(**more: object) -> Seen:
    """Describe the same article as a registry would."""
    given = {"titles": (TITLE,), "authors": ("Example, Ada",), "years": frozenset({2020}), "doi": "10.1000/tea"}
    return Seen("Crossref", **(given | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Tea and Sleep", "TEA AND SLEEP."),
        ("Tea and sleep: a trial", "Tea and sleep"),
        ("Tea and sleep", "Tea and sleep: a trial"),
        ("Tea and sleep – a trial", "Tea and sleep"),
        ("Is tea safe? A review", "Is tea safe?"),
        ("7-hydroxytheanine in rats", "7‐Hydroxytheanine in <i>rats</i>"),
        ("β-endorphin and tea", "beta-endorphin &amp; tea".replace("&amp; ", "and ")),
        ("Thé, naïveté and café", "The, naivete and cafe"),
        ("Effects of tea", "&lt;b&gt;Effects&lt;/b&gt; of  tea"),
        ("Tea and sleep", "RETRACTED: Tea and sleep"),
        ("Tea and sleep", "[Tea and sleep]."),
        ("Single-centre trial of tea", "Single centre trial of tea"),
    ],
)
def test_the_same_title_written_otherwise_is_the_same(ours: str, theirs: str) -> None:
    """An editor is not sent after dashes and capitals."""
    assert same_title(ours, theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Tea and sleep: a trial", "Tea and sleep: a review"),
        ("Tea and sleep", "Tea and wakefulness"),
        ("Tea in 2019", "Tea in 2020"),
        ("Retracted science and tea", "Science and tea"),
    ],
)
def test_another_title_is_another(ours: str, theirs: str) -> None:
    """Two parts of a series have the same beginning."""
    assert not same_title(ours, theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (("Example, Ada",), ("Éxample, A.",)),
        (("Example, Ada", "others"), ("Example, Ada", "Second, Bo", "Third, Cy")),
        (("van der Example, Ada",), ("Example, Ada van der",)),
        (("Example-Sample, Ada",), ("Sample, Ada",)),
        (("O'Example, Ada",), ("O’Example, Ada",)),
        (("Example, Ada", "Second, Bo"), ("Example, Ada", "Second, Bo", "{Tea Group}")),
        (("Tea Agency",), ("{Tea Agency}",)),
        (("Example, Ada",), ()),
    ],
)
def test_the_same_authors_written_otherwise_are_the_same(ours: tuple[str, ...], theirs: tuple[str, ...]) -> None:
    """Accents, particles, groups and names left to "others" are no differences; nor is a registry that names nobody."""
    assert compare(source(authors=ours), seen(authors=theirs)) == ()


@pytest.mark.parametrize("year", [2019, 2020])
def test_any_of_the_years_of_publication_will_do(year: int) -> None:
    """Online in one year, printed in the next."""
    assert compare(source(year=year), seen(years=frozenset({2019, 2020}))) == ()


@pytest.mark.parametrize(
    ("entry", "record", "says"),
    [
        (source(year=2018), seen(), "year: 2018 in the entry, 2020 in Crossref; write year = {2020},"),
        (source(year=None), seen(), "year: none in the entry, 2020 in Crossref; write year = {2020},"),
        (
            source(title="Tea & slep: a made-up trial"),
            seen(),
            'title: "Tea & slep: a made-up trial" in the entry, "Tea and sleep: a made-up trial" in Crossref; '
            "write title = {Tea and sleep: a made-up trial},",
        ),
        (source(title="Coffee in mice"), seen(), "this is another work: compare the DOI"),
        (
            source(authors=("Sample, Bo",)),
            seen(authors=("Example, Ada", "{Tea, and more}")),
            'authors: first "Sample, Bo" in the entry, first "Example, Ada" in Crossref; '
            "write author = {Example, Ada and {Tea, and more}},",
        ),
        (
            source(),
            seen(authors=("Example, Ada", "Second, B}o")),
            "authors: 1 in the entry, 2 in Crossref; write author = {Example, Ada and Second, Bo},",
        ),
        (source(), seen(doi="10.1000/coffee"), "then write doi = {10.1000/coffee},"),
    ],
)
def test_what_differs_is_told_with_what_to_write(entry: Source, record: Seen, says: str) -> None:
    """One difference, one line of BibTeX; a title of another work is not proposed as a mend."""
    (difference,) = compare(entry, record)

    assert says in str(difference)


def test_a_title_is_proposed_as_bibtex_wants_it() -> None:
    """A percent sign would begin a comment."""
    (difference,) = compare(source(title="Tee & 5% sleep"), seen(titles=("Tea & 5% sleep {\\x",)))

    assert difference.mend == r"write title = {Tea \& 5\% sleep x},"


def test_thousands_of_authors_are_not_proposed() -> None:
    """A report stays readable."""
    (difference,) = compare(source(), seen(authors=("Example, Ada", *(f"Name{n}, A" for n in range(3000)))))

    assert difference.mend.endswith("Name23, A and others},")


def crossref(**more: object) -> dict[str, object]:
    """Answer in Crossref's shape; made for the test."""
    message = {
        "DOI": "10.1000/TEA",
        "title": ["Tea and <i>sleep</i>"],
        "subtitle": ["a made-up trial"],
        "author": [{"given": "Ada", "family": "Example", "sequence": "first"}, {"name": "Tea Group"}],
        "published-print": {"date-parts": [[2021, 1]]},
        "published-online": {"date-parts": [[2020, 12, 3]]},
        "issued": {"date-parts": [[None]]},
    }
    return {"status": "ok", "message-type": "work", "message": message | more}


def test_crossref_is_read_with_its_subtitle_and_both_years() -> None:
    """Crossref keeps the subtitle in a field of its own."""
    read = seen_crossref.seen("10.1000/tea", crossref())

    assert read.titles == ("Tea and sleep: a made-up trial", "Tea and sleep")
    assert (read.authors, read.years, read.doi) == (
        ("Example, Ada", "{Tea Group}"),
        frozenset({2020, 2021}),
        "10.1000/tea",
    )


@pytest.mark.parametrize(
    "strange",
    [
        {"title": "no list"},
        {"title": [None, 3, {"a": 1}]},
        {"author": [None, "x", {"family": 3}]},
        {"issued": {"date-parts": []}},
        {"issued": 3, "updated-by": {"type": "retraction"}},
        {"updated-by": [None, 7, {"type": ["retraction"]}, {}]},
    ],
)
def test_strange_shapes_are_no_traceback(strange: dict[str, object]) -> None:
    """A registry may say anything."""
    assert isinstance(judging.notice([seen_crossref.seen("10.1000/tea", crossref(**strange))]).outcome, str)


@pytest.mark.parametrize("answer", [None, [], {}, {"message": {}}, {"message": "x"}, {"message": {"DOI": 3}}])
def test_what_is_no_work_is_refused(answer: object) -> None:
    """An empty answer is not taken for a work without notices."""
    with pytest.raises(ValueError, match="describes no work"):
        seen_crossref.seen("10.1000/tea", answer)


def update(kind: str, doi: str = "10.1000/Notice", by: str = "publisher") -> dict[str, object]:
    """Make an update in Crossref's shape."""
    when = {"date-parts": [[2026, 1, 2]], "date-time": "2026-01-02T00:00:00Z", "timestamp": 1767312000000}
    return {"DOI": doi, "type": kind, "label": kind.title(), "source": by, "updated": when}


@pytest.mark.parametrize(
    ("updates", "outcome", "value"),
    [
        ([], "clear", None),
        ([update("retraction", by="retraction-watch")], "retracted", "10.1000/notice"),
        ([update("Partial Retraction")], "retracted", "10.1000/notice"),
        ([update("withdrawal"), update("retraction", "10.1000/b")], "retracted", "10.1000/b 10.1000/notice"),
        ([update("retraction"), update("retraction", by="retraction-watch")], "retracted", "10.1000/notice"),
        ([update("expression_of_concern"), update("correction", "10.1000/c")], "concern", "10.1000/notice"),
        ([update("erratum")], "corrected", "10.1000/notice"),
        ([update("new_version")], "clear", None),
        ([update("something-new")], "corrected", "10.1000/notice"),
    ],
)
def test_the_gravest_notice_decides(updates: list[object], outcome: str, value: str | None) -> None:
    """Only the notices of that kind have to be named in the entry, each once, whoever reports them."""
    result = judging.notice([seen_crossref.seen("10.1000/tea", crossref(**{"updated-by": updates}))])

    assert (result.outcome, result.value) == (outcome, value)


def test_a_reinstatement_is_told_and_left_to_people() -> None:
    """A machine does not lift a retraction."""
    updates = [update("retraction"), update("reinstatement", "10.1000/again")]

    result = judging.notice([seen_crossref.seen("10.1000/tea", crossref(**{"updated-by": updates}))])

    assert (result.outcome, result.value) == ("retracted", "10.1000/notice")
    assert "it was reinstated: 10.1000/again" in (result.note or "")


@pytest.mark.parametrize(
    ("title", "outcome"),
    [
        ("RETRACTED: Tea and sleep", "retracted"),
        ("[RETRACTED] Tea and sleep", "retracted"),
        ("Retracted article: Tea and sleep", "retracted"),
        ("WITHDRAWN–Tea and sleep", "retracted"),
        ("Retracted papers on tea: a review", "clear"),
        ("Withdrawn patients in trials of tea", "clear"),
        ("Retraction: a habit", "clear"),
    ],
)
def test_a_title_that_says_so_is_a_notice(title: str, outcome: str) -> None:
    """Some publishers mark the title and file nothing; works about retractions are not meant."""
    assert judging.notice([seen_crossref.seen("10.1000/tea", crossref(title=[title], subtitle=[]))]).outcome == outcome


PUBMED = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN"
 "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">90000001</PMID>
<Article PubModel="Print-Electronic"><Journal><JournalIssue CitedMedium="Internet"><Volume>1</Volume>
<PubDate><MedlineDate>2020 Nov-Dec</MedlineDate></PubDate></JournalIssue><Title>Journal made for tests</Title></Journal>
<ArticleTitle>Tea and <i>sleep</i>: a made-up trial.</ArticleTitle>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/Tea</ELocationID>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Example</LastName><ForeName>Ada</ForeName></Author>
<Author ValidYN="N"><LastName>Exmple</LastName><ForeName>Ada</ForeName></Author>
<Author ValidYN="Y"><CollectiveName>Tea Group</CollectiveName></Author></AuthorList>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>{kind}</PublicationTypeList>
<ArticleDate DateType="Electronic"><Year>2019</Year><Month>12</Month><Day>30</Day></ArticleDate></Article>
{links}</MedlineCitation>
<PubmedData><ReferenceList><Reference><Citation>Another</Citation><ArticleIdList>
<ArticleId IdType="doi">10.1000/another</ArticleId></ArticleIdList></Reference></ReferenceList>
<ArticleIdList><ArticleId IdType="pubmed">90000001</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
</PubmedArticleSet>"""
RETRACTED_TYPE = '<PublicationType UI="D016441">Retracted Publication</PublicationType>'


def pubmed(kind: str = "", *links: tuple[str, str, str]) -> Seen:
    """Read an answer in PubMed's shape; made for the test."""
    told = "".join(
        f'<CommentsCorrections RefType="{name}"><RefSource>{text}</RefSource>{number}</CommentsCorrections>'
        for name, text, number in links
    )
    text = PUBMED.format(kind=kind, links=f"<CommentsCorrectionsList>{told}</CommentsCorrectionsList>" if told else "")
    return seen_pubmed.seen(xml.parsed(text.encode()))["90000001"]


def test_pubmed_is_read_without_the_references_within() -> None:
    """The DOI of a cited work is not the article's; a name that PubMed struck out is no author."""
    read = pubmed()

    assert read.titles == ("Tea and sleep: a made-up trial.",)
    assert (read.authors, read.years, read.doi) == (
        ("Example, Ada", "{Tea Group}"),
        frozenset({2019, 2020}),
        "10.1000/tea",
    )
    assert compare(source(), read) == ()


IN_DOI = "J Made Up. 2026;1(1):2. doi: 10.1000/Notice."
NUMBER = '<PMID Version="1">90000002</PMID>'


@pytest.mark.parametrize(
    ("kind", "links", "outcome", "value"),
    [
        ("", [], "clear", None),
        (RETRACTED_TYPE, [("RetractionIn", IN_DOI, NUMBER)], "retracted", "10.1000/notice"),
        ("", [("RetractionIn", "J Made Up. 2026;1(1):2", NUMBER)], "retracted", "PMID:90000002"),
        (RETRACTED_TYPE, [], "retracted", None),
        ("", [("ExpressionOfConcernIn", IN_DOI, NUMBER), ("ErratumIn", "x", "")], "concern", "10.1000/notice"),
        ("", [("ErratumIn", "J Made Up. 2026;1(1):2", NUMBER)], "corrected", "PMID:90000002"),
        ("", [("RetractionOf", IN_DOI, NUMBER), ("CommentIn", IN_DOI, NUMBER)], "clear", None),
    ],
)
def test_what_pubmed_links_is_a_notice_too(
    kind: str, links: list[tuple[str, str, str]], outcome: str, value: str | None
) -> None:
    """A notice that is cited as retracting another work retracts nothing of this one."""
    result = judging.notice([pubmed(kind, *links)])

    assert (result.outcome, result.value) == (outcome, value)


def test_two_registries_with_one_notice_name_it_once() -> None:
    """Who named the DOI in the entry need not look up PubMed's number for it as well."""
    theirs = seen_crossref.seen("10.1000/tea", crossref(**{"updated-by": [update("retraction")]}))

    assert judging.notice([theirs, pubmed("", ("RetractionIn", "x", NUMBER))]).value == "10.1000/notice"


def test_an_answer_about_troubles_is_no_empty_set() -> None:
    """PubMed tells of its own troubles with status 200; that must not make every number unknown."""
    with pytest.raises(ValueError, match="not a set of articles"):
        seen_pubmed.seen(xml.parsed(b"<eFetchResult><ERROR>ID list is empty!</ERROR></eFetchResult>"))


def test_the_real_bibliography_agrees_with_itself() -> None:
    """Whatever stands in an entry, the same words from a registry are no difference."""
    sources, _, _ = bibliography.read(Path(__file__).parents[4] / "evidence" / "sources.bib")
    for one in sources.values():
        names = tuple(name for name in one.authors if name != "others")
        again = Seen("Crossref", (one.title,), names, frozenset({one.year} if one.year else ()), one.doi)
        assert compare(one, again) == (), one.key
