"""A site offers the book's other formats when they were built, and says nothing of them otherwise."""

from pathlib import Path

from small_book import Book


def lay(site: Book, kind: str, size: int = 1_234_000) -> Path:
    """Lay down a file as the builder of its format does."""
    path = site.folder / "built" / kind / f"smallbook.{kind}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x" * size)
    return path


def links(site: Book, page: str, where: str) -> list[str]:
    """Return the addresses of the formats that a page names."""
    return [str(link["href"]) for link in site.soup(page).select(f"{where} a")]


def test_formats_not_built(plain_site: Book) -> None:
    """No line and no file; the heading stays hidden until a browser can keep the book."""
    assert plain_site.soup("index").select(".formats a, .sidebar-formats a") == []
    assert 'aria-labelledby="formats-head" hidden>' in plain_site.html("index")


def test_formats_come_change_and_go(site: Book) -> None:
    """In the sidebar of every page and in words on the first, with their sizes; each page follows what is offered."""
    pdf = lay(site, "pdf")
    lay(site, "epub", 45_000)
    out = Path(site.build().outdir)
    for page in ("index", "chapter"):
        assert links(site, page, ".sidebar-formats") == ["smallbook.pdf", "smallbook.epub"]
    assert links(site, "index", ".formats") == ["smallbook.pdf", "smallbook.epub"]
    assert links(site, "chapter", ".formats") == []
    assert all(size in site.html("index") for size in ("1.2 MB", "45 kB"))
    assert (out / "smallbook.pdf").read_bytes() == pdf.read_bytes()

    lay(site, "epub", 5_000_000)
    pdf.unlink()
    site.build()
    assert links(site, "chapter", ".sidebar-formats") == ["smallbook.epub"]
    assert "5.0 MB" in site.html("chapter")
    assert not (out / "smallbook.pdf").exists()
    assert (out / "smallbook.epub").stat().st_size == 5_000_000


def test_formats_in_epub(site: Book) -> None:
    """An e-book holds no link to a PDF beside it, and neither scripts nor the policy of a site."""
    lay(site, "pdf")
    out = Path(site.build("epub").outdir)

    assert not [path.name for form in ("*.pdf", "minisearch.js", "reader.*") for path in out.rglob(form)]
    assert "Content-Security-Policy" not in (out / "chapter.xhtml").read_text(encoding="utf-8")
