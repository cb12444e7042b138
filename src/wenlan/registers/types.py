"""A record book (台账) as data: what is written down, what of it counts, and its sentence in the chronicle."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.kernel.words import say

Words = Mapping[str, str]


class FieldKind(models.TextChoices):
    """What a field of a book takes."""

    TEXT = "text", pgettext_lazy("kind of field", "Line of text")
    LONGTEXT = "longtext", pgettext_lazy("kind of field", "Text")
    DATE = "date", pgettext_lazy("kind of field", "Date")
    TIME = "time", pgettext_lazy("kind of field", "Time")
    INTEGER = "integer", pgettext_lazy("kind of field", "Whole number")
    DECIMAL = "decimal", pgettext_lazy("kind of field", "Number")
    CHOICE = "choice", pgettext_lazy("kind of field", "Choice")
    NODE = "node", pgettext_lazy("kind of field", "Place in the network")
    PEOPLE = "people", pgettext_lazy("kind of field", "People")
    BOOLEAN = "boolean", pgettext_lazy("kind of field", "Yes or no")


class Level(models.TextChoices):
    """How an entry stands in the chronicle (大事记) of the year."""

    MAJOR = "major", _("Chronicle, major")
    PLAIN = "plain", _("Chronicle, ordinary")
    NONE = "none", _("Not in the chronicle")


class EntryStatus(models.TextChoices):
    """Whether an entry stands. A struck entry stays readable and counts no more."""

    STANDS = "stands", _("Stands")
    STRUCK = "struck", _("Struck out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the answers of a choice field."""

    code: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a book.

    With `counts` (a ledger kind) its value times `counts_factor` is recorded as a quantity: under
    `counts_subject`, or under the value of the field named by `counts_subject_from`, or under `<book>.<field>`.
    """

    code: str
    words: Words
    kind: str = FieldKind.TEXT
    required: bool = False
    choices: tuple[Choice, ...] = ()
    counts: str | None = None
    counts_subject: str = ""
    counts_subject_from: str = ""
    counts_factor: int = 1
    unit: Words = field(default_factory=dict)
    help: Words = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The words in the language being spoken."""
        return say(self.words)

    def choice_label(self, code: str) -> str:
        """The words of one of the answers."""
        return next((say(choice.words) for choice in self.choices if choice.code == code), code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The declaration of one book.

    Each entry is recorded once as `kind` under the subject `<code>`, or `<code>:<value>` of the choice field named by
    `subject_from`. `sentence` has named places `{field}`, `{day}`, `{node}`, `{department}`; a part
    in square brackets is left out when a place in it is empty.
    """

    code: str
    words: Words
    fields: tuple[Field, ...]
    sentence: Words = field(default_factory=dict)
    level: str = Level.NONE
    kind: str = "record.entered"
    subject_from: str = ""
    counted: bool = True
    about: Words = field(default_factory=dict)
    origin: str = ""

    @property
    def name(self) -> str:
        """The words in the language being spoken."""
        return say(self.words)

    def field(self, code: str) -> Field:
        """Return a field by its code. Raises KeyError."""
        return {declared.code: declared for declared in self.fields}[code]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One entry. `values` hold JSON: dates and times as ISO text, decimals as text, people as a list of names."""

    id: int
    uid: UUID
    book: str
    day: date
    node: int
    department: int | None
    values: Mapping[str, Any]
    status: str
    level: str
    revision: int
    entered_by: str
    entered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReport:
    """What became of the rows of a spreadsheet: read = entered + repeated + refused. `rejects` is an xlsx file."""

    read: int
    entered: int
    repeated: int
    refused: int
    rejects: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronicleLine:
    """One sentence of the chronicle, as the book's declaration words it."""

    day: date
    text: str
    level: str
    book: str
    node: int
    entry: UUID
