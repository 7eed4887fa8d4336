"""While cells run, network, processes and writing outside the build's scratch are refused."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import os, pathlib, shutil, socket, subprocess, sys, tempfile, urllib.request
from evidencebook.analysis.confinement import confine
tempfile.tempdir = {scratch!r}
confine(pathlib.Path({scratch!r}))
good, outside = {scratch!r} + "/x", {outside!r}
open(good, "w").close(); os.rename(good, good + "y"); open(os.devnull, "w").close(); open(__file__).read()
refused = [
    lambda: socket.create_connection(("127.0.0.1", 9)), lambda: urllib.request.urlopen("http://127.0.0.1:9"),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)),
    lambda: subprocess.run(["true"]), lambda: os.system("true"), lambda: os.fork(),
    lambda: os.posix_spawn("/bin/true", ["true"], {{}}),
    lambda: open(outside, "w"), lambda: os.open(outside, os.O_CREAT | os.O_WRONLY),
    lambda: pathlib.Path(outside).mkdir(), lambda: os.remove(__file__), lambda: os.rename(__file__, good),
    lambda: shutil.copy(__file__, outside), lambda: pathlib.Path(good + "z").symlink_to(__file__),
    lambda: open({scratch!r} + "/../outside", "a"),
]
for number, one in enumerate(refused):
    try:
        one()
    except OSError as error:  # urllib wraps it
        assert "a page" in str(error), error
    else:
        sys.exit(f"number {{number}} was not refused")
"""


def test_confinement(tmp_path: Path) -> None:
    """Each way out is refused with words; reading, and writing into the scratch, are not."""
    (tmp_path / "scratch").mkdir()
    program = tmp_path / "program.py"
    text = PROGRAM.format(scratch=str(tmp_path / "scratch"), outside=str(tmp_path / "outside"))
    program.write_text(text, encoding="utf-8")
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["program.py", "scratch"]
