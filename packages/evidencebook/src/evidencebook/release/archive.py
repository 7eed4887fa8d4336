"""Gather what a release carries, in archives that are the same, byte for byte, whenever the files are the same."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO
from zipfile import ZipFile, is_zipfile

from evidencebook.evidence.diagnostics import UserError
from evidencebook.outputs.epub.archive import EARLIEST, entry

SITE, EVIDENCE = "site.zip", "evidence.zip"


#: The ending of each form of the book, by the folder in which a build leaves it; the target that makes it is so called.
FORMS = {"pdf": ".pdf", "epub": ".epub", "sbom": ".cdx.json"}


def day_of(environment: Mapping[str, str]) -> dt.datetime:
    """Return the moment that SOURCE_DATE_EPOCH names, or the earliest of an archive; raise UserError for no number."""
    seconds = environment.get("SOURCE_DATE_EPOCH", "").strip()
    if not seconds:
        return EARLIEST
    if not seconds.isdecimal():
        raise UserError(
            f'SOURCE_DATE_EPOCH is "{seconds}"; write whole seconds since 1970, as git log -1 --format=%ct does'
        )
    return max(EARLIEST, dt.datetime.fromtimestamp(int(seconds), dt.UTC))


def write(archive: Path | IO[bytes], contents: Iterable[tuple[str, bytes]], moment: dt.datetime = EARLIEST) -> None:
    """Write files into an archive in this order, each dated `moment`."""
    with ZipFile(archive, "w") as packed:
        for name, content in contents:
            packed.writestr(entry(name, moment), content, compresslevel=9)


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


def pack_folder(folder: Path, archive: Path, top: str, moment: dt.datetime = EARLIEST) -> None:
    """Pack the files of a folder below one folder `top`; hidden files stay out, as no reader asks for them."""
    files = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    shown = sorted(name for name in files if not any(part.startswith(".") for part in name.parts))
    write(archive, ((f"{top}/{name.as_posix()}", files[name].read_bytes()) for name in shown), moment)


def unpack(archive: Path, folder: Path) -> None:
    """Unpack an archive made by `pack_folder`, without its top folder; links and ways out raise UserError."""
    if not is_zipfile(archive):
        raise UserError(f"{archive.name}: File is not a zip file")
    with ZipFile(archive) as packed:
        for held in packed.infolist():
            parts = Path(held.filename).parts[1:]
            if held.is_dir() or not parts:
                continue
            if ".." in parts or (held.external_attr >> 16) & 0o170000 == 0o120000:
                raise UserError(f"{archive.name} holds {held.filename}, which no archive of a book holds")
            target = folder.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(packed.read(held))
