"""Reach the node in which MyST-NB folds a cell; seen on 1.1 and 1.4.

Held, as all of compat, by tests/test_compat.py.
"""

from myst_nb.sphinx_ import HideCodeCellNode

__all__ = ["HideCodeCellNode"]
