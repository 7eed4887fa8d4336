"""The house: links at the root, pins that agree with the lock, schemas that agree with the records."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

import requirements
from evidencebook.evidence import dates, json_schema
from evidencebook.outputs.data import citation
from evidencebook.surveillance import models
from installed import needs_from_pip

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", ["_config.yml", "_toc.yml"])
def test_root_links_to_config_and_toc(name: str) -> None:
    """One file, seen in two places."""
    assert (ROOT / name).resolve() == ROOT / "book" / name


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_requirements_agree_with_the_lock(name: str) -> None:
    """`make lock` renews both; a hand-made change shows here."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    needs_from_pip(uv, "uv")

    assert (ROOT / name).read_text(encoding="utf-8") == requirements.exported(str(uv))[name]


def test_node_lock_names_no_registry() -> None:
    """Exact versions with their fingerprints, from wherever a machine gets its packages."""
    packages = json.loads((ROOT / "tests/site/package-lock.json").read_text(encoding="utf-8"))["packages"]
    del packages[""]

    assert all(package["integrity"] and "resolved" not in package for package in packages.values())


@pytest.mark.parametrize(("name", "text"), json_schema.texts(json_schema.RECORDS | models.RECORDS).items())
def test_json_schemas_are_renewed(name: str, text: str) -> None:
    """`evidencebook schemas` renews them."""
    assert (ROOT / "evidence" / "schemas" / name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("project", ["pyproject.toml", "packages/evidencebook/pyproject.toml"])
def test_dependencies_are_listed_once(project: str) -> None:
    """Of two ranges for one package, one is forgotten."""
    read = tomllib.loads((ROOT / project).read_text(encoding="utf-8"))
    listed = [*read["project"].get("optional-dependencies", {}).values(), *read.get("dependency-groups", {}).values()]

    for group in (read["project"]["dependencies"], *listed):
        names = [re.split(r"[\[<>=~! ]", line)[0] for line in group]
        assert len(names) == len(set(names)), names


@pytest.fixture(scope="module")
def citation_file() -> dict[str, Any]:
    """Read CITATION.cff; its dates stay text."""
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)  # type: ignore[no-any-return]  # noqa: S506  it builds texts only


def test_citation_file_schema(citation_file: dict[str, Any]) -> None:
    """By the schema of the Citation File Format."""
    needs_from_pip(find_spec("check_jsonschema"), "check-jsonschema")
    vendored = files("check_jsonschema") / "builtin_schemas" / "vendor" / "citation-file-format.json"
    schema = json.loads(vendored.read_text(encoding="utf-8"))
    citation_file["preferred-citation"]["year"] = int(citation_file["preferred-citation"]["year"])

    faults = [f"{list(fault.path)}: {fault.message}" for fault in Draft7Validator(schema).iter_errors(citation_file)]
    assert faults == []


def test_citation_file_agrees_with_the_settings(citation_file: dict[str, Any]) -> None:
    """Title, version, day, authors and the slots stand in two files, because programs read both."""
    config = yaml.safe_load((ROOT / "book" / "_config.yml").read_text(encoding="utf-8"))
    sphinx = config["sphinx"]["config"]
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    day = dates.read_day(sphinx["today"])
    assert day

    for cited in (citation_file, citation_file["preferred-citation"]):
        assert cited["title"] == config["title"] == sphinx["project"]
        assert cited["version"] == sphinx["release"] == version
        assert [author["name"] for author in cited["authors"]] == [config["author"]]
    assert citation_file["date-released"] == day.isoformat()
    assert int(citation_file["preferred-citation"]["year"]) == day.year
    slots = {"doi": "evidence_doi", "repository-code": "evidence_repository"}
    assert {name: citation_file.get(name, "") for name in slots} == {name: sphinx[slot] for name, slot in slots.items()}
    assert citation_file.get("url", "") == config["html"]["baseurl"]


def test_licence_of_every_file() -> None:
    """As REUSE asks; the texts in LICENSES/ are those of the files at the root."""
    reuse = Path(sys.executable).parent / "reuse"
    needs_from_pip(reuse.exists(), "reuse")
    done = subprocess.run([reuse, "--root", str(ROOT), "lint"], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    mine = " ".join((ROOT / "LICENSE").read_text(encoding="utf-8").partition("Permission is")[2].split())
    theirs = " ".join((ROOT / "LICENSES" / "MIT.txt").read_text(encoding="utf-8").partition("Permission is")[2].split())
    assert mine == theirs
    assert "Attribution 4.0 International" in (ROOT / "LICENSE-TEXT").read_text(encoding="utf-8")


def test_citation_file_keywords_and_licences() -> None:
    """The data of the PDF come from the settings and the press, which agree with CITATION.cff."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    set_to = yaml.safe_load((ROOT / "book" / "_config.yml").read_text(encoding="utf-8"))["sphinx"]["config"]

    assert [word for word in set_to["evidence_keywords"] if word not in cited["keywords"]] == []
    assert sorted(cited["license"]) == sorted((citation.TEXT_LICENCE.spdx, citation.CODE_LICENCE.spdx))
