"""evidencebook import: each format is taken, what cannot be taken is named with its line, nothing is half-written."""

import re
from collections import Counter
from pathlib import Path

import pytest

from crossref_server import crossref
from evidencebook.cli import main
from evidencebook.evidence import todo_markers
from evidencebook.evidence.loader import inspect
from exports import files
from surveillance.server import from_file, serving

BIB = """\ufeff@string{jt = "Journal of Tea"}
@preamble{"x"}
@comment{ignored}
@misc
@article{Zotero-Key_2020,
  author = {Example, Ada and {World Tea and Sleep Body} and others},
  title = {{Tea} \\& sl{\\'e}ep: 50\\% more},
  journaltitle = jt, date = {2020-03-01}, month = sept, doi = {10.1007/978-3-540\\_3},
  keywords = {tea, sleep}, note = {mine}
}
@thesis{doe2019naps, author = {Doe, Jane}, title = {Naps}, year = 2019, institution = {A University},
  url = {https://example.org/a%2Fb}}
@online{broken, author = {Doe, Jane}, title = {No end
"""
RIS = """\
TY  - JOUR
ID  - a1
AU  - Müller, Bo
TI  - Tea in the evening
JO  - Journal of Tea
PY  - 2018/03/01
SP  - 1
EP  - 9
DO  - https://doi.org/10.1000/ris
ER  -\x20

TY  - JOUR
TI  - No end
"""
CSL = """\
[
  {"id": "k1", "type": "chapter", "title": "Naps", "container-title": "Sleep", "publisher": "P",
   "author": [{"family": "Doe", "given": "Jane"}], "issued": {"date-parts": [[2011, 1]]}},
  {"id": "k2", "type": "webpage", "title": "Sleep", "author": [{"literal": "The Body"}], "URL": "https://example.org"},
  {"id": "k3", "type": "webpage", "author": []}
]
"""
NBIB = """\
PMID- 24235903
DP  - 2013 Nov 15
TI  - Caffeine Effects on Sleep.
FAU - Drake, Christopher
JT  - Journal of Sleep

PMID- 111
DP  - 2001
TI  - Waking at
      night.
FAU - Other, Bo
JT  - Journal of Sleep
AID - 10.1000/nbib [doi]

PMID- 222
a line that is none
"""


def run(inside: Path, name: str, text: str, *options: str) -> int:
    """Import a file of this name and text."""
    (inside / name).write_text(text, encoding="utf-8")
    return main(["import", name, *options])


