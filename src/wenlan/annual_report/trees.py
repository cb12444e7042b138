"""The document tree as JSON and back, so that an edition keeps what was composed word by word."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from wenlan.annual_report import types

KINDS = {
    kind.__name__: kind
    for kind in (
        types.Document,
        types.Chapter,
        types.Paragraph,
        types.Note,
        types.Table,
        types.Row,
        types.Chart,
        types.Bar,
        types.ChronicleEntry,
        types.Text,
        types.FigureRun,
    )
}


def to_json(value: Any) -> Any:
    """Return JSON values; each part of the tree says under `is` what it is, numbers are decimal text."""
    if is_dataclass(value):
        kept = {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **kept}
    if isinstance(value, tuple | list):
        return [to_json(member) for member in value]
    if isinstance(value, Mapping):
        return {key: to_json(member) for key, member in value.items()}
    if isinstance(value, Decimal):
        return {"is": "number", "text": str(value)}
    return value


def from_json(value: Any) -> Any:
    """Return the tree that `to_json` was given."""
    if isinstance(value, list):
        return tuple(from_json(member) for member in value)
    if not isinstance(value, dict):
        return value
    kind = value.get("is")
    if kind == "number":
        return Decimal(value["text"])
    if kind in KINDS:
        return KINDS[kind](**{key: from_json(member) for key, member in value.items() if key != "is"})
    return {key: from_json(member) for key, member in value.items()}
