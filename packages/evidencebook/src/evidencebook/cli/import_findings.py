"""evidencebook import-findings: make a finding of each row of an extraction table."""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import yaml
from pydantic import Field, ValidationError

from evidencebook.cli._book import book_option
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic, UserError, relative_path
from evidencebook.evidence.entry_writer import appended, frozen, next_number, rendered, write_sound
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.models import Finding, Record, Slug
from evidencebook.evidence.project import BookFolder
from evidencebook.evidence.record_text import check_text
from evidencebook.evidence.validation_messages import describe_error
from evidencebook.evidence.yaml_reader import CoreLoader

_EPILOG = """\b
Examples:
  evidencebook import-findings trials.csv --map trials.yml --dry-run
  evidencebook import-findings trials.csv --map trials.yml
\b
A map says what each key of a finding holds: a text for all rows, with {column} where a cell belongs.
  topic: trials
  prefix: TRI
  finding:
    source: "{key}"
    about: "In the trial of {author} the ratio was as given."
    measure: risk ratio
    value: "{rr}"
    unit: RR
    spread: {kind: ci95, low: "{low}", high: "{high}"}
    n: "{people}"
    population: "people in {country}"
    where: {species: human, year: "{year}"}
    locator: table 2
    seen: full-text
"""
_COLUMN = re.compile(r"\{([^{}]+)\}")
#: The keys in which a cell that reads as a number is one; a cell of any other stays text.
_NUMBERS = frozenset({"value", "n", "low", "high"})


class _Map(Record):
    """Say how the rows of a table become findings of a topic."""

    topic: Slug
    prefix: str = Field(pattern="^[A-Z]+$")
    finding: dict[str, Any]


@click.command("import-findings", epilog=_EPILOG)
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map", "mapping", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="See below."
)
@click.option("--dry-run", is_flag=True, help="Say what would be taken and what not; write nothing.")
@book_option
def import_findings(table: Path, mapping: Path, dry_run: bool, book: BookFolder) -> int:
    """Import findings from an extraction table.

    TABLE is CSV with a line of headings, fields parted by commas, semicolons or tabs. What cannot be taken is named
    with its row, and the rest is taken; the end status is 1 then. A row that was taken before is not taken again.
    """
    rows = list(_rows(table))
    rules = _read_map(mapping, set(rows[0][1]) if rows else set())
    evidence, _ = inspect(book.evidence)
    path = book.evidence / "findings" / f"{rules.topic}.yml"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    known = [made.model_dump(exclude={"id"}) for made in evidence.findings.values()]
    number = next_number(evidence, f"{rules.prefix}-")
    taken, refused = 0, list[Diagnostic]()
    for line, row in rows:
        values = {"id": f"{rules.prefix}-{number + taken:03d}", **_filled(rules.finding, row)}
        made, wrong = _finding_of(values, evidence)
        content = made.model_dump(exclude={"id"}) if made else {}
        wrong += ["the same finding is there already"] if content in known else []
        refused += [Diagnostic(relative_path(table), line, f"the row is not taken: {why}") for why in wrong]
        if not wrong:
            known.append(content)
            text, taken = appended(text, rendered(values)), taken + 1
    if taken and not dry_run:
        write_sound(book.evidence, {path: text})
    for diagnostic in refused:
        click.echo(diagnostic, err=True)
    where = f"would go into {relative_path(path)}" if dry_run else f"taken into {relative_path(path)}"
    click.echo(f"{taken} findings {where}, {len({one.line for one in refused})} rows not taken")
    return 1 if refused else 0


def _rows(table: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line and the cells of each row; raise UserError for what is no table."""
    try:
        lines = table.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError as broken:
        raise UserError(f"{relative_path(table)} cannot be read: {broken}; save it as UTF-8") from broken
    delimiter = max(",;\t", key=lines[0].count) if lines else ","
    reader = csv.DictReader(lines, delimiter=delimiter, restkey="")
    for row in reader:
        yield reader.line_num, {name: (cell or "").strip() for name, cell in row.items() if name}


def _read_map(path: Path, columns: set[str]) -> _Map:
    """Return the map; raise UserError with every fault of it, unknown columns and keys included."""
    try:
        rules = _Map.model_validate(yaml.load(path.read_text(encoding="utf-8"), CoreLoader))  # noqa: S506  core schema
    except yaml.YAMLError as broken:
        raise UserError(f"{relative_path(path)} is no YAML: {broken}") from broken
    except ValidationError as wrong:
        raise UserError(
            "\n".join(f"{relative_path(path)}: {describe_error(error)}" for error in wrong.errors())
        ) from wrong
    named = {name for text in _texts(rules.finding) for name in _COLUMN.findall(text)}
    faults = [f'no column "{name}"; there are: {", ".join(sorted(columns))}' for name in sorted(named - columns)]
    keys = [*Finding.model_fields][1:]  # the id is counted on
    faults += [f'no key "{key}" in a finding; there are: {", ".join(keys)}' for key in rules.finding if key not in keys]
    if faults:
        raise UserError("\n".join(f"{relative_path(path)}: {fault}" for fault in faults))
    return rules


def _texts(template: Any) -> Iterator[str]:
    """Yield the texts of a template, those of keys within keys included."""
    if isinstance(template, dict):
        yield from (text for part in template.values() for text in _texts(part))
    elif isinstance(template, str):
        yield template


def _filled(template: Any, row: Mapping[str, str], key: str = "") -> Any:
    """Put the cells of a row where their columns are named; a key of which nothing is left is left out."""
    if isinstance(template, dict):
        filled = {name: _filled(part, row, "n" if key == "where" else name) for name, part in template.items()}
        kept = {name: part for name, part in filled.items() if part not in ("", {})}
        if not key and not {"value", "spread"} & {*kept}:
            kept.pop("unit", None)  # a finding in words, of a table whose other rows are measured
        return kept if key != "spread" or {"value", "low", "high"} & {*kept} else {}
    named = _COLUMN.findall(template) if isinstance(template, str) else []
    text = _COLUMN.sub(lambda found: row[found[1]], template).strip() if named else template
    number = yaml.load(text, CoreLoader) if named and key in _NUMBERS else text  # noqa: S506  core schema
    return number if isinstance(number, int | float) else text


def _finding_of(values: Mapping[str, Any], evidence: EvidenceBase) -> tuple[Finding | None, list[str]]:
    """Return the finding that the values make, and what is wrong with them."""
    wrong = [fault for value in values.values() if isinstance(value, str) for fault in check_text(value)]
    try:
        made = Finding.model_validate(frozen(values), context={"subject": evidence.subject})
    except ValidationError as errors:
        return None, [*wrong, *dict.fromkeys(map(describe_error, errors.errors()))]
    if made.source not in evidence.sources:
        wrong.append(f'source "{made.source}" is not in sources.bib; import it first')
    return made, wrong
