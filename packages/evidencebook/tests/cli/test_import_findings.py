"""evidencebook import-findings: each row becomes a finding, each refusal is named with its row."""

from pathlib import Path

import pytest

from evidencebook.cli import main
from evidencebook.evidence.loader import inspect

TABLE = """\
key;author;minutes;low;high;people;country;remark
drake2013caffeine;Drake;9;4.5;13;24;US;
drake2013caffeine;Drake;-2,5;;;12;US;
nobody2020x;Nobody;3;;;10;US;
gardiner2023effect;Gardiner;;;;;;"in words,
on two lines"
gardiner2023effect;Gardiner;7;9;8;10;DE;
drake2013caffeine;Drake;9;4.5;13;24;US;
"""
MAP = """\
topic: minutes
prefix: MIN
finding:
  source: "{key}"
  about: "In the study of {author} people fell asleep at another time."
  measure: sleep onset latency
  value: "{minutes}"
  unit: min
  spread: {kind: ci95, low: "{low}", high: "{high}"}
  n: "{people}"
  population: people who slept
  where: {species: human, country: "{country}"}
  locator: table 1
  seen: dataset
  caution: Of the money nothing is told. {remark}
"""


def run(inside: Path, table: str, mapping: str, *options: str) -> int:
    """Import a table by a map."""
    (inside / "t.csv").write_text(table, encoding="utf-8")
    (inside / "m.yml").write_text(mapping, encoding="utf-8")
    return main(["import-findings", "t.csv", "--map", "m.yml", *options])


def test_import_findings(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers are numbers, empty cells leave their key out, refusals have their row, a row is taken once."""
    mapping = MAP.replace("Of the money nothing is told. ", "A maker of monitors funded it. ")
    assert run(inside, TABLE, mapping, "--dry-run") == 1
    assert "2 findings would go into evidence/findings/minutes.yml, 4 rows not taken" in capsys.readouterr().out
    assert not (inside / "evidence" / "findings" / "minutes.yml").exists()
    assert run(inside, TABLE, mapping) == 1

    assert [line.partition(" is not taken: ")[::2] for line in capsys.readouterr().err.splitlines()] == [
        ("t.csv:3: the row", "value must be a number (it is '-2,5')"),
        ("t.csv:4: the row", 'source "nobody2020x" is not in sources.bib; import it first'),
        ("t.csv:7: the row", "spread: low (9) is above high (8)"),
        ("t.csv:8: the row", "the same finding is there already"),
    ]
    evidence, diagnostics = inspect(inside / "evidence")
    first, words = evidence.findings["MIN-001"], evidence.findings["MIN-002"]
    assert diagnostics == []
    assert (first.value, first.n, first.spread and first.spread.low, first.seen) == (9, 24, 4.5, "dataset")
    assert first.where == {"species": "human", "country": "US"}
    assert (words.value, words.spread, words.n, words.where) == (None, None, None, {"species": "human"})
    assert run(inside, TABLE, mapping) == 1
    assert "0 findings taken" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        (MAP.replace("{minutes}", "{mins}").replace("unit:", "units:"), ['no column "mins"', 'no key "units"']),
        (MAP.replace("prefix: MIN", "prefix: min"), ["prefix"]),
        ("topic: [", ["is no YAML"]),
        (MAP, ["its source is industry-funded; the caution must say so", "nothing was written"]),
    ],
    ids=["unknown column and key", "prefix", "no YAML", "a rule"],
)
def test_import_findings_refused(
    inside: Path, capsys: pytest.CaptureFixture[str], mapping: str, says: list[str]
) -> None:
    """A map with faults, or a rule that the findings would break: nothing is written."""
    assert run(inside, TABLE, mapping) == 2

    shown = capsys.readouterr().err
    assert [words for words in says if words not in shown] == []
    assert not (inside / "evidence" / "findings" / "minutes.yml").exists()
