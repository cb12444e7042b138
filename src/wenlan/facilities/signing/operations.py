"""Beginning and ending that a room counts its own readers."""

from datetime import date

from django.db import transaction

from wenlan.facilities.models import RoomCount
from wenlan.facilities.signing.models import SigningRoom
from wenlan.facilities.signing.queries import signing_rooms
from wenlan.kernel.acts import Act


@transaction.atomic
def begin(act: Act, *, department: int) -> date:
    """Let a room count its readers by their sign-ins; return the first day: the act's, or the next when a sum of the
    day stands already. Twice is as once.
    """
    standing = SigningRoom.objects.select_for_update().filter(department=department, until_day=None).first()
    if standing is None:
        counted = RoomCount.objects.filter(department=department, day=act.day, replaced_at=None).exists()
        first = date.fromordinal(act.day.toordinal() + counted)
        standing = SigningRoom.objects.create(department_id=department, from_day=first)
    return standing.from_day


@transaction.atomic
def end(act: Act, *, department: int) -> None:
    """Let a room be counted by a sum of the day again, from the day after the act's. Twice is as once."""
    following = date.fromordinal(act.day.toordinal() + 1)
    if signing_rooms([department], following):
        SigningRoom.objects.filter(department=department, until_day=None).update(until_day=following)
