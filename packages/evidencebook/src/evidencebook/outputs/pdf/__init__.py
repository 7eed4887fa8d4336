"""Turn docutils nodes into Typst and Typst into a tagged PDF; knows nothing of Sphinx but its nodes."""

import os

#: Typst sets chapters side by side, but deals them out in as many heaps as it has threads: with one for each processor,
#: the long tables at the end of a book fall into one heap, and the other processors wait. Typst reads this once, when
#: it first sets something, so it is said before any module here can ask it to.
os.environ.setdefault("RAYON_NUM_THREADS", str(2 * (os.cpu_count() or 1)))
