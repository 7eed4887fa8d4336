"""Pack an EPUB, and any other archive, byte for byte the same whenever and wherever the files are the same."""

import datetime as dt
import io
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from evidencebook.evidence.atomic_write import write_together

#: Read and write for the owner, read for all others, as a plain file under Unix.
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
#: The first day that a zip file can name.
EARLIEST = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)


def pack(folder: Path, names: Iterable[str], archive: Path, day: dt.datetime) -> None:
    """Pack the named files in this order, `mimetype` first and uncompressed, each dated `day`.

    The archive appears under its name only when it is complete: an earlier one stays until then.
    """
    packed = io.BytesIO()
    with ZipFile(packed, "w") as opened:
        for name in dict.fromkeys(("mimetype", *names)):
            opened.writestr(entry(name, day), (folder / name).read_bytes(), compresslevel=9)
    write_together({archive: packed.getvalue()})


def entry(name: str, day: dt.datetime) -> ZipInfo:
    """Describe a file without anything that depends on the machine."""
    info = ZipInfo(name, max(day, EARLIEST).timetuple()[:6])
    info.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
    info.create_system = _UNIX
    info.external_attr = _PLAIN_FILE
    return info
