"""The list of references: names as they are, labels as sentences cite."""

import pytest
from pybtex.database import BibliographyData, Entry, Person

from evidencebook.pages.reference_style import EvidenceStyle
from small_book import PAGES, Book


@pytest.mark.parametrize(
    ("authors", "label", "written"),
    [
        (["Doe, Jane", "others"], "Doe et al., 2020", "Jane Doe and others."),
        (["Doe, Jane", "others", "Poe, Ann"], "Doe et al., 2020", "Jane Doe, … Ann Poe."),
        (["Costa, Jr., Paul T.", "de la Cruz, Maria"], "Costa and de la Cruz, 2020", "Paul T. Costa, Jr. and Maria de"),
        (["A, B", "C, D", "E, F"], "A et al., 2020", "B A, D C, and F E."),
        (["{The Tea Group}"], "The Tea Group, 2020", "The Tea Group."),
        ([], "A title, 2020", "A title."),
    ],
)
def test_reference_names_and_label(authors: list[str], label: str, written: str) -> None:
    """Nobody is called "others"; "Jr." stays; a source without authors goes by its title."""
    persons = {"author": [Person(name) for name in authors]} if authors else {}
    entry = Entry("misc", [("title", "A title"), ("journal", "Tea"), ("year", "2020")], persons)
    (made,) = EvidenceStyle().format_bibliography(BibliographyData({"doe": entry}))

    assert made.label == label
    assert made.text.render_as("text").replace("\xa0", " ").startswith(written)


def test_reference_free_full_text() -> None:
    """What PubMed Central holds can be read by everyone; of any other source nothing is said."""
    fields = [("title", "A title"), ("year", "2020"), ("doi", "10.1/x")]
    free, other = (
        EvidenceStyle().format_bibliography(BibliographyData({"doe": Entry("misc", fields + more)})).entries[0].text
        for more in ([("pmcid", "PMC123")], [])
    )

    assert free.render_as("text").endswith("doi:10.1/x. Free full text (PMC123).")
    assert 'href="https://pmc.ncbi.nlm.nih.gov/articles/PMC123"' in free.render_as("html")
    assert other.render_as("text").endswith("doi:10.1/x.")


_REST = "keywords = {narrative-review}, note = {seen: abstract}"


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        ("@article{k, author = {A}, title = {5% of $\\beta_2$, \\$5}, journal = {J}, year = 2011", "5% of β₂, $5. J, "),
        ("@collection{k, editor = {Doe, A}, title = {T}, publisher = {P}, year = 2011", "A Doe, editor. T. P, 2011."),
        ("@report{k, author = {Doe, A}, title = {T}, institution = {I}", "A Doe. T. Technical Report, I, n.d."),
        ("@thesis{k, author = {Doe, A}, title = {T}, institution = {I}, type = {mathesis}", "Master's thesis, I, n.d."),
        ("@inreference{k, author = {Doe, A}, title = {T}, booktitle = {B}, year = 2011", "A Doe. T. In B. 2011."),
        ("@periodical{k, editor = {Doe, A}, title = {T}, year = 2011", "A Doe. T. 2011."),
        ("@patent{k, author = {Doe, A}, title = {T}, number = {US1}, year = 2011", "A Doe. T. US1, 2011."),
        ("@misc{k, author = {Doe, A}, title = {T}, publisher = {Zenodo}, year = 2011", "A Doe. T. Zenodo, 2011."),
        ("@incollection{k, editor = {D}, title = {T}, booktitle = {B}, date = {2011}", "T. In D, editor, B. 2011."),
    ],
)  # fmt: skip
def test_reference_of_every_kind(book: Book, entry: str, written: str) -> None:
    """What biblatex calls otherwise is printed as the nearest kind, without a year as undated, and no sign is lost."""
    sources = book.folder / "evidence" / "sources.bib"
    sources.write_text(f"{sources.read_text('utf-8')}\n{entry}, {_REST}}}\n", encoding="utf-8")
    book.write("chapter", f"{PAGES['chapter']}\n{{cite:p}}`k`\n")
    book.build()

    assert written in " ".join(book.soup("sources").get_text().split())
