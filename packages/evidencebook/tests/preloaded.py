"""Load, in the server from which processes are split off, what each small build would else load for itself.

Nothing is built here: after a fork of a process in which Typst has worked, Typst waits for threads that are not there.
"""

from importlib import import_module

from sphinx.application import builtin_extensions

from evidencebook.evidence import units
from evidencebook.pages import fingerprints

for _name in (
    *(*builtin_extensions, "evidencebook.extension", "furo", "myst_nb.sphinx_ext", "sphinxcontrib.bibtex", "rebuilds"),
    *("evidencebook.outputs.pdf.compile", "evidencebook.outputs.epub.cover", "matplotlib.backends.backend_agg"),
    *("sphinxcontrib.bibtex.style.referencing.author_year", "sphinxcontrib.bibtex.style.referencing.foot"),
    *("pybtex.style.formatting.alpha", "pybtex.style.labels.alpha", "pybtex.backends.plaintext"),
):
    import_module(_name)
units.registry()
fingerprints.software()
fingerprints.software("evidence", "analysis", "surveillance")
