"""Readers become volunteers, serve, and leave; the roll and the book of service are written along."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db import transaction

from wenlan.kernel.acts import Act
from wenlan.patrons import operations as accounts
from wenlan.patrons import queries as patrons
from wenlan.patrons.policies import completed_years
from wenlan.patrons.types import PatronStatus
from wenlan.registers import operations as registers
from wenlan.staff.operations import audit
from wenlan.volunteers import policies, queries
from wenlan.volunteers.books import ROLL
from wenlan.volunteers.errors import (
    AlreadyVolunteer,
    CannotVolunteer,
    GuardianMustAgree,
    NotAsking,
    NotServing,
    OfferEmpty,
    ServiceWrong,
    VolunteerUnknown,
)
from wenlan.volunteers.models import OPEN, Service, Volunteer
from wenlan.volunteers.types import LONGEST_NUMBER, Offer, Standing, TimeServed, VolunteerView, WhyLeft

TEAM = "读者志愿队"


@transaction.atomic
def ask(act: Act, *, patron: int, offer: Offer) -> VolunteerView:
    """Register a reader as one who asks to become a volunteer of the act's library.

    Raises PatronUnknown, CannotVolunteer, AlreadyVolunteer, OfferEmpty. Repeating `act.key` returns the first. Locks
    the reader's row, so that asking at the desk and at home at once makes one registration.
    """
    accounts.locked(patron)
    if known := Volunteer.objects.filter(key=act.key).first():
        return queries.view_of(known)
    reader = patrons.patron(patron)
    if reader.status == PatronStatus.DEREGISTERED or reader.category.is_institution:
        raise CannotVolunteer()
    if not offer.jobs or set(offer.jobs) - queries.jobs().keys():
        raise OfferEmpty()
    if Volunteer.objects.filter(patron=patron, standing__in=OPEN).exists():
        raise AlreadyVolunteer()
    row = Volunteer.objects.create(
        patron_id=patron,
        node_id=act.node,
        jobs=list(offer.jobs),
        free_time=offer.free_time.strip()[:200],
        national_number=offer.national_number.strip()[:LONGEST_NUMBER],
        asked_on=act.day,
        key=act.key,
    )
    _audit(act, row, "asked")
    return queries.view_of(row)


@transaction.atomic
def take_in(act: Act, *, volunteer: int, guardian_agreed: bool = False) -> VolunteerView:
    """Take a reader into the team, and enter it in the roll. Twice is as once.

    Raises VolunteerUnknown, NotAsking, GuardianMustAgree for one under 18. Locks the registration.
    """
    row = _locked(volunteer)
    if row.standing == Standing.SERVING:
        return queries.view_of(row)
    _insist_asking(row)
    born = patrons.patron(row.patron_id).birth_date
    if policies.needs_guardian(completed_years(born, act.day)) and not guardian_agreed:
        raise GuardianMustAgree()
    row.standing, row.joined_on, row.guardian_agreed = Standing.SERVING, act.day, guardian_agreed
    row.save()
    _enter_roll(act, row, 1)
    _audit(act, row, "joined")
    return queries.view_of(row)


@transaction.atomic
def decline(act: Act, *, volunteer: int, reason: str) -> VolunteerView:
    """Do not take a reader in, and say why; they may ask again. Raises VolunteerUnknown, NotAsking."""
    row = _locked(volunteer)
    if row.standing == Standing.DECLINED:
        return queries.view_of(row)
    _insist_asking(row)
    row.standing, row.ended_on, row.reason = Standing.DECLINED, act.day, reason.strip()[:200]
    row.save()
    _audit(act, row, "declined")
    return queries.view_of(row)


@transaction.atomic
def leave(act: Act, *, volunteer: int, why: WhyLeft, reason: str = "") -> VolunteerView:
    """End a registration; who served leaves the roll. What was served stays. Twice is as once. Locks the row."""
    row = _locked(volunteer)
    if row.standing in OPEN:
        _end(act, row, why, reason)
    return queries.view_of(row)


def _end(act: Act, row: Volunteer, why: WhyLeft, reason: str = "") -> None:
    was_serving = row.standing == Standing.SERVING
    row.standing, row.ended_on = Standing.LEFT, max(act.day, row.joined_on or act.day)
    row.why_left, row.reason = why.value, reason.strip()[:200]
    row.save()
    if was_serving:
        _enter_roll(act, row, -1)
    _audit(act, row, "left")


@transaction.atomic
def note_number(act: Act, *, volunteer: int, number: str) -> VolunteerView:
    """Note the national number of one who registered there later, or put it right; who serves stands on the roll so.

    Raises VolunteerUnknown, and NotAsking for one who was not taken or has left. Locks the registration.
    """
    row, number = _locked(volunteer), number.strip()[:LONGEST_NUMBER]
    if row.standing not in OPEN:
        raise NotAsking(state=Standing(row.standing).label)
    if number != row.national_number:
        if row.national_number:
            row.national_number = number
        else:
            _take_number(act, row, number)
        row.save()
        _audit(act, row, "number")
    return queries.view_of(row)


@transaction.atomic
def serve(act: Act, *, volunteer: int, service: TimeServed) -> VolunteerView:
    """Write a volunteer's service into the book, at the act's place, and note whose it is.

    Hours are counted by the book's entry alone. Raises VolunteerUnknown, ServiceWrong, OfferEmpty for an unknown
    kind, NotServing for a day outside the time as a volunteer. Repeating `act.key` for the same volunteer counts
    nothing.
    """
    row, key = _locked(volunteer), f"{act.key}:{volunteer}"
    if Service.objects.filter(key=key).exists():
        return queries.view_of(row)
    if not policies.is_service_sound(minutes=service.minutes, day=service.day, today=act.day):
        raise ServiceWrong()
    if service.job not in queries.jobs():
        raise OfferEmpty()
    if not policies.served_on(service.day, joined_on=row.joined_on, ended_on=row.ended_on):
        raise NotServing(day=service.day)
    values = {
        "team": TEAM,
        "job": service.job,
        "people": 1,
        "hours": f"{service.minutes / 60:.2f}",
        "content": service.note.strip(),
    }
    entry = registers.enter(act, book=queries.BOOK, day=service.day, values=values, key=f"served:{key}")
    Service.objects.create(volunteer=row, entry=entry.uid, day=service.day, key=key)
    return queries.view_of(row)


@transaction.atomic
def end_for_readers(act: Act, ids: Collection[int]) -> None:
    """End the registrations of readers whose accounts are closed; what is personal in them is erased."""
    rows = Volunteer.objects.select_for_update().filter(patron__in=ids).order_by("id")
    for row in rows:
        if row.standing in OPEN:
            _end(act, row, WhyLeft.ACCOUNT)
    rows.update(free_time="", national_number="", reason="")


@transaction.atomic
def move(act: Act, gone: int, kept: int) -> None:
    """Give a reader's registrations to another. Two open ones become one: the older day of joining stays.

    A person who was on the roll twice stands there once from now on, with the national number of either.
    """
    rows = list(Volunteer.objects.select_for_update().filter(patron__in=(gone, kept), standing__in=OPEN).order_by("id"))
    if len({row.patron_id for row in rows}) == len((gone, kept)):
        stays = next((row for row in rows if row.standing == Standing.SERVING), rows[0])
        goes = next(row for row in rows if row is not stays)
        Service.objects.filter(volunteer=goes).update(volunteer=stays)
        stays.joined_on = min(filter(None, (stays.joined_on, goes.joined_on)), default=None)
        _end(act, goes, WhyLeft.MERGED)
        if goes.national_number and not stays.national_number:
            _take_number(act, stays, goes.national_number)
        stays.save()
    Volunteer.objects.filter(patron=gone).update(patron=kept)


def _enter_roll(act: Act, row: Volunteer, change: int) -> None:
    """Enter one who joined or left in the roll of the team's place; the book counts, and names nobody."""
    values: dict[str, int] = {"members": change}
    if row.national_number:
        values["registered"] = change
    there = replace(act, node=row.node_id, department=None)
    what = "joined" if change > 0 else "left"
    registers.enter(there, book=ROLL.code, day=_day(act, row), values=values, key=f"volunteer:{row.uid}:{what}")


def _take_number(act: Act, row: Volunteer, number: str) -> None:
    """Note the national number of one who had none; who serves is registered nationally from then on."""
    row.national_number = number
    if row.standing == Standing.SERVING:
        there = replace(act, node=row.node_id, department=None)
        key = f"volunteer:{row.uid}:registered"  # once: a number is put right, not taken away
        registers.enter(there, book=ROLL.code, day=act.day, values={"registered": 1}, key=key)


def _day(act: Act, row: Volunteer) -> date:
    return row.ended_on or act.day


def _insist_asking(row: Volunteer) -> None:
    if row.standing != Standing.ASKED:
        raise NotAsking(state=Standing(row.standing).label)


def _locked(volunteer: int) -> Volunteer:
    row = Volunteer.objects.select_for_update().filter(pk=volunteer).first()
    if row is None:
        raise VolunteerUnknown(what=str(volunteer))
    return row


def _audit(act: Act, row: Volunteer, what: str) -> None:
    audit(act, "volunteers.standing", f"patron:{row.patron_id}", after={"volunteer": row.pk, "what": what})
