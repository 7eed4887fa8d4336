"""Publishing: the workflows are sound, name only what exists, and their scripts do what they say."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from evidencebook.release import archive, editions
from installed import needs_from_pip

ROOT = Path(__file__).parent.parent
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
ACTIONS = sorted((GITHUB / "actions").glob("*/action.yml"))
SCRIPTS = [*sorted((GITHUB / "scripts").glob("*.sh")), ROOT / ".binder/postBuild", ROOT / "tests/system-tools.sh"]
BIN = Path(sys.executable).parent
#: Files that call make: a target that is renamed in the Makefile alone would break them unseen.
CALLERS = [*WORKFLOWS, *ACTIONS, ROOT / ".readthedocs.yaml", ROOT / ".binder/postBuild", ROOT / ".ci/run"]
SCHEMAS = {
    "github-workflows": WORKFLOWS,
    "github-actions": ACTIONS,
    "github-issue-forms": [GITHUB / "ISSUE_TEMPLATE/contest-a-claim.yml"],
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE/config.yml"],
    "dependabot": [GITHUB / "dependabot.yml"],
    "readthedocs": [ROOT / ".readthedocs.yaml"],
}


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of the test requirements in the root of the clone."""
    path = f"{environment.pop('first', '')}{os.pathsep}{BIN}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [str(part) for part in command],
        cwd=environment.pop("cwd", str(ROOT)),
        env=os.environ | environment | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def tool(name: str) -> Path:
    """Find a tool of the test requirements."""
    needs_from_pip((BIN / name).exists(), name)
    return BIN / name


def clean(done: subprocess.CompletedProcess[str]) -> None:
    """Show what a linter found."""
    assert done.returncode == 0, done.stdout + done.stderr


def read(path: Path) -> Any:
    """Read a YAML file; the word `on` of a workflow becomes True."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "command",
    [
        # No unpinned action, wide permission, kept credential or text of a stranger in a command, however pedantic.
        ["zizmor", "--offline", "--persona", "pedantic", "--strict-collection", "--no-progress", "."],
        ["shellcheck", *SCRIPTS, ROOT / ".ci/run"],
        # The schemas lie in the package; nothing is fetched.
        *(["check-jsonschema", "--builtin-schema", f"vendor.{name}", *files] for name, files in SCHEMAS.items()),
    ],
    ids=lambda command: " ".join(str(part) for part in command[:3]),
)
def test_linter_finds_nothing(command: list[str | Path]) -> None:
    """In workflows and in scripts that run at night nobody sees a misquoted word or an unknown key."""
    name, *arguments = command
    clean(run(tool(str(name)), *arguments))


def used() -> Iterator[tuple[str, str]]:
    """Yield the file and the text of each `uses:`."""
    for path in (*WORKFLOWS, *ACTIONS):
        for line in path.read_text(encoding="utf-8").splitlines():
            if found := re.match(r"\s*(?:- )?uses: (.*)", line):
                yield path.name, found[1]


def test_workflow_actions_are_pinned() -> None:
    """A tag can be moved to other code, and one action has one pin; `$/` is this repository at the commit that runs."""
    foreign = [text for _, text in used() if not text.startswith("$/")]
    ours = {text.removeprefix("$/") for _, text in used() if text.startswith("$/")}

    assert foreign
    assert [text for text in foreign if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", text)] == []
    assert len(set(foreign)) == len({text.partition("@")[0] for text in foreign})
    assert ours
    assert {part for part in ours if not ((ROOT / part).is_file() or (ROOT / part / "action.yml").is_file())} == set()


def test_actions_of_the_template_are_those_of_the_book() -> None:
    """Nothing renews what a new book pins: it begins with the versions that the book itself runs."""
    template = ROOT / "packages/evidencebook/src/evidencebook/release/template/dot-github"

    def pins(folder: Path) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for path in folder.rglob("*.yml"):
            for action, pin in re.findall(r"uses: ([\w-]+/[\w-]+)@(.*)", path.read_text(encoding="utf-8")):
                found.setdefault(action, set()).add(pin)
        return found

    assert pins(template).items() <= pins(GITHUB).items()


def test_workflow_timeouts_and_permissions() -> None:
    """A job that hangs costs hours; a workflow gives nothing to a job that does not ask."""
    for path in WORKFLOWS:
        workflow = read(path)
        assert workflow["permissions"] == {}, path.name
        for name, job in workflow["jobs"].items():
            assert "permissions" in job, f"{path.name}: {name}"
            assert "uses" in job or job["timeout-minutes"] <= 60, f"{path.name}: {name}"


def test_workflow_write_permissions() -> None:
    """And none of them runs code of the book or of its requirements, save the scripts that call gh."""
    writing = {
        f"{path.stem}.{name}": sorted(key for key, value in job["permissions"].items() if value == "write")
        for path in WORKFLOWS
        for name, job in read(path)["jobs"].items()
    }

    assert {name: keys for name, keys in writing.items() if keys} == {
        "nightly.offer": ["contents", "pull-requests"],
        "nightly.report": ["issues"],
        "pages.deploy": ["id-token", "pages"],
        "release.freeze": ["actions"],
        "release.publish": ["contents"],
    }
    for name in ("nightly.offer", "nightly.report", "pages.deploy", "release.freeze", "release.publish"):
        workflow, job = name.split(".")
        steps = read(GITHUB / "workflows" / f"{workflow}.yml")["jobs"][job]["steps"]
        assert [step["run"] for step in steps if re.search(r"\b(make|pip|python)\b", step.get("run", ""))] == [], name


def test_makefile_targets_that_are_called() -> None:
    """Wherever make is called from."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    called = {
        (path.name, target)
        for path in CALLERS
        for target in re.findall(r"^[^#\n]*\bmake ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE)
    }

    assert {target for _, target in called} >= {"test", "book", "all", "release", "editions", "verify"}
    assert {(name, target) for name, target in called if target not in targets} == set()


