"""What became of an act that happened without a line, and what is known beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wenlan.circulation.journals.past import End
from wenlan.circulation.journals.types import Problem

Accepted = frozenset[Problem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an act. `found` is what a person has to know to decide, `said` what the device is told.

    `ends_nothing`: a return of what was not on loan; `ended` names the time of such a return that a loan found.
    """

    problem: str = ""
    is_recorded: bool = True
    ends_nothing: bool = False
    ended: datetime | None = None
    found: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)


def conflict(problem: Problem, **found: Any) -> Outcome:
    """Return that an act is not recorded, and why."""
    return Outcome(problem=problem.value, is_recorded=False, found=found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is known beside a line.

    `accepted` are the problems that a person has decided to be as they happened; `is_overruled` says that who did it
    had the right to overrule refusals, and gave a reason; `back` is the return that follows the loan in its journal.
    """

    accepted: Accepted = frozenset()
    is_overruled: bool = False
    back: End | None = None
