"""Run the cells of a page in a kernel, and say for people what became of a kernel that failed.

A Python kernel is split off from a process that has imported what the pages need (`analysis.kernel_server`), where the
system can do that safely; any other is started as Jupyter starts it. Kernels are spoken to through files, not ports,
where the system can: two processes may be given one port.
"""

import asyncio
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any

from jupyter_cache.executors.utils import ExecutionResult  # type: ignore[import-untyped]  # it says nothing of types
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode

#: How often a kernel that does not start is started.
TRIES = 3
_FORKS = sys.platform == "linux"  # elsewhere a process that has loaded numpy or matplotlib may not survive it
_IPYTHON = ["-m", "ipykernel_launcher"]
_SILENT = logging.Logger("evidencebook.kernels", logging.CRITICAL + 1)  # what fails is told once, with its page


class KernelError(Exception):
    """Say why a kernel could not run a page or a cell, and what to do."""


class Forked:
    """Stand for a kernel that was split off, as subprocess.Popen stands for a process."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        """Begin as a running process."""
        self.pid = pid
        self.returncode: int | None = None
        self.ended = Event()

    def poll(self) -> int | None:
        """Give the status; None while it runs."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait until it has ended."""
        self.ended.wait(timeout)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def end(self, status: int) -> None:
        """Note that it has ended."""
        self.returncode = status
        self.ended.set()


class Kernels:
    """Start the kernels of one build; modules are imported once for all of them."""

    def __init__(self, remembered: Path, modules: list[str]) -> None:
        """Note what the process imports and where the evidence is remembered; it begins with the first kernel."""
        server = "evidencebook.analysis.kernel_server"
        self._command = [sys.executable, "-P", "-m", server, str(remembered), *modules]
        self._server: subprocess.Popen[bytes] | None = None
        self._started: SimpleQueue[Forked | None] = SimpleQueue()
        self._lock = Lock()
        self.folder = tempfile.TemporaryDirectory(prefix="kernels-")

    def fork(self, arguments: list[str], folder: str, environment: dict[str, str]) -> Forked:
        """Split a kernel off; raises RuntimeError where that fails."""
        with self._lock:
            if self._server is None or self._server.poll() is not None:
                self._server = subprocess.Popen(  # noqa: S603  our own program
                    self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
                )
                Thread(target=self._listen, args=[self._server.stdout], daemon=True).start()
            order = {"arguments": arguments, "folder": folder, "environment": environment}
            try:
                self._server.stdin.write(f"{json.dumps(order)}\n".encode())  # type: ignore[union-attr]  # it is a pipe
                self._server.stdin.flush()  # type: ignore[union-attr]  # as above
            except OSError as error:
                raise RuntimeError(str(error)) from error
            if (kernel := self._started.get()) is None:
                raise RuntimeError("the process that starts kernels ended")
            return kernel

    def _listen(self, events: Any) -> None:
        """Hear from the server until it ends, and all its kernels with it."""
        running: dict[int, Forked] = {}
        for line in events:
            match json.loads(line):
                case ["started", pid]:
                    running[pid] = Forked(pid)
                    self._started.put(running[pid])
                case ["ended", pid, status]:
                    running.pop(pid).end(status)
        for kernel in running.values():
            kernel.end(-signal.SIGKILL)
        self._started.put(None)

    def close(self) -> None:
        """End the server and every kernel that still runs."""
        with self._lock:
            if self._server:
                self._server.communicate()
                self._server = None
            self.folder.cleanup()

    def run(
        self, nb: NotebookNode, cwd: str, timeout: int | None, allow_errors: bool, **ignored: Any
    ) -> ExecutionResult:
        """Run a notebook in place, as jupyter-cache does for MyST-NB; what fails is in the result, in words."""
        own = nb.metadata.get("execution", {})
        limit, began = own.get("timeout", timeout), time.perf_counter()
        for attempt in range(1, TRIES + 1):
            manager = _Manager(self, nb.metadata.get("kernelspec", {}).get("name", "python3"))
            at: list[int] = []
            client = NotebookClient(
                nb,
                km=manager,
                timeout=limit,
                allow_errors=own.get("allow_errors", allow_errors),
                resources={"metadata": {"path": cwd}},
                on_cell_start=lambda at=at, **cell: at.append(cell["cell_index"]),
                shutdown_kernel="immediate",
                log=_SILENT,
            )
            try:
                asyncio.run(client.async_execute(cleanup_kc=True))
            except CellExecutionError as error:
                return ExecutionResult(nb, cwd, time.perf_counter() - began, error, str(error))
            except Exception as error:
                if not at and attempt < TRIES and not isinstance(error, NoSuchKernel):
                    continue
                told = KernelError(_explained(error, manager, limit))
                code = f"{nb.cells[at[-1]].source}\n\n" if at else ""
                return ExecutionResult(
                    nb, cwd, time.perf_counter() - began, told, f"{code}{type(told).__name__}: {told}"
                )
            break
        return ExecutionResult(nb, cwd, time.perf_counter() - began)


class _Manager(AsyncKernelManager):
    """Start a kernel of Python from the server; any other as Jupyter does."""

    def __init__(self, kernels: Kernels, name: str) -> None:
        """Choose files in place of ports where the system has them."""
        files = {"transport": "ipc"} if os.name == "posix" else {}
        file = os.path.join(kernels.folder.name, f"{uuid.uuid4().hex}.json")  # noqa: PTH118  a trait of type str
        super().__init__(kernel_name=name, connection_file=file, log=_SILENT, **files)
        self.kernels = kernels
        self.process: Any = None

    async def start_kernel(self, **how: Any) -> None:  # type: ignore[override]  # it is untyped there
        """Start the kernel; raises NoSuchKernel or RuntimeError."""
        command, how = await self.pre_start_kernel(**how)
        how["env"] = {**how["env"], "PYTHONDONTWRITEBYTECODE": "1"}  # see kernel_server
        place: Any = self.provisioner
        if _FORKS and command[0] == sys.executable and command[1:3] == _IPYTHON:
            fork = self.kernels.fork
            place.process = await asyncio.to_thread(fork, command[3:], how.get("cwd") or "", dict(how["env"]))
            place.pid = place.pgid = place.process.pid
        else:
            await place.launch_kernel(command, **how)
        self.process = place.process
        await self.post_start_kernel(**how)


def _explained(error: Exception, manager: _Manager, limit: int | None) -> str:
    """Say what happened to a kernel, and what to do."""
    if isinstance(error, NoSuchKernel):
        known = ", ".join(sorted(KernelSpecManager().find_kernel_specs())) or "none"
        return f'there is no kernel "{error.name}" here; name another under kernelspec ({known}), or install it'
    if isinstance(error, CellTimeoutError | TimeoutError):
        return (
            f"the cell ran longer than {limit} seconds and was ended; make it faster, or raise the limit: "
            "`execute: timeout:` in _config.yml, `nb_execution_timeout` in conf.py"
        )
    status = manager.process.poll() if manager.process else None
    if status == -signal.SIGKILL:
        return "the kernel was killed, as the system does when memory runs out; let the cell use less, or free memory"
    if status is not None:
        how = f"by signal {-status}" if status < 0 else f"with status {status}"
        return f"the kernel ended {how} while it ran; no cell may end its process"
    return f"no kernel could be started, tried {TRIES} times: {error}; is ipykernel installed, is there memory left?"
