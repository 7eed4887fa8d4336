"""Pack an EPUB, and any other archive, byte for byte the same whenever and wherever the files are the same."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

#: Read and write for the owner, read for all others, as a plain file under Unix.
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
#: The first day that a zip file can name.
EARLIEST = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)


def pack(folder: Path, names: Iterable[str], archive: Path, day: dt.datetime) -> None:
    """Pack the named files in this order, `mimetype` first and uncompressed, each dated `day`.

    The archive appears under its name only when it is complete: an earlier one stays until then.
    """
    unfinished = archive.with_name(f".{archive.name}.part")
    try:
        with ZipFile(unfinished, "w") as made:
            for name in dict.fromkeys(("mimetype", *names)):
                made.writestr(entry(name, day), (folder / name).read_bytes(), compresslevel=9)
        unfinished.replace(archive)
    finally:
        unfinished.unlink(missing_ok=True)


def entry(name: str, day: dt.datetime) -> ZipInfo:
    """Describe a file without anything that depends on the machine."""
    made = ZipInfo(name, max(day, EARLIEST).timetuple()[:6])
    made.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
    made.create_system = _UNIX
    made.external_attr = _PLAIN_FILE
    return made
