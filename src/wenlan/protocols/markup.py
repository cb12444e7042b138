"""XML as text: what every answer in XML is written with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def text(value: str) -> str:
    """Return the value as character data; what XML 1.0 cannot carry at all is left out."""
    return escape(_NOT_XML.sub("", value))


def element(name: str, content: str = "", /, **attributes: str) -> str:
    """Return an element around content that is markup; the first underscore in an attribute's name is a colon."""
    marks = "".join(
        f" {key.replace('_', ':', 1)}={quoteattr(_NOT_XML.sub('', one))}" for key, one in attributes.items()
    )
    return f"<{name}{marks}>{content}</{name}>" if content else f"<{name}{marks}/>"


def leaf(name: str, value: str, /, **attributes: str) -> str:
    """Return an element that holds only text."""
    return element(name, text(value), **attributes)


def leaves(name: str, values: Iterable[str]) -> str:
    """Return one element for each value that says something."""
    return "".join(leaf(name, one) for one in values if one)
