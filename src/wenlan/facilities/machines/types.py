"""What is said of a machine, in which states it can be, and what was done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from wenlan.kernel.words import say


class MachineState(TextChoices):
    """How a machine stands. One in repair is still held; one out of use is owned, but no longer counted as held."""

    IN_USE = "in_use", pgettext_lazy("machine", "In use")
    IN_REPAIR = "in_repair", pgettext_lazy("machine", "In repair")
    OUT_OF_USE = "out_of_use", pgettext_lazy("machine", "Out of use")
    DISPOSED = "disposed", pgettext_lazy("machine", "Disposed of")


HELD = (MachineState.IN_USE, MachineState.IN_REPAIR)


class Deed(TextChoices):
    """What was done with a machine on a day."""

    TAKEN_IN = "taken_in", pgettext_lazy("machine", "Entered")
    MOVED = "moved", pgettext_lazy("machine", "Moved")
    STATED = "stated", pgettext_lazy("machine", "State changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineType:
    """A type of machine. It counts in the ledger under `subject`; a vehicle makes trips."""

    code: str
    words: Mapping[str, str]
    subject: str
    is_vehicle: bool = False
    is_own: bool = False

    @property
    def name(self) -> str:
        """The name in the language being spoken."""
        return say(self.words)

    @property
    def value_subject(self) -> str:
        """Under what its price counts in the ledger."""
        return f"machine_value.{self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineFacts:
    """What is written of a machine when it is entered; all but `since` and the place may be put right later.

    `since` is the day from which it counts at `node`; `price_fen` is what it cost, None when nobody knows.
    `number` is the asset number, empty to be given the next one; `plate` is a vehicle's.
    """

    type: str
    name: str
    node: int
    since: date
    department: int | None = None
    spot: str = ""
    number: str = ""
    serial: str = ""
    plate: str = ""
    bought_on: date | None = None
    price_fen: int | None = None
    fund: str = ""
    supplier: str = ""
    warranty_until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineView:
    """A machine as it stands; `since` is the day it was entered for, `last_on` that of the last thing done with it."""

    id: int
    uid: UUID
    number: str
    type: MachineType
    name: str
    node: int
    department: int | None
    spot: str
    state: MachineState
    serial: str
    plate: str
    bought_on: date | None
    price_fen: int | None
    fund: str
    supplier: str
    warranty_until: date | None
    note: str
    since: date
    last_on: date

    @property
    def is_held(self) -> bool:
        """Whether it counts as equipment that the place has."""
        return self.state in HELD

    @property
    def title(self) -> str:
        """How a person names it: its name with the plate, or with the asset number."""
        return f"{self.name} {self.plate or self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedView:
    """Something that was done with a machine, with how it stood afterwards; `undone_at` when it was taken back."""

    id: int
    kind: Deed
    day: date
    node: int
    department: int | None
    spot: str
    state: MachineState
    note: str
    at: datetime
    by: str
    undone_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """The device (a terminal's code) that a machine was, from a day until (not with) another; None: still."""

    id: int
    machine: int
    device: str
    from_day: date
    until_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlistedView:
    """A line of a record book that counts machines which are not listed one by one."""

    entry: UUID
    book: str
    type: MachineType
    name: str
    node: int
    day: date
    pieces: int