def test_import_bibtex(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Macros, biblatex's names, LaTeX, a byte-order mark, foreign keys, keywords that are no designs."""
    assert run(inside, "a.bib", BIB, "--design", "cohort", "--seen", "abstract") == 1

    shown = capsys.readouterr()
    assert "a.bib:4: the entry is broken" in shown.err
    assert "a.bib:13: the entry is broken" in shown.err
    assert shown.out.splitlines() == ["2 taken into evidence/sources.bib, 2 not taken"]
    evidence, diagnostics = inspect(inside / "evidence")
    assert (diagnostics, "Zotero-Key_2020 is used by no finding" in str(todo_markers.left(evidence))) == ([], True)
    tea, naps = evidence.sources["Zotero-Key_2020"], evidence.sources["doe2019naps"]
    assert tea.authors[:2] == ("Example, Ada", "World Tea and Sleep Body")
    assert (tea.title, tea.year, tea.doi) == ("Tea & sléep: 50% more", 2020, "10.1007/978-3-540_3")
    assert (tea.kind, tea.fields["journal"], tea.design, tea.seen) == (
        "article",
        "Journal of Tea",
        "cohort",
        "abstract",
    )
    assert (naps.kind, naps.fields["school"], naps.url) == ("phdthesis", "A University", "https://example.org/a%2Fb")


@pytest.mark.parametrize(
    ("name", "text", "lines", "titles"),
    [
        (
            "b.ris",
            RIS,
            ["b.ris:12: the record cannot be read"],
            {"muller2018tea": ("article", "Tea in the evening", 2018, "10.1000/ris")},
        ),
        (
            "c.json",
            CSL,
            ['c.json:5: reference "k3" is not taken: it has no title'],
            {
                "doe2011naps": ("incollection", "Naps", 2011, None),
                "thebodyndsleep": ("misc", "Sleep", None, None),
            },
        ),
        (
            "d.nbib",
            NBIB,
            [
                'd.nbib:1: the reference is not taken: duplicate of source "drake2013caffeine", by its DOI or PMID',
                "d.nbib:15: the record cannot be read",
            ],
            {"other2001waking": ("article", "Waking at night", 2001, "10.1000/nbib")},
        ),
        ("e.json", "{", ["e.json:1: the file is no JSON"], {}),
    ],
)
def test_import_other_formats(
    inside: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, lines: list[str], titles: dict[str, object]
) -> None:
    """What can be read is taken under a key of ours; the rest is named with its line."""
    assert run(inside, name, text) == 1

    shown = capsys.readouterr().err.splitlines()
    assert [begin for begin, line in zip(lines, shown, strict=True) if not line.startswith(begin)] == [], shown
    sources = inspect(inside / "evidence")[0].sources
    taken = {key: sources[key] for key in sources if key not in ("drake2013caffeine", "gardiner2023effect")}
    assert {key: (one.kind, one.title, one.year, one.doi) for key, one in taken.items()} == titles


@pytest.mark.parametrize(
    ("name", "of_each", "kinds"),
    [
        (
            "all.bib",
            100,
            {
                "article": 701,
                "misc": 700,
                "phdthesis": 100,
                "techreport": 100,
                "incollection": 100,
                "inproceedings": 100,
            }
            | {"book": 100},
        ),
        ("all.ris", 10, {"article": 30, "incollection": 10, "phdthesis": 10, "misc": 20}),
        ("all.nbib", 10, {"article": 20}),
        ("all.json", 10, {"article": 10, "misc": 10, "phdthesis": 10, "techreport": 10}),
    ],
)
def test_import_takes_whole_exports(
    inside: Path, capsys: pytest.CaptureFixture[str], name: str, of_each: int, kinds: dict[str, int]
) -> None:
    """Every entry of Zotero, Better BibTeX, Mendeley, JabRef, EndNote, PubMed and Lens, 2,000 in one file."""
    text, count = files(of_each)[name]
    assert run(inside, name, text) == 0

    assert f"{count} taken into evidence/sources.bib, 0 not taken" in capsys.readouterr().out
    sources = inspect(inside / "evidence")[0].sources
    taken = {key: source for key, source in sources.items() if key not in ("drake2013caffeine", "gardiner2023effect")}
    assert Counter(source.kind for source in taken.values()) == kinds
    assert [key for key, source in taken.items() if re.search(r"[{}\\]", source.title)] == []


def test_import_keys_that_change(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A key of BibTeX stays where it can be an anchor and is free; the rest is listed, old and new."""
    entry = (
        "@misc{%s, author = {Jane Doe and family=Berg, given=Jan, prefix=van den}, title = {On naps}, year = 2020}\n"
    )
    assert run(inside, "k.bib", "".join(entry % key for key in ("Doe.2020", "doe.2020", "DOE.2020", "doe:a/b"))) == 0

    assert capsys.readouterr().out.splitlines()[:-1] == [
        "doe.2020 -> doe2020naps",
        "DOE.2020 -> doe2020naps2",
        "doe:a/b -> doe-a-b",
    ]
    assert inspect(inside / "evidence")[0].sources["doe-a-b"].authors == ("Doe, Jane", "van den Berg, Jan")


def test_import_dois(inside: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Crossref is asked about each; a line that is no DOI is named."""
    with crossref() as (address, asked):
        monkeypatch.setenv("EVIDENCEBOOK_CROSSREF", address)
        assert run(inside, "dois.txt", "# mine\nhttps://doi.org/10.1016/j.smrv.2016.01.006\nPMC 123\n") == 1

    assert len(asked) == 1
    assert 'dois.txt:3: "PMC 123" is neither a DOI nor a PMID' in capsys.readouterr().err
    assert inspect(inside / "evidence")[0].sources["clark2017coffee"].year == 2017


def test_import_pmid(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Europe PMC is asked for a PubMed number that stands among the DOIs."""
    with serving() as services:
        services.say("search", from_file("europe-pmc/search.json"))
        monkeypatch.setenv("EVIDENCEBOOK_EUROPE_PMC", services.base)
        assert run(inside, "pmids.txt", "PMID: 90000001\n") == 0

    [made] = [one for one in inspect(inside / "evidence")[0].sources.values() if one.pmid == "90000001"]
    assert made.doi
    assert made.authors


def test_import_nothing_is_written_twice_or_by_a_dry_run(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run takes nothing; a dry run says what would be taken."""
    path = inside / "evidence" / "sources.bib"
    before = path.read_text(encoding="utf-8")

    run(inside, "b.ris", RIS, "--dry-run")
    assert "1 would go into evidence/sources.bib, 1 not taken" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8") == before
    run(inside, "b.ris", RIS)
    once = path.read_text(encoding="utf-8")
    run(inside, "b.ris", RIS)
    assert path.read_text(encoding="utf-8") == once


@pytest.mark.parametrize(
    ("name", "text", "options", "says"),
    [
        ("f.docx", "x", [], "f.docx is of no kind that can be read; there are: .bib"),
        ("g.ris", RIS, ["--into", "background"], "add ../evidence/background.bib to bibtex_bibfiles"),
    ],
)
def test_import_refused(
    inside: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, options: list[str], says: str
) -> None:
    """An unknown format, and a bibliography that the settings do not name."""
    settings = inside / "book" / "_config.yml"
    settings.write_text(settings.read_text("utf-8").replace(", ../evidence/background.bib", ""), encoding="utf-8")
    (inside / "evidence" / "background.bib").unlink()
    assert run(inside, name, text, *options) == 2
    assert says in capsys.readouterr().err
    assert not (inside / "evidence" / "background.bib").exists()
