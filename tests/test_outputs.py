"""The comparison of formats finds what must not differ, and only that."""

import outputs

PAGE = """<article><h1>Chapter</h1>
<div class="admonition claim"><p class="admonition-title">Low certainty ⊕⊕◯◯</p>
<p class="claim-statement"><strong>The medicine may ease sleep.</strong></p></div>
<p>In one study 5 of 12 people, 41.7%, slept −1.5 to 2.5 hours longer [<a>Sordo <em>et al.</em>, 2017</a>].</p>
<table><tr><th>Arm</th><th>People</th></tr><tr><td><p>medicine</p></td><td>1,144</td></tr></table>
<p>Last words of this page.<a class="headerlink">¶</a></p></article>"""
PRINTED = [
    "Chapter\nLow cer-\ntainty ⊕⊕◯◯\nThe medicine may ease sleep.\nIn one study 5 of 12 people, 41.7 %, slept −1.5 to",
    "Arm People\nmedicine 1,144\nLast words of this\npage.",
]


def lost(*printed: str) -> list[str]:
    """Return what a print lacks."""
    return [passage.kind for passage in outputs.missing(outputs.passages(PAGE), printed)]


def whole(text: str = "") -> list[str]:
    """Print the page without a fault."""
    first, second = PRINTED
    return [first, f"2.5 hours longer [Sordo et al.,\n2017].\n{second}"]


def test_lines_hyphens_and_pages_do_not_matter() -> None:
    """What is only set otherwise is found."""
    assert lost(*whole()) == []


def test_a_figure_at_the_head_of_the_next_page_does_not_matter() -> None:
    """A paragraph goes on below it."""
    first, second = whole()

    assert lost(first, f"Fig. 1 People asleep {second}") == []


def test_a_changed_number_is_found() -> None:
    """In prose, in a table, by a digit or a decimal point or a sign."""
    first, second = whole()

    assert lost(first.replace("5 of 12", "5 of 13"), second) == ["text"]
    assert lost(first.replace("41.7", "417"), second) == ["text"]
    assert lost(first.replace("−1.5", "1.5"), second) == ["text"]
    assert lost(first, second.replace("2.5 hours", "2.6 hours")) == ["text"]
    assert lost(first, second.replace("1,144", "1,145")) == ["row"]


def test_a_lost_claim_is_found() -> None:
    """And one whose certainty is another."""
    first, second = whole()

    assert lost(first.replace("The medicine may ease sleep.", ""), second) == ["claim"]
    assert "claim" in lost(first.replace("Low cer-\ntainty", "High certainty"), second)
    assert lost(first.replace("may ease", "eases"), second) == ["claim"]


def test_a_changed_citation_is_found() -> None:
    """Another year is another source."""
    first, second = whole()

    assert lost(first, second.replace("2017", "2018")) == ["text"]


def test_a_passage_is_not_pieced_together_from_two_pages() -> None:
    """A last digit that happens to stand somewhere on the next page holds nothing."""
    wanted = [outputs.Passage("text", "They counted 27 people and 28")]

    assert outputs.missing(wanted, ["They counted 27 people and 23 more.", "Of 8 nobody knew."]) == wanted


def test_a_passage_that_comes_twice_is_held_twice() -> None:
    """Words that many claims share hold only as many of them."""
    wanted = [outputs.Passage("text", "Rests on 3 findings:")] * 2

    assert outputs.missing(wanted, ["Rests on 3 findings: A. Rests on 4 findings: B.", "Rests on 3 findings: C"]) == []
    assert outputs.missing(wanted, ["Rests on 3 findings: A. Rests on 4 findings: B."]) == wanted[:1]


def test_apparatus_is_no_text() -> None:
    """Buttons, code and the foot of a page belong to one format alone."""
    foot = '<section class="page-tools"><p>Cite</p></section>'
    page = f'<article><p>Words</p><div class="cell_input"><pre>x</pre></div>{foot}</article>'

    assert outputs.passages(page) == [outputs.Passage("text", "Words")]


def test_references_are_told_apart() -> None:
    """Each format numbers and places them by itself."""
    page = '<body><div class="citation"><span class="label">[1]</span><p>Someone. Title, 2017.</p></div></body>'

    assert outputs.passages(page) == [outputs.Passage("reference", "Someone. Title, 2017.")]


def test_chapters_end_where_the_next_begins() -> None:
    """Titles are compared as words are; a section of the same name is no chapter."""
    outline = [("Part", 0, 0), ("First – a start", 1, 1), ("Second", 2, 2), ("Second", 3, 1)]

    cut = outputs.chapters({"one": "First: a start", "two": "Second"}, outline, ["", "a", "b", "c", "d"])

    assert cut == {"one": ["a", "b"], "two": ["c", "d"]}
