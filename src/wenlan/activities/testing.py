"""Factories for tests that need programmes and sessions."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from uuid import UUID

from wenlan.activities import operations
from wenlan.activities.types import Mode, ProgrammeDetails, SessionPlan
from wenlan.facilities.testing import make_act

_numbers = count(1)


def make_programme(
    node: int, code: str = "", *, part_of: str = "", mode: Mode = Mode.ONSITE, special_group: str = ""
) -> str:
    """Return the code of a programme of the node; its kind is the head of the code (default: a lecture)."""
    code = code or f"lecture.n{next(_numbers)}"
    details = ProgrammeDetails(mode=mode, special_group=special_group)
    operations.plan_programme(
        make_act(node, date(2015, 1, 1)),
        code=code,
        words={"zh": code, "en": code},
        kind=code.split(".")[0],
        part_of=part_of,
        details=details,
    )
    return code


def make_session(
    programme: str, node: int, *, on: date = date(2019, 3, 4), days: int = 1, capacity: int | None = None
) -> UUID:
    """Return the uid of a planned session from 10:00 to 12:00 in China, the end `days - 1` days later."""
    starts_at = datetime.combine(on, time(2), UTC)
    return operations.plan_session(
        make_act(node, date(2015, 1, 1)),
        programme=programme,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=days - 1, hours=2),
        plan=SessionPlan(capacity=capacity),
    ).uid


def make_held_session(programme: str, node: int, *, on: date = date(2019, 3, 4), days: int = 1) -> UUID:
    """Return the uid of a session that was held."""
    uid = make_session(programme, node, on=on, days=days)
    operations.hold_session(make_act(node, on), session=uid)
    return uid
