"""A stored file as others see it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may be shown a file. Whoever shows it asks first whether this person may."""

    PRIVATE = "private", _("Those who may open what it belongs to")
    STAFF = "staff", _("Members of staff")
    PUBLIC = "public", _("Whoever opens our pages")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A file to be kept.

    `owner` is the stable text key of the record it belongs to (`paper:<uid>`); `keep_until` the first day on which it
    may go, None for ever; `consent` says who agreed to be shown, where people are in it.
    """

    content: bytes
    name: str
    owner: str
    visibility: str = Visibility.PRIVATE
    keep_until: date | None = None
    consent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A stored file. `size` is in bytes; `is_gone` when its time was over: what it was is known, not what it showed."""

    id: int
    uid: UUID
    owner: str
    name: str
    content_type: str
    size: int
    digest: str
    node: int
    visibility: str
    keep_until: date | None
    stored_at: datetime
    stored_by: str
    is_gone: bool
