"""Entering days off, days worked for them, and seasons."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction

from wenlan.kernel.acts import Act
from wenlan.network.almanac.errors import CapWrong, DaysWrong
from wenlan.network.almanac.models import AdmissionCap, Season, SpecialDay
from wenlan.network.almanac.queries import cap_view, season_view
from wenlan.network.almanac.types import CapView, SeasonView

LONGEST_HOLIDAY = 31
SHORTEST_SLOT, LONGEST_SLOT = 15, 1440  # minutes


@transaction.atomic
def set_holiday(
    act: Act, *, start: date, last: date, names: Mapping[str, str], source: str, working: Sequence[date] = ()
) -> None:
    """Say that the days `start` to `last` (both in) are a public holiday, and which days are worked for it.

    What was said of any of these days before is replaced. Raises DaysWrong. Twice is as once.
    """
    off = [start + timedelta(days=more) for more in range((last - start).days + 1)]
    if not off or len(off) > LONGEST_HOLIDAY or set(off) & set(working) or not names.get("zh", "").strip():
        raise DaysWrong()
    for day, is_off in [*((day, True) for day in off), *((day, False) for day in working)]:
        said = {"is_off": is_off, "names": dict(names), "source": source.strip()[:200]}
        SpecialDay.objects.update_or_create(day=day, defaults=said)


def forget_days(act: Act, *, start: date, last: date) -> None:
    """Take back what was entered of the days (both in): what is shipped for them holds again. Twice is as once."""
    SpecialDay.objects.filter(day__gte=start, day__lte=last).delete()


@transaction.atomic
def set_season(act: Act, *, node: int, code: str, names: Mapping[str, str], start: date, last: date) -> SeasonView:
    """Name a stretch of days (both in) at a place and all under it; one that began on `start` is replaced.

    Raises DaysWrong.
    """
    if last < start or not code.strip() or not names.get("zh", "").strip():
        raise DaysWrong()
    said = {"names": dict(names), "end": last + timedelta(days=1)}
    row, _is_new = Season.objects.update_or_create(node_id=node, code=code.strip()[:20], start=start, defaults=said)
    return season_view(row)


def forget_season(act: Act, *, season: int) -> None:
    """Take a season back. Twice is as once."""
    Season.objects.filter(pk=season).delete()


@transaction.atomic
def set_cap(act: Act, *, node: int, most: int, slot_minutes: int, reason: str, from_day: date) -> CapView:
    """Let no more than `most` people into a place in each slot from a day on; the cap before ends with it.

    Raises CapWrong. One that began on that very day is replaced.
    """
    if most < 1 or not SHORTEST_SLOT <= slot_minutes <= LONGEST_SLOT or not reason.strip():
        raise CapWrong()
    standing = AdmissionCap.objects.select_for_update().filter(node=node, until_day=None, from_day__lt=from_day)
    standing.update(until_day=from_day)
    row, _is_new = AdmissionCap.objects.update_or_create(
        node_id=node,
        from_day=from_day,
        defaults={"most": most, "slot_minutes": slot_minutes, "reason": reason.strip()[:200], "until_day": None},
    )
    return cap_view(row)


@transaction.atomic
def end_cap(act: Act, *, cap: int) -> None:
    """Let anybody in again from the day after the act's on. Twice is as once."""
    following = act.day + timedelta(days=1)
    AdmissionCap.objects.filter(pk=cap, until_day=None, from_day__lt=following).update(until_day=following)
