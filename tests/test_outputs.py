"""The comparison of formats finds what must not differ, and only that."""

import pytest

import outputs

PAGE = """<article><h1>Chapter</h1>
<div class="admonition claim"><p class="admonition-title claim-statement">The medicine may ease sleep.</p>
<p class="claim-certainty"><strong>Low certainty ⊕⊕◯◯</strong>.</p></div>
<p>In one study 5 of 12 people, 41.7%, slept −1.5 to 2.5 hours longer [<a>Sordo <em>et al.</em>, 2017</a>].</p>
<table><tr><th>Arm</th><th>People</th></tr><tr><td><p>medicine</p></td><td>1,144</td></tr></table>
<p>Last words of this page.<a class="headerlink">¶</a></p></article>"""
PRINTED = [
    "Chapter\nThe medicine may ease sleep.\nLow cer-\ntainty ⊕⊕◯◯.\nIn one study 5 of 12 people, 41.7 %, slept −1.5 to",
    "Arm People\nmedicine 1,144\nLast words of this\npage.",
]


def lost(*printed: str) -> list[str]:
    """Return what a print lacks."""
    return [passage.kind for passage in outputs.missing(outputs.passages(PAGE), printed)]


def whole() -> list[str]:
    """Print the page without a fault."""
    first, second = PRINTED
    return [first, f"2.5 hours longer [Sordo et al.,\n2017].\n{second}"]


def test_compare_ignores_typesetting() -> None:
    """Lines, hyphens, pages, and a figure at the head of the page on which a paragraph goes on."""
    first, second = whole()

    assert lost(first, second) == []
    assert lost(first, f"Fig. 1 People asleep {second}") == []


@pytest.mark.parametrize(
    ("page", "old", "new", "kinds"),
    [
        (0, "5 of 12", "5 of 13", ["text"]),
        (0, "41.7", "417", ["text"]),
        (0, "−1.5", "1.5", ["text"]),
        (1, "2.5 hours", "2.6 hours", ["text"]),
        (1, "1,144", "1,145", ["row"]),
        (1, "2017", "2018", ["text"]),  # another year is another source
        (0, "The medicine may ease sleep.", "", ["claim"]),
        (0, "may ease", "eases", ["claim"]),
        (0, "Low cer-\ntainty", "High certainty", ["claim", "text"]),
    ],
)
def test_compare_finds_a_change(page: int, old: str, new: str, kinds: list[str]) -> None:
    """A digit, a decimal point, a sign, a citation, a claim, or its certainty."""
    printed = whole()
    assert old in printed[page]
    printed[page] = printed[page].replace(old, new)

    assert lost(*printed) == kinds


def test_compare_pieces_nothing_together() -> None:
    """A last digit that happens to stand somewhere on the next page holds nothing."""
    wanted = [outputs.Passage("text", "They counted 27 people and 28")]

    assert outputs.missing(wanted, ["They counted 27 people and 23 more.", "Of 8 nobody knew."]) == wanted


def test_compare_counts_repeated_passages() -> None:
    """Words that many claims share hold only as many of them."""
    wanted = [outputs.Passage("text", "Rests on 3 findings:")] * 2

    assert outputs.missing(wanted, ["Rests on 3 findings: A. Rests on 4 findings: B.", "Rests on 3 findings: C"]) == []
    assert outputs.missing(wanted, ["Rests on 3 findings: A. Rests on 4 findings: B."]) == wanted[:1]


def test_passages_of_a_page() -> None:
    """Buttons, code and the foot of a page belong to one format alone; references are told apart from text."""
    foot = '<section class="page-tools"><p>Cite</p></section>'
    page = f'<article><p>Words</p><div class="cell_input"><pre>x</pre></div>{foot}</article>'
    cited = '<body><div class="citation"><span class="label">[1]</span><p>Someone. Title, 2017.</p></div></body>'

    assert outputs.passages(page) == [outputs.Passage("text", "Words")]
    assert outputs.passages(cited) == [outputs.Passage("reference", "Someone. Title, 2017.")]


def test_chapters_of_an_outline() -> None:
    """Titles are compared as words are; a section of the same name is no chapter."""
    outline = [("Part", 0, 0), ("First – a start", 1, 1), ("Second", 2, 2), ("Second", 3, 1)]

    cut = outputs.chapters({"one": "First: a start", "two": "Second"}, outline, ["", "a", "b", "c", "d"])

    assert cut == {"one": ["a", "b"], "two": ["c", "d"]}
