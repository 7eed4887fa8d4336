"""Time `evidencebook check` on this book's evidence, and on generated copies of it with fresh ids; and weigh it."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pages
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.loader import load

EVIDENCE = pages.ROOT / "evidence"
#: A check of this book should take less, and one of a hundred times the evidence.
MOST_SECONDS = {1: 2, 100: 60}
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
#: The check as a person starts it; then the seconds of processor and the most memory, in kB, that it took.
_WEIGHED = (
    "import resource, sys; from evidencebook.cli import main; assert main(['check', sys.argv[1]]) == 0; "
    "used = resource.getrusage(resource.RUSAGE_SELF); print(used.ru_utime + used.ru_stime, used.ru_maxrss)"
)


def report() -> None:
    """Print seconds and memory at once, ten times and a hundred times the evidence; say where a limit is passed."""
    evidence = load(EVIDENCE)
    print(f"{'evidencebook check':34}{'seconds':>12}{'limit':>12}{'MB':>8}")
    weights: dict[int, float] = {}
    for times in (1, 10, 100):
        with tempfile.TemporaryDirectory() as folder:
            enlarge(evidence, Path(folder), times)
            seconds, weights[times] = check(Path(folder))
        limit = MOST_SECONDS.get(times)
        late = "   TOO SLOW" if limit and seconds > limit else ""
        print(
            f"{f'{times} times the evidence':34}{seconds:12.2f}{limit or '-':>12}{weights[times]:8.0f}{late}",
            flush=True,
        )
    growth = (weights[100] - weights[1]) / (weights[10] - weights[1])
    print(f"{'memory per copy, 100 against 10':34}{growth * 9 / 99:12.2f}{1.1:>12}")


def check(folder: Path) -> tuple[float, float]:
    """Return the seconds of processor and the megabytes of one check, the start of Python included."""
    done = subprocess.run([sys.executable, "-c", _WEIGHED, folder], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    seconds, kilobytes = done.stdout.split()[-2:]
    return float(seconds), int(kilobytes) / 1024


def enlarge(evidence: EvidenceBase, folder: Path, times: int) -> None:
    """Write the evidence into a folder that many times, each copy with ids of its own; outcomes are shared."""
    for path in sorted({*evidence.files}):
        relative = path.relative_to(EVIDENCE)
        text = path.read_text(encoding="utf-8")
        copies = [_renamed(text, evidence, copy) for copy in range(times)]
        if len(relative.parts) == 1:
            (folder / relative).write_text(text if path.stem == "outcomes" else "\n".join(copies), encoding="utf-8")
            continue
        for copy, one in enumerate(copies):
            target = folder / relative.with_stem(f"{path.stem}-{copy}")
            target.parent.mkdir(exist_ok=True)
            target.write_text(one, encoding="utf-8")


def _renamed(text: str, evidence: EvidenceBase, copy: int) -> str:
    """Give every id in a text its copy's own form; units and outcomes keep their words."""
    if copy == 0:
        return text
    letters = "X" + "".join(chr(ord("A") + int(digit)) for digit in str(copy))

    def fresh(found: re.Match[str]) -> str:
        name = found[0]
        if name in evidence.sources:
            return f"{name}{letters.lower()}"
        if name in evidence.findings or name in evidence.excluded_findings:
            return f"{name.replace('-', f'{letters}-')}"
        if name in evidence.assertions:
            return f"A{copy:04d}{name[1:]}"
        return f"{name}-{letters.lower()}" if name in evidence.claims or name in evidence.searches else name

    return "".join(
        line if line.lstrip().startswith(("unit:", "outcomes:")) else _TOKEN.sub(fresh, line)
        for line in text.splitlines(keepends=True)
    )


if __name__ == "__main__":
    report()
