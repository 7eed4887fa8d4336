"""A release carries every form of the book, the same bytes each time, and earlier editions keep their address."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from evidencebook.cli.editions import editions as lay_editions
from evidencebook.cli.pack import pack as pack_release
from evidencebook.release import editions, packing

PAGE = (
    '<html><head><title>Tea</title></head><body><a href="#c">Skip</a><article role="main"><h1>Tea</h1></article></body>'
)


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """Leave what a build leaves: two pages, the evidence, hidden files, a PDF, an EPUB, a list of parts."""
    folder = tmp_path / "book" / "_build"
    for name, text in {
        "html/index.html": PAGE,
        "html/analyses/cups.html": PAGE,
        "html/evidence/evidence.json": "{}",
        "html/.buildinfo": "hidden",
        "pdf/tea-and-sleep.pdf": "%PDF",
        "epub/tea-and-sleep.epub": "PK",
        "sbom/sbom.cdx.json": "{}",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "book" / "_config.yml").write_text("sphinx:\n  config:\n    release: 0.2.0\n", encoding="utf-8")
    return folder


def pack(build: Path, *arguments: str, moment: str = "1700000000") -> tuple[int, str]:
    """Run the command in the folder of the book; return exit status and what it said."""
    config = build.parent / "_config.yml"
    done = CliRunner(env={"SOURCE_DATE_EPOCH": moment}).invoke(
        pack_release, [str(build), "--config", str(config), *arguments]
    )
    return done.exit_code, done.output


def test_a_release_holds_every_form_under_the_name_of_the_book(build: Path) -> None:
    """The name comes from the PDF; nobody lists it a second time."""
    assert pack(build, "--tag", "v0.2.0")[0] == 0

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


def test_the_same_files_give_the_same_archive(build: Path, tmp_path: Path) -> None:
    """Neither the order in which files were written nor their dates nor their modes show."""
    packing.pack(build / "html", tmp_path / "one.zip", "tea")
    again = tmp_path / "again"
    for path in sorted((build / "html").rglob("*.*"), reverse=True):
        copy = again / path.relative_to(build / "html")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        copy.chmod(0o600)
    packing.pack(again, tmp_path / "two.zip", "tea")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_what_is_not_made_yet_is_named_at_once_and_the_last_release_stays(build: Path) -> None:
    """Each with the target that makes it; the files of an earlier run are not touched."""
    pack(build)
    before = sorted(path.read_bytes() for path in (build / "release").iterdir())
    (build / "pdf" / "tea-and-sleep.pdf").unlink()
    (build / "epub" / "second.epub").write_text("PK", encoding="utf-8")
    (build / "html" / "index.html").unlink()

    status, told = pack(build)

    assert status == 1
    assert [line.rpartition("; run: ")[2] for line in told.splitlines()] == ["make pdf", "make epub", "make book"]
    assert sorted(path.read_bytes() for path in (build / "release").iterdir()) == before
    assert [path.name for path in build.iterdir() if path.name.startswith("release-")] == []


@pytest.mark.parametrize(
    ("arguments", "moment", "status", "says"),
    [
        (["--tag", "v0.3.0"], "", 2, "says release: 0.2.0; make them agree"),
        (["--config", "none.yml"], "", 2, "'none.yml' does not exist"),
        ([], "today", 1, 'SOURCE_DATE_EPOCH is "today"; write whole seconds'),
    ],
)
def test_wrong_usage_is_said(build: Path, arguments: list[str], moment: str, status: int, says: str) -> None:
    """A release never bears a version other than the book's."""
    exit_status, told = pack(build, *arguments, moment=moment)

    assert (exit_status, says in told) == (status, True)
    assert not (build / "release").exists()


def test_a_config_without_a_version_is_said(build: Path) -> None:
    """No traceback."""
    (build.parent / "_config.yml").write_text("title: Tea\n", encoding="utf-8")

    status, told = pack(build)

    assert (status, "names no version" in told) == (2, True)


@pytest.fixture
def shelf(build: Path, tmp_path: Path) -> Path:
    """Pack two editions of the site; the older one has a page that is gone today."""
    folder = tmp_path / "archives"
    folder.mkdir()
    packing.pack(build / "html", folder / "0.10.0.zip", "tea")
    (build / "html" / "old.html").write_text(PAGE, encoding="utf-8")
    packing.pack(build / "html", folder / "0.9.0.zip", "tea")
    (build / "html" / "old.html").unlink()
    return folder


def test_each_edition_stands_at_its_address_and_says_what_it_is(build: Path, shelf: Path) -> None:
    """A reader of an outdated claim is led to the page of today, or to the book where that page is gone."""
    site = build / "html"

    done = CliRunner().invoke(lay_editions, [str(site), str(shelf)])

    assert (done.exit_code, done.output) == (0, "2 editions: 0.10.0, 0.9.0\n")
    kept = (site / "v" / "0.9.0" / "analyses" / "cups.html").read_text("utf-8")
    assert '<article role="main">\n<div class="admonition caution" role="note">' in kept
    assert "This is edition 0.9.0" in kept
    assert '<a href="../../../analyses/cups.html">' in kept
    assert '<a href="../../index.html">' in (site / "v" / "0.9.0" / "old.html").read_text("utf-8")
    assert (site / "v" / "0.9.0" / "evidence" / "evidence.json").read_text("utf-8") == "{}"
    assert (site / "index.html").read_text("utf-8") == PAGE


def test_the_editions_are_listed_newest_first(build: Path, shelf: Path) -> None:
    """0.10 is newer than 0.9, and the list leads back to the book of today."""
    editions.lay(build / "html", {path.stem: path for path in shelf.glob("*.zip")})

    listed = (build / "html" / "v" / "index.html").read_text("utf-8")
    assert listed.index('href="0.10.0/index.html"') < listed.index('href="0.9.0/index.html"')
    assert "Editions of Tea" in listed
    assert 'href="../index.html"' in listed


def test_a_first_publication_has_no_editions(build: Path, tmp_path: Path) -> None:
    """Before the first release there is nothing to lay, and nothing to list."""
    (tmp_path / "none").mkdir()

    done = CliRunner().invoke(lay_editions, [str(build / "html"), str(tmp_path / "none")])

    assert (done.exit_code, done.output) == (0, "no edition was released yet\n")
    assert not (build / "html" / "v").exists()


@pytest.mark.parametrize(
    ("name", "entry", "says"),
    [
        ("newest", "tea/index.html", '"newest" is no version'),
        ("0.1.0", "tea/../../escape.html", "which no archive of a book holds"),
        ("0.1.0", None, "File is not a zip file"),
    ],
)
def test_an_archive_that_is_none_of_ours_is_refused(
    build: Path, shelf: Path, name: str, entry: str | None, says: str
) -> None:
    """Nothing is laid then, not even the sound ones."""
    if entry:
        with zipfile.ZipFile(shelf / f"{name}.zip", "w") as packed:
            packed.writestr(entry, PAGE)
    else:
        (shelf / f"{name}.zip").write_text(json.dumps("not found"), encoding="utf-8")

    done = CliRunner().invoke(lay_editions, [str(build / "html"), str(shelf)])

    assert (done.exit_code, says in done.output) == (1, True)
    assert not (build / "html" / "v").exists()
    assert [path.name for path in (build / "html").iterdir() if path.name.startswith(".editions")] == []
