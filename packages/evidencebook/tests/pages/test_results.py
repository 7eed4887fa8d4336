"""The result of an analysis in a claim: the same number in every form, and told when the analysis changes."""

import json

import pytest

from evidencebook.analysis.trace import lines_of
from evidencebook.cli import main
from evidencebook.evidence.loader import load
from rebuilds import HEAD
from small_book import PAGES, Book, Replace

PAGE = (
    f"{HEAD}# Sums\n\n```{{code-cell}}\nfrom evidencebook.analysis.display import quote\n"
    'quote({"total": ord("{") / ord("\\n")})\n```\n'
)


@pytest.mark.usefixtures("no_kernels")
def test_results_reach_every_form(book: Book, replace: Replace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Page, card, evidence.json and `show` say the number; without one, or with an old one, the build stops."""
    (book.folder / "book" / "_config.yml").write_text("title: Small\n", encoding="utf-8")
    book.write("index", PAGES["index"].replace("chapter\n", "chapter\nanalyses/sums\n"))
    book.write("analyses/sums", PAGE)
    replace("evidence/claims/care.yml", "people probably die", "people probably die {result}`sums:total:.1f` times")
    with pytest.raises(SystemExit):
        book.build(silent=False)
    assert 'names result "sums:total", which is not in results.yml' in book.told()
    assert 'states a result of analyses/sums; name "sums" under analyses' in book.told()

    replace("evidence/claims/care.yml", "  outcomes: [death]", "  outcomes: [death]\n  analyses: [sums]")
    results = book.folder / "evidence" / "results.yml"
    results.write_text("- id: sums\n  numbers: {total: 12.2}\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        book.build(silent=False)
    assert "results.yml has 12.2 for sums:total and analyses/sums computed 12.3; run: evidence" in book.told()

    (book.folder / "book" / "_build").mkdir(exist_ok=True)
    for folder in (book.folder / "built").rglob("jupyter_execute"):
        (book.folder / "book" / "_build" / "jupyter_execute").symlink_to(folder)
    assert main(["results", "--book", str(book.folder)]) == 0
    evidence = load(book.folder / "evidence")
    assert evidence.results["sums"].numbers == {"total": 12.3}
    assert "people probably die 12.3 times" in " ".join(lines_of(evidence, "death-out-of-treatment", 500))
    book.build()
    assert "people probably die 12.3 times" in book.soup("chapter").get_text().replace("\n", " ")
    exported = json.loads((book.folder / "built/html/evidence/evidence.json").read_text("utf-8"))
    assert [claim for claim in exported["claims"] if "probably die 12.3 times" in claim["statement"]]
