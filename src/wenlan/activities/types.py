"""What activities are made of: kinds, programmes, sessions, attendance."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CountingUnit(TextChoices):
    """What is counted once, however long it lasts."""

    SESSION = "session", pgettext_lazy("activity", "session")
    SHOWING = "showing", _("showing at one place")
    CLASS = "class", _("class with its lessons")


class Mode(TextChoices):
    """How people take part. Inside they passed the gate, outside nobody else counts them; online stands apart."""

    ONSITE = "onsite", _("in the house")
    OUTSIDE = "outside", _("outside the house")
    ONLINE = "online", pgettext_lazy("activity", "online")


class SessionStatus(TextChoices):
    """Only a held session is counted."""

    PLANNED = "planned", pgettext_lazy("activity", "planned")
    HELD = "held", pgettext_lazy("activity", "held")
    CANCELLED = "cancelled", pgettext_lazy("activity", "cancelled")


class SignUpStatus(TextChoices):
    """Where one reader's sign-up stands."""

    PLACED = "placed", pgettext_lazy("activity", "has a place")
    WAITING = "waiting", pgettext_lazy("activity", "on the waiting list")
    CHECKED_IN = "checked_in", pgettext_lazy("activity", "checked in")
    NO_SHOW = "no_show", pgettext_lazy("activity", "did not come")
    WITHDRAWN = "withdrawn", pgettext_lazy("activity", "withdrawn")


class SpecialGroup(TextChoices):
    """Groups that the reports count services to apart; the code is what the ledger's row carries."""

    SENIOR = "senior", _("Seniors")
    VISUALLY_IMPAIRED = "visually_impaired", _("Visually impaired")
    DISABLED = "disabled", _("People with disabilities")
    MINORS = "minors", _("Children and young people")
    LEFT_BEHIND = "left_behind", _("Left-behind children")
    MIGRANT = "migrant", _("Migrant workers")
    HARDSHIP = "hardship", _("Families in need")
    DETAINED = "detained", _("People in detention")


class OrganiserRole(StrEnum):
    """The three roles that announcements tell apart."""

    HOST = "host"
    ORGANISER = "organiser"
    CO_ORGANISER = "co_organiser"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organiser:
    """One body that carries an activity. `name` is text: it may stand outside the network."""

    role: OrganiserRole
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindView:
    """A kind of activity. `words` and `unit_words` carry `zh` and `en`."""

    code: str
    words: dict[str, str]
    counted_by: CountingUnit
    unit_words: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDetails:
    """What may be said of a programme beside its name and kind.

    `edition` is the ordinal that it carries in its name (the 16th); `special_group` the code of the
    group that it is held for, else empty.
    """

    mode: Mode = Mode.ONSITE
    is_brand: bool = False
    is_alliance: bool = False
    edition: int | None = None
    special_group: str = ""
    summary: str = ""
    organisers: tuple[Organiser, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeView:
    """A programme as others see it. `part_of` is the code of its series, else empty."""

    id: int
    code: str
    words: dict[str, str]
    kind: str
    node: int
    part_of: str
    details: ProgrammeDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One meeting of a class; it is not counted, its class is."""

    starts_at: datetime
    ends_at: datetime
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """What may be said of a session beside its time.

    `capacity` None: no limit. Empty `mode` and None `special_group`: as the programme has it.
    """

    title: str = ""
    place: str = ""
    capacity: int | None = None
    mode: Mode | None = None
    special_group: str | None = None
    lessons: tuple[Lesson, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """One session, showing or class, with the sums of what was recorded of it."""

    id: int
    uid: UUID
    programme: str
    programme_words: dict[str, str]
    kind: str
    title: str
    node: int
    department: int | None
    place: str
    starts_at: datetime
    ends_at: datetime
    mode: Mode
    special_group: str
    status: SessionStatus
    capacity: int | None
    places_taken: int
    persons: int = 0
    lessons: tuple[Lesson, ...] = field(default=())

    @property
    def places_left(self) -> int | None:
        """Places still free; None when there is no limit."""
        return None if self.capacity is None else max(self.capacity - self.places_taken, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyView:
    """A counted sum of people at one session on one day."""

    uid: UUID
    session: UUID
    day: date
    mode: Mode
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUpView:
    """One reader's sign-up. `place_in_queue` counts from 1 on the waiting list, else None."""

    uid: UUID
    session: UUID
    patron: int
    status: SignUpStatus
    place_in_queue: int | None = None
