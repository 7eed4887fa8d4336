"""Know which evidencebook this is, and make a wheel of it: the one file that a new book depends on."""

import base64
import hashlib
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from evidencebook import __version__
from evidencebook.evidence.diagnostics import UserError
from evidencebook.release import archive

PACKAGE = Path(__file__).parent.parent
#: What a book needs beyond the core: Jupyter Book, and what makes each of its forms.
EXTRA = "book"
_WHEEL = "Wheel-Version: 1.0\nGenerator: evidencebook\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@cache
def version() -> str:
    """Return the version and a digest of all files, as 0.3.0+c0123456789ab: what differs never has one version."""
    digest = hashlib.sha256()
    for name, content in sorted({**_code(), **_about()}.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return f"{__version__}+c{digest.hexdigest()[:12]}"


@cache
def commit() -> str:
    """Return the commit that these files are of; "" where they were changed since, or nobody knows."""
    recorded = _distribution().read_text("COMMIT")
    if recorded:
        return recorded.strip()
    address = json.loads(_distribution().read_text("direct_url.json") or "{}")
    if found := address.get("vcs_info", {}).get("commit_id"):
        return str(found)
    try:
        if _git("ls-files", "--error-unmatch", "release/wheel.py") and not _git("status", "--porcelain", "."):
            return _git("log", "-1", "--format=%H", "--", ".")
    except (OSError, subprocess.CalledProcessError):
        pass  # there is no git, or this is no checkout
    return ""


def wheel() -> tuple[str, bytes]:
    """Return name and content of a wheel of the installed package, without network and always the same bytes."""
    about = f"evidencebook-{version()}.dist-info"
    files = {f"evidencebook/{name}": content for name, content in _code().items()}
    files |= {f"{about}/{name}": content for name, content in _about().items()}
    head, _, body = files[f"{about}/METADATA"].partition(b"\n\n")
    files[f"{about}/METADATA"] = re.sub(rb"(?m)^Version: .*$", b"Version: " + version().encode(), head) + b"\n\n" + body
    files[f"{about}/WHEEL"] = _WHEEL.encode()
    if commit():
        files[f"{about}/COMMIT"] = f"{commit()}\n".encode()
    lines = [f"{name},sha256={_hash(content)},{len(content)}\n" for name, content in sorted(files.items())]
    files[f"{about}/RECORD"] = "".join((*lines, f"{about}/RECORD,,\n")).encode()
    stream = io.BytesIO()
    archive.write(stream, sorted(files.items()))
    return f"evidencebook-{version()}-py3-none-any.whl", stream.getvalue()


def requirement(press: str | None) -> tuple[str, dict[str, bytes]]:
    """Return the line of requirements.txt that pins a press, and the files that it needs by their path in the book.

    `press` is a requirement such as "evidencebook==0.3.0", the address of a git repository, or the file of a wheel;
    None is a wheel of the installed one. Raises UserError for anything else.
    """
    if press is None or (press.endswith(".whl") and Path(press).is_file()):
        name, content = (Path(press).name, Path(press).read_bytes()) if press else wheel()
        return f"./vendor/{name}[{EXTRA}]", {f"vendor/{name}": content}
    if press.startswith("git+"):
        return f"evidencebook[{EXTRA}] @ {press}", {}
    try:
        wanted = Requirement(press)
    except InvalidRequirement:
        wanted = Requirement("nothing")
    if wanted.name != "evidencebook" or not (wanted.url or str(wanted.specifier).startswith("==")):
        raise UserError(
            f'"{press}" pins no evidencebook; write "evidencebook==0.3.0", git+https://…@COMMIT, or the file of a wheel'
        )
    return re.sub(r"^evidencebook(\[.*?\])?", f"evidencebook[{EXTRA}]", str(wanted)), {}


def template_of(wheel: bytes) -> dict[str, str]:
    """Return the files of the template that a wheel of evidencebook brings, by name."""
    folder = "evidencebook/release/template/"
    with zipfile.ZipFile(io.BytesIO(wheel)) as packed:
        names = [name for name in packed.namelist() if name.startswith(folder)]
        return {name.removeprefix(folder): packed.read(name).decode() for name in names}


@cache
def _code() -> Mapping[str, bytes]:
    paths = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(PACKAGE).as_posix(): path.read_bytes() for path in paths}


def _about() -> dict[str, bytes]:
    """Read what the installed package says of itself, its version left out."""
    files = {name: _distribution().read_text(name) or "" for name in ("METADATA", "entry_points.txt")}
    licences = (path for path in _distribution().files or () if path.parent.name == "licenses")
    files |= {f"licenses/{path.name}": path.read_text() for path in licences}
    head, gap, body = files["METADATA"].partition("\n\n")
    files["METADATA"] = re.sub(r"(?m)^Version: .*$", "Version: 0", head) + gap + body
    return {name: text.encode() for name, text in files.items()}


@cache
def _distribution() -> metadata.Distribution:
    try:
        return metadata.distribution("evidencebook")
    except metadata.PackageNotFoundError:
        raise UserError("evidencebook is not installed here, so no wheel can be made of it; use --press") from None


def _git(*words: str) -> str:
    command = ["git", "-C", str(PACKAGE), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603  fixed words


def _hash(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
