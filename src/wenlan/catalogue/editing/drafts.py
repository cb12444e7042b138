"""A record on its way between the editor in the browser and the tables: the native form as JSON, nothing lost."""

from __future__ import annotations

import re
from typing import Any

from wenlan.catalogue.cnmarc import AnyField, ControlField, Field, MarcRecord, Subfield
from wenlan.catalogue.editing.format import Template
from wenlan.catalogue.errors import DraftUnreadable

MOST_FIELDS = 2000
BARE = ("", "CNY")  # a price without a sum says nothing
_TAG = re.compile(r"[0-9A-Za-z]{3}")
_DELIMITERS = re.compile(r"[\x1d-\x1f]")


def draft_of(record: MarcRecord) -> dict[str, Any]:
    """Return a record as the editor takes it: leader, and fields as [tag, data] or [tag, indicators, subfields]."""
    return {
        "leader": record.leader,
        "fields": [native_of(one) for one in record.fields],
    }


def native_of(one: AnyField) -> list[Any]:
    """Return a field as the editor takes it."""
    if isinstance(one, ControlField):
        return [one.tag, one.data]
    return [one.tag, one.indicators, [[code, value] for code, value in one.subfields]]


def field_of(sent: Any) -> AnyField:
    """Return the field that the editor sent. Raises DraftUnreadable."""
    try:
        return _field(sent)
    except (IndexError, TypeError, ValueError) as error:
        raise DraftUnreadable(what="?") from error


def read_draft(sent: Any) -> MarcRecord:
    """Return the record that the editor sent. Raises DraftUnreadable for anything that is no record."""
    try:
        leader, fields = sent["leader"], sent["fields"]
        if not isinstance(leader, str) or not isinstance(fields, list) or len(fields) > MOST_FIELDS:
            raise DraftUnreadable(what="LDR")
        if not leader.isascii() or len(leader) != 24:
            raise DraftUnreadable(what="LDR")
        return MarcRecord(leader, tuple(_field(one) for one in fields))
    except (KeyError, TypeError, ValueError) as error:
        raise DraftUnreadable(what="?") from error


def _field(sent: list[Any]) -> AnyField:
    tag = str(sent[0])
    if not _TAG.fullmatch(tag):
        raise DraftUnreadable(what=tag[:10])
    if len(sent) == 2:
        return ControlField(tag, _text(sent[1], tag))
    _tag, indicators, subfields = sent
    read = tuple(Subfield(_text(code, tag), _text(value, tag)) for code, value in subfields)
    if any(len(one.code) > 1 for one in read) or any(not one.code for one in read[1:]):
        raise DraftUnreadable(what=tag)
    return Field(tag, _text(indicators, tag), read)


def _text(sent: Any, tag: str) -> str:
    """Return text that a file can carry."""
    if not isinstance(sent, str) or _DELIMITERS.search(sent):
        raise DraftUnreadable(what=tag)
    return sent


def without_blanks(record: MarcRecord, template: Template, *, today: str, agency: str) -> MarcRecord:
    """Return a new record without what the template offered and nobody filled."""
    offered = set(template.record(today=today, agency=agency).fields)
    kept: list[AnyField] = []
    for one in record.fields:
        if isinstance(one, ControlField):
            kept.append(one)
            continue
        said = tuple(sub for sub in one.subfields if sub.value not in BARE)
        is_untouched = one in offered and len(said) < len(one.subfields) and not one.tag.startswith("2")
        if said and not is_untouched:
            kept.append(one._replace(subfields=said))
    return MarcRecord(record.leader, tuple(kept))
