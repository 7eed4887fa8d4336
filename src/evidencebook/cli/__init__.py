"""Give the press a command line: check the evidence base without Sphinx."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evidencebook import schemas
from evidencebook.load import inspect


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parser = argparse.ArgumentParser(prog="evidencebook", description="Work with an evidence base.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="validate sources, findings, claims and assertions")
    check.add_argument("folder", nargs="?", type=Path, default=Path("evidence"), help="default: evidence")
    schemas_of = commands.add_parser("schemas", help="write the JSON Schemas that editors use")
    schemas_of.add_argument(
        "folder", nargs="?", type=Path, default=Path("evidence/schemas"), help="default: evidence/schemas"
    )
    options = parser.parse_args(arguments)
    if options.command == "schemas":
        schemas.write(options.folder)
        return 0
    return _check(options.folder)


def _check(folder: Path) -> int:
    """Print every problem, or what was counted."""
    ledger, problems = inspect(folder)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"{len(problems)} problems", file=sys.stderr)
        return 1
    kinds = ("sources", "findings", "searches", "claims", "assertions")
    print(", ".join(f"{len(getattr(ledger, kind))} {kind}" for kind in kinds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
