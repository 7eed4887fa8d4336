"""Generate the JSON Schemas with which an editor completes and checks as one types."""

import json
from pathlib import Path

from pydantic import TypeAdapter

from evidencebook.evidence.models import Assertion, Claim, Exclusion, Finding, Outcome, Search
from evidencebook.surveillance.models import Candidate, Check, Decision, Query

_RECORDS = {
    "findings": Finding,
    "claims": Claim,
    "searches": Search,
    "outcomes": Outcome,
    "assertions": Assertion,
    "excluded": Exclusion,
    "watch": Query,
    "queue": Candidate,
    "decisions": Decision,
    "checks": Check,
}


def texts() -> dict[str, str]:
    """Return the content of each schema file by name; each describes a list of records."""
    made = {}
    for name, model in _RECORDS.items():
        schema = TypeAdapter(list[model]).json_schema()  # type: ignore[valid-type]  # a type made at run time
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name} | schema
        made[f"{name}.json"] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return made


def write(folder: Path) -> None:
    """Write the schemas into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (folder / name).write_text(text, encoding="utf-8")
