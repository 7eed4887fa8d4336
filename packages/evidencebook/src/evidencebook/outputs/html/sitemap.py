"""Tell search engines which pages there are, once the book has a public address.

sphinx-sitemap is not used: it warns where there is no address, and lists only the pages that a build wrote anew.
"""

from pathlib import Path
from xml.sax.saxutils import escape

from sphinx.application import Sphinx

from evidencebook.outputs.data import citation_context as citable


def write(app: Sphinx, failure: Exception | None) -> None:
    """Write sitemap.xml and robots.txt, or neither; for build-finished."""
    if failure is not None or not citable.is_site(app):
        return
    out, base = Path(app.outdir), app.config.html_baseurl.rstrip("/")
    made = {"sitemap.xml": _sitemap(app, base), "robots.txt": _robots(base)} if base else {}
    for name in ("sitemap.xml", "robots.txt"):
        if name in made:
            (out / name).write_text(made[name], encoding="utf-8")
        else:
            (out / name).unlink(missing_ok=True)  # left by an earlier build, when there was an address


def _sitemap(app: Sphinx, base: str) -> str:
    """List the public addresses of all pages; the search page says of itself that it is not to be listed."""
    pages = [f"{base}/{app.builder.get_target_uri(page)}" for page in citable.pages(app.env)]
    rows = "".join(f"<url><loc>{escape(page)}</loc></url>\n" for page in pages)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n"


def _robots(base: str) -> str:
    """Let every robot read everything."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {base}/sitemap.xml\n"
