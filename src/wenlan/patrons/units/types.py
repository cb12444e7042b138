"""Units and the classes in them."""

from collections.abc import Mapping
from dataclasses import dataclass

UNIT_LENGTH, GROUP_LENGTH = 80, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Where a reader belongs. `unit` is never empty; `group` is, where the unit has no classes or it is not known."""

    unit: str
    group: str = ""

    @property
    def words(self) -> str:
        """Unit and class as one line."""
        return f"{self.unit} {self.group}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A class of a unit, and how many readers belong to it."""

    group: str
    readers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A unit, its classes in the order of the school, and how many readers belong to it."""

    unit: str
    groups: tuple[GroupLine, ...]
    readers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedUp:
    """How many readers went from a class to another, and how many left the unit, by the class they were in."""

    moved: Mapping[str, int]
    left: Mapping[str, int]
