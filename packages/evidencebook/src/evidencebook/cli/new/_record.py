"""Make `evidencebook new KIND` from the model of a record: an option for each of its keys."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import yaml

from evidencebook.cli._book import book_option
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.entry_writer import append_record, next_number, refuse_known
from evidencebook.evidence.loader import inspect
from evidencebook.evidence.models import Assertion, Claim, Finding, Outcome, Record, Search
from evidencebook.evidence.project import BookFolder
from evidencebook.evidence.todo_markers import stub

_TOPIC = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REASON = re.compile(r"\s*(?P<domain>[a-z ]+?)\s+(?P<step>[+-]?[0-2])\s*:\s*(?P<note>.*\S)\s*")
#: Keys that no author gives by option: the id has a place of its own, and a new record has no history.
_NOT_OPTIONS = {"id", "history", "stated"}


@dataclass(frozen=True)
class Kind:
    """Say how a kind of record is added."""

    model: type[Record]
    place: str  # the file of the evidence, or the folder with a file for each topic
    example: str
    numbered: bool = False  # the id is the next free number, not a name that the author gives
    defaults: Mapping[str, str] = field(default_factory=dict)


KINDS = {
    "finding": Kind(
        Finding,
        "findings",
        "--topic sleep --source gardiner2023effect --value 12 --unit min \\\n"
        '      --spread "kind: ci95, low: 4, high: 20" --where species=human --locator abstract',
        numbered=True,
        defaults={"seen": "abstract"},
    ),
    "claim": Kind(
        Claim,
        "claims",
        "coffee-delays-sleep --finding SLEEP-002 --certainty low \\\n"
        '      --statement "Caffeine may delay sleep." --because "imprecision 0: few people were studied"',
        defaults={"applies_to": "humans", "certainty": "not graded"},
    ),
    "search": Kind(Search, "searches.yml", 'no-trial-of-naps --where PubMed --terms "coffee nap trial"'),
    "outcome": Kind(Outcome, "outcomes.yml", 'time-asleep --name "time asleep" --group sleep'),
    "assertion": Kind(
        Assertion,
        "assertions.yml",
        '--claim caffeine-shortens-sleep --verdict contradicted \\\n      --statement "Coffee costs nobody any sleep."',
        numbered=True,
        defaults={"section": "summary", "verdict": "not checkable"},
    ),
}


def record_command(name: str) -> click.Command:
    """Return the command that appends a record of a kind."""
    kind = KINDS[name]
    schema = kind.model.model_json_schema()

    def add(book: BookFolder, **options: Any) -> None:
        evidence = inspect(book.evidence)[0]
        topic, prefix, identifier = (options.pop(key, None) for key in ("topic", "prefix", "id"))
        typed = {key: _value(schema, key, option) for key, option in options.items() if option not in (None, (), False)}
        path = book.evidence / kind.place
        if not path.suffix:
            path = _topic_file(evidence, path, topic, typed)
        identifier = identifier or _next_id(evidence, name, prefix, path.stem)
        refuse_known(evidence, name, identifier)
        implied = _from_source(evidence, typed) if name == "finding" else _of_claim(typed) if name == "claim" else {}
        given = {**kind.defaults, **implied, **typed, "id": identifier}
        values = {key: given.get(key, _stand_in(schema, key)) for key in schema["properties"]}
        append_record(
            path, kind.model, {key: value for key, value in values.items() if value is not None}, book.evidence
        )
        click.echo(f"{relative_path(path)}: {name} {identifier}")

    article = "an" if name[0] in "aeiou" else "a"
    return click.command(
        name,
        help=f"Append {article} {name} to the evidence.\n\nWritten at the end of evidence/{kind.place}. "
        "What you leave out and must be said is marked TO WRITE.",
        epilog=f"\b\nExample:\n  evidencebook new {name} {kind.example}",
        params=_parameters(kind, schema),
    )(book_option(add))


def _parameters(kind: Kind, schema: Mapping[str, Any]) -> list[click.Parameter]:
    """Return the ID, an option for each key, and the topic."""
    options = [_option(schema, key) for key in schema["properties"] if key not in _NOT_OPTIONS]
    if "." not in kind.place:
        options.append(click.Option(["--topic"], help="The file to add to. Default: where its neighbours are."))
    if kind.model is Finding:
        options.append(click.Option(["--prefix"], help="Capitals of the id. Default: those of the topic."))
    return [*options] if kind.numbered else [click.Argument(["id"], metavar="ID"), *options]


def _option(schema: Mapping[str, Any], key: str) -> click.Option:
    """Make the option of a key; a list is given one by one, under the name of one of its items."""
    form = _form(schema, key)
    kind = form.get("type")
    name = re.sub(r"(?<=ch)es$|(?<!s)s$", "", key).replace("alyse", "alysis") if kind == "array" else key
    words = [form.get("description", ""), "may be repeated" if kind in {"array", "object"} else ""]
    help_text = "; ".join(filter(None, words))
    return click.Option(
        [f"--{name.replace('_', '-')}", key],
        type=click.Choice(form["enum"]) if "enum" in form else None,
        is_flag=kind == "boolean",
        multiple=kind in {"array", "object"},
        # No stub can stand in for a reference to records.
        required=key in schema["required"] and key != "date" and ("pattern" in form or "minItems" in form),
        metavar="KEY=VALUE" if kind == "object" else '"DOMAIN STEP: NOTE"' if "$ref" in form.get("items", ()) else None,
        help=help_text[:1].upper() + help_text[1:],
    )


def _form(schema: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return the schema of a key without what says that it may be null."""
    form: dict[str, Any] = schema["properties"][key]
    return {**next((one for one in form.get("anyOf", ()) if one.get("type") != "null"), {}), **form}


