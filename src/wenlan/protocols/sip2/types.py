"""What is said of a terminal: its rights, its family of fields, how it sorts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TerminalRight(models.TextChoices):
    """What a terminal may ask for; each stands for one or a few messages."""

    CHECK_OUT = "check_out", _("Lend (11)")
    CHECK_IN = "check_in", _("Take back (09)")
    RENEW = "renew", _("Renew (29, 65)")
    READERS = "readers", _("Ask about readers (23, 63)")
    ITEMS = "items", _("Ask about items (17)")
    STORED = "stored", _("Bring in what it did while the line was cut (“no block”)")
    TAKE_OVER = "take_over", _("Lend an item that is still recorded as lent to somebody else")
    HOLDS = "holds", _("Reserve (15)")
    FEES = "fees", _("Take payments (37)")
    CARDS = "cards", _("Stop and release cards (01, 25)")
    ITEM_STATUS = "item_status", _("Change the place or state of items (19)")
    REGISTER = "register", _("Register and change readers (81, 91)")


USUAL_RIGHTS = (
    TerminalRight.CHECK_OUT,
    TerminalRight.CHECK_IN,
    TerminalRight.RENEW,
    TerminalRight.READERS,
    TerminalRight.ITEMS,
    TerminalRight.STORED,
)


def usual_rights() -> list[str]:
    """Return what a terminal may do unless somebody says otherwise: all that a self-check needs."""
    return [right.value for right in USUAL_RIGHTS]


class FieldSet(models.TextChoices):
    """Which fields our answers carry beyond those that the standard requires."""

    STANDARD = "standard", _("SIP2 2.00")
    CHINESE = "chinese", _("SIP2 with the fields of Chinese terminals")


class Encoding(models.TextChoices):
    """How letters go over the wire."""

    GBK = "gbk", "GBK"
    GB18030 = "gb18030", "GB 18030"
    UTF8 = "utf-8", "UTF-8"


class FaultKind(models.TextChoices):
    """What went wrong between a terminal and us."""

    SIGN_IN = "sign_in", pgettext_lazy("terminal fault", "Sign-in refused")
    NOT_SIGNED_IN = "not_signed_in", pgettext_lazy("terminal fault", "Not signed in")
    CHECKSUM = "checksum", pgettext_lazy("terminal fault", "Wrong checksum")
    UNREADABLE = "unreadable", pgettext_lazy("terminal fault", "Unreadable")
    NOT_ALLOWED = "not_allowed", pgettext_lazy("terminal fault", "Not allowed")
    STORED = "stored", pgettext_lazy("terminal fault", "Stored act waits for a person")
    NOT_REGISTERED = "not_registered", pgettext_lazy("terminal fault", "Registration refused")
    CRASH = "crash", pgettext_lazy("terminal fault", "No answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class SortRule:
    """One line of how a return machine sorts; what is empty holds for everything. `bin` goes out as CL.

    `step` is a NextStep of circulation, `destination`, `owner` codes of nodes, `class_begins` the beginning of
    the main class.
    """

    bin: str
    step: str = ""
    destination: str = ""
    owner: str = ""
    material: str = ""
    class_begins: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalFacts:
    """What staff say of a terminal. `institution` is its AO (empty: any is taken).

    `reader_types` leads from the types that a card machine sends (XT) to categories of readers.
    """

    code: str
    node: int
    name: str = ""
    department: int | None = None
    encoding: str = Encoding.GBK
    field_set: str = FieldSet.STANDARD
    rights: tuple[str, ...] = tuple(usual_rights())
    institution: str = ""
    shows_names: bool = False
    asks_password: bool = False
    is_active: bool = True
    sort_rules: tuple[SortRule, ...] = ()
    reader_types: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalState:
    """How a terminal has been: `last_seen_at` of its last message, and the sums of the day asked for."""

    id: int
    facts: TerminalFacts
    last_seen_at: datetime | None
    messages: int = 0
    acts: int = 0
    refusals: int = 0
    faults: int = 0
    slowest_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalDayView:
    """What a terminal did on one day."""

    day: date
    messages: int
    acts: int
    refusals: int
    faults: int
    slowest_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultView:
    """One fault. `line` is what came, personal fields masked."""

    at: datetime
    code: str
    peer: str
    kind: str
    message: str
    line: str

    @property
    def kind_label(self) -> str:
        """The kind in the language being spoken."""
        return str(FaultKind(self.kind).label)
