"""Hold the results of analyses that claims state (results.yml) against what the executed pages computed."""

import json
import math
import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.pages.domain import domain_of
from evidencebook.pages.executed_tables import results as file_of
from evidencebook.pages.warnings import report

_NUMBER = re.compile(r"(?:np\.\w+\()?([-+]?[\d.]+(?:e[-+]?\d+)?)\)?")


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each result that is not what its page computed, for claims would go on to state it."""
    for name, kept in domain_of(env).evidence.results.items():
        page = f"analyses/{name}"
        numbers = computed(file_of(env, page)) if page in env.found_docs else {}
        for key, number in kept.numbers.items():
            if key not in numbers or not math.isclose(number, numbers[key], rel_tol=1e-9):
                told = f"results.yml has {number} for {name}:{key} and {page} computed {numbers.get(key, 'nothing')}"
                entry = domain_of(env).evidence.entry("result", name)
                report(env, "evidence", f"{told}; run: evidencebook results", f"{entry.path}:{entry.line}")


def computed(path: Path) -> dict[str, float]:
    """Return the numbers that a page quoted, from the file in which MyST-NB keeps them; none where it is missing."""
    glued = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    texts = {name: str(one.get("data", {}).get("text/plain", "")) for name, one in glued.items()}
    return {name: float(found[1]) for name, text in texts.items() if (found := _NUMBER.fullmatch(text))}
