"""Orders, their lines and copies, and the themed sets that a library offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.circulation.types import ItemRef, Lent
from wenlan.kernel.words import say


class OrderKind(models.TextChoices):
    """How the wish was put: in words (订单式), or by choosing a themed set (菜单式)."""

    FREE = "free", pgettext_lazy("order of a reader", "In the reader's words")
    MENU = "menu", pgettext_lazy("order of a reader", "From the menu")


class OrderChannel(models.TextChoices):
    """By which way the wish came."""

    DESK = "desk", pgettext_lazy("way of an order", "At the desk")
    PHONE = "phone", pgettext_lazy("way of an order", "By telephone")
    PORTAL = "portal", pgettext_lazy("way of an order", "In the reader's account")
    KEEPER = "keeper", pgettext_lazy("way of an order", "By a keeper")


class OrderState(models.TextChoices):
    """Where an order stands. The last three are the end."""

    ASKED = "asked", pgettext_lazy("order of a reader", "Asked for")
    PICKING = "picking", pgettext_lazy("order of a reader", "Being picked")
    READY = "ready", pgettext_lazy("order of a reader", "Ready")
    PARTLY = "partly", pgettext_lazy("order of a reader", "Partly handed out")
    GIVEN = "given", pgettext_lazy("order of a reader", "Handed out")
    RETURNED = "returned", pgettext_lazy("order of a reader", "All back")
    IMPOSSIBLE = "impossible", pgettext_lazy("order of a reader", "Not possible")
    CANCELLED = "cancelled", pgettext_lazy("order of a reader", "Taken back by the reader")


ENDED = frozenset({OrderState.RETURNED, OrderState.IMPOSSIBLE, OrderState.CANCELLED})
TO_DO = frozenset({OrderState.ASKED, OrderState.PICKING, OrderState.READY, OrderState.PARTLY})


class StepKind(models.TextChoices):
    """What happened to an order, for its history."""

    ASKED = "asked", pgettext_lazy("step of an order", "Asked for")
    TAKEN = "taken", pgettext_lazy("step of an order", "Somebody looks after it")
    PICKING = "picking", pgettext_lazy("step of an order", "Picking has begun")
    READY = "ready", pgettext_lazy("step of an order", "Made ready")
    PARTLY = "partly", pgettext_lazy("step of an order", "Partly handed out")
    GIVEN = "given", pgettext_lazy("step of an order", "Handed out")
    SHORT = "short", pgettext_lazy("step of an order", "Closed without the rest")
    RETURNED = "returned", pgettext_lazy("step of an order", "All back")
    IMPOSSIBLE = "impossible", pgettext_lazy("step of an order", "Not possible")
    CANCELLED = "cancelled", pgettext_lazy("step of an order", "Taken back by the reader")


class CopyState(models.TextChoices):
    """Where one copy of an order stands."""

    WAITING = "waiting", pgettext_lazy("copy of an order", "Waited for")
    TO_PICK = "to_pick", pgettext_lazy("copy of an order", "To be picked")
    ON_THE_WAY = "on_the_way", pgettext_lazy("copy of an order", "On the way")
    READY = "ready", pgettext_lazy("copy of an order", "Set aside")
    LENT = "lent", pgettext_lazy("copy of an order", "Lent")
    BACK = "back", pgettext_lazy("copy of an order", "Back")
    GONE = "gone", pgettext_lazy("copy of an order", "Put back")


class OrderRefusal(models.TextChoices):
    """Why an order cannot be taken as it is written, in the order of the form."""

    NOTHING = "nothing", _("Say what is wished for: at least one line, of one volume or more.")
    TOO_MUCH = "too_much", _("An order is of at most 500 volumes. Please write several.")
    DAY_OVER = "day_over", _("The wanted day is over.")
    AGES = "ages", _("The youngest age is above the oldest.")
    NOT_A_READER = "not_a_reader", _("This account is closed.")
    NOT_OFFERED = "not_offered", _("This themed set is not offered now.")
    NO_ADDRESS = "no_address", _("Say where the books are to be brought.")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """What is wished for: a title, or a subject, a class of the CLC and ages (both ends in); `wanted` volumes."""

    text: str = ""
    record: int | None = None
    class_number: str = ""
    age_from: int | None = None
    age_to: int | None = None
    wanted: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """A wish. `place` is who looks after it and where it is fetched; `unit` names a class of an institution.

    With `themed` the titles of that set are the lines. `address` is where it is brought, for an order `to_door`.
    """

    patron: int
    place: int
    channel: str = OrderChannel.DESK
    lines: Sequence[NewLine] = ()
    themed: int | None = None
    wish: str = ""
    unit: str = ""
    persons: int | None = None
    wanted_on: date | None = None
    to_door: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """An order. `wanted`, `ready`, `given` and `out` count its volumes; `due_on` is the first day one is due.

    `wish` may name persons; `reason` is what the reader was told. `has_address` says that one is kept, sealed.
    """

    id: int
    uid: UUID
    number: str
    kind: str
    themed: int | None
    patron: int | None
    place: int
    channel: str
    state: str
    wish: str
    unit: str
    persons: int | None
    wanted_on: date | None
    to_door: bool
    has_address: bool
    taken_by: str
    made_at: datetime
    made_on: date
    reason: str
    wanted: int
    ready: int
    given: int
    out: int
    due_on: date | None

    @property
    def state_label(self) -> str:
        """The state in the language being spoken."""
        return str(OrderState(self.state).label)

    @property
    def kind_label(self) -> str:
        """How the wish was put, in the language being spoken."""
        return str(OrderKind(self.kind).label)

    @property
    def channel_label(self) -> str:
        """By which way it came, in the language being spoken."""
        return str(OrderChannel(self.channel).label)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done for it."""
        return self.state in TO_DO

    @property
    def may_be_cancelled(self) -> bool:
        """Whether the reader may still take it back."""
        return self.is_open and not self.given


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """One copy picked or lent for a line; `item_at` is where it stands, `loan` the loan once there is one."""

    id: int
    line: int
    state: str
    item: int | None
    record: int | None
    title: str
    barcode: str
    call_number: str
    item_at: int | None
    reservation: int | None
    loan: int | None
    due_on: date | None

    @property
    def state_label(self) -> str:
        """The state in the language being spoken."""
        return str(CopyState(self.state).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One line with its copies; `missing` is how many more are to be found."""

    id: int
    text: str
    record: int | None
    title: str
    class_number: str
    age_from: int | None
    age_to: int | None
    wanted: int
    missing: int
    copies: tuple[CopyView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step of an order's history; `told` says that the reader was told of it."""

    at: datetime
    kind: str
    by: str
    note: str
    told: bool

    @property
    def kind_label(self) -> str:
        """What happened, in the language being spoken."""
        return str(StepKind(self.kind).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A copy that stands on a shelf and would do for a line; `steps` is how far away its place is in the tree."""

    item: int
    record: int
    title: str
    barcode: str
    call_number: str
    place: int
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a scan of several barcodes did: what was lent, and what was not, each with its reasons in words."""

    lent: tuple[Lent, ...]
    refused: tuple[tuple[ItemRef, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """What picking did: how many copies were found on shelves, how many are waited for, and what was refused."""

    found: int
    waited_for: int
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemedTitle:
    """One title of a themed set, and how many copies of it belong to the set."""

    record: int
    copies: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NewThemedSet:
    """A themed set to be offered; `words` and `about` by language, `until_day` half-open and empty: without end."""

    words: Mapping[str, str]
    titles: Sequence[ThemedTitle]
    about: Mapping[str, str]
    from_day: date
    until_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemedView:
    """A themed set on the menu; `volumes` counts its copies, `orders` how often it was ordered."""

    id: int
    node: int
    words: Mapping[str, str]
    about: Mapping[str, str]
    from_day: date
    until_day: date | None
    titles: int
    volumes: int
    orders: int

    @property
    def name(self) -> str:
        """The name in the language being spoken."""
        return say(self.words)

    @property
    def says(self) -> str:
        """What the set is about, in the language being spoken."""
        return say(self.about) if self.about else ""
