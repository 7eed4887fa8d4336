"""A page is read for its sentences: what proves them takes little room among them."""

import pytest
from bs4 import BeautifulSoup, Tag

import pages

pytestmark = pytest.mark.slow
#: What is seen of a chapter and is no sentence of it: how sure, why, what can be unfolded, numbers of citations.
APPARATUS = ".claim-certainty, summary, .bibtex-citation sup, .evidence-grade, .claims-brief .evidence-claim"
#: What no reader sees until it is unfolded, and what is only heard or printed.
UNSEEN = "details > :not(summary), .expanded, .cite-words, .visually-hidden, .headerlink, .page-tools, nav, script, svg"
MOST = 0.12


def share(article: Tag) -> float:
    """Give the share of the seen words of an article that are apparatus."""
    for unseen in article.select(UNSEEN):
        unseen.extract()
    apparatus = sum(len(one.get_text(" ").split()) for one in article.select(APPARATUS))
    return apparatus / len(article.get_text(" ").split())


@pytest.mark.parametrize("chapter", pages.CHAPTERS)
def test_apparatus_share(soups: dict[str, BeautifulSoup], chapter: str) -> None:
    """At most 12 of 100 seen words of a chapter."""
    article = BeautifulSoup(str(soups[f"{chapter}.html"].find("article")), "html.parser")

    assert share(article) <= MOST


def test_apparatus_is_counted() -> None:
    """A card's certainty counts, its statement and what it folds do not."""
    card = '<p class="claim-statement">It may help some people</p><p class="claim-certainty">Low</p>'
    folded = "<details><summary>More</summary><p>Many other words</p></details>"

    assert share(BeautifulSoup(card + folded, "html.parser")) == pytest.approx(2 / 7)
