"""Share the findings of the real evidence base, as a table, among the tests of all analyses."""

import pandas as pd
import pytest

from evidencebook.analysis.dataframe import dataframe
from evidencebook.evidence.base import EvidenceBase


@pytest.fixture(scope="session")
def table(evidence: EvidenceBase) -> pd.DataFrame:
    """Lay out the real findings; a test that changes them works on a copy."""
    return dataframe(evidence)
