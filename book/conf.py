"""Settings for Sphinx without Jupyter Book, read from _config.yml: `sphinx-build book book/_build/next`.

Jupyter Book reads _config.yml itself and never looks here.
"""

from pathlib import Path

from evidencebook.jupyter_book_config import sphinx_settings

globals().update(sphinx_settings(Path(__file__).with_name("_config.yml")))
