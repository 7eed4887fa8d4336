"""Give each test services of its own, on loopback."""

from collections.abc import Iterator

import pytest

from living.server import Services, services


@pytest.fixture
def them() -> Iterator[Services]:
    """Serve while a test runs; what nobody said is not there."""
    with services() as serving:
        yield serving
