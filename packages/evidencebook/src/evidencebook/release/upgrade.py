"""Change the press that a book depends on, and show what changed in the template since the book was begun."""

import difflib
import re
from collections.abc import Mapping

from evidencebook.evidence.atomic_write import write_together
from evidencebook.evidence.diagnostics import UserError, relative_path
from evidencebook.evidence.project import BookFolder
from evidencebook.release import wheel
from evidencebook.release.new_book import installed_template, plan_of, template

_PIN = re.compile(r"^(\./vendor/(evidencebook-\S+\.whl)|evidencebook\b).*$", re.MULTILINE)


def upgrade(book: BookFolder, wanted: str | None) -> tuple[str, str, str]:
    """Pin another press in requirements.txt; return the line before, the line now, and the difference of the templates.

    The wheel of the new press comes into vendor/, that of the old one goes. The difference is a patch for the files of
    the writer, of which none is changed; it is empty when the template of the new press is not at hand, as with a
    version or an address. Raises UserError when requirements.txt pins no press.
    """
    path = book.root / "requirements.txt"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    pin = _PIN.search(text)
    if not pin:
        raise UserError(f"{relative_path(path)} has no line for evidencebook; write one such as: evidencebook==0.3.0")
    line, files = wheel.requirement(wanted)
    old = book.root / "vendor" / (pin[2] or "none")
    before = wheel.template_of(old.read_bytes()) if old.is_file() else installed_template()
    after = wheel.template_of(next(iter(files.values()))) if files else {}
    written = {book.root / name: content for name, content in files.items()}
    write_together({**written, path: text.replace(pin[0], line)})
    if pin[2] and old not in written:
        old.unlink(missing_ok=True)
    return pin[0], line, _difference(book, before, after, line) if files else ""


def _difference(book: BookFolder, before: Mapping[str, str], after: Mapping[str, str], line: str) -> str:
    """Return a patch from one template to the other, both filled in with the words of the book, without the sample."""
    words = plan_of(book, line).words
    old, new = template(before, words, bare=True), template(after, words, bare=True)
    patch: list[str] = []
    for name in sorted({*old, *new}):
        sides = (old.get(name, "").splitlines(keepends=True), new.get(name, "").splitlines(keepends=True))
        heads = (f"a/{name}" if name in old else "/dev/null", f"b/{name}" if name in new else "/dev/null")
        patch += difflib.unified_diff(*sides, *heads)
    return "".join(patch)
