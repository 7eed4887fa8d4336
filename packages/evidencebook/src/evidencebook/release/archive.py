"""Pack files into archives that are the same, byte for byte, whenever and wherever the files are the same."""

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

#: Read and write for the owner, read for all others, as a plain file under Unix.
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
#: The first day that a zip file can name.
EARLIEST = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)


def day_of(environment: Mapping[str, str]) -> dt.datetime:
    """Return the moment that SOURCE_DATE_EPOCH names, or the earliest of an archive; raise ValueError for no number."""
    seconds = environment.get("SOURCE_DATE_EPOCH", "").strip()
    if not seconds:
        return EARLIEST
    if not seconds.isdecimal():
        raise ValueError(
            f'SOURCE_DATE_EPOCH is "{seconds}"; write whole seconds since 1970, as git log -1 --format=%ct does'
        )
    return max(EARLIEST, dt.datetime.fromtimestamp(int(seconds), dt.UTC))


def write(archive: Path | IO[bytes], contents: Iterable[tuple[str, bytes]], moment: dt.datetime = EARLIEST) -> None:
    """Write files into an archive in this order, each dated `moment`; `mimetype` is stored uncompressed."""
    with ZipFile(archive, "w") as packed:
        for name, content in contents:
            packed.writestr(_entry(name, moment), content, compresslevel=9)


def pack(folder: Path, names: Iterable[str], archive: Path, day: dt.datetime) -> None:
    """Pack the named files of an e-book in this order, `mimetype` first.

    The archive appears under its name only when it is complete: an earlier one stays until then.
    """
    unfinished = archive.with_name(f".{archive.name}.part")
    try:
        write(unfinished, ((name, (folder / name).read_bytes()) for name in dict.fromkeys(("mimetype", *names))), day)
        unfinished.replace(archive)
    finally:
        unfinished.unlink(missing_ok=True)


def pack_folder(folder: Path, archive: Path, top: str, moment: dt.datetime = EARLIEST) -> None:
    """Pack the files of a folder below one folder `top`; hidden files stay out, as no reader asks for them."""
    files = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    shown = sorted(name for name in files if not any(part.startswith(".") for part in name.parts))
    write(archive, ((f"{top}/{name.as_posix()}", files[name].read_bytes()) for name in shown), moment)


def unpack(archive: Path, folder: Path) -> None:
    """Unpack an archive made by `pack_folder`, without its top folder; links and ways out raise ValueError."""
    with ZipFile(archive) as packed:
        for held in packed.infolist():
            parts = Path(held.filename).parts[1:]
            if held.is_dir() or not parts:
                continue
            if ".." in parts or (held.external_attr >> 16) & 0o170000 == 0o120000:
                raise ValueError(f"{archive.name} holds {held.filename}, which no archive of a book holds")
            target = folder.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(packed.read(held))


def _entry(name: str, moment: dt.datetime) -> ZipInfo:
    """Describe a file without anything that depends on the machine."""
    entry = ZipInfo(name, max(moment, EARLIEST).timetuple()[:6])
    entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _PLAIN_FILE
    return entry
