"""The house: links at the root, pins that agree with the lock, schemas that agree with the records."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

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


def test_the_lock_of_node_packages_names_no_registry() -> None:
    """Exact versions with their fingerprints, from wherever a machine gets its packages."""
    packages = json.loads((ROOT / "tests/site/package-lock.json").read_text(encoding="utf-8"))["packages"]
    del packages[""]

    assert all(package["integrity"] and "resolved" not in package for package in packages.values())


@pytest.mark.parametrize(("name", "text"), schemas.texts().items())
def test_the_schemas_are_those_of_the_records(name: str, text: str) -> None:
    """`evidencebook schemas` renews them."""
    assert (ROOT / "evidence" / "schemas" / name).read_text(encoding="utf-8") == text


def test_the_press_knows_no_subject() -> None:
    """A fork takes the press as it is."""
    subject = re.compile(r"kratom|mitragyn|opioid|withdrawal", re.IGNORECASE)
    said = {path.name: subject.findall(path.read_text("utf-8")) for path in (ROOT / "src/evidencebook").rglob("*.py")}

    assert {name: words for name, words in said.items() if words} == {}
