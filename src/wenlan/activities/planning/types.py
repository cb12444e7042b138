"""Items of a year's plan of activities."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

LONGEST_TITLE = 120
FIRST_YEAR, LAST_YEAR = 1990, 2100


class Progress(StrEnum):
    """How far an item has come, as of a day."""

    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    BEHIND = "behind"
    MISSED = "missed"


PROGRESS_WORDS = {
    Progress.REACHED: _("Target reached"),
    Progress.ON_THE_WAY: _("Under way"),
    Progress.BEHIND: _("Behind, and nothing planned"),
    Progress.MISSED: _("Not reached"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """What a library means to do: so many sessions of a kind until a day, carried by somebody.

    `target_persons` None: no number of people was aimed at.
    """

    title: str
    kind: str
    due_on: date
    target_sessions: int
    target_persons: int | None = None
    carried_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItemView:
    """An item with what was held of it. `planned` are sessions still ahead until the day that it is due.

    What counts are the sessions of the kind at the item's place and all under it, from 1 January to `due_on`.
    """

    id: int
    node: int
    title: str
    kind: str
    due_on: date
    target_sessions: int
    target_persons: int | None
    carried_by: str
    dropped_on: date | None
    held: int = 0
    planned: int = 0
    persons: int = 0
    progress: Progress = Progress.ON_THE_WAY

    @property
    def progress_label(self) -> str:
        """How far it has come, in the language being spoken."""
        return str(PROGRESS_WORDS[self.progress])
