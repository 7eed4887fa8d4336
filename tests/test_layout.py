"""The house: links at the root, pins that agree with the lock, schemas that agree with the records."""

import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml

import requirements
from evidencebook import schemas

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", ["_config.yml", "_toc.yml"])
def test_the_root_shows_the_book_s_own_files(name: str) -> None:
    """One file, seen in two places."""
    assert (ROOT / name).resolve() == ROOT / "book" / name


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_the_pins_are_those_of_the_lock(name: str) -> None:
    """`make lock` renews both; a hand-made change shows here."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    assert uv, "uv is among the test requirements"

    assert (ROOT / name).read_text(encoding="utf-8") == requirements.exported(uv)[name]


@pytest.mark.parametrize(("name", "text"), schemas.texts().items())
def test_the_schemas_are_those_of_the_records(name: str, text: str) -> None:
    """`evidencebook schemas` renews them."""
    assert (ROOT / "evidence" / "schemas" / name).read_text(encoding="utf-8") == text


def test_the_press_knows_no_subject() -> None:
    """A fork takes the press as it is."""
    subject = re.compile(r"kratom|mitragyn|opioid|withdrawal", re.IGNORECASE)
    said = {path.name: subject.findall(path.read_text("utf-8")) for path in (ROOT / "src/evidencebook").rglob("*.py")}

    assert {name: words for name, words in said.items() if words} == {}


def test_the_pdf_says_the_licence_and_keywords_of_the_citation_file() -> None:
    """The title page and the data of the PDF come from the settings, which agree with CITATION.cff."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    set_to = yaml.safe_load((ROOT / "book" / "_config.yml").read_text(encoding="utf-8"))["sphinx"]["config"]

    assert [word for word in set_to["evidence_keywords"] if word not in cited["keywords"]] == []
    for licence in cited["license"]:
        assert licence.replace("-", " ").removesuffix(" 4.0") in set_to["evidence_licence"].replace("-", " ")