def test_makefile_outputs_that_workflows_take() -> None:
    """Folder by folder: what one step writes is what the next one uploads, fetches or attaches."""
    steps = read(GITHUB / "workflows/test.yml")["jobs"]["test"]["steps"]
    kept = {step["with"]["name"]: step["with"]["path"] for step in steps if "upload-artifact" in step.get("uses", "")}
    recipes = run("make", "-n", "release", "editions", "-o", "all", "-o", ".venv/book", "-o", ".venv/test").stdout
    published = read(GITHUB / "workflows/release.yml")["jobs"]["publish"]["steps"]
    pages = (GITHUB / "workflows/pages.yml").read_text("utf-8")

    assert kept == {"site": "book/_build/html", "release": "book/_build/release"}
    assert published[0]["with"] == {"name": "release", "path": "release"}
    assert " release/*" in published[1]["run"]
    assert "fetch-editions.sh book/_build/editions" in pages
    assert "evidencebook editions" in recipes
    assert {*archive.FORMS} == {"pdf", "epub", "sbom"}
    assert f"'*-{archive.SITE}'" in (GITHUB / "scripts/fetch-editions.sh").read_text("utf-8")


def test_version_is_one(tmp_path: Path) -> None:
    """The tag of a release is held against _config.yml; pyproject.toml and CITATION.cff say the same."""
    config = read(ROOT / "book/_config.yml")["sphinx"]["config"]["release"]

    assert re.findall(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE) == [config]
    assert str(read(ROOT / "CITATION.cff")["version"]) == config


GH = """#!/bin/sh
set -e
echo "$*" >>"$GH_STORE/calls"
for word; do last="$word"; done
case "$1 $2" in
"release list") cat "$GH_STORE/tags" ;;
"release download") cp "$GH_STORE/$(basename "$last")" "$last" ;;
"issue list" | "pr list") cat "$GH_STORE/open" ;;
"issue create" | "issue edit" | "pr create" | "pr edit") cp "$last" "$GH_STORE/body" ;;
esac
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Put a gh on the path that keeps its calls, and answers from files."""
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / "gh").write_text(GH, encoding="utf-8")
    (folder / "gh").chmod(0o755)
    for name in ("tags", "open", "calls"):
        (folder / name).write_text("", encoding="utf-8")
    return folder


def site(folder: Path, text: str) -> Path:
    """Write a built site of one page."""
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(f"<title>Tea</title><body><article>{text}</article></body>", encoding="utf-8")
    return folder


def test_fetch_editions(tmp_path: Path, store: Path) -> None:
    """From the assets of the releases to /v/<version>/, by the script and the code that a deployment runs."""
    (store / "tags").write_text("v0.2.0\nv0.1.0\n", encoding="utf-8")
    for version in ("0.1.0", "0.2.0"):
        archive.pack_folder(site(tmp_path / version, f"as of {version}"), store / f"{version}.zip", "tea")
    newest, fetched = site(tmp_path / "html", "as of today"), tmp_path / "editions"

    clean(run("bash", GITHUB / "scripts/fetch-editions.sh", fetched, first=str(store), GH_STORE=str(store)))
    editions.lay(newest, {path.name.removesuffix(".zip"): path for path in fetched.iterdir()})

    assert "as of today" in (newest / "index.html").read_text("utf-8")
    for version in ("0.1.0", "0.2.0"):
        assert f"as of {version}" in (newest / "v" / version / "index.html").read_text("utf-8")
    assert f"release download v0.1.0 --pattern *-site.zip --output {fetched}/0.1.0.zip" in (store / "calls").read_text()


