"""A line of a journal, what may be wrong with it, and what people decide about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JournalAct(models.TextChoices):
    """What can be done without a line."""

    CHECK_OUT = "checkout", _("Loan")
    CHECK_IN = "checkin", _("Return")
    RENEW = "renew", _("Renewal")
    VISIT = "visit", pgettext_lazy("act", "Visit")
    USE = "use", _("Use in the house")
    REGISTER = "register", _("Registration of a reader")


class Problem(models.TextChoices):
    """Why a person has to look at an act that has happened."""

    ALREADY_LENT = "already_lent", _("The item stood as lent already")
    ACTED_SINCE = "acted_since", _("The item was lent or taken back elsewhere since")
    READER_BLOCKED = "reader_blocked", _("The card or the reader was stopped")
    ITEM_BLOCKED = "item_blocked", _("The item should not have been lent")
    ITEM_UNKNOWN = "item_unknown", _("No item has this barcode")
    ITEM_AMBIGUOUS = "item_ambiguous", _("Several items have this barcode")
    CARD_UNKNOWN = "card_unknown", _("Nobody has this card")
    NOT_RENEWABLE = "not_renewable", _("The loan could not be renewed")
    NO_RULE = "no_rule", _("No lending rule holds there")
    GATE_COUNTS = "gate_counts", _("A gate counts the visits there")
    CLOCK_OFF = "clock_off", _("The time of the act is not sure")
    NOT_PERMITTED = "not_permitted", _("Who did it may not lend there")
    WAITS = "waits", _("Waits for an earlier act on the same item or card")
    CARD_TAKEN = "card_taken", _("The card belongs to another reader")
    ALREADY_READER = "already_reader", _("This person is a reader already")
    CATEGORY_CLOSED = "category_closed", _("Readers of this category are not registered there")
    CONSENT_MISSING = "consent_missing", _("The guardian or the guardian's consent is missing")
    PERSON_WRONG = "person_wrong", _("The person cannot be registered as written down")
    UNREADABLE = "unreadable", _("The line cannot be read")


class LineState(models.TextChoices):
    """What has become of a line. A waiting one may stand recorded already (`JournalLine.is_recorded`)."""

    RECORDED = "recorded", pgettext_lazy("line of a journal", "Recorded")
    WAITING = "waiting", pgettext_lazy("line of a journal", "Waits for a decision")
    ACCEPTED = "accepted", pgettext_lazy("line of a journal", "As it happened")
    CORRECTED = "corrected", pgettext_lazy("line of a journal", "Put right")
    SET_ASIDE = "set_aside", pgettext_lazy("line of a journal", "Set aside")


class Decision(models.TextChoices):
    """The three things that can be decided about a conflict."""

    ACCEPT = "accept", _("It happened like that")
    CORRECT = "correct", _("Put it right")
    SET_ASIDE = "set_aside", _("Set it aside")


DECIDED = {
    Decision.ACCEPT: LineState.ACCEPTED,
    Decision.CORRECT: LineState.CORRECTED,
    Decision.SET_ASIDE: LineState.SET_ASIDE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One act as the device told it. `happened_at` is the device's clock put right by its offset.

    `due`, `card`, `item`, `scope`, `reason` and `category` are empty, `persons` 0, where the act has none. `told` is
    the line itself, with the fields that we do not read; what a registration says of its person stands sealed in it.
    """

    uid: UUID
    act: JournalAct
    happened_at: datetime
    node: str
    by: str
    channel: str
    card: str
    item: str
    scope: str
    due: str
    reason: str
    category: str
    persons: int
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A line that is no act; `uid` is made from its device and its text, so that it is kept once."""

    uid: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of one line. `tone` is good, look or stop; `due` an ISO day where a reader was told one."""

    state: str
    problem: str
    tone: str
    label: str
    title: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person puts in the place of what was told; what is empty stays."""

    card: str = ""
    item: str = ""
    scope: str = ""
    by: str = ""
    act: str = ""
    happened_at: datetime | None = None
    category: str = ""
    name: str = ""
    document: str = ""
    guardian: str = ""
    guardian_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a file. `acts` and `sha256` are what it should hold; None and "" where it has no head."""

    device: str
    sequence: int = 0
    acts: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalFile:
    """A file as it was read: its lines, how many are missing, and whether its bytes are those that were written."""

    head: Head
    lines: tuple[str, ...]
    missing: int
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What became of the lines of a file or a sending: how many were new, and of those the conflicts by kind.

    `untold` lines were not tried, because they hang together with more lines than can be tried at once.
    """

    lines: int
    known: int
    recorded: int
    conflicts: Mapping[str, int]
    missing: int = 0
    is_whole: bool = True
    by_act: Mapping[str, int] | None = None
    untold: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A line that waits, as the queue shows it. `reader` is an id, `shown_card` the end of the card only."""

    id: int
    uid: UUID
    device: str
    act: str
    happened_at: datetime | None
    node: int | None
    by: str
    problem: str
    is_recorded: bool
    card: str
    item: str
    found: Mapping[str, Any]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLines:
    """What a device has sent so far."""

    device: str
    lines: int
    waiting: int
    last_received_at: datetime
