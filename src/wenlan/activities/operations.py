"""Planning and holding programmes and sessions, and counting who came."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wenlan.activities import errors, policies, queries
from wenlan.activities.models import Lesson, Programme, Session, SignUp, Tally
from wenlan.activities.types import (
    Mode,
    Organiser,
    ProgrammeDetails,
    ProgrammeView,
    SessionPlan,
    SessionStatus,
    SessionView,
    SignUpStatus,
    SignUpView,
    TallyView,
)
from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as kept
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import NotFound
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.patrons import queries as patrons
from wenlan.patrons.dimensions import countable

CHANNELS = {Mode.ONLINE: Channel.WEB, Mode.OUTSIDE: Channel.OUTSIDE}


@transaction.atomic
def plan_programme(
    act: Act,
    *,
    words: dict[str, str],
    kind: str,
    code: str = "",
    part_of: str = "",
    details: ProgrammeDetails | None = None,
) -> ProgrammeView:
    """Found a programme of the act's node. Its code `<kind>.<name>` is for ever; empty takes the next number.

    Raises KindUnknown, ProgrammeCodeInvalid, ProgrammeCodeTaken, and NotFound for an unknown series.
    Repeating `act.key` returns the first answer.
    """
    if known := kept.answer(act.key, "activities.plan_programme"):
        return queries.programme(known["code"])
    code = code or f"{queries.kind(kind).code}.{jobs.next_number('activities.programme', kind):04d}"
    _require_free_code(code, queries.kind(kind).code)
    said = details or ProgrammeDetails()
    row = Programme.objects.create(
        code=code,
        words=words,
        kind=kind,
        node_id=act.node,
        part_of=_programme(part_of) if part_of else None,
        mode=said.mode,
        is_brand=said.is_brand,
        is_alliance=said.is_alliance,
        edition=said.edition,
        special_group=said.special_group,
        summary=said.summary,
        organisers=[_organiser_row(each) for each in said.organisers],
    )
    jobs.remember(act.key, "activities.plan_programme", {"code": code}, at=act.at)
    return queries.programme_view(row)


def _require_free_code(code: str, kind: str) -> None:
    if not policies.is_programme_code(code, kind):
        raise errors.ProgrammeCodeInvalid(programme=code, kind=kind)
    if Programme.objects.filter(code=code).exists():
        raise errors.ProgrammeCodeTaken(programme=code)


def _organiser_row(organiser: Organiser) -> dict[str, str]:
    return {"role": organiser.role.value, "name": organiser.name}


@transaction.atomic
def plan_session(
    act: Act,
    *,
    programme: str,
    starts_at: datetime,
    ends_at: datetime,
    node: int | None = None,
    department: int | None = None,
    plan: SessionPlan | None = None,
) -> SessionView:
    """Plan one session, showing or class of a programme, at `node` (default: the act's).

    Raises NotFound for an unknown programme and SessionTimesInvalid. Repeating `act.key` returns the
    first answer.
    """
    if known := kept.answer(act.key, "activities.plan_session"):
        return queries.session(UUID(known["session"]))
    said = plan or SessionPlan()
    if not policies.are_times_sound(starts_at, ends_at, said.lessons):
        raise errors.SessionTimesInvalid()
    of = _programme(programme)
    row = Session.objects.create(
        programme=of,
        title=said.title,
        node_id=act.node if node is None else node,
        department_id=department,
        place=said.place,
        starts_at=starts_at,
        ends_at=ends_at,
        mode=said.mode or of.mode,
        special_group=of.special_group if said.special_group is None else said.special_group,
        capacity=said.capacity,
    )
    Lesson.objects.bulk_create(
        [Lesson(session=row, starts_at=each.starts_at, ends_at=each.ends_at, topic=each.topic) for each in said.lessons]
    )
    jobs.remember(act.key, "activities.plan_session", {"session": str(row.uid)}, at=act.at)
    return queries.session_view(row)


@transaction.atomic
def hold_session(act: Act, *, session: UUID, persons: int | None = None) -> SessionView:
    """Say that a session takes place: counted once, on the day it starts, however long it lasts.

    `persons` who came that first day may be counted with it, as `record_attendance` does. Holding a held
    session changes nothing. Raises NotFound, SessionNotOpen for a cancelled one, SessionStillAhead before
    its first day, PersonsInvalid and AttendanceAlreadyRecorded. Locks the session's row.
    """
    row = _locked(session)
    if row.status == SessionStatus.CANCELLED:
        raise errors.SessionNotOpen(status=row.get_status_display())
    first = timezone.localdate(row.starts_at)
    if act.day < first:
        raise errors.SessionStillAhead(day=first)
    if row.status == SessionStatus.PLANNED:
        _write_held(act, row, first)
    if persons is not None:
        _tally(act, row, first, Mode(row.mode), persons)
    return queries.session(session)


def _write_held(act: Act, row: Session, first: date) -> None:
    row.status = SessionStatus.HELD
    row.save(update_fields=["status"])
    ledger.record(
        _at_session(act, row, Mode(row.mode)),
        Kind.ACTIVITY_HELD,
        day=first,
        subject=row.programme.code,
        special_group=row.special_group,
        source=f"session:{row.uid}",
    )


@transaction.atomic
def cancel_session(act: Act, *, session: UUID, reason: str) -> SessionView:
    """Call a session off. What was already counted of it is reversed in the ledger.

    Cancelling twice changes nothing. Raises NotFound. Locks the session's row.
    """
    row = _locked(session)
    if row.status == SessionStatus.CANCELLED:
        return queries.session(session)
    _reverse_all(act, row)
    row.status = SessionStatus.CANCELLED
    row.reason = reason
    row.save(update_fields=["status", "reason"])
    return queries.session(session)


def _reverse_all(act: Act, row: Session) -> None:
    if row.status == SessionStatus.HELD:
        ledger.reverse(act, day=timezone.localdate(row.starts_at), source=f"session:{row.uid}")
    for tally in row.tallies.filter(replaced_at__isnull=True):
        _replace(act, tally)
    for sign_up in row.sign_ups.filter(status=SignUpStatus.CHECKED_IN):
        ledger.reverse(act, day=_day_of_check_in(sign_up), source=f"checkin:{sign_up.uid}")
    row.sign_ups.filter(status=SignUpStatus.CHECKED_IN).update(status=SignUpStatus.PLACED, checked_in_at=None)


def _day_of_check_in(sign_up: SignUp) -> date:
    assert sign_up.checked_in_at is not None
    return timezone.localdate(sign_up.checked_in_at)


@transaction.atomic
def record_attendance(
    act: Act, *, session: UUID, persons: int, day: date | None = None, mode: Mode | None = None
) -> TallyView:
    """Count the people at a held session on a day, beside those checked in by name.

    `day` is by default the first day; a showing that lasts is counted day by day. Recording the same
    number again changes nothing. Raises NotFound, SessionNotHeld, PersonsInvalid, AttendanceDayInvalid,
    and AttendanceAlreadyRecorded when another number stands. Locks the session's row.
    """
    row = _locked(session)
    return _tally(act, row, day or timezone.localdate(row.starts_at), mode or Mode(row.mode), persons)


def _tally(act: Act, row: Session, day: date, mode: Mode, persons: int) -> TallyView:
    _require_countable(act, row, day, persons)
    standing = row.tallies.filter(day=day, mode=mode, replaced_at__isnull=True).select_related("session").first()
    if standing is None:
        return _count(act, row, day, mode, persons)
    if standing.persons != persons:
        raise errors.AttendanceAlreadyRecorded(persons=standing.persons, day=day)
    return queries.tally_view(standing)


@transaction.atomic
def correct_attendance(act: Act, *, tally: UUID, persons: int) -> TallyView:
    """Put another number in the place of a standing count: its ledger row is reversed, a new one written.

    Correcting to the same number changes nothing. Raises NotFound for an unknown or replaced count and
    PersonsInvalid. Locks the session's row.
    """
    standing = Tally.objects.filter(uid=tally, replaced_at__isnull=True).select_related("session").first()
    if standing is None:
        raise NotFound(what=str(tally))
    row = _locked(standing.session.uid)
    if not Tally.objects.filter(pk=standing.pk, replaced_at__isnull=True).exists():
        raise NotFound(what=str(tally))
    if persons < 0:
        raise errors.PersonsInvalid()
    if persons == standing.persons:
        return queries.tally_view(standing)
    _replace(act, standing)
    return _count(act, row, standing.day, Mode(standing.mode), persons)


def _require_countable(act: Act, row: Session, day: date, persons: int) -> None:
    if row.status != SessionStatus.HELD:
        raise errors.SessionNotHeld()
    if persons < 0:
        raise errors.PersonsInvalid()
    first, last = timezone.localdate(row.starts_at), timezone.localdate(row.ends_at)
    if not policies.is_countable_day(day, first=first, last=last, today=act.day):
        raise errors.AttendanceDayInvalid(day=day)


def _count(act: Act, row: Session, day: date, mode: Mode, persons: int) -> TallyView:
    tally = Tally.objects.create(session=row, day=day, mode=mode, persons=persons, entered_at=act.at)
    if persons:
        ledger.record(
            _at_session(act, row, mode),
            Kind.ACTIVITY_ATTENDED,
            quantity=persons,
            day=day,
            subject=row.programme.code,
            special_group=row.special_group,
            source=f"tally:{tally.uid}",
        )
    return queries.tally_view(tally)


def _replace(act: Act, tally: Tally) -> None:
    tally.replaced_at = act.at
    tally.save(update_fields=["replaced_at"])
    if tally.persons:
        ledger.reverse(act, day=tally.day, source=f"tally:{tally.uid}")


@transaction.atomic
def sign_up(act: Act, *, session: UUID, patron: int) -> SignUpView:
    """Give a reader a place, or one on the waiting list when every place is taken.

    A reader who withdrew may come back, to the end of the queue. Raises NotFound, SessionNotOpen and
    AlreadySignedUp. Locks the session's row, so that the last place is given once. Repeating `act.key`
    returns the first answer.
    """
    if known := kept.answer(act.key, "activities.sign_up"):
        return _sign_up_now(SignUp.objects.select_related("session").get(uid=known["sign_up"]))
    row = _locked(session)
    if not policies.is_open_for_sign_up(SessionStatus(row.status), ends_at=row.ends_at, now=act.at):
        raise errors.SessionNotOpen(status=row.get_status_display())
    made = SignUp.objects.filter(session=row, patron_id=patron).select_related("session").first()
    if made is not None and made.status != SignUpStatus.WITHDRAWN:
        raise errors.AlreadySignedUp()
    made = made or SignUp(session=row, patron_id=patron)
    made.signed_up_at = act.at
    _place(made, row)
    jobs.remember(act.key, "activities.sign_up", {"sign_up": str(made.uid)}, at=act.at)
    return _sign_up_now(made)


def _place(made: SignUp, row: Session) -> None:
    made.status = SignUpStatus.WAITING
    if policies.has_place(row.places_taken, row.capacity):
        made.status = SignUpStatus.PLACED
        Session.objects.filter(pk=row.pk).update(places_taken=F("places_taken") + 1)
    made.save()


@transaction.atomic
def withdraw_sign_up(act: Act, *, session: UUID, patron: int) -> SignUpView:
    """Give a place back; the first of the waiting list takes it.

    Withdrawing twice changes nothing. Raises NotFound, NotSignedUp, and AlreadyCheckedIn for a reader who
    came. Locks the session's row.
    """
    row = _locked(session)
    made = _made(row, patron)
    if made.status == SignUpStatus.WITHDRAWN:
        return queries.sign_up_view(made)
    if made.status == SignUpStatus.CHECKED_IN:
        raise errors.AlreadyCheckedIn()
    frees_place = policies.takes_place(SignUpStatus(made.status))
    made.status = SignUpStatus.WITHDRAWN
    made.save(update_fields=["status"])
    if frees_place:
        _pass_place_on(row)
    return queries.sign_up_view(made)


def _pass_place_on(row: Session) -> None:
    following = row.sign_ups.filter(status=SignUpStatus.WAITING).order_by("signed_up_at", "id").first()
    if following is None:
        Session.objects.filter(pk=row.pk).update(places_taken=F("places_taken") - 1)
        return
    following.status = SignUpStatus.PLACED
    following.save(update_fields=["status"])


@transaction.atomic
def check_in_reader(act: Act, *, session: UUID, patron: int) -> SignUpView:
    """Count a reader who came, with the reader's dimensions as they are that day.

    Whoever did not sign up, or waits, may come in while places are free. Raises NotFound, SessionNotOpen
    for a cancelled session, AlreadyCheckedIn, SessionFull. Locks the session's row. Repeating `act.key`
    returns the first answer.
    """
    if known := kept.answer(act.key, "activities.check_in_reader"):
        return _sign_up_now(SignUp.objects.select_related("session").get(uid=known["sign_up"]))
    row = _locked(session)
    if row.status == SessionStatus.CANCELLED:
        raise errors.SessionNotOpen(status=row.get_status_display())
    made = SignUp.objects.filter(session=row, patron_id=patron).select_related("session").first()
    made = made or SignUp(session=row, patron_id=patron, signed_up_at=act.at, status=SignUpStatus.WAITING)
    _let_in(act, made, row)
    _write_check_in(act, row, made)
    jobs.remember(act.key, "activities.check_in_reader", {"sign_up": str(made.uid)}, at=act.at)
    return queries.sign_up_view(made)


def _let_in(act: Act, made: SignUp, row: Session) -> None:
    if made.status == SignUpStatus.CHECKED_IN:
        raise errors.AlreadyCheckedIn()
    if not policies.takes_place(SignUpStatus(made.status)):
        if not policies.has_place(row.places_taken, row.capacity):
            raise errors.SessionFull(capacity=row.capacity)
        Session.objects.filter(pk=row.pk).update(places_taken=F("places_taken") + 1)
    made.status = SignUpStatus.CHECKED_IN
    made.checked_in_at = act.at
    made.save()


def _write_check_in(act: Act, row: Session, made: SignUp) -> None:
    ledger.record(
        _at_session(act, row, Mode(row.mode)),
        Kind.ACTIVITY_ATTENDED,
        subject=row.programme.code,
        special_group=row.special_group,
        reader=countable(patrons.patron(made.patron_id), act.day),
        source=f"checkin:{made.uid}",
    )


@transaction.atomic
def close_sign_up(act: Act, *, session: UUID) -> int:
    """After the session: who had a place and did not come is noted so. Returns how many.

    Raises NotFound and SessionNotHeld. Locks the session's row.
    """
    row = _locked(session)
    if row.status != SessionStatus.HELD:
        raise errors.SessionNotHeld()
    return row.sign_ups.filter(status=SignUpStatus.PLACED).update(status=SignUpStatus.NO_SHOW)


def _made(row: Session, patron: int) -> SignUp:
    made = SignUp.objects.filter(session=row, patron_id=patron).select_related("session").first()
    if made is None:
        raise errors.NotSignedUp()
    return made


def _sign_up_now(made: SignUp) -> SignUpView:
    found = {view.uid: view for view in queries.sign_ups(made.session.uid)}
    return found[made.uid]


def _at_session(act: Act, row: Session, mode: Mode) -> Act:
    """The ledger wants the place and way of the service, not of the desk that writes it down."""
    channel = CHANNELS.get(mode, act.channel)
    return replace(act, node=row.node_id, department=row.department_id, channel=channel)


def _programme(code: str) -> Programme:
    row = Programme.objects.filter(code=code).first()
    if row is None:
        raise NotFound(what=code)
    return row


def _locked(session: UUID) -> Session:
    row = Session.objects.select_for_update(of=("self",)).select_related("programme").filter(uid=session).first()
    if row is None:
        raise NotFound(what=str(session))
    return row
