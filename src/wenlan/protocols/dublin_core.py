"""A record in simple Dublin Core (ISO 15836), from its columns."""

from __future__ import annotations

from collections.abc import Iterator

from wenlan.catalogue.types import Material, RecordView

_NOT_TEXT = {Material.MAP: "StillImage", Material.AUDIOVISUAL: ""}  # moving image or sound: it is not said which


def elements(record: RecordView, address: str) -> Iterator[tuple[str, str]]:
    """Yield (element, value) of the fifteen that the record states; `address` is its page."""
    yield "title", record.title
    if record.parallel_title:
        yield "title", record.parallel_title
    for name in record.authors or ((record.responsibility,) if record.responsibility else ()):
        yield "creator", name
    for subject in record.subjects:
        yield "subject", subject
    if record.class_number:
        yield "subject", record.class_number
    if record.summary:
        yield "description", record.summary
    if record.publisher:
        yield "publisher", record.publisher
    if record.year is not None:
        yield "date", str(record.year)
    if kind := _NOT_TEXT.get(Material(record.material), "Text"):
        yield "type", kind
    if record.extent:
        yield "format", record.extent
    for number in record.isbn:
        yield "identifier", f"ISBN {number}"
    if record.issn:
        yield "identifier", f"ISSN {record.issn}"
    yield "identifier", address
    if record.language:
        yield "language", record.language
    if record.series:
        yield "relation", record.series
