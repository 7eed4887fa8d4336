"""Find out on which page each place of the book stands: the first of two runs, in a process of its own.

Were links left to Typst, it would set the whole book twice in one run and keep both settings in memory: twice as much
as the book needs. A link to a known point of a page changes no line, so that what the first run finds holds in the
second.
"""

import json
import subprocess
import sys
from pathlib import Path

import typst

from evidencebook.typst import fonts

#: What template.typ reads; empty in the first run.
FILE = "places.json"
_WHERE = "query(<place>).map(mark => (mark.value, mark.location().position()))"


def find(folder: Path) -> str:
    """Set the book without its links and give the places as JSON: name, page and point; nothing if it cannot be set."""
    (folder / FILE).write_text("{}", encoding="utf-8")
    command = [sys.executable, "-m", __name__, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603  our own
    return done.stdout if done.returncode == 0 else "{}"


def _told(folder: Path) -> str:
    """Ask Typst for every place."""
    found = typst.eval(
        str(folder / "main.typ"),
        _WHERE,
        root=str(folder),
        font_paths=fonts.lay_out(folder / "fonts"),
        ignore_system_fonts=True,
    )
    places = {name: [spot["page"], spot["x"], spot["y"]] for name, spot in json.loads(found)}
    return json.dumps(places, indent=0, sort_keys=True)


if __name__ == "__main__":
    print(_told(Path(sys.argv[1])))
