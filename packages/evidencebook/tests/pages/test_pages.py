"""What an author writes comes out the same in every format, silently."""

import json

import pytest
from bs4 import BeautifulSoup

from evidencebook.pages.dependencies import topics
from rebuilds import HEAD
from small_book import PAGES, Book, Replace


@pytest.mark.parametrize("builder", ["html", "epub", "latex", "text", "pseudoxml"])
def test_every_builder_is_silent_and_complete(book: Book, builder: str) -> None:
    """The claim's sentence, its certainty, its reason and its number reach each format without a warning."""
    app = book.build(builder)

    suffix = {"html": "html", "epub": "xhtml", "latex": "tex", "text": "txt", "pseudoxml": "pseudoxml"}[builder]
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(app.outdir.rglob(f"*.{suffix}")))
    folded = ("not randomised", "would be unethical") if builder != "latex" else ()  # print names the sources alone
    for words in ("people probably die", "Moderate certainty", "but a large effect", "36.1", "Sordo", *folded):
        assert words in text.replace("\u00a0", " ").replace("\\DUrole{", ""), words


def test_a_finding_links_to_its_row_and_cites_its_source(book: Book) -> None:
    """From a number in prose to its row, from the row to the source and to the claims that use it."""
    book.build()

    assert 'href="findings.html#finding-wd-200"' in book.html("index")
    assert "Sordo" in book.html("index")
    assert 'id="finding-wd-200"' in book.html("findings")
    assert 'href="chapter.html#claim-death-out-of-treatment"' in book.html("findings")
    assert "36\u00a0" in book.html("chapter")
    assert "411 of 1,144" in book.html("chapter")


def test_the_card_shows_the_arithmetic_of_its_grade(book: Book) -> None:
    """Start, the design that decides it, and each step stand in one line, with the argument for a raise."""
    book.build("text")

    card = " ".join((book.folder / "built/text/chapter.txt").read_text(encoding="utf-8").replace("*", "").split())
    start = "The sum: starts low (review, not of randomised trials alone)"
    assert f"{start}; risk of bias 0, large effect +1: moderate." in card
    assert "Why it may be raised: Both reviews agree" in card


def test_no_evidence_is_shown_as_a_level(book: Book, replace: Replace) -> None:
    """A claim on a search alone has its words, its symbol and its class, and the export its certainty."""
    replace("evidence/claims/care.yml", "Rats may not press a lever for mitragynine.", "No study was found of rats.")
    replace("evidence/claims/care.yml", "certainty: low", "certainty: no evidence")
    replace("evidence/claims/care.yml", "  because:\n    - {domain: imprecision, step: -2, note: one laboratory}\n", "")
    replace("evidence/claims/care.yml", "  findings: [WD-065]\n  searches", "  searches")
    replace("evidence/assertions.yml", "verdict: contradicted", "verdict: unproven")
    book.write("chapter", "# Chapter\n\n```{claim} lever-pressing\n```\n")
    book.build()

    assert "No evidence ◯◯◯◯" in book.html("chapter")
    assert "certainty-no-evidence" in book.html("chapter")


def test_grades_and_summary_tables_come_from_the_evidence(book: Book, replace: Replace) -> None:
    """The table of grades has start, steps and result; the summary of findings has its seven columns in words."""
    effect = "  effect: {outcome: death, without: WD-200, relative: WD-018}\n"
    measure = "  measure: self-reported abstinence over one year\n  value: 411\n  unit: people\n"
    ratio = "  measure: risk ratio\n  comparator: others\n  value: 3\n  unit: RR\n"
    replace("evidence/findings/care.yml", measure, ratio)
    replace("evidence/claims/care.yml", "  would_change: A large trial", f"{effect}  would_change: A large trial")
    book.write("chapter", "# C\n\n```{grades}\n```\n\n```{summary-of-findings}\n:ids: death-out-of-treatment\n```\n")
    book.build()

    page = " ".join(BeautifulSoup(book.html("chapter"), "html.parser").get_text(" ").split())
    assert (
        "low: review, not of randomised trials alone ( WD-200 ) risk of bias 0, large effect +1 moderate ⊕⊕⊕◯" in page
    )
    for words in (
        "Studies and people",
        "Relative effect",
        "moderate certainty ⊕⊕⊕◯",
        "RR 3",
        "no number",
        "people probably die",
    ):
        assert words in page, words


