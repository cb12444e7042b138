"""Union centres, what is handed to them, and how it fared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _


class Route(models.TextChoices):
    """How a centre takes records."""

    SRU_UPDATE = "sru_update", _("SRU Record Update, one by one")
    FILE = "file", _("A file of records, handed in")


class UploadState(models.TextChoices):
    """How far a record is on its way to a centre.

    `unclear`: it was sent and no answer came, so that nobody here knows whether the centre has it.
    """

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent, not answered")
    UNCLEAR = "unclear", _("Perhaps arrived")
    ACCEPTED = "accepted", _("Accepted by the centre")
    REFUSED = "refused", _("Not accepted")


SETTLED = (UploadState.ACCEPTED, UploadState.REFUSED)


class UploadAction(models.TextChoices):
    """What a centre is asked to do with a record; the words of SRU Record Update."""

    CREATE = "create", _("A new record")
    REPLACE = "replace", _("A changed record")


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreFacts:
    """What is said of a centre.

    `left_out` names the tags that stay at home (`9XX 830`); an X is any digit. With `takes_by_itself` every
    original goes into the queue when it has not been changed for `rest_hours`.
    """

    name: str
    route: str
    format: str
    encoding: str = "utf-8"
    host: str = ""
    port: int = 80
    path: str = "/"
    is_encrypted: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: int = 10
    left_out: str = "9XX"
    takes_by_itself: bool = False
    rest_hours: int = 24
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreView(CentreFacts):
    """A centre as pages show it; the password only says whether there is one. `waiting` counts its queue."""

    id: int
    has_password: bool
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One record as it goes to a centre: `record` is its MARCXML, `identifier` our number for it."""

    identifier: str
    record: str
    action: str
    schema: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a centre said: accepted, refused, or (sent) that it will see. `identifier` is its number for the record."""

    state: UploadState
    identifier: str = ""
    reason: str = ""


class UnionCentre(Protocol):
    """A centre that takes records one by one."""

    def hand_in(self, letter: Letter) -> Receipt:
        """Hand a record in. Raises TargetFailed, whose `was_sent` says whether it may have arrived."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadView:
    """One record on its way to one centre."""

    id: int
    centre: int
    centre_name: str
    record: int
    title: str
    number: str
    action: str
    state: str
    attempts: int
    reason: str
    remote_number: str
    queued_at: datetime
    sent_at: datetime | None
    settled_at: datetime | None
    batch: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """A file made for a centre: how many records it has, and how many the centre has answered for."""

    id: int
    centre_name: str
    name: str
    made_at: datetime
    records: int
    settled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueReport:
    """What became of records that somebody wanted to hand in: ids queued, and by reason those that were not."""

    queued: tuple[int, ...]
    unchanged: tuple[int, ...] = ()
    copied: tuple[int, ...] = ()
