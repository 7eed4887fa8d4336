"""Build a small book in processes that may be killed, and compare it with one that was built from nothing."""

import io
import multiprocessing
import os
import shutil
import signal
import sys
import traceback
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

from jupyter_cache.executors.utils import ExecutionResult
from nbformat import NotebookNode, v4
from sphinx.cmd.build import build_main

from evidencebook.pages.kernels import Kernels
from installed import EXECUTED

#: What the audit hook of Python calls the events that change files, apart from opening one for writing.
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "shutil.copyfile"}
KILLED = -signal.SIGKILL
#: The front matter of an executed page.
HEAD = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n"


def build(folder: Path, builder: str, *options: str, kill_at: int = 0, halved: bool = False) -> int:
    """Build in a process of its own and return its status; kill it at a write, which may leave the file half made."""
    sys.modules["__main__"].__dict__.setdefault("__spec__", None)  # which the shell of a kernel, run here, has not
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["preloaded"])
    child = context.Process(target=_build, args=(folder, builder, options, kill_at, halved))
    with patch.dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path)):  # the server of Python 3.11 has no other path
        child.start()
    child.join()
    return child.exitcode if child.exitcode is not None else 70


def _build(folder: Path, builder: str, options: tuple[str, ...], kill_at: int, halved: bool) -> None:
    """Run Sphinx and leave this process with its status."""
    status = 70
    try:
        sys.stdout = sys.stderr = (folder / "log").open("a", encoding="utf-8")
        os.environ.pop(EXECUTED, None)
        sys.path.insert(0, str(folder / "modules"))
        Kernels.run = run_cells  # type: ignore[method-assign]
        kill_at_change(kill_at, halved=halved)
        place = str(folder / "built" / builder)
        status = build_main(
            ["-q", "-N", "-b", builder, "-d", str(folder / "built" / "trees"), *options, str(folder / "book"), place]
        )
    except SystemExit as stop:
        status = int(stop.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


def kill_at_change(place: int, *, halved: bool) -> None:
    """Have this process killed at its n-th change of a file, which may be left half made; 0 lets it live."""
    seen, process = 0, os.getpid()

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal seen
        opened = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        if os.getpid() != process or (not opened and event not in _CHANGES):
            return
        seen += 1
        if seen == place:
            if opened and halved and not isinstance(args[0], int):
                Path(args[0]).write_bytes(b"half")  # counted again, but no number comes twice
            os.kill(os.getpid(), signal.SIGKILL)

    if place:
        sys.addaudithook(hook)


def run_cells(self: Kernels, nb: NotebookNode, cwd: str = "", **options: Any) -> ExecutionResult:
    """Stand in for the kernel: run all cells here; what they print is their output, `SHOWN` and `GLUED` are shown."""
    names: dict[str, Any] = {}
    nb.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    for cell in (cell for cell in nb.cells if cell.cell_type == "code"):
        printed = io.StringIO()
        try:
            with redirect_stdout(printed):
                exec(cell.source, names)  # noqa: S102  as a kernel does
        except Exception as failure:
            return ExecutionResult(nb, cwd, 0.0, failure, traceback.format_exc())
        cell.outputs = [v4.new_output("stream", name="stdout", text=printed.getvalue())] if printed.getvalue() else []
        if shown := names.pop("SHOWN", None):
            cell.outputs.append(v4.new_output("display_data", data=shown))
        for key, value in names.pop("GLUED", {}).items():
            told = {"scrapbook": {"name": key, "mime_prefix": ""}}
            cell.outputs.append(v4.new_output("display_data", data={"text/plain": repr(value)}, metadata=told))
    return ExecutionResult(nb, cwd, 0.0)


def contents(folder: Path, builder: str) -> dict[str, bytes]:
    """Return what a builder made, and what it laid beside its own folder."""
    beside = {"typstpdf": ["typstpdf", "pdf"]}.get(builder, [builder])
    paths = [path for name in beside for path in (folder / "built" / name).rglob("*") if path.is_file()]
    return {path.relative_to(folder / "built").as_posix(): path.read_bytes() for path in paths}


def differences(folder: Path, builder: str) -> list[str]:
    """Name the files that differ from those of a build from nothing, in the same place and of the same formats."""
    found = contents(folder, builder)
    (folder / "built").rename(folder / "kept")
    shutil.rmtree(folder / "book" / "_build", ignore_errors=True)  # kept results of executed pages
    formats = [made for made, end in (("typstpdf", "pdf"), ("epub", "epub")) if f"html/smallbook.{end}" in found]
    for one in (*formats, builder):
        assert build(folder, one, "-n", "-W", "--keep-going") == 0, (folder / "log").read_text(encoding="utf-8")
    clean = contents(folder, builder)
    (shutil.rmtree(folder / "kept") if not os.environ.get("KEEP") else 0)
    return sorted(name for name in found.keys() | clean.keys() if found.get(name) != clean.get(name))
