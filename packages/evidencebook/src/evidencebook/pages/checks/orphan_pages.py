"""Notice a page that no reader can reach."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidencebook.pages.warnings import report


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each page file that _toc.yml does not name; folders beginning with _ hold parts, not pages."""
    root = Path(env.srcdir)
    for path in sorted(root.rglob("*.md")):
        inside = path.relative_to(root)
        if any(part.startswith(("_", ".")) for part in inside.parts):
            continue
        name = inside.with_suffix("").as_posix()
        if name not in env.found_docs:
            report(
                env,
                "toc",
                f"this page is not in _toc.yml; add the line `- file: {name}` or remove the page",
                f"{path}:1",
            )
