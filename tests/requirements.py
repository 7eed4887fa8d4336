"""Export the pins of uv.lock; run with --write to renew the files, import to compare them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXPORT = [
    "uv",
    "export",
    "--frozen",
    "--no-config",
    "--no-hashes",
    "--no-annotate",
    "--no-header",
    "--no-emit-workspace",
]
HEAD = "# Exported from uv.lock by `make lock`; do not edit.\n"


def exported(uv: str) -> dict[str, str]:
    """Return the content of each requirements file by name."""
    book = subprocess.run([uv, *EXPORT[1:]], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    test = subprocess.run(
        [uv, *EXPORT[1:], "--only-group", "dev"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    # pip refuses hashes beside an editable install, so the hashes stay in uv.lock.
    return {"requirements.txt": HEAD + book + "-e packages/evidencebook\n-e .\n", "requirements-test.txt": HEAD + test}


if __name__ == "__main__" and "--write" in sys.argv:
    for name, text in exported(str(Path(sys.executable).parent / "uv")).items():
        (ROOT / name).write_text(text, encoding="utf-8")
