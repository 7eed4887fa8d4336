"""Gather what a release carries: the site, the printable forms, the evidence and the SBOM."""

import datetime as dt
import shutil
import tempfile
from pathlib import Path

from evidencebook.evidence.diagnostics import UserError
from evidencebook.release.archive import pack_folder

SITE, EVIDENCE = "site.zip", "evidence.zip"


#: The ending of each form of the book, by the folder in which a build leaves it; the target that makes it is so called.
FORMS = {"pdf": ".pdf", "epub": ".epub", "sbom": ".cdx.json"}


def gather(build: Path, moment: dt.datetime) -> list[Path]:
    """Write every part into the folder `release` of a build, all or none, and return them.

    The name of the book is the name that the PDF bears. Raises UserError with everything that is to be made first.
    """
    found = _found(build)
    name = found["pdf"].name.removesuffix(".pdf")
    with tempfile.TemporaryDirectory(dir=build, prefix="release-") as place:
        made = Path(place) / "release"
        made.mkdir()
        pack_folder(build / "html", made / f"{name}-{SITE}", name, moment)
        pack_folder(build / "html" / "evidence", made / f"{name}-{EVIDENCE}", f"{name}-evidence", moment)
        for form, ending in FORMS.items():
            shutil.copyfile(found[form], made / f"{name}{ending}")
        shutil.rmtree(build / "release", ignore_errors=True)
        made.rename(build / "release")
    return sorted((build / "release").iterdir())


def _found(build: Path) -> dict[str, Path]:
    """Return the one file of each form; say at once what is missing."""
    files = {form: sorted((build / form).glob(f"*{ending}")) for form, ending in FORMS.items()}
    wrong = [
        f"{build / form} holds {len(paths) or 'no'} *{FORMS[form]}; run: make {form}"
        for form, paths in files.items()
        if len(paths) != 1
    ]
    wrong += [
        f"{build / page} is missing; run: make book"
        for page in ("html/index.html", "html/evidence/evidence.json")
        if not (build / page).is_file()
    ]
    if wrong:
        raise UserError("\n".join(wrong))
    return {form: paths[0] for form, paths in files.items()}
