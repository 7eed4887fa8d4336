"""Pack files into archives that are the same, byte for byte, whenever and wherever the files are the same."""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO
from zipfile import ZipFile, is_zipfile

from evidencebook.evidence.diagnostics import UserError
from evidencebook.outputs.epub.archive import EARLIEST, entry


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
