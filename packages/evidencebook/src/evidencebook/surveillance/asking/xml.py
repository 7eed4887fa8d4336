"""Read XML that a stranger sent: no entity is expanded, nothing outside is fetched."""

from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

__all__ = ["Element", "NotSafeError", "parsed", "text"]


class NotSafeError(Exception):
    """Say what an XML document wanted to have done."""


def parsed(content: bytes) -> Element:
    """Return the root; raise NotSafeError for entities, ValueError for what is no XML."""
    try:
        root: Element = fromstring(content, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as unsafe:
        raise NotSafeError(f"it declares what is refused ({type(unsafe).__name__})") from unsafe
    except ParseError as broken:
        raise ValueError(str(broken)) from broken
    return root


def text(element: Element | None) -> str:
    """Return all words of an element, markup within it left out."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
