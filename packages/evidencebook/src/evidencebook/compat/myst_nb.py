"""Reach what MyST-NB documents nowhere; seen on 1.1 and 1.4, and held by tests/test_compat.py.

HideCodeCellNode     the node in which the code of a cell is folded, with `prompt_show` and `prompt_hide`
NbMetadataCollector  what execution noted of a page: whether it succeeded, and the keys of what it glued
create_nb_reader     the reader of a page's cells, as MyST-NB itself reads them
"""

from myst_nb.core.read import create_nb_reader
from myst_nb.sphinx_ import HideCodeCellNode, NbMetadataCollector

__all__ = ["HideCodeCellNode", "NbMetadataCollector", "create_nb_reader"]
