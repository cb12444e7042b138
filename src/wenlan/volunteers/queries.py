"""Reads of volunteers and of what they served."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db.models import Count

from wenlan.kernel.periods import Period
from wenlan.kernel.words import say
from wenlan.registers import queries as registers
from wenlan.volunteers.books import SERVICE
from wenlan.volunteers.errors import VolunteerUnknown
from wenlan.volunteers.models import OPEN, Service, Volunteer
from wenlan.volunteers.types import Served, ServiceView, Standing, VolunteerView

BOOK = SERVICE.code


def jobs() -> dict[str, str]:
    """Return the kinds of service by code, in the language being spoken, as the book has them now."""
    field = registers.book(BOOK).field("job")
    return {choice.code: say(choice.words) for choice in field.choices}


def volunteer(volunteer_id: int) -> VolunteerView:
    """Return a registration. Raises VolunteerUnknown."""
    row = Volunteer.objects.filter(pk=volunteer_id).first()
    if row is None:
        raise VolunteerUnknown(what=str(volunteer_id))
    return view_of(row)


def volunteers_by_id(ids: Collection[int]) -> dict[int, VolunteerView]:
    """Return registrations by id (one statement)."""
    return {row.pk: view_of(row) for row in Volunteer.objects.filter(pk__in=ids)}


def of_reader(patron: int) -> VolunteerView | None:
    """Return a reader's registration: the open one, else the latest, None without any (one statement)."""
    rows = sorted(Volunteer.objects.filter(patron=patron), key=lambda row: (row.standing in OPEN, row.pk))
    return view_of(rows[-1]) if rows else None


def volunteers(nodes: Collection[int], standing: str, *, after: int = 0, limit: int = 100) -> tuple[VolunteerView, ...]:
    """Return the registrations of some places that stand so, by id above `after` (one statement)."""
    rows = Volunteer.objects.filter(node__in=nodes, standing=standing, pk__gt=after).order_by("id")
    return tuple(view_of(row) for row in rows[:limit])


def counts(nodes: Collection[int]) -> dict[str, int]:
    """Return how many registrations of some places stand how (one statement)."""
    rows = Volunteer.objects.filter(node__in=nodes).values_list("standing").annotate(Count("id")).order_by()
    return dict.fromkeys(Standing.values, 0) | dict(rows)


def served(ids: Collection[int], period: Period | None = None) -> Mapping[int, Served]:
    """Return what volunteers served, the latest first, as the book of service tells it (two statements).

    An entry that was struck out of the book is no service; one that was amended counts as it reads now, on the day that
    it has now.
    """
    owners = dict(Service.objects.filter(volunteer__in=ids).values_list("entry", "volunteer_id"))
    found: dict[int, list[ServiceView]] = defaultdict(list)
    for entry in registers.standing(owners.keys(), period):
        found[owners[entry.uid]].append(
            ServiceView(
                volunteer=owners[entry.uid],
                entry=entry.uid,
                day=entry.day,
                node=entry.node,
                job=entry.values.get("job", ""),
                hours=Decimal(entry.values["hours"]),
                note=entry.values.get("content", ""),
            )
        )
    return {
        one: Served(hours=sum((line.hours for line in lines), Decimal(0)), times=len(lines), services=tuple(lines))
        for one, lines in found.items()
    }


def view_of(row: Volunteer) -> VolunteerView:
    """Return the public side of a registration."""
    return VolunteerView(
        id=row.pk,
        uid=row.uid,
        patron=row.patron_id,
        node=row.node_id,
        standing=row.standing,
        jobs=tuple(row.jobs),
        free_time=row.free_time,
        national_number=row.national_number,
        asked_on=row.asked_on,
        joined_on=row.joined_on,
        ended_on=row.ended_on,
        why_left=row.why_left,
        reason=row.reason,
    )
