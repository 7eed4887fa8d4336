"""The book outlives Jupyter Book: the newest Sphinx, MyST-Parser and MyST-NB make the same words of it."""

from pathlib import Path

import pytest

import second_lane
from built_book import EPOCH
from installed import needs


@pytest.mark.next_lane
@pytest.mark.slow
def test_next_lane_words_of_every_page(clone: Path, site: Path, tmp_path: Path) -> None:
    """Read from the same _config.yml and _toc.yml."""
    needs(second_lane.SPHINX_BUILD.exists(), "the second lane", "`make book-next` installs it")
    built = second_lane.build(clone / "book", tmp_path / "next", SOURCE_DATE_EPOCH=EPOCH)

    assert second_lane.differences(site, built) == {}
