"""The YAML reader: values that YAML 1.1 and people read differently stay texts."""

from pathlib import Path
from typing import Any

import pytest

from evidencebook.evidence import yaml_reader


@pytest.mark.parametrize(
    "written",
    ["045", "0300123456", "2:1", "12:30", "1_000", "0x1F", "NO", "on", ".nan", ".inf"],
)
def test_yaml_reader_wants_quotes(tmp_path: Path, written: str) -> None:
    """What readers of YAML disagree on is nobody's number, truth value or date, and is to be quoted."""
    read = yaml_reader.read(tmp_path / "a.yml", f"- key: {written}\n")

    assert read.value == ({"key": written},)
    assert [one.line for one in read.diagnostics if "put it in quotes" in one.message] == [1]


@pytest.mark.parametrize("written", ["20l9", "1e", "2026-1-2", "'NO'", '"045"'])
def test_yaml_reader_keeps_text(tmp_path: Path, written: str) -> None:
    """A text that no reader takes for anything else stays one."""
    read = yaml_reader.read(tmp_path / "a.yml", f"- key: {written}\n")

    assert (read.value, read.diagnostics) == (({"key": written.strip("'\"")},), [])


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("45", 45),
        ("-3", -3),
        ("0", 0),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("true", True),
        ("~", None),
        ("null", None),
        ("", None),
    ],
)
def test_yaml_reader_scalar(tmp_path: Path, written: str, value: Any) -> None:
    """By the core schema of YAML 1.2."""
    read = yaml_reader.read(tmp_path / "a.yml", f"- key: {written}\n").value[0]["key"]

    assert read == value
    assert type(read) is type(value)
