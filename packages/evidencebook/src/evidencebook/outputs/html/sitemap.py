"""Tell search engines which pages there are, once the book has a public address.

sphinx-sitemap is not used: it warns where there is no address, and lists only the pages that a build wrote anew.
"""

from xml.sax.saxutils import escape

from sphinx.application import Sphinx

from evidencebook.outputs.data import citation_context


def files(app: Sphinx) -> dict[str, str]:
    """Return sitemap.xml and robots.txt, or neither; the search page says of itself that it is not to be listed."""
    if not app.config.html_baseurl:
        return {}
    uris = [app.builder.get_target_uri(page) for page in citation_context.pages(app.env)]
    pages = "".join(f"<url><loc>{escape(citation_context.public(app, uri))}</loc></url>\n" for uri in uris)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {citation_context.public(app, 'sitemap.xml')}\n"
    return {"sitemap.xml": f"{head}{pages}</urlset>\n", "robots.txt": robots}
