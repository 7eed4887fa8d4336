"""Split a kernel off, for each executed page, from a process that has imported what many pages import.

Imports are paid once for each build, and nothing that one page does reaches another: each has a process of its own,
as it left the one that only imported. Run as `python -m evidencebook.analysis.kernel_server MEMO MODULE ...`, where
MEMO names the file that remembers the evidence:

    read    {"arguments": …, "folder": …, "environment": …}     a line of JSON for each kernel to start
    write   ["started", pid], ["ended", pid, status]            a line of JSON for each event

When the input ends, however the build ended, every kernel is killed.
"""

import json
import os
import signal
import sys
import warnings
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from evidencebook.analysis.confinement import confine
from evidencebook.evidence import memo, units
from evidencebook.evidence.paths import evidence_folder

_running: set[int] = set()


def main(remembered: str, *modules: str) -> None:
    """Import the modules and load the evidence, then start kernels until the input ends."""
    # Both are read at import: figures go to the page, and a kernel ends with this process.
    os.environ |= {"MPLBACKEND": "module://matplotlib_inline.backend_inline", "JPY_PARENT_PID": str(os.getpid())}
    # A page whose import fails says so itself, with its line; here an attribute may have been taken for a module.
    for module in ("ipykernel.kernelapp", *modules):
        with suppress(Exception):
            import_module(module)
    if loader := sys.modules.get("evidencebook.evidence.loader"):
        # The page says what is wrong with the evidence.
        with suppress(Exception), memo.kept_in(Path(remembered), keep=False):
            loader.keep(evidence_folder())
    if "evidencebook.evidence.units" in modules:
        units.registry()
    signal.signal(signal.SIGCHLD, lambda *_: _tell_of_ended())
    for line in sys.stdin:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # its start is told before its end
        with warnings.catch_warnings(action="ignore"):  # threads of numpy's are ready for it
            pid = os.fork()
        if pid == 0:
            os._exit(_be_kernel(**json.loads(line)))
        _running.add(pid)
        _tell("started", pid)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    for pid in _running:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def _be_kernel(arguments: list[str], folder: str, environment: dict[str, str]) -> int:
    """Become the kernel of one page, which may reach nothing but its temporary files; return when it is shut down."""
    os.setsid()  # what the page starts is ended with it
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # the pipe belongs to the server
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    # Python tells compiled code by second and size: of a module edited within one the old one would run.
    sys.dont_write_bytecode = True
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()  # else all pages would draw the same numbers, as if they were seeded
    kernel: Any = import_module("ipykernel.kernelapp").IPKernelApp
    kernel = kernel.instance()
    kernel.initialize(arguments)
    confine()
    kernel.start()
    return 0


def _tell_of_ended() -> None:
    """Tell the build of each kernel that has ended, with its status as subprocess gives it."""
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            _running.discard(ended[0])
            _tell("ended", ended[0], os.waitstatus_to_exitcode(ended[1]))


def _tell(*event: object) -> None:
    """Write an event at once: it is shorter than what a pipe takes in one piece."""
    with suppress(BrokenPipeError):
        os.write(1, f"{json.dumps(event)}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
