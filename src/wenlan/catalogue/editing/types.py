"""What the editor says about drafts, versions and what is wrong with a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from wenlan.catalogue.types import Condition, RecordView, VersionKind

if TYPE_CHECKING:
    from wenlan.catalogue.cnmarc import MarcRecord
    from wenlan.kernel.acts import Act


@dataclass(frozen=True, slots=True)
class Change:
    """Who makes a version, when and how; `note` is the cataloguer's own word for it."""

    kind: VersionKind
    at: datetime
    node: int | None = None
    staff: int | None = None
    note: str = ""

    @classmethod
    def of(cls, act: Act, kind: VersionKind, note: str = "") -> Change:
        """Return the change that an act makes."""
        return cls(kind, act.at, act.node, act.staff, note)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """One version of a record. `number` counts from 1; `staff` is None when a machine or a file made it."""

    number: int
    kind: str
    at: datetime
    node: int | None
    staff: int | None
    note: str
    marc: MarcRecord = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """A record as the editor opens it: saving says `content_hash` again, so that no other change is written over."""

    view: RecordView
    content_hash: str
    condition: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionReport:
    """What became of records to be hidden, shown or deleted: ids done, and for the others what hangs on them."""

    condition: Condition | None
    done: tuple[int, ...]
    refused: Mapping[int, tuple[str, ...]]


class Gravity(StrEnum):
    """How much a finding matters: an error breaks the format, a warning the practice, a hint may be left."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding is: a field by its place (None: the whole record or its leader), a subfield, a position."""

    tag: str
    field: int | None = None
    subfield: int | None = None
    position: int | None = None


Native = list[Any]
Edit = tuple[str, int, Native] | tuple[str, int] | tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What one key does about a finding; `name` is what it is called.

    `edits` are applied in their order: `("set", field, native)`, `("insert", field, native)`, `("remove", field)`,
    `("leader", text)`, where native is `[tag, data]` or `[tag, indicators, [[code, value], ...]]`. Without edits
    the editor opens what `name` says: `pinyin`, or `fixed` for the chooser of positions.
    """

    name: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found: `rule` is its stable code, `said` fills in its sentence."""

    rule: str
    gravity: Gravity
    place: Place
    said: Mapping[str, str | int] = field(default_factory=dict)
    repair: Repair | None = None
