"""What authority records say, in the words other modules rely on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from wenlan.catalogue.cnmarc import Field, MarcRecord


class AuthorityKind(models.TextChoices):
    """What an authority record stands for (UNIMARC/Authorities 2XX)."""

    PERSON = "person", _("Person")
    BODY = "body", _("Corporate body")
    FAMILY = "family", _("Family")
    TITLE = "title", _("Uniform title")
    SUBJECT = "subject", _("Topic")
    PLACE = "place", _("Place name")
    FORM = "form", _("Form of work")


class Relation(models.TextChoices):
    """How a form of a name stands to the heading."""

    HEADING = "heading", _("Heading")
    SEE = "see", _("See from")
    SEE_ALSO = "see_also", _("See also")


class Reference(NamedTuple):
    """Another form of the name (see), or another heading (see also) with its number where one is given."""

    relation: str
    text: str
    key: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What an authority record says of its heading. `key` is what exact matches compare: the name without dates."""

    kind: str
    text: str
    key: str
    field: Field
    references: tuple[Reference, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityView:
    """One authority. `merged_into` is the uid of the one that took its place, else None.

    `records` counts the records that link to it; -1 when it was not asked for.
    """

    id: int
    uid: UUID
    kind: str
    format: str
    number: str
    heading: str
    sort_key: str
    see: tuple[str, ...]
    see_also: tuple[str, ...]
    note: str
    merged_into: UUID | None
    updated_at: datetime
    records: int = -1
    marc: MarcRecord | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePreview:
    """What a merge would do: which records change, and which forms of the name are kept as references."""

    kept: AuthorityView
    gone: AuthorityView
    records: tuple[int, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeView:
    """A merge that was made. `undone_at` says when it was taken back."""

    uid: UUID
    kept: UUID
    gone: UUID
    gone_heading: str
    at: datetime
    records: int
    undone_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A heading of a record that matches an authority exactly and is not linked yet.

    `field` is the place of the field in the record, from 0; `relation` says which form of the name matched.
    """

    field: int
    tag: str
    text: str
    relation: str
    authority: AuthorityView


class ExtraWords(NamedTuple):
    """Other forms of the names and subjects of one record, for the index."""

    authors: tuple[str, ...]
    subjects: tuple[str, ...]