def test_summary_of_a_claim_without_effect_is_refused(book: Book) -> None:
    """A claim that names no findings for its row is told at the author's line."""
    book.write("chapter", "# C\n\n```{summary-of-findings}\n:ids: lever-pressing\n```\n")
    with pytest.raises(SystemExit):
        book.build(silent=False)

    assert "claim lever-pressing has no row of a summary of findings; write effect:" in book.told()


def test_shared_author_and_year_get_letters(book: Book, replace: Replace) -> None:
    """Two sources of one label are told apart in the text and in the list."""
    entry = "@misc{sordo2017mortality,"
    twin = "@misc{sordo2017again,\n  author = {Sordo, Luis and Barrio, Gregorio and others},\n  keywords = {cohort},\n"
    twin += "  note = {seen: abstract},\n  title = {Again},\n  year = {2017}\n}\n\n"
    replace("evidence/sources.bib", entry, twin + entry)
    replace("evidence/excluded.yml", "[]", "- {reason: told elsewhere, sources: [sordo2017again]}")
    book.write("chapter", "# Chapter\n\n{cite:p}`sordo2017mortality` and {cite:p}`sordo2017again`.\n")
    book.build()

    for page in ("chapter", "sources"):
        assert "2017a" in book.html(page), page
        assert "2017b" in book.html(page), page


def test_a_telephone_number_is_dialled_by_a_tap(book: Book, replace: Replace) -> None:
    """A helpline is a link that calls, spaces and dashes left out."""
    replace("evidence/findings/animals.yml", "species: rat", 'phone: "0800 123-45", species: rat')
    book.write("chapter", "# Chapter\n\nCall {finding:call}`WD-065`.\n")
    book.build()

    assert 'href="tel:080012345"' in book.html("chapter")


def test_a_claim_has_one_home(book: Book) -> None:
    """A card on a chapter is the claim's address; a claim without one gets its card on the list of claims."""
    book.build()

    exported = json.loads((book.folder / "built/html/evidence/evidence.json").read_text(encoding="utf-8"))
    pages = {claim["id"]: claim["page"] for claim in exported["claims"]}
    assert pages == {
        "death-out-of-treatment": "chapter.html#claim-death-out-of-treatment",
        "lever-pressing": "claims.html#claim-lever-pressing",
    }
    assert 'id="claim-death-out-of-treatment"' not in book.html("claims")


def test_any_and_markdown_links_find_a_claim(book: Book) -> None:
    """The domain answers references that name no role."""
    book.write("chapter", "# Chapter\n\n{any}`death-out-of-treatment` and [probably](death-out-of-treatment).\n")
    book.build()

    assert book.html("chapter").count('href="claims.html#claim-death-out-of-treatment"') == 2


def test_parallel_reading_keeps_every_record(book: Book) -> None:
    """Four readers merge into one domain; jupyter-book builds with one, so nothing else runs the merge."""
    for number in range(8):
        book.write(f"more-{number}", f"# More {'x' * number}\n\n{{claim}}`rats <lever-pressing>`\n")
    book.write("index", "# Small\n\n```{toctree}\n:glob:\n*\n```\n")
    app = book.build(parallel=4)

    domain = app.env.get_domain("evidence")
    assert set(domain.page_records["findings"]["finding"]) == {"WD-200", "WD-018", "WD-065"}
    assert len(domain.pages_using("lever-pressing")) == 10


def test_an_edit_forgets_what_the_page_said(book: Book, replace: Replace) -> None:
    """A card taken from a chapter moves to the list of claims at the next build."""
    book.build()
    replace("book/chapter.md", "```{claim} death-out-of-treatment\n```\n", "")
    app = book.build()

    assert app.env.get_domain("evidence").place("claim", "death-out-of-treatment")[0] == "claims"
    assert 'id="claim-death-out-of-treatment"' in book.html("claims")


def test_an_edited_finding_rebuilds_the_pages_that_quote_it(book: Book, replace: Replace) -> None:
    """The evidence base file is a dependency of each page that used it."""
    book.build()
    replace("evidence/findings/care.yml", "value: 36.1", "value: 40.7")
    book.build()

    assert "40.7" in book.html("index")
    assert "41\u00a0" in book.html("chapter")


