"""What the clock is told to do again and again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """A task that may run twice without harm. `run` gets the instant it was called for.

    A `claimed` task runs once for all workers, by its row in the schedule. One that looks for work several
    times a second is not claimed (a write each time would wear the disk): it holds a lease while it works.
    """

    name: str
    every_seconds: float
    run: Callable[[datetime], object]
    claimed: bool = True
