"""Name a source briefly, as a figure or a list does."""

from evidencebook.evidence.models import Source


def cited(source: Source) -> str:
    """Write "Surname and others 2015" where the bibliography does not cite."""
    names = [name.split(",")[0] for name in source.authors if name != "others"]
    more = len(source.authors) > 2
    who = f"{names[0]} and others" if more and names else " and ".join(names) or source.title
    return f"{who} {source.year or 'n.d.'}"