@pytest.mark.usefixtures("no_kernels")
def test_results_of_an_executed_page_follow_the_evidence(book: Book, replace: Replace) -> None:
    """A changed finding changes the glued number on the page that computes it and on the page that quotes it."""
    cell = (
        f"{HEAD}# Computed\n\n```{{code-cell}}\n"
        "from evidencebook import findings\nfrom myst_nb import glue\n"
        'glue("rate", float(findings().loc["WD-200", "value"]), display=False)\n```\n\n{glue:text}`rate:.1f`\n'
    )
    book.write("computed", cell)
    book.write("index", PAGE_THAT_QUOTES)
    book.build()
    assert ">36.1</span> here" in book.html("index")

    replace("evidence/findings/care.yml", "value: 36.1", "value: 40.7")
    book.build()
    assert ">40.7</span> here" in book.html("index")
    assert "40.7" in book.html("computed")


PAGE_THAT_QUOTES = (
    "# Small\n\nThe rate is {glue:text}`computed.md::rate:.1f` here.\n\n"
    "```{toctree}\ncomputed\nchapter\nclaims\nfindings\nsources\n```\n"
)


KEEPS = (
    f"{HEAD}# Keeps\n\n```{{code-cell}}\n"
    "from evidencebook import findings\nfrom evidencebook.analysis.display import download\n"
    'download(findings()[["value"]], "values.csv")\n```\n\nAs a file: {export}`values.csv`.\n'
)


@pytest.mark.usefixtures("no_kernels")
def test_a_kept_table_is_written_and_linked(book: Book) -> None:
    """The table behind a figure can be had as a file; it shows nothing on the page but the link."""
    book.write("keeps", KEEPS)
    book.write("index", "# Small\n\n```{toctree}\nkeeps\nchapter\nclaims\nfindings\nsources\n```\n")
    book.build()

    kept = (book.folder / "built/html/evidence/tables/values.csv").read_text(encoding="utf-8")
    assert kept.splitlines()[0] == "id,value"
    assert "WD-200,36.1" in kept
    assert 'href="evidence/tables/values.csv"' in book.html("keeps")
    assert "WD-200,36.1" not in book.html("keeps")


def test_a_claim_tells_where_it_is_used(book: Book, replace: Replace) -> None:
    """The card links back to pages and statements; a page that stops using it disappears from the card."""
    book.build()
    card = book.html("chapter").split('id="claim-death-out-of-treatment"')[1]
    assert 'Used on: <a class="reference internal" href="index.html">' in card
    assert 'href="findings.html#a01"' in card

    replace("book/index.md", "See {claim}`the risk <death-out-of-treatment>`.", "")
    book.build()
    assert (
        "Used on: <a" not in book.html("chapter").split('id="claim-death-out-of-treatment"')[1].split("</section>")[0]
    )


def test_a_reference_names_its_findings(book: Book) -> None:
    """From an entry of the bibliography to the findings taken from it."""
    book.build()

    entry = book.html("sources").split("Hemby")[-1]
    assert 'href="findings.html#finding-wd-065"' in entry


AUDIT = (
    "# Audit\n\n{assertion}`the second <A02>`\n\n"
    "## Summary\n\n```{assertions}\n:section: summary\n:style: sections\n```\n\n"
    "## Conclusion\n\n```{assertions}\n:section: conclusion\n:style: sections\n```\n\n"
    "## Map\n\n```{evidence-map}\n```\n\n```{evidence-map} In treatment\n```\n\n"
    "```{claims-by} certainty\n```\n\n```{findings-by} year\n```\n\n"
    "```{sources-by} design\n```\n\n```{assertions}\n:style: brief\n```\n"
)


def audited(book: Book) -> None:
    """Add an audit page and take the table of assertions from the page of findings."""
    book.write("audit", AUDIT)
    book.write("index", "# Small\n\n```{toctree}\nchapter\nclaims\nfindings\nsources\naudit\n```\n")
    book.write("findings", "# Findings\n\n```{findings}\n```\n\n## Searches\n\n```{searches}\n```\n")


@pytest.mark.parametrize("builder", ["html", "latex", "epub"])
def test_the_audit_builds_in_every_format(book: Book, builder: str) -> None:
    """Sections, map and lists are standard nodes; nothing is lost and nothing is warned of."""
    audited(book)
    app = book.build(builder)

    suffix = {"html": "html", "epub": "xhtml", "latex": "tex"}[builder]
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(app.outdir.rglob(f"*.{suffix}")))
    expected = (
        "Treatment keeps people alive",
        "Verdict:",
        "contradicted",
        "A fair sentence:",
        "1,144 people looked at",
    )
    for words in expected:
        assert words in text.replace("\u00a0", " "), words


