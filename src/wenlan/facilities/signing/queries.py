"""Which rooms count their own readers."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from wenlan.facilities.signing.models import SigningRoom


def signing_rooms(departments: Collection[int], on: date) -> frozenset[int]:
    """Return which of the rooms are counted by their sign-ins on a day (one statement)."""
    rows = SigningRoom.objects.filter(Q(until_day=None) | Q(until_day__gt=on), from_day__lte=on)
    return frozenset(rows.filter(department__in=departments).values_list("department_id", flat=True))
