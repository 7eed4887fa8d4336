"""Pack folders into archives that come out the same, byte for byte, from the same files."""

import datetime as dt
import zipfile
from collections.abc import Mapping
from pathlib import Path

from evidencebook.release.archive import EARLIEST, entry


def day_of(environment: Mapping[str, str]) -> dt.datetime:
    """Return the moment that SOURCE_DATE_EPOCH names, or the earliest that an archive can hold."""
    given = environment.get("SOURCE_DATE_EPOCH", "")
    if not given.strip():
        return EARLIEST
    if not given.strip().isdecimal():
        raise ValueError(
            f'SOURCE_DATE_EPOCH is "{given}"; write whole seconds since 1970, as git log -1 --format=%ct does'
        )
    return max(EARLIEST, dt.datetime.fromtimestamp(int(given), dt.UTC))


def pack(folder: Path, archive: Path, top: str, moment: dt.datetime = EARLIEST) -> None:
    """Pack the files of a folder below one folder `top`; hidden files stay out, as no reader asks for them."""
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    with zipfile.ZipFile(archive, "w") as packed:
        for path in files:
            name = f"{top}/{path.relative_to(folder).as_posix()}"
            packed.writestr(entry(name, moment), path.read_bytes(), compresslevel=9)


def unpack(archive: Path, folder: Path) -> None:
    """Unpack an archive made by `pack` into a folder, without its top folder; links and ways out are refused."""
    with zipfile.ZipFile(archive) as packed:
        for held in packed.infolist():
            parts = Path(held.filename).parts[1:]
            if held.is_dir() or not parts:
                continue
            if ".." in parts or (held.external_attr >> 16) & 0o170000 == 0o120000:
                raise ValueError(f"{archive.name} holds {held.filename}, which no archive of a book holds")
            target = folder.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(packed.read(held))