def test_rows_of_the_map_can_be_reached(book: Book) -> None:
    """A picture cannot be tapped, so a list beside it leads to each row that a page shows."""
    audited(book)
    book.build()
    ways = [str(link["href"]) for link in book.soup("audit").select("a[href^='#outcome-']")]
    rows = [f"#{one['id']}" for one in book.soup("audit").select("td [id^='outcome-']")]

    assert ways == rows == ["#outcome-death", "#outcome-sleep"]


def test_a_statement_has_a_short_address_and_a_review(book: Book) -> None:
    """audit.html#a01 holds the answer, the export points there, and the page carries the review as data."""
    audited(book)
    book.build()

    exported = json.loads((book.folder / "built/html/evidence/evidence.json").read_text(encoding="utf-8"))
    assert [made["page"] for made in exported["assertions"]] == ["audit.html#a01", "audit.html#a02"]
    assert 'id="a01"' in book.html("audit")
    scripts = book.html("audit").split('<script type="application/ld+json">')[1:]
    described = [json.loads(script.split("</script>")[0]) for script in scripts]
    reviews = [item for item in described if item["@type"] == "ClaimReview"]
    assert [review["itemReviewed"]["@type"] for review in reviews] == ["Claim", "Claim"]
    assert reviews[1]["reviewRating"]["alternateName"] == "contradicted"
    assert "ClaimReview" not in book.html("chapter")


def executed(topic: str, options: str = "") -> str:
    """Write a page that computes with the findings of one topic."""
    return (
        f"{HEAD}# On {topic}\n\n```{{code-cell}}\n"
        f'{options}from evidencebook import findings\nfrom myst_nb import glue\ntable = findings("{topic}")\n'
        'glue("rows", len(table), display=False)\nglue("most", float(table["value"].max()), display=False)\n```\n\n'
        "{glue:text}`rows:.0f` rows, {glue:text}`most:.1f` at most\n"
    )


@pytest.mark.parametrize("options", ["", ":tags: [remove-input]\n"])
@pytest.mark.usefixtures("no_kernels")
def test_an_edit_runs_only_the_pages_that_use_the_topic(book: Book, replace: Replace, options: str) -> None:
    """One finding changes: figures, glued numbers, claims and their pages follow, and no other page is run again."""
    book.write("care", executed("care", options))
    book.write("animals", executed("animals", options))
    book.write("index", "# Small\n\n```{toctree}\ncare\nanimals\nchapter\nclaims\nfindings\nsources\n```\n")
    book.build()
    run = {page: book.folder / f"built/jupyter_execute/{page}.ipynb" for page in ("care", "animals")}
    before = {page: path.stat().st_mtime_ns for page, path in run.items()}
    assert ">2</span> rows" in book.html("care")

    replace("evidence/findings/care.yml", "value: 36.1", "value: 4070.7")
    book.build()
    assert run["care"].stat().st_mtime_ns > before["care"]
    assert run["animals"].stat().st_mtime_ns == before["animals"]
    assert ">4070.7</span> at most" in book.html("care")
    assert "4,070.7" in book.html("chapter").split('id="claim-death-out-of-treatment"')[1]


def test_a_page_that_names_no_topic_may_use_any() -> None:
    """What cannot be told from the code is not guessed: the page depends on everything."""
    assert topics('findings("care", "animals")') == {"care", "animals"}
    assert topics("x = 1") == set()
    for code in ("findings()", "findings(topic)", "load(folder)", 'findings("care", folder=here)', "broken ("):
        assert topics(code) is None, code


FIGURE = (
    f"{HEAD}# Figures\n\n```{{code-cell}}\nfrom evidencebook.analysis.display import show\n"
    "from evidencebook.analysis.figure_style import canvas\nshow(canvas()[0]%s)\n```\n"
)


@pytest.mark.usefixtures("no_kernels")
def test_pictures_without_alt_text_are_refused(book: Book) -> None:
    """In HTML as in PDF; a figure that says its alt text itself keeps it in every image of its cell."""
    book.write("index", PAGES["index"].replace("chapter\n", "chapter\nfigures\n"))
    book.write("figures", FIGURE % "")
    with pytest.raises(SystemExit):
        book.build(silent=False)
    assert "this picture has no alt text" in book.told()

    book.write("figures", FIGURE % ', alt="Nothing < yet."')
    book.build()
    assert book.soup("figures").find("img")["alt"] == "Nothing < yet."
