"""References of other programs: what each says comes under the names of BibTeX, or is told; nothing is dropped."""

# ruff: noqa: E501  entries as the programs write them, on one line each

import json
from pathlib import Path

import pytest

from evidencebook.evidence.diagnostics import Diagnostic, UserError
from evidencebook.evidence.reference_files import Reference, read

Fields = dict[str, str]


def taken(tmp_path: Path, name: str, text: str | bytes) -> list[Reference]:
    """Read a file of this name and text, all of which must be taken."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = list(read(path))
    assert [one for one in found if isinstance(one, Diagnostic)] == []
    return [one for one in found if isinstance(one, Reference)]


BASE = "author = {Doe, Jane}, title = {T}, year = 2020"


@pytest.mark.parametrize(
    ("entry", "kind", "fields"),
    [
        ("@book{k, editor = {Doe, Jane}, title = {T}, publisher = {P}}", "book", {"editor": "Doe, Jane"}),
        (
            f"@incollection{{k, {BASE}, booktitle = {{B}}, booksubtitle = {{S}}, editor = {{Roe, Bo}}, edition = {{2}}, "
            "series = {R}, location = {Oslo}, publisher = {P}, chapter = 7, isbn = {978}}",
            "incollection",
            {"booktitle": "B: S", "editor": "Roe, Bo", "edition": "2", "series": "R", "address": "Oslo", "isbn": "978"},
        ),
        (f"@mastersthesis{{k, {BASE}, school = {{U}}}}", "mastersthesis", {"school": "U"}),
        (f"@thesis{{k, {BASE}, institution = {{U}}, type = {{mathesis}}}}", "mastersthesis", {"school": "U"}),
        (f"@report{{k, {BASE}, institution = {{U}}, type = {{White paper}}}}", "techreport", {"type": "White paper"}),
        ("@manual{k, title = {R}, organization = {R Core Team}}", "misc", {"author": "{R Core Team}"}),
        (f"@unpublished{{k, {BASE}, note = {{Submitted}}}}", "misc", {"howpublished": "Submitted"}),
        (
            f"@misc{{k, {BASE}, howpublished = {{\\url{{https://example.org/a_b}}}}}}",
            "misc",
            {"url": "https://example.org/a_b"},
        ),
        (
            f"@software{{k, {BASE}, version = {{1.2}}, publisher = {{Zenodo}}}}",
            "misc",
            {"howpublished": "Zenodo, version 1.2"},
        ),
        (f"@patent{{k, {BASE}, number = {{US1}}}}", "misc", {"howpublished": "US1"}),
        (f"@misc{{k, {BASE}, eprint = {{2101.00001}}, archivePrefix = {{arXiv}}}}", "misc", {"eprint": "2101.00001"}),
        (
            f"@article{{k, {BASE}, journal = {{J}}, eid = {{e12}}, month = 9}}",
            "article",
            {"pages": "e12", "month": "September"},
        ),
        (f"@article{{k, {BASE}, journal = {{J}}, month = Apr}}", "article", {"month": "April"}),
        (
            "@article{k, author = {A, B}, author = {C, D}, title = {T}, journal = {J}}",
            "article",
            {"author": "A, B and C, D"},
        ),
        ("@article{, author = {A, B}, title = {T}, journal = {J}}", "article", {"title": "T"}),
        ("@article{author = {A, B}, title = {T}, journal = {J}}", "article", {"title": "T"}),
        (
            "@misc{k, title = {T}, author = {Gabriel {Garc{\\'\\i}a M{\\'a}rquez}}}",
            "misc",
            {"author": "García Márquez, Gabriel"},
        ),
        (
            "@misc{k, title = {T}, author = {{\\O}stby, {\\AA}se and {Barnes and Noble}}}",
            "misc",
            {"author": "Østby, Åse and {Barnes and Noble}"},
        ),
        ("@misc{k, title = {T}, date = {2012/2014}, author = {A, B}}", "misc", {"year": "2012–2014"}),
        ("@misc{k, title = {T}, pubstate = {inpress}, author = {A, B}}", "misc", {"year": "in press"}),
        (
            '@misc{k, title = "One" # { and } # "Two", author = {A, B}, year = "19" # "99"}',
            "misc",
            {"title": "One and Two"},
        ),
    ],
)
def test_bibtex_fields(tmp_path: Path, entry: str, kind: str, fields: Fields) -> None:
    """Editors, places, editions, numbers, kinds of theses, months, names in braces, keys that are missing."""
    [made] = taken(tmp_path, "a.bib", entry)

    assert (made.kind, made.remarks) == (kind, ())
    assert {name: made.fields.get(name) for name in fields} == fields


def test_bibtex_between_entries(tmp_path: Path) -> None:
    """A child takes from its parent, wherever that stands; what was put into a comment stays out; keys keep blanks."""
    child = "@inproceedings{child key, author = {A, B}, title = {T}, crossref = {Procs}}"
    parent = "@proceedings{procs, title = {Proc}, year = 2004, editor = {Roe, E.}, publisher = {ACM}}"
    hidden = "@comment{\n@misc{hidden, title = {a {b}}}\n}"
    first, second = taken(tmp_path, "a.bib", f"{child}\n{hidden}\n{parent}")

    assert (first.old_key, first.kind) == ("child key", "inproceedings")
    inherited = {"booktitle": "Proc", "year": "2004", "editor": "Roe, E.", "publisher": "ACM"}
    assert inherited.items() <= first.fields.items()
    assert (second.line, second.fields["author"]) == (5, "Roe, E.")


def test_bibtex_comment_in_a_comment(tmp_path: Path) -> None:
    """What stands behind them is taken: one @comment that holds another ends where its own brace does."""
    nested = "@comment{jabref-meta: {a} @comment{x {y}} z}\n"
    found = taken(tmp_path, "a.bib", f"{nested}@misc{{a, title = {{One {{Two}}}}}}\n@misc{{b, title = {{U}}}}")

    assert [(one.old_key, one.line) for one in found] == [("a", 2), ("b", 3)]


def test_bibtex_open_brace_hides_no_other(tmp_path: Path) -> None:
    """The entries behind one that does not close are taken."""
    path = tmp_path / "a.bib"
    path.write_text("@misc{a, title = {T\n}\n@misc{b, title = {U}}\n@misc key\n", encoding="utf-8")

    broken = [str(one) for one in read(path) if isinstance(one, Diagnostic)]
    assert [one.old_key for one in read(path) if isinstance(one, Reference)] == ["b"]
    assert [line.rpartition("a.bib:")[2][:22] for line in broken] == [
        "1: the entry is broken",
        "4: the entry is broken",
    ]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("journal = jacs, year = 2000", '"jacs" is no @string of the file; the word itself is taken'),
        ("journal = {J}, year = {c. 1990}", 'of its year, "c. 1990", 1990 is taken'),
        ("journal = {J}, date = {1723~}", "its date, 1723~, is not sure; the year alone is taken"),
        ("journal = {J\\foo{}}, year = 2000", "journal holds \\foo, which is left out"),
    ],
)
def test_bibtex_remarks(tmp_path: Path, more: str, told: str) -> None:
    """What is taken otherwise than it stands there is told."""
    [made] = taken(tmp_path, "a.bib", f"@article{{k, author = {{A, B}}, title = {{T}}, {more}}}")

    assert made.remarks == (told,)


def ris(*lines: str) -> str:
    """Write a record of RIS."""
    return "".join(f"{line[:2]}  - {line[3:]}\n" for line in (*lines, "ER "))


@pytest.mark.parametrize(
    ("text", "kind", "fields"),
    [
        (
            ris(
                "TY CHAP",
                "AU Smith, John, Jr.",
                "AU Plato",
                "ED Roe, Bo",
                "TI T <i>i</i> &amp; x",
                "T2 B",
                "T3 S",
                "PB P",
                "CY Oslo",
                "ET 2",
                "SN 978",
            ),
            "incollection",
            {
                "author": "Smith, Jr., John and {Plato}",
                "editor": "Roe, Bo",
                "title": "T i & x",
                "series": "S",
                "address": "Oslo",
                "edition": "2",
                "isbn": "978",
            },
        ),
        (
            ris("TY JOUR", "A1 Doe, J", "T1 T", "JA J. Abbr.", "Y1 1999/Spring//", "SN 1234"),
            "article",
            {"journal": "J. Abbr.", "year": "1999", "isbn": None},
        ),
        (ris("TY CONF", "AU Doe, J", "TI T", "T2 Proc"), "inproceedings", {"booktitle": "Proc"}),
        (ris("TY NEWS", "AU Doe, J", "TI T", "T2 The Times"), "article", {"journal": "The Times"}),
        (ris("TY THES", "AU Doe, J", "TI T", "PB U", "M3 Master's thesis"), "mastersthesis", {"school": "U"}),
        (ris("TY JOUR", "AU Doe, J", "TI T", "JO J", "PY in press"), "article", {"year": "in press"}),
        (ris("TY ELEC", "AU Doe, J", "TI T", "UR https://e.org/?a=1;b"), "misc", {"url": "https://e.org/?a=1;b"}),
    ],
)
def test_ris_fields(tmp_path: Path, text: str, kind: str, fields: dict[str, str | None]) -> None:
    """Suffixes, editors, abbreviated journals, places, addresses with a semicolon."""
    [made] = taken(tmp_path, "a.ris", text)

    assert (made.kind, {name: made.fields.get(name) for name in fields}) == (kind, fields)


_PEOPLE = [
    {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
    {"family": "King", "given": "Martin", "suffix": "Jr."},
    {"literal": "The Group"},
    {"given": "Madonna"},
    "Smith, J",
]


@pytest.mark.parametrize(
    ("item", "fields", "remarks"),
    [
        (
            {"author": _PEOPLE},
            {"author": "van Gogh, Vincent and King, Jr., Martin and {The Group} and {Madonna} and Smith, J"},
            (),
        ),
        ({"author": None, "issued": {"date-parts": [[None]]}}, {"author": None, "year": None}, ()),
        ({"issued": {"raw": "2018-03-02"}}, {"year": "2018"}, ()),
        ({"issued": {"date-parts": [["2010", 1], [2012]]}}, {"year": "2010–2012"}, ()),
        (
            {"issued": {"date-parts": [[1850]], "circa": True}},
            {"year": "1850"},
            ("the date is about 1850; the year is written alone",),
        ),
        ({"status": "in press"}, {"year": "in press"}, ()),
        ({"title": ["T"], "subtitle": ["S"], "container-title": ["J"]}, {"title": "T: S", "journal": "J"}, ()),
        ({"title": "CO<sub>2</sub> &amp; <i>x</i>"}, {"title": "CO₂ & x"}, ()),
        (
            {"type": "book", "editor": _PEOPLE[:1], "publisher": "P", "publisher-place": "Oslo"},
            {"editor": "van Gogh, Vincent", "address": "Oslo"},
            (),
        ),
    ],
)
def test_csl_fields(
    tmp_path: Path, item: dict[str, object], fields: dict[str, str | None], remarks: tuple[str, ...]
) -> None:
    """Particles and suffixes, dates of every form, lists of titles, HTML."""
    base = {"id": 1, "type": "article-journal", "title": "T", "container-title": "J"}
    [made] = taken(tmp_path, "a.json", json.dumps([{**base, **item}]))

    assert ({name: made.fields.get(name) for name in fields}, made.remarks) == (fields, remarks)


def test_csl_in_an_object(tmp_path: Path) -> None:
    """Items below a name, as some programs write them; what is none is named."""
    path = tmp_path / "a.json"
    path.write_text('{"items": [{"title": "No id"},\n "x"]}', encoding="utf-8")
    made, wrong = read(path)

    assert isinstance(made, Reference)
    assert str(wrong).endswith('a.json:2: "x" is no item; CSL-JSON is a list of items with id, type and title')


def test_nbib_fields(tmp_path: Path) -> None:
    """Every body among the authors, "Jr", a chapter in its book with its editors."""
    article = "PMID- 1\nTI  - T.\nFAU - Doe, Jane Jr\nCN  - One Group\nCN  - Two Group\nJT  - J\n\n"
    chapter = "PMID- 2\nTI  - U.\nBTI - The Book\n      of All.\nFED - Roe, Bo\nFAU - Doe, J\nPB  - P\n\n"
    first, second = taken(tmp_path, "a.nbib", article + chapter)

    assert first.fields["author"] == "Doe, Jr, Jane and {One Group} and {Two Group}"
    assert (second.kind, second.fields["booktitle"], second.fields["editor"]) == (
        "incollection",
        "The Book of All.",
        "Roe, Bo",
    )


def test_encodings(tmp_path: Path) -> None:
    """UTF-16 and Windows-1252 are read, the second with a word; a file that is half of each is refused with a line."""
    entry = "@misc{k, title = {T}, author = {Müller, Bo}}\r\n"
    [wide] = taken(tmp_path, "a.bib", entry.encode("utf-16"))
    [narrow] = taken(tmp_path, "b.bib", b"\r\n" + entry.encode("cp1252"))

    assert wide.fields["author"] == narrow.fields["author"] == "Müller, Bo"
    assert wide.remarks == ()
    assert narrow.remarks[0].startswith('the file is no UTF-8 and was read as Windows-1252; line 2 is then "@misc{k, ')
    with pytest.raises(UserError, match=r"c\.bib:2: the file is no UTF-8; save it as UTF-8"):
        taken(tmp_path, "c.bib", entry.encode() + entry.encode("cp1252"))
