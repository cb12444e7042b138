"""Areas of shelves, the tasks of a day, and what a shelf reading finds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from wenlan.kernel.words import say

LONGEST_WORK = 24 * 60
MOST_VOLUMES = 100_000


class TaskKind(TextChoices):
    """What is done at the shelves."""

    RETURNED = "returned", pgettext_lazy("shelving", "Put back what was returned")
    READING = "reading", pgettext_lazy("shelving", "Read the shelves")
    NEWSPAPERS = "newspapers", pgettext_lazy("shelving", "Sort newspapers")
    REPAIR = "repair", pgettext_lazy("shelving", "Mend what is worn")
    OTHER = "other", pgettext_lazy("shelving", "Other work at the shelves")


class TaskState(TextChoices):
    """Where a task stands."""

    OPEN = "open", pgettext_lazy("shelving", "Waits")
    TAKEN = "taken", pgettext_lazy("shelving", "Taken")
    DONE = "done", pgettext_lazy("shelving", "Done")
    DROPPED = "dropped", pgettext_lazy("shelving", "Dropped")


class FindingKind(TextChoices):
    """How a volume stands otherwise than it should."""

    WRONG_PLACE = "wrong_place", pgettext_lazy("shelf reading", "Out of order")
    OTHER_AREA = "other_area", pgettext_lazy("shelf reading", "Belongs to another place")
    OTHER_STATE = "other_state", pgettext_lazy("shelf reading", "Should not stand on a shelf")
    UNKNOWN = "unknown", pgettext_lazy("shelf reading", "No item has this barcode")
    MISSING = "missing", pgettext_lazy("shelf reading", "Should stand here, was not read")


# The kind of service in the book of volunteers under which the hours of a task count.
VOLUNTEER_JOBS = {TaskKind.NEWSPAPERS: "newspapers"}
SHELVING_JOB = "shelving"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArea:
    """Shelves from one call number to another, both with all that begins with them; empty `last`: to the end."""

    words: Mapping[str, str]
    first: str = ""
    last: str = ""
    department: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaView:
    """An area of shelves at a node. `first_key` and `last_key` are places in the order of call numbers."""

    id: int
    node: int
    words: Mapping[str, str]
    first: str
    last: str
    first_key: str
    last_key: str
    department: int | None

    @property
    def name(self) -> str:
        """The name in the language being spoken."""
        return say(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """A task of a day. `waiting` is how many volumes waited when it was last counted; None: nothing to count.

    Done by a member of staff, or by volunteers (ids); `minutes` are those of each.
    """

    id: int
    uid: UUID
    node: int
    area: int | None
    kind: str
    day: date
    waiting: int | None
    note: str
    state: str
    taken_by: str
    taken_at: datetime | None
    done_at: datetime | None
    volumes: int | None
    minutes: int | None
    volunteers: tuple[int, ...]

    @property
    def kind_label(self) -> str:
        """What is done, in the language being spoken."""
        return str(TaskKind(self.kind).label)

    @property
    def state_label(self) -> str:
        """Where it stands, in the language being spoken."""
        return str(TaskState(self.state).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDone:
    """What a task came to. Without `volunteers` it was the member of staff who says so."""

    volumes: int
    minutes: int
    volunteers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """Something that stands wrong. `after` is the call number that it belongs behind, '' at the beginning."""

    id: int
    kind: str
    barcode: str
    item: int | None
    position: int | None
    after: str
    settled_at: datetime | None
    settled_as: str

    @property
    def kind_label(self) -> str:
        """How it stands, in the language being spoken."""
        return str(FindingKind(self.kind).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """One pass along a shelf: how many volumes were read, and what stands wrong, in the order of the shelf."""

    id: int
    area: int
    day: date
    by: str
    volumes: int
    findings: tuple[FindingView, ...]
