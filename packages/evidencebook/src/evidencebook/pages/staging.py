"""Write into a folder beside the book that readers see, and put it in that place when the whole build was good.

A builder writes `_build/.html.new/html/…`; what it lays beside its own folder, as `pdf/book.pdf`, lies there too.
At the end all is moved to `_build/`, and what an earlier build made and this one did not is taken away. Whatever stops
a build before (a warning under -W, a full disk, a signal) leaves the earlier book as it was.

The record of the last good build lies with the trees, one for each builder: which files it made, and the fingerprints
of what they were made from. Pages of which these are the same are carried over, all others are written. It is taken
back while files are moved, so that who is stopped just then writes everything at the next build.
"""

import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from evidencebook.compat.sphinx import count_warnings, warning_count, warnings_are_errors
from evidencebook.pages import fingerprints, last_build
from evidencebook.pages.domain import SITES, domain_of

logger = logging.getLogger(__name__)
#: Where a page of a site names a figure.
_FIGURE = re.compile(r"_images/([^\"'?#<>\s]+)")


def register(app: Sphinx) -> None:
    """Read again what changed or was read in vain; turn the builder aside before it writes, and end its work."""
    count_warnings(app)
    staging = Staging()
    app.connect("config-inited", distrust)
    app.connect("env-get-outdated", outdated, priority=900)  # once it is known where the cards stand
    app.connect("env-updated", note_fingerprints, priority=930)  # after the build guard
    app.connect("env-get-updated", staging.begin, priority=950)  # when figures and sections have their numbers
    app.connect("doctree-resolved", staging.note)
    app.connect("build-finished", staging.end, priority=999)  # when everyone has written


def distrust(app: Sphinx, config: Config) -> None:
    """Have everything read anew where warnings are errors and some were let pass before; for config-inited.

    What was read with a warning would not be read again, and the warning not be told.
    """
    if warnings_are_errors(app) and _warned(app).exists():
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)
        _warned(app).unlink()


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> set[str]:
    """Name the pages that were made from something else than what lies there now; for env-get-outdated."""
    before = domain_of(env).data["fingerprints"]
    return {page for page, made in fingerprints.of_pages(env).items() if made != before.get(page)}


def note_fingerprints(app: Sphinx, env: BuildEnvironment) -> None:
    """Note what the pages were made from, with what Sphinx is about to keep of them; for env-updated."""
    domain_of(env).data["fingerprints"] = fingerprints.of_pages(env)
    if warning_count(app):
        _warned(app).touch()


def is_of_today(app: Sphinx, builder: str) -> bool:
    """Tell whether what a builder made last was made from the pages as they are now; true where it left no record."""
    record = last_build.load(last_build.file_of(app, builder))
    return record is None or record.pages == domain_of(app.env).data["fingerprints"]


def writes_site(app: Sphinx) -> bool:
    """Tell whether this build writes a site; one that is the same already is left as it is."""
    return app.builder.name in SITES and not domain_of(app.env).leaves_site


def writes_data(app: Sphinx) -> bool:
    """Tell whether this build writes what lies beside the pages in evidence/ and cite/, or carries it over."""
    return writes_site(app) and not domain_of(app.env).leaves_data


