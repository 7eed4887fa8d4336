"""A citation says the same in every form, and programs that we did not write can read each."""

import datetime as dt
import io
import json
from dataclasses import replace

import pytest
import rispy
from pybtex.database import parse_string

from evidencebook.evidence.base import EvidenceBase
from evidencebook.outputs.data import citation, citation_forms
from evidencebook.outputs.data import head_metadata as head
from evidencebook.outputs.data.citation import Book, Citation

BOOK = Book("Care & “Cure”: 50 % of it", ("The contributors", "Doe, Ana"), dt.date(2026, 11, 2), "0.1.0")
FILLED = replace(BOOK, base="https://example.org/a_b/", doi="10.1234/ab_c")
WHOLE = Citation(FILLED, "index")
CHAPTER = Citation(FILLED, "parts/one-part", "Is it so? µ ≥ 5 %", "parts/one-part.html#a_b~c", "A note")


@pytest.mark.parametrize("cited", [WHOLE, CHAPTER])
def test_bibtex_is_read_back(cited: Citation) -> None:
    """One entry is found by pybtex; addresses are verbatim, a group stays whole, a person has two names."""
    (key, entry), *more = parse_string(citation_forms.bibtex(cited), "bibtex").entries.items()

    assert not more
    assert key == cited.key
    assert entry.fields["url"] == cited.address
    assert entry.fields["year"] == "2026"
    assert entry.fields.get("doi", "") == (FILLED.doi if cited.is_book else "")
    group, person = entry.persons["author"]
    assert str(group) == "{The contributors}"
    assert (person.last_names, person.first_names) == (["Doe"], ["Ana"])
    assert r"\%" in entry.fields["title"]


@pytest.mark.parametrize("cited", [WHOLE, CHAPTER])
def test_ris_is_read_back(cited: Citation) -> None:
    """One record of the right type is found by rispy, with every field."""
    (record,) = rispy.load(io.StringIO(citation_forms.ris(cited)))

    assert record["type_of_reference"] == ("BOOK" if cited.is_book else "CHAP")
    assert record["title"] == (cited.title or FILLED.title)
    assert record.get("secondary_title", "") == ("" if cited.is_book else FILLED.title)
    assert record["authors"] == ["The contributors", "Doe, Ana"]
    assert (record["year"], record["date"], record["edition"]) == ("2026", "2026/11/02", "0.1.0")
    assert record["urls"] == [cited.address]
    assert "unknown_tag" not in record


@pytest.mark.parametrize("cited", [WHOLE, CHAPTER])
def test_csl_json_is_a_list_of_one_item(cited: Citation) -> None:
    """Types and fields are those of the CSL specification; a group is literal."""
    (item,) = json.loads(citation_forms.csl(cited))

    assert item["type"] == ("book" if cited.is_book else "chapter")
    assert item["title"] == (cited.title or FILLED.title)
    assert item.get("container-title", "") == ("" if cited.is_book else FILLED.title)
    assert item["author"] == [{"literal": "The contributors"}, {"family": "Doe", "given": "Ana"}]
    assert item["issued"] == {"date-parts": [[2026, 11, 2]]}
    known = {"id", "type", "title", "container-title", "author", "issued", "edition", "language", "URL", "DOI", "note"}
    assert item.keys() <= known


def test_nothing_shows_an_empty_slot() -> None:
    """Without address and DOI no form names either, and no field is empty."""
    for cited in (Citation(BOOK, "index"), replace(CHAPTER, book=BOOK)):
        text = citation_forms.plain(cited) + "".join(citation_forms.files(cited).values())
        tags = head.tags(cited, "About it.")
        assert "http" not in text
        assert "doi" not in text.lower()
        assert '""' not in text
        assert {"og:url", "citation_public_url", "citation_doi", "citation_pdf_url"}.isdisjoint(n for _, n, _ in tags)


def test_plain_text_reads_like_a_reference() -> None:
    """A question keeps its mark; the book is named by its DOI, a part by its own address."""
    assert citation_forms.plain(Citation(BOOK, "one", "Is it so?")).endswith(
        "(2026). Is it so? In: Care & “Cure”: 50 % of it, version 0.1.0."
    )
    assert citation_forms.plain(WHOLE).endswith(" https://doi.org/10.1234/ab_c")
    assert citation_forms.plain(CHAPTER).endswith(" https://example.org/a_b/parts/one-part.html#a_b~c")


def test_every_claim_has_a_key_and_files_of_its_own(evidence: EvidenceBase) -> None:
    """Two claims in one bibliography never stand for each other, and none loses its words."""
    made = [citation.of_claim(FILLED, evidence, name, f"page.html#claim-{name}") for name in evidence.claims]

    assert len({one.key for one in made}) == len(made)
    for one in made:
        assert parse_string(citation_forms.bibtex(one), "bibtex").entries[one.key].fields["note"].startswith("Claim ")
        assert "{finding" not in one.title
        assert "last checked 20" in one.note


def test_authors_are_told_apart_by_semicolons() -> None:
    """A comma belongs to a name."""
    assert citation.authors("Doe, Ana; The group ;") == ("Doe, Ana", "The group")


@pytest.mark.parametrize(
    ("sentences", "said"),
    [
        (["Short.", "Then a second sentence that makes it long enough to say something."], 74),
        (["word " * 60 + "end."], 160),
        ([], 0),
    ],
)
def test_a_description_is_neither_short_nor_long(sentences: list[str], said: int) -> None:
    """Whole sentences where they fit, whole words where they do not, and a stopgap where there are none."""
    text = head.describe(sentences, "One", "A book")

    assert head.SHORTEST <= len(text) <= head.LONGEST
    assert not said or len(text) <= said
    assert not text.endswith(" …")