def _value(schema: Mapping[str, Any], key: str, option: Any) -> Any:
    """Turn what was typed into the value of a key: text as it is, anything else as YAML."""
    form = _form(schema, key)
    if form.get("type") == "object":
        return dict(_pair(text) for text in option)
    if form.get("type") == "array":
        return tuple(_reason(text) if "$ref" in form["items"] else text for text in option)
    if option is True or (form.get("type") == "string" and form.get("format") != "date"):
        return option
    try:
        return yaml.safe_load(f"{{{option.strip('{}')}}}" if "$ref" in form else option)
    except yaml.YAMLError as broken:
        raise UserError(
            f'--{key} "{option}" cannot be read; write it as in the file, "kind: sd, value: 1.5"'
        ) from broken


def _pair(text: str) -> tuple[str, str | int]:
    key, sign, value = text.partition("=")
    if not (key and sign and value):
        raise UserError(f'"{text}" is not KEY=VALUE; write for example --where species=human')
    return key, int(value) if re.fullmatch(r"-?\d+", value) else value


def _reason(text: str) -> Any:
    """Read "domain step: note", or the braces of YAML."""
    if text.startswith("{"):
        return yaml.safe_load(text)
    if not (found := _REASON.fullmatch(text)):
        raise UserError(f'"{text}" is not a reason; write for example --because "imprecision 0: few people"')
    return {"domain": found["domain"], "step": int(found["step"]), "note": found["note"]}


def _stand_in(schema: Mapping[str, Any], key: str) -> Any:
    """Return what stands for a key that nobody gave: today, a stub, or nothing where it may be left out."""
    form, today = _form(schema, key), dt.datetime.now(tz=dt.UTC).date()
    if key not in schema["required"]:
        return None
    if form.get("format") == "date":
        return today
    return today.isoformat() if key == "date" else stub(form.get("description", key.replace("_", " ")))


def _from_source(evidence: EvidenceBase, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a finding takes from its source: what was seen of it, and a stub where it has an interest."""
    source = evidence.sources.get(typed["source"])
    if source is None:
        raise UserError(
            f'source "{typed["source"]}" is not in sources.bib; add it first: evidencebook new source --doi …'
        )
    words = f"the source is {' and '.join(source.flags)}, which means for this result"
    return ({"seen": source.seen} if source.seen else {}) | ({"caution": stub(words)} if source.flags else {})


def _of_claim(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a claim implies: it was stated no later than checked; searches alone are no evidence."""
    implied = {"stated": typed["checked"]} if "checked" in typed else {}
    if "searches" in typed and not {"findings", "analyses", "against"} & typed.keys():
        implied |= {"certainty": "no evidence", "statement": stub("that no study of it was found")}
    return implied


def _topic_file(evidence: EvidenceBase, folder: Path, topic: str | None, typed: Mapping[str, Any]) -> Path:
    """Return the file of a topic; without one, that of the findings near the record, or the only one there is."""
    known = sorted(path.stem for path in folder.glob("*.yml"))
    near = (*evidence.findings_of_source.get(typed.get("source", ""), ()), *typed.get("findings", ())[:1])
    topics = sorted({evidence.topic("finding", name) for name in near if name in evidence.findings})
    choice = [topic] if topic else topics or known
    if len(choice) != 1:
        there_are = f"; there are: {', '.join(known)}" if known else ""
        raise UserError(
            f"which topic? Say --topic NAME, the file under {folder.name}/ to add to, or a new one{there_are}"
        )
    if not _TOPIC.fullmatch(choice[0]):
        raise UserError(f'"{topic}" is not a name for a topic; write it in small letters and hyphens, as blood-levels')
    return folder / f"{choice[0]}.yml"


def _next_id(evidence: EvidenceBase, kind: str, prefix: str | None, topic: str) -> str:
    """Return the next free id; the prefix of a finding is that of its topic, or is made from the name of a new one."""
    if kind == "assertion":
        return f"A{next_number(evidence, 'A'):02d}"
    used = [name for name in evidence.findings if evidence.topic("finding", name) == topic]
    words = re.findall(r"[a-z]+", topic)
    initials = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:5]
    prefix = prefix or (used[-1].rpartition("-")[0] if used else initials.upper() or "F")
    return f"{prefix}-{next_number(evidence, f'{prefix}-'):03d}"
