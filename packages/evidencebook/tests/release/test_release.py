"""A release carries every form of the book, the same bytes each time, and earlier editions keep their address."""

import json
import zipfile
from pathlib import Path

import pytest

from evidencebook.cli import main
from evidencebook.release import archive, editions

PAGE = (
    '<html><head><title>Tea</title></head><body><a href="#c">Skip</a><article role="main"><h1>Tea</h1></article></body>'
)


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Leave what a build leaves: two pages, the evidence, hidden files, a PDF, an EPUB, an SBOM."""
    folder = tmp_path / "book" / "_build"
    for name, text in {
        "html/index.html": PAGE,
        "html/analyses/cups.html": PAGE,
        "html/evidence/evidence.json": "{}",
        "html/.buildinfo": "hidden",
        "pdf/tea-and-sleep.pdf": "%PDF",
        "epub/tea-and-sleep.epub": "PK",
        "sbom/sbom.cdx.json": "{}",
        "../_config.yml": "title: Tea\nsphinx:\n  config:\n    release: 0.2.0\n",
        "../../evidence/sources.bib": "",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return folder


def test_pack_holds_every_form(build: Path) -> None:
    """The name comes from the PDF; nobody lists it a second time."""
    assert main(["pack", "--tag", "v0.2.0"]) == 0

    assert sorted(path.name for path in (build / "release").iterdir()) == [
        "tea-and-sleep-evidence.zip",
        "tea-and-sleep-site.zip",
        "tea-and-sleep.cdx.json",
        "tea-and-sleep.epub",
        "tea-and-sleep.pdf",
    ]
    with zipfile.ZipFile(build / "release" / "tea-and-sleep-site.zip") as packed:
        assert packed.namelist() == [
            "tea-and-sleep/analyses/cups.html",
            "tea-and-sleep/evidence/evidence.json",
            "tea-and-sleep/index.html",
        ]
        assert {entry.date_time for entry in packed.infolist()} == {(2023, 11, 14, 22, 13, 20)}


def test_pack_names_what_is_missing(build: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each with the target that makes it; the files of an earlier run are not touched."""
    main(["pack"])
    before = sorted(path.read_bytes() for path in (build / "release").iterdir())
    (build / "pdf" / "tea-and-sleep.pdf").unlink()
    (build / "epub" / "second.epub").write_text("PK", encoding="utf-8")
    (build / "html" / "index.html").unlink()

    assert main(["pack"]) == 2

    lines = capsys.readouterr().err.splitlines()
    assert [line.rpartition("; run: ")[2] for line in lines] == ["make pdf", "make epub", "make book"]
    assert sorted(path.read_bytes() for path in (build / "release").iterdir()) == before
    assert [path.name for path in build.iterdir() if path.name.startswith("release-")] == []


@pytest.mark.parametrize(
    ("config", "moment", "says"),
    [
        ("title: Tea\nsphinx: {config: {release: 0.2.1}}\n", "", "has release: 0.2.1; make them agree"),
        ("title: Tea\n", "", "has no version"),
        ("title: Tea\nsphinx: {config: {release: 0.2.0}}\n", "today", 'SOURCE_DATE_EPOCH is "today"; write whole'),
    ],
)
def test_pack_wrong_version_or_date(
    build: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    config: str,
    moment: str,
    says: str,
) -> None:
    """A release never has a version other than the book's."""
    (build.parent / "_config.yml").write_text(config, encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)

    assert main(["pack", "--tag", "v0.2.0"]) == 2
    assert says in capsys.readouterr().err
    assert not (build / "release").exists()


def test_archive_is_the_same_for_the_same_files(build: Path, tmp_path: Path) -> None:
    """Neither the order in which files were written nor their dates nor their modes show."""
    archive.pack_folder(build / "html", tmp_path / "one.zip", "tea")
    again = tmp_path / "again"
    for path in sorted((build / "html").rglob("*.*"), reverse=True):
        copy = again / path.relative_to(build / "html")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        copy.chmod(0o600)
    archive.pack_folder(again, tmp_path / "two.zip", "tea")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.fixture
def archives(build: Path) -> Path:
    """Pack two editions of the site; the older one has a page that is gone today."""
    folder = build / "editions"
    folder.mkdir()
    archive.pack_folder(build / "html", folder / "0.10.0.zip", "tea")
    (build / "html" / "old.html").write_text(PAGE, encoding="utf-8")
    archive.pack_folder(build / "html", folder / "0.9.0.zip", "tea")
    (build / "html" / "old.html").unlink()
    return folder


@pytest.mark.usefixtures("archives")
def test_editions_are_at_their_address(build: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A reader of an outdated claim is led to the page of today, or to the book where that page is gone."""
    site = build / "html"

    assert main(["editions"]) == 0
    assert capsys.readouterr().out == "2 editions: 0.10.0, 0.9.0\n"
    kept = (site / "v" / "0.9.0" / "analyses" / "cups.html").read_text("utf-8")
    assert '<article role="main">\n<div class="admonition caution" role="note">' in kept
    assert "This is edition 0.9.0" in kept
    assert '<a href="../../../analyses/cups.html">' in kept
    assert '<a href="../../index.html">' in (site / "v" / "0.9.0" / "old.html").read_text("utf-8")
    assert (site / "v" / "0.9.0" / "evidence" / "evidence.json").read_text("utf-8") == "{}"
    assert (site / "index.html").read_text("utf-8") == PAGE


def test_editions_are_listed_newest_first(build: Path, archives: Path) -> None:
    """0.10 is newer than 0.9, and the list leads back to the book of today."""
    editions.lay(build / "html", {path.stem: path for path in archives.glob("*.zip")})

    listed = (build / "html" / "v" / "index.html").read_text("utf-8")
    assert listed.index('href="0.10.0/index.html"') < listed.index('href="0.9.0/index.html"')
    assert "Editions of Tea" in listed
    assert 'href="../index.html"' in listed


def test_editions_of_a_first_publication(build: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the first release there is nothing to lay, and nothing to list."""
    (tmp_path / "none").mkdir()

    assert main(["editions", "--archives", "none"]) == 0
    assert capsys.readouterr().out == "no edition was released yet\n"
    assert not (build / "html" / "v").exists()


@pytest.mark.parametrize(
    ("name", "entry", "says"),
    [
        ("newest", "tea/index.html", '"newest" is not a version'),
        ("0.1.0", "tea/../../escape.html", "which no archive of a book holds"),
        ("0.1.0", None, "File is not a zip file"),
    ],
)
def test_editions_from_a_foreign_archive(
    build: Path, archives: Path, capsys: pytest.CaptureFixture[str], name: str, entry: str | None, says: str
) -> None:
    """Nothing is laid then, not even the sound ones."""
    if entry:
        with zipfile.ZipFile(archives / f"{name}.zip", "w") as packed:
            packed.writestr(entry, PAGE)
    else:
        (archives / f"{name}.zip").write_text(json.dumps("not found"), encoding="utf-8")

    assert main(["editions"]) == 2
    assert says in capsys.readouterr().err
    assert not (build / "html" / "v").exists()
    assert [path.name for path in (build / "html").iterdir() if path.name.startswith(".editions")] == []
