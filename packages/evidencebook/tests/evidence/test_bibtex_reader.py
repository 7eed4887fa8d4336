"""The BibTeX reader: what exporters write is taken, each kind as found in a real export."""

from pathlib import Path

import pytest

from evidencebook.evidence import bibtex_reader
from evidencebook.evidence.models import Source

BIB = Path("sources.bib")


def entry(author: str = "Doe, Jane", more: str = "year = {2020},", keywords: str = "cohort") -> str:
    """Write one entry."""
    fields = f"author = {{{author}}}, title = {{A title}}, journal = {{J}}, {more}\n  keywords = {{{keywords}}}"
    return f"@article{{doe2020title,\n  {fields}\n}}\n"


def source(text: str) -> Source:
    """Read the one entry of a text without a fault."""
    sources, _, diagnostics = bibtex_reader.read(BIB, text)
    assert diagnostics == []
    return sources["doe2020title"]


@pytest.mark.parametrize(
    "before",
    ['@preamble{"\\newcommand{\\noop}[1]{}"}\n', "@comment{jabref-meta: x}\n", "  ", "% a remark\n", "\r\n"],
    ids=["preamble", "comment", "indented", "remark", "CRLF"],
)
def test_bibtex_reader_around_entries(before: str) -> None:
    """An entry is read whatever stands before it."""
    assert source(before + entry()).title == "A title"


def test_bibtex_reader_string_macro() -> None:
    """A @string is put where an entry names it, and so are the months."""
    made = source("@string{jcsm = {J of Sleep}}\n" + entry(more="publisher = jcsm, month = mar, year = 2020,"))

    assert (made.fields["publisher"], made.fields["month"]) == ("J of Sleep", "March")


def test_bibtex_reader_parentheses_and_any_key() -> None:
    """An entry may stand in parentheses; a key is what its exporter made it."""
    text = (
        "@article(doe_a-b:2, author = {Doe, Jane}, title = {A title}, journal = {J}, year = 2020, keywords = {cohort})"
    )
    sources, lines, diagnostics = bibtex_reader.read(BIB, text)

    assert (list(sources), lines, diagnostics) == (["doe_a-b:2"], {"doe_a-b:2": {(): 1}}, [])


@pytest.mark.parametrize(
    ("more", "year"),
    [
        ("date = {2013-11-15},", 2013),
        ("date = {2013/2014},", 2013),
        ("year = {{2013}},", 2013),
        ("year = {2013--2014},", 2013),
        ("year = {2013a},", 2013),
        ("year = {in press},", None),
    ],
)
def test_bibtex_reader_year(more: str, year: int | None) -> None:
    """Of biblatex and BibTeX, with a letter behind, as a range, or none."""
    assert source(entry(more=more)).year == year


def test_bibtex_reader_biblatex_fields() -> None:
    """They come under the names that BibTeX styles know."""
    fields = source(entry(more="journaltitle = {J}, location = {Oslo}, date = {2020},")).fields

    assert (fields["journal"], fields["address"], fields["year"]) == ("J", "Oslo", "2020")


@pytest.mark.parametrize(
    "more",
    [
        r"doi = {10.1007/978-3-030-01388-2\_6}, url = {https://example.org/a\_b?x=1\&y=20\%25},",
        r"DOI = {https://doi.org/10.1007/978-3-030-01388-2_6}, URL = {https://example.org/a_b?x=1&y=20%25},",
    ],
)
def test_bibtex_reader_doi_and_url(more: str) -> None:
    """Exporters escape them as if they were text; a percent sign is no remark."""
    made = source(entry(more=more))

    assert (made.doi, made.url) == ("10.1007/978-3-030-01388-2_6", "https://example.org/a_b?x=1&y=20%25")


@pytest.mark.parametrize(
    "title",
    [
        r"{\textit{Mitragyna speciosa} and CO$_2$ at 10\% on $\alpha$-waves: 5~mg \& H\textsubscript{2}O}",
        r"\emph{Mitragyna \textbf{speciosa}} and CO$_{2}$ at 10\% on α-waves: 5~mg \& H<sub>2</sub>O",
    ],
)
def test_bibtex_reader_latex_in_title(title: str) -> None:
    """What only changes the look of letters goes, small digits become signs, and no letter is lost."""
    made = source(entry().replace("A title", title)).title

    assert made.replace("\xa0", " ") == "Mitragyna speciosa and CO₂ at 10% on α-waves: 5 mg & H₂O"


