"""Reading XML that strangers wrote."""

from xml.etree import ElementTree
from xml.parsers import expat

DEEPEST = 60


class HostileXml(ValueError):
    """The document is not well-formed, declares a document type (entities are a way to harm), or is too deep."""


def parse_untrusted(data: bytes) -> ElementTree.Element:
    """Return the root of a document. Nothing outside of it is ever fetched. Raises HostileXml."""
    depth = 0

    def refuse(*_declared: object) -> None:
        raise HostileXml("a document type is declared")

    def enter(*_element: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise HostileXml("the elements are too deep")

    def leave(_name: str) -> None:
        nonlocal depth
        depth -= 1

    scanner = expat.ParserCreate()
    scanner.StartDoctypeDeclHandler = refuse
    scanner.EntityDeclHandler = refuse
    scanner.StartElementHandler = enter
    scanner.EndElementHandler = leave
    try:
        scanner.Parse(data, True)  # noqa: FBT003 - the whole of it
        return ElementTree.fromstring(data)
    except (expat.ExpatError, ElementTree.ParseError, LookupError, ValueError) as error:
        if isinstance(error, HostileXml):
            raise
        raise HostileXml(str(error)) from error
