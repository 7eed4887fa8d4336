"""What was made of a text is remembered: one edited file is one file read, and nothing old comes back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evidencebook.evidence import bibtex_reader, memo, record_reader, units, yaml_reader
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.loader import inspect

Load = Callable[[], EvidenceBase]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each file of YAML that is read."""
    noted: list[str] = []
    original = yaml_reader.read
    monkeypatch.setattr(yaml_reader, "read", lambda path, text: noted.append(path.name) or original(path, text))
    return noted


@pytest.fixture
def load_anew(small: Path, tmp_path: Path) -> Load:
    """Load the small evidence base as a new process does, which remembers what is in the file alone."""

    def loading() -> EvidenceBase:
        for function in (record_reader._parsed, bibtex_reader._parsed, units.checked, units.kind):
            function.cache_clear()
        with memo.kept_in(tmp_path / "memo"):
            evidence, problems = inspect(small)
        assert problems == []
        return evidence

    return loading


def test_memo_edited_file(load_anew: Load, read: list[str], edit: Callable[[str, str, str], Path]) -> None:
    """It alone is read, and its number follows, back to the old one too."""
    first = load_anew()
    assert len(read) > 3
    read.clear()
    again = load_anew()
    assert (read, again) == ([], first)

    edit("findings/care.yml", "value: 36.1", "value: 37.2")
    assert load_anew().findings["WD-200"].value == 37.2
    assert read == ["care.yml"]
    edit("findings/care.yml", "value: 37.2", "value: 36.1")
    assert load_anew() == first


@pytest.mark.parametrize("spoil", ["half", "other software"])
def test_memo_that_is_none(
    load_anew: Load, read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: str
) -> None:
    """A file that was left half written, or by another state of the package: all is read again."""
    load_anew()
    count = len(read)
    if spoil == "half":
        (tmp_path / "memo").write_bytes((tmp_path / "memo").read_bytes()[:900])
    else:
        monkeypatch.setattr(memo, "software", lambda: "upgraded")
    load_anew()

    assert len(read) == 2 * count
