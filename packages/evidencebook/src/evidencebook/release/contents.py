"""Gather what a release carries: the site, the printable forms, the evidence and the list of parts."""

import datetime as dt
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from evidencebook.release import packing

SITE, EVIDENCE = "site.zip", "evidence.zip"


class NotReadyError(Exception):
    """Name everything that has to be made before a release."""


@dataclass(frozen=True)
class Part:
    """Name a form of the book: where a build leaves it, and the target that makes it."""

    folder: str
    ending: str
    target: str


FORMS = (Part("pdf", ".pdf", "pdf"), Part("epub", ".epub", "epub"), Part("sbom", ".cdx.json", "sbom"))


def gather(build: Path, moment: dt.datetime) -> list[Path]:
    """Write every part into the folder `release` of a build, all or none, and return them.

    The name of the book is the name that the PDF bears.
    """
    found = _found(build)
    name = found["pdf"].name.removesuffix(".pdf")
    with tempfile.TemporaryDirectory(dir=build, prefix="release-") as place:
        made = Path(place) / "release"
        made.mkdir()
        packing.pack(build / "html", made / f"{name}-{SITE}", name, moment)
        packing.pack(build / "html" / "evidence", made / f"{name}-{EVIDENCE}", f"{name}-evidence", moment)
        for part in FORMS:
            shutil.copyfile(found[part.folder], made / f"{name}{part.ending}")
        shutil.rmtree(build / "release", ignore_errors=True)
        made.rename(build / "release")
    return sorted((build / "release").iterdir())


def _found(build: Path) -> dict[str, Path]:
    """Return the one file of each form; say at once what is missing."""
    files = {part: sorted((build / part.folder).glob(f"*{part.ending}")) for part in FORMS}
    wrong = [
        f"{build / part.folder} holds {len(paths) or 'no'} *{part.ending}; run: make {part.target}"
        for part, paths in files.items()
        if len(paths) != 1
    ]
    wrong += [
        f"{build / page} is missing; run: make book"
        for page in ("html/index.html", "html/evidence/evidence.json")
        if not (build / page).is_file()
    ]
    if wrong:
        raise NotReadyError("\n".join(wrong))
    return {part.folder: paths[0] for part, paths in files.items()}
