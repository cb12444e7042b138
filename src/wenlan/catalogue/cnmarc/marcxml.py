"""MARCXML, and the same shape under other namespaces (CNMARC in SRU answers), in and out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from wenlan.catalogue.cnmarc.record import AnyField, ControlField, Field, MarcRecord, Subfield

NAMESPACE = "http://www.loc.gov/MARC21/slim"
_PROLOGUE = 4096


def read(source: IO[bytes]) -> Iterator[MarcRecord]:
    """Yield each record of a document, however deep it stands. Raises `xml.etree.ElementTree.ParseError`.

    A document with a type declaration is refused: records need none, and entities are a way to harm.
    """
    if b"<!DOCTYPE" in source.read(_PROLOGUE):
        raise ElementTree.ParseError("a document type is declared")
    source.seek(0)
    for _, element in ElementTree.iterparse(source, events=("end",)):
        if _name(element) == "record" and any(_name(one) == "leader" for one in element):
            yield _record(element)
            element.clear()


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _record(element: ElementTree.Element) -> MarcRecord:
    leader = ""
    fields: list[AnyField] = []
    for one in element:
        name = _name(one)
        if name == "leader":
            leader = (one.text or "").ljust(24)[:24]
        elif name == "controlfield":
            fields.append(ControlField(one.get("tag", "000"), one.text or ""))
        elif name == "datafield":
            subfields = tuple(Subfield(sub.get("code", ""), sub.text or "") for sub in one if _name(sub) == "subfield")
            fields.append(Field(one.get("tag", "000"), one.get("ind1", " ") + one.get("ind2", " "), subfields))
    return MarcRecord(leader, tuple(fields))


def element_text(record: MarcRecord) -> str:
    """Return the record as one `<record>` element in the MARCXML namespace, without declaration."""
    parts = [f'<record xmlns="{NAMESPACE}"><leader>{_text(record.leader)}</leader>']
    for one in record.fields:
        if isinstance(one, ControlField):
            parts.append(f"<controlfield tag={quoteattr(one.tag)}>{_text(one.data)}</controlfield>")
            continue
        marks = one.indicators.ljust(2)
        parts.append(f"<datafield tag={quoteattr(one.tag)} ind1={quoteattr(marks[0])} ind2={quoteattr(marks[1])}>")
        parts += [f"<subfield code={quoteattr(code or ' ')}>{_text(value)}</subfield>" for code, value in one.subfields]
        parts.append("</datafield>")
    parts.append("</record>")
    return "".join(parts)


def _text(value: str) -> str:
    """Escape, and leave out what XML 1.0 cannot carry at all."""
    return escape("".join(one for one in value if one >= " " or one in "\t\n\r"))