class Staging:
    """Turn one build aside, and put what it made in its place."""

    def __init__(self) -> None:
        self._place: Path | None = None  # the folder of the builder, once another stands in for it
        self._written: set[str] = set()

    def begin(self, app: Sphinx, env: BuildEnvironment) -> set[str]:
        """Name the pages to write, and give the builder a folder that holds the others; for env-get-updated."""
        now = domain_of(env).data["fingerprints"]
        if not app.builder.format:  # it reports on the book, as linkcheck does, and makes none
            return set()
        self._place, self._before = Path(app.outdir), last_build.read(app)
        self._now = last_build.Record(
            last_build.folder_of(app), fingerprints.of_book(app), fingerprints.of_data(app), pages=now
        )
        self._aside = self._place.parent / f".{self._place.name}.new"
        shutil.rmtree(self._aside, ignore_errors=True)
        again = {page for page in now if now[page] != self._before.pages.get(page)}
        # Sphinx writes these in any case: what it has just read, and what is old by its time.
        again |= {page for page in (*domain_of(env).changed, *app.builder.get_outdated_docs()) if page in now}
        if not again and self._is_same(app):
            self._place = None
            domain_of(env).leaves_site = True
            return set()
        _write_into(app, self._aside / self._place.name)
        if app.builder.name not in SITES or not self._may_carry_over(app):
            return set(env.found_docs)
        domain_of(env).leaves_data = self._before.data == self._now.data
        for name in self._carried_over(app, now.keys() - again) if again else self._before.files:
            (self._aside / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self._place.parent / name, self._aside / name)
        return again

    def _carried_over(self, app: Sphinx, pages: set[str]) -> list[str]:
        """Name the files to carry over when others are written: pages, their figures and sources, what search knows.

        All else is made again. A stylesheet that is found before its time would get another address.
        """
        here = {Path(app.builder.get_outfilename(page)) for page in pages}  # type: ignore[attr-defined]  # of a site
        kept = ("_images", "_sources", "searchindex.js", *(() if writes_data(app) else ("evidence", "cite")))
        place = self._aside / Path(app.outdir).name
        return [
            name
            for name in self._before.files
            if self._aside / name in here or any((self._aside / name).is_relative_to(place / folder) for folder in kept)
        ]

    def note(self, app: Sphinx, doctree: nodes.document, page: str) -> None:
        """Note that a page is being written; for doctree-resolved."""
        self._written.add(page)

    def end(self, app: Sphinx, failure: Exception | None) -> None:
        """Put what was made in its place, or throw it away; for build-finished."""
        if self._place is None:
            return
        _write_into(app, self._place)
        count = warning_count(app)
        if failure is None and count and warnings_are_errors(app):
            logger.error("A warning counts as an error here: nothing was written, an earlier build is left as it was")
        elif failure is None:
            self._put_in_place(app, warned=count > 0)
        shutil.rmtree(self._aside, ignore_errors=True)

    def _is_same(self, app: Sphinx) -> bool:
        """Tell whether the site is the one that would be written."""
        same = (self._before.pages, self._before.data) == (self._now.pages, self._now.data)
        silent = not self._before.warned and not warning_count(app)
        return app.builder.name in SITES and same and silent and self._may_carry_over(app)

    def _may_carry_over(self, app: Sphinx) -> bool:
        """Tell whether the last book is whole, and whether what all its pages may show is still the same."""
        before = self._before
        if (before.folder, before.book) != (self._now.folder, self._now.book):
            return False
        if before.warned and warnings_are_errors(app):
            return False
        root = self._place.parent if self._place else Path()
        return bool(before.files) and all(
            fingerprints.of_file(root / name) == digest for name, digest in before.files.items()
        )

    def _put_in_place(self, app: Sphinx, *, warned: bool) -> None:
        """Move every file, the pages last, and take away what is no longer made."""
        place = self._place or Path()
        before = self._before.pages
        files = sorted(path.relative_to(self._aside).as_posix() for path in self._aside.rglob("*") if path.is_file())
        digests = {name: fingerprints.of_file(self._aside / name) for name in files}
        pages = self._now.pages
        if app.builder.name in SITES:  # asked for some pages only, it wrote no others
            pages = {page: made for page, made in pages.items() if page in self._written or made == before.get(page)}
        last_build.save(
            app, last_build.Record(self._now.folder, files=dict.fromkeys([*self._before.files, *files], ""))
        )
        for name in sorted(files, key=lambda name: (name.endswith(".html"), name)):
            (place.parent / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(self._aside / name, place.parent / name)
        for name in self._before.files.keys() - digests.keys():
            _take_away(place.parent, name)
        last_build.save(
            app, last_build.Record(self._now.folder, self._now.book, self._now.data, warned, pages, digests)
        )


def _write_into(app: Sphinx, folder: Path) -> None:
    """Have the builder, and all that write beside it, write into a folder.

    From Sphinx 8.2 on a builder of HTML holds its folders of images and static files as paths of their own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before, place = Path(app.outdir), type(app.outdir)
    for name, path in vars(app.builder).items():
        inside = isinstance(path, Path) and path.is_relative_to(before)
        if inside and not path.is_relative_to(app.doctreedir):  # the trees may lie inside, and stay
            setattr(app.builder, name, place(folder / path.relative_to(before)))
    app.outdir = place(folder)


def drop_unlinked(folder: Path) -> None:
    """Drop the figures that no page shows any more: pages carried over brought theirs along."""
    (folder / ".buildinfo").unlink(missing_ok=True)  # Sphinx's record of the settings; ours knows them too
    if figures := [path for path in (folder / "_images").glob("*") if path.is_file()]:
        pages = folder.rglob("*.html")
        shown = {name for page in pages for name in _FIGURE.findall(page.read_text(encoding="utf-8"))}
        for path in figures:
            if path.name not in shown:
                path.unlink()


def _take_away(root: Path, name: str) -> None:
    """Delete a file, and its folders where nothing else is in them."""
    path = root / name
    path.unlink(missing_ok=True)
    for folder in path.relative_to(root).parents:
        if folder.name and (root / folder).is_dir() and not any((root / folder).iterdir()):
            (root / folder).rmdir()


def _warned(app: Sphinx) -> Path:
    """Name the file that lies with trees which were made while warnings were let pass."""
    return Path(app.doctreedir) / ".warned"
