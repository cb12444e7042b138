"""What a place of the network is, and how it looks from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.kernel.words import say


class NodeKind(TextChoices):
    """Kinds of place. Only branches, study rooms, village rooms and points count as outlets of their kind."""

    NETWORK = "network", _("Network")
    LIBRARY = "library", _("Library")
    BUILDING = "building", _("Building")
    BRANCH = "branch", _("Branch")
    STUDY_ROOM = "study_room", _("City study room")
    VILLAGE_ROOM = "village_room", _("Village reading room")
    POINT = "point", _("Hosted point")
    BUS = "bus", _("Book bus")
    BUS_STOP = "bus_stop", _("Bus stop")


class NodeStatus(TextChoices):
    """Whether readers are served there on a day."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open")
    SUSPENDED = "suspended", pgettext_lazy("of a place", "Suspended")
    CLOSED = "closed", _("Closed")


class DepartmentKind(TextChoices):
    """What a department or room is for; loans, visits and staff are counted by it."""

    LOAN_DESK = "loan_desk", _("Loan desk")
    READING_ROOM = "reading_room", _("Reading room")
    OFFICE = "office", _("Office")
    BUS = "bus", _("Book bus crew")


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeView:
    """A node as it stands on one day; `parent` is None for the root."""

    id: int
    code: str
    names: Mapping[str, str]
    kind: str
    status: str
    parent: int | None
    statistical_unit: bool
    is_demo: bool = False

    @property
    def name(self) -> str:
        """The name in the language being spoken."""
        return say(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentView:
    """A department or room of a node."""

    id: int
    code: str
    names: Mapping[str, str]
    kind: str
    node: int

    @property
    def name(self) -> str:
        """The name in the language being spoken."""
        return say(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeFacts:
    """What is said of a node when it is opened; the rest of its life is dated rows."""

    code: str
    names: Mapping[str, str]
    kind: NodeKind
    parent: int | None
    since: date
    status: NodeStatus = NodeStatus.OPEN
    statistical_unit: bool = False
    host_kind: str = ""
    division_code: str = ""
    isil: str = ""
    address: str = ""
    area_m2: int | None = None
    is_demo: bool = False
