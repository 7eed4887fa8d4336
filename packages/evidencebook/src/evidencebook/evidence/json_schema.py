"""Generate the JSON Schemas with which an editor completes and checks as one types."""

import json
from collections.abc import Mapping

from pydantic import TypeAdapter

from evidencebook.evidence.models import Assertion, Claim, Exclusion, Finding, Outcome, Record, Search

#: The records of each file of the evidence, by the name of the file.
RECORDS: dict[str, type[Record]] = {
    "findings": Finding,
    "claims": Claim,
    "searches": Search,
    "outcomes": Outcome,
    "assertions": Assertion,
    "excluded": Exclusion,
}


def texts(records: Mapping[str, type[Record]]) -> dict[str, str]:
    """Return the content of each schema file by name; each describes a list of records, as RECORDS names them."""
    made = {}
    for name, model in records.items():
        schema = TypeAdapter(list[model]).json_schema()  # type: ignore[valid-type]  # a type made at run time
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name} | schema
        made[f"{name}.json"] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return made