def test_bibtex_reader_percent_in_a_note() -> None:
    """A percent sign begins a remark in TeX and an escaped letter in an address."""
    made = source(entry(more=r"note = {seen: abstract. \url{https://doi.org/10.1177%2F0018720813484498}},"))

    assert (made.seen, made.note.endswith("10.1177%2F0018720813484498")) == ("abstract", True)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Costa, Jr., Paul T.", ("Costa, Paul T., Jr.",)),
        ("de la Cruz, Maria AND Jones, Bo", ("de la Cruz, Maria", "Jones, Bo")),
        ("{World {Health} Organization and Friends}", ("World Health Organization and Friends",)),
        ("family=Smith, given=John, suffix=Jr.", ("Smith, John, Jr.",)),
        ("Doe, Jane\n  and\n  others", ("Doe, Jane", "others")),
        ("Doe, Jane and", ("Doe, Jane",)),
        (r"{\v S}af{\'a}{\v r}{\'\i}k, V. and Luk, {\O}re {\AA}", ("Šafářík, V.", "Luk, Øre Å")),
        ("{von Berg}, Johann {\\AA}", ("von Berg, Johann Å",)),
        ("M{\\\"u}ller, J{\\'o}se and 王, 伟", ("Müller, Jóse", "王, 伟")),
        (" and ".join(["Doe, Jane"] * 300), ("Doe, Jane",) * 300),
    ],
    ids=[
        *("suffix", "and in capitals", "organisation", "biblatex", "others", "nothing behind and"),
        *("accents in braces", "braces around parts", "accents", "300 authors"),
    ],
)
def test_bibtex_reader_names(author: str, names: tuple[str, ...]) -> None:
    """Taken apart by pybtex, braces and "and" in any case included."""
    assert source(entry(author=author)).authors == names


@pytest.mark.parametrize(
    ("more", "name", "text"),
    [
        ("subtitle = {A second},", "title", "A title: A second"),
        ("booktitle = {B?}, booksubtitle = {C},", "booktitle", "B? C"),
        ("date = {2012/2014},", "year", "2012–2014"),
        ("pubstate = {inpress},", "year", "in press"),
        ("eprint = {123}, eprinttype = {pubmed},", "pmid", "123"),
        ("eprint = {arXiv:2101.00001}, archivePrefix = {arXiv},", "eprint", "2101.00001"),
        ("eprint = {10125/1}, eprinttype = {hdl},", "url", "https://hdl.handle.net/10125/1"),
        ("month = SEP,", "month", "September"),
    ],
)
def test_bibtex_reader_what_styles_do_not_print(more: str, name: str, text: str) -> None:
    """What biblatex says in fields of its own comes under a name that the list of references prints."""
    assert source(entry(more=more)).fields[name] == text


@pytest.mark.parametrize(
    ("author", "told"),
    [
        ("Smith, J., Doe, K., Roe, L.", 'author "Smith, J., Doe, K., Roe, L." holds more than two commas; write A, B'),
        (r"Smith, J. \& Doe, K.", r'author "Smith, J. \& Doe, K." holds "\&"; write A, B'),
        (r"Smith, J\foo.", r"author holds \foo, which is no sign that can be read; write the sign itself"),
    ],
)
def test_bibtex_reader_names_that_are_none(author: str, told: str) -> None:
    """Several people in one name, and a command that nobody reads, are told with what to write."""
    [diagnostic] = bibtex_reader.read(BIB, entry(author=author))[2]

    assert told in str(diagnostic)


def test_bibtex_reader_design_among_keywords() -> None:
    """The words of an exporter do not hide it; a misspelt one alone is refused."""
    assert source(entry(keywords="Prejudice, cohort, Sleep")).design == "cohort"
    assert 'design "kohort" is none of' in str(bibtex_reader.read(BIB, entry(keywords="kohort"))[2][0])


def test_bibtex_reader_duplicate_key() -> None:
    """The second entry is named with the line of the first."""
    diagnostic = bibtex_reader.read(BIB, entry() * 2)[2][0]

    assert str(diagnostic) == 'sources.bib:5: duplicate id: source "doe2020title" is first at line 1; keep one'