def test_fetch_editions_that_fails(tmp_path: Path, store: Path) -> None:
    """Rather no new deployment than one in which cited pages are gone."""
    (store / "tags").write_text("v0.1.0\n", encoding="utf-8")

    done = run("bash", GITHUB / "scripts/fetch-editions.sh", tmp_path / "e", first=str(store), GH_STORE=str(store))

    assert done.returncode != 0


@pytest.mark.parametrize(
    ("test", "ask", "already", "calls"),
    [
        ("success", "success", "", []),
        ("success", "success", "7", ["issue close 7"]),
        ("failure", "success", "", ["label create", "issue create"]),
        ("success", "failure", "", ["label create", "issue create"]),
        ("success", "no report", "", ["label create", "issue create"]),
        ("failure", "failure", "7", ["issue edit 7"]),
        ("cancelled", "success", "7", []),
        ("success", "cancelled", "", []),
    ],
)
def test_nightly_issue(tmp_path: Path, store: Path, test: str, ask: str, already: str, calls: list[str]) -> None:
    """It is opened once, renewed while something is broken, closed when all is well; a stopped run changes nothing."""
    (store / "open").write_text(already, encoding="utf-8")
    report = tmp_path / "report.md"
    if ask != "no report":  # else the job failed before it asked anybody
        report.write_text("### Broken\n", encoding="utf-8")
    result = "failure" if ask == "no report" else ask
    told = {"TEST": test, "NEXT": test, "ASK": result, "RUN": "https://example.org/run/1", "GH_STORE": str(store)}

    clean(run("bash", GITHUB / "scripts/nightly-issue.sh", report, first=str(store), **told))

    made = [line for line in (store / "calls").read_text("utf-8").splitlines() if not line.startswith("issue list")]
    assert [len(line.split(call)) for line, call in zip(made, calls, strict=True)] == [2] * len(calls)
    if calls and "close" not in calls[0]:
        body = (store / "body").read_text("utf-8")
        assert f"- Build and tests: {test}\n- The newest Sphinx: {test}\n" in body
        assert f"- Records, sources and addresses: {result}\n" in body
        assert ("The check left no report; its log says why." in body) == (ask == "no report")
        assert ("### Broken" in body) == (ask == "failure")
        assert "https://example.org/run/1" in body


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Make a repository with an evidence base, and a clone of it as a job has one."""
    origin = tmp_path / "origin"
    (origin / "evidence").mkdir(parents=True)
    for name in ("watch.yml", "claims.yml"):
        (origin / "evidence" / name).write_text("[]\n", encoding="utf-8")
    git(origin, "init", "--quiet", "--initial-branch=main")
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "--message=Begin")
    git(tmp_path, "clone", "--quiet", str(origin), "clone")
    return tmp_path / "clone"


def git(folder: Path, *words: str) -> str:
    """Run git as somebody made for the test."""
    who = ("-c", "user.name=Ada Example", "-c", "user.email=ada@example.org")
    done = subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def offer(clone: Path, store: Path, **learned: str) -> subprocess.CompletedProcess[str]:
    """Offer what a night learned, by the script that the job runs."""
    folder = clone.parent / "learned"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, text in learned.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    (clone.parent / "report.md").write_text("### Retracted\n", encoding="utf-8")
    told = {"RUN": "https://example.org/run/1", "GH_STORE": str(store), "first": str(store), "cwd": str(clone)}
    script = GITHUB / "scripts/offer-living.sh"
    return run("bash", script, folder, clone.parent / "report.md", **told)


def test_offer_opens_one_pull_request(clone: Path, store: Path) -> None:
    """It takes the queue, the checks and the runs, and nothing else; main stays as it was."""
    clean(offer(clone, store, queue="- new\n", checks="- checked\n", claims="- edited\n"))

    calls = (store / "calls").read_text("utf-8")
    assert "pr create --head living-evidence" in calls
    assert "merge" not in calls
    body = (store / "body").read_text("utf-8")
    assert "https://example.org/run/1" in body
    assert "### Retracted" in body
    changed = git(clone.parent / "origin", "diff", "--name-only", "main", "living-evidence").split()
    assert changed == ["evidence/checks.yml", "evidence/queue.yml"]
    assert git(clone.parent / "origin", "log", "--format=%s", "main").split() == ["Begin"]


def test_offer_renews_its_pull_request(clone: Path, store: Path) -> None:
    """The next night replaces the branch and the text."""
    clean(offer(clone, store, queue="- new\n"))
    git(clone, "checkout", "--quiet", "--detach", "origin/main")
    (store / "open").write_text("7", encoding="utf-8")

    clean(offer(clone, store, queue="- new\n- newer\n"))

    assert "pr edit 7" in (store / "calls").read_text("utf-8")
    assert git(clone.parent / "origin", "show", "living-evidence:evidence/queue.yml") == "- new\n- newer\n"
    assert git(clone.parent / "origin", "rev-list", "--count", "main..living-evidence").strip() == "1"


def test_offer_of_nothing(clone: Path, store: Path) -> None:
    """Nobody is called to look at an empty change."""
    clean(offer(clone, store, watch="[]\n"))

    assert (store / "calls").read_text("utf-8") == ""


def test_offer_leaves_a_branch_in_use_alone(clone: Path, store: Path) -> None:
    """Decisions that a person pushed to the offered branch are never overwritten."""
    clean(offer(clone, store, queue="- new\n"))
    git(clone, "commit", "--quiet", "--allow-empty", "--message=Decide")
    git(clone, "push", "--quiet", "origin", "HEAD:living-evidence")
    before = git(clone.parent / "origin", "rev-parse", "living-evidence")
    git(clone, "checkout", "--quiet", "--detach", "origin/main")

    done = offer(clone, store, queue="- newer\n")

    clean(done)
    assert "is left alone" in done.stdout
    assert git(clone.parent / "origin", "rev-parse", "living-evidence") == before


@pytest.mark.build
def test_sbom_names_every_pin(tmp_path: Path) -> None:
    """Whoever keeps the book can be told which part is known to be unsafe; two lists of one lock are the same bytes."""
    for name in ("Makefile", "pyproject.toml", "uv.lock", "README.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    made = []
    for name in ("uv", "cyclonedx-py"):
        tool(name)
    for _ in range(2):
        clean(run("make", "sbom", f"BIN={BIN}", "-o", ".venv/test", cwd=str(tmp_path)))
        made.append((tmp_path / "book/_build/sbom/sbom.cdx.json").read_bytes())

    parts = json.loads(made[0])
    named = {f"{part['name']}=={part['version']}" for part in parts["components"]}
    pinned = {line.split(" ;")[0].strip() for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()}
    assert made[0] == made[1]
    assert named == {pin for pin in pinned if "==" in pin}
    assert all(reference["hashes"] for part in parts["components"] for reference in part["externalReferences"])
    assert str(ROOT) not in made[0].decode()


def test_binder_build(tmp_path: Path) -> None:
    """Its folder holds no list of its own; make does not look for a virtual environment there."""
    assert (ROOT / ".binder/requirements.txt").resolve() == ROOT / "requirements.txt"
    shutil.copy(ROOT / "Makefile", tmp_path / "Makefile")
    (tmp_path / "requirements.txt").touch()
    for program in ("evidencebook", "jupyter-book"):
        (tmp_path / program).write_text('#!/bin/sh\necho "$*" >>built\n', encoding="utf-8")
        (tmp_path / program).chmod(0o755)

    clean(run("bash", ROOT / ".binder/postBuild", first=str(tmp_path), cwd=str(tmp_path)))

    assert (tmp_path / "built").read_text("utf-8") == "check --settings\nbuild book/ -n -W --keep-going\n"
    assert not (tmp_path / ".venv").exists()


def test_read_the_docs_commands(tmp_path: Path) -> None:
    """Its own commands, on a small build: pages at the root of html/, one file in pdf/ and in epub/."""
    for name in ("html/index.html", "html/evidence/evidence.json", "pdf/tea.pdf", "epub/tea.epub"):
        (tmp_path / "book/_build" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "book/_build" / name).touch()
    commands = read(ROOT / ".readthedocs.yaml")["build"]["commands"]

    assert commands[0] == "make all"
    for command in commands[1:]:
        clean(run("sh", "-c", command, cwd=str(tmp_path), READTHEDOCS_OUTPUT=str(tmp_path / "out")))

    found = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*"))
    assert found == ["epub/tea.epub", "html/evidence/evidence.json", "html/index.html", "pdf/tea.pdf"]


def test_python_version_everywhere() -> None:
    """GitHub, Read the Docs and Binder build with the oldest Python that the project takes."""
    oldest = re.findall(r'^requires-python = ">=(.*)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)[0]
    steps = read(GITHUB / "actions/set-up/action.yml")["runs"]["steps"]

    assert [step["with"]["python-version"] for step in steps if "setup-python" in step.get("uses", "")] == [oldest]
    assert read(ROOT / ".readthedocs.yaml")["build"]["tools"]["python"] == oldest
    assert (ROOT / ".binder/runtime.txt").read_text("utf-8") == f"python-{oldest}\n"
