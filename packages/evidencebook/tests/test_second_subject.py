"""A second subject, with its real bibliography and table: imported, pooled, built in three formats, upgraded."""

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from evidencebook.cli import main
from evidencebook.evidence.loader import load
from evidencebook.release import wheel
from small_book import Book

REAL = Path(__file__).parent / "second_subject"
CONF = """from pathlib import Path
from evidencebook.jupyter_book_config import sphinx_settings
globals().update(sphinx_settings(Path(__file__).with_name("_config.yml")))
"""
CLAIM = """- id: brain-images-persuade
  statement: {}
  applies_to: humans
  certainty: low
  because:
    - {{domain: imprecision, step: 0, note: {}}}
  would_change: {}
  findings: [{}]
  analyses: [brain-images]
  stated: 2026-11-30
  checked: 2026-11-30
"""
#: In each language: statement, note, what would change it; and what its pages say.
WORDS = {
    "en": (
        "The picture of a brain may raise agreement, by {result}`brain-images:middle:.2f` points.",
        "the interval of the pooled effect is wide",
        "A larger study.",
        ("Low certainty", "may raise agreement, by 0.07 points", "Rests on:", "How to cite:", "Contents"),
    ),
    "de": (
        "Das Bild eines Gehirns hebt die Zustimmung möglicherweise, um {result}`brain-images:middle:.2f` Punkte.",
        "das Intervall des gemeinsamen Effekts ist weit",
        "Eine größere Studie.",
        ("Niedrige Vertrauenswürdigkeit", "möglicherweise, um 0,07 Punkte", "Beruht auf:", "Zitierweise:", "Inhalt"),
    ),
}


def begun(folder: Path, language: str, monkeypatch: pytest.MonkeyPatch) -> Book:
    """Begin a book in a language, as a writer does, and let Sphinx alone build it."""
    named = ["--title", "Brains", "--author", "Ada Example", "--language", language, "--subject", "psychology"]
    assert main(["init", str(folder), "--bare", *named]) == 0
    monkeypatch.chdir(folder)
    (folder / "book" / "conf.py").write_text(CONF, encoding="utf-8")
    return Book(folder, out="book/_build")


def imported(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    """Import bibliography and table; of two entries with one DOI the second is named and left out."""
    shutil.copy(REAL / "references.bib", book.folder)
    assert main(["import", "references.bib", "--dry-run"]) == 1
    capsys.readouterr()
    assert main(["import", "references.bib"]) == 1
    told = capsys.readouterr()
    assert "46 taken into evidence/sources.bib, 1 not taken" in told.out
    assert 'references.bib:152: reference "kosmidis2017improving" is not taken: duplicate of source' in told.err
    sources = book.folder / "evidence" / "sources.bib"
    entry = re.search(r"@article\{michael2013non,.*?\n\}\n", sources.read_text(encoding="utf-8"), re.DOTALL)
    assert entry
    read = re.sub(r"keywords = \{.*?\}", "keywords = {systematic-review}", entry[0])
    read = re.sub(r"note = \{.*?\},?\n", "note = {seen: dataset},\n", read)
    sources.write_text(sources.read_text(encoding="utf-8").replace(entry[0], read), encoding="utf-8")

    assert main(["import-findings", str(REAL / "michael2013.tsv"), "--map", str(REAL / "map.yml")]) == 0
    assert "12 findings taken into evidence/findings/images.yml, 0 rows not taken" in capsys.readouterr().out


def upgraded(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    """Pin a newer press, apply what changed in the template, and check again."""
    newer = book.folder / "evidencebook-9.0.0-py3-none-any.whl"
    with zipfile.ZipFile(book.folder / "vendor" / wheel.wheel()[0]) as old, zipfile.ZipFile(newer, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text.replace(b"numfig: true", b"numfig: 1") if "release/template/" in name else text)
    capsys.readouterr()
    assert main(["upgrade", "--press", str(newer)]) == 0
    patch = capsys.readouterr().out
    assert subprocess.run(["git", "apply", "-"], input=patch, text=True, check=False).returncode == 0
    assert "numfig: 1" in (book.folder / "book" / "_config.yml").read_text(encoding="utf-8")
    assert "9.0.0" in (book.folder / "requirements.txt").read_text(encoding="utf-8")
    assert main(["check"]) == 0


@pytest.mark.slow
@pytest.mark.parametrize("language", WORDS)
def test_second_subject(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], builds: None
) -> None:
    """Twelve studies of the persuasive power of brain images (Michael et al. 2013), in English and in German."""
    statement, note, change, says = WORDS[language]
    monkeypatch.setenv("EVIDENCEBOOK_EXECUTED", str(tmp_path / "executed"))
    book = begun(tmp_path / "book", language, monkeypatch)
    imported(book, capsys)
    assert main(["new", "page", "analyses/brain-images", "--topic", "images"]) == 0
    shutil.copy(REAL / "analysis.md", book.folder / "book" / "analyses" / "brain-images.md")
    book.build()
    claims = book.folder / "evidence" / "claims" / "images.yml"
    claims.parent.mkdir(exist_ok=True)
    names = ", ".join(f"IMG-{number:03d}" for number in range(1, 13))
    claims.write_text(CLAIM.format(statement, note, change, names), encoding="utf-8")
    assert main(["results"]) == 0
    for builder in ("typstpdf", "epub", "html"):
        book.build(builder)

    numbers = load(book.folder / "evidence").results["brain-images"].numbers
    assert numbers == {"middle": pytest.approx(0.0673654, abs=1e-7)}  # statsmodels has 0.0704 by Paule and Mandel
    glued = json.loads(next(book.folder.rglob("brain-images.glue.json")).read_text("utf-8"))
    assert {"low", "high", "studies", "i2"} <= glued.keys()
    page = " ".join(book.soup("claims").get_text().split()) + " ".join(book.soup("index").get_text().split())
    print_ = book.folder / "book" / "_build" / "typstpdf"
    page += (print_ / "book.json").read_text("utf-8") + (print_ / "main.typ").read_text("utf-8")
    assert [words for words in says if words not in page] == []
    made = {path.suffix for path in (book.folder / "book" / "_build").rglob("*") if path.suffix in (".pdf", ".epub")}
    assert made == {".pdf", ".epub"}
    assert len(book.soup("findings").select("table.evidence-findings tbody tr")) == 12

    upgraded(book, capsys)
