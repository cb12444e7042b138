"""Signing readers in and out of a room, and handing items over its counter.

Every sign-in is a reading-room visit (阅览人次), every item over the counter a use in the house (馆内阅览册次),
every minute at a computer counts (机时); all three carry the department of the room.
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from wenlan.circulation.inhouse import operations as inhouse
from wenlan.circulation.reading import booking, policies, queries, statements
from wenlan.circulation.reading.errors import (
    ApprovalMissing,
    ItemNotToHand,
    MaterialsOut,
    NotInTheRoom,
    NotSignedIn,
    PlacesWrong,
)
from wenlan.circulation.reading.models import (
    Handing,
    MaterialRequest,
    PlaceBooking,
    ReadingPlace,
    ReadingRoom,
    ReadingSession,
)
from wenlan.circulation.reading.requests import granted_request
from wenlan.circulation.reading.types import (
    BookingState,
    HandingView,
    PlaceKind,
    RoomRule,
    RoomView,
    SessionView,
)
from wenlan.circulation.types import ItemRef
from wenlan.facilities.signing import operations as signing
from wenlan.holdings import queries as holdings
from wenlan.holdings.types import ItemStatus
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import NotFound
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network
from wenlan.patrons import passes
from wenlan.patrons import queries as patrons
from wenlan.patrons.dimensions import nameless
from wenlan.patrons.identity import card_key
from wenlan.patrons.policies import completed_years
from wenlan.patrons.types import CardStatus, PatronStatus, PatronView
from wenlan.staff.operations import audit

MOST_TOGETHER, LONGEST_CODE = 200, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who comes in: by a card, or without one and then several at once. `place` is the id of a chosen place."""

    card: str = ""
    persons: int = 1
    place: int | None = None
    with_guardian: bool = False


@transaction.atomic
def set_room(act: Act, *, department: int, rule: RoomRule) -> RoomView:
    """Let a room sign its readers in, or change how it does; no sum of its visitors is entered by hand from then on."""
    said = asdict(rule) | {
        "school_days": list(rule.school_days),
        "vacations": [[first.isoformat(), last.isoformat()] for first, last in rule.vacations],
    }
    since = signing.begin(act, department=department)
    row, is_new = ReadingRoom.objects.select_for_update().get_or_create(
        department_id=department, defaults=said | {"since": since}
    )
    if not is_new:
        ReadingRoom.objects.filter(pk=row.pk).update(**said)
    audit(act, "circulation.room", f"room:{row.pk}", after={"kind": rule.kind})
    return queries.room(row.pk)


@transaction.atomic
def add_places(act: Act, *, room: int, kind: str, codes: list[str]) -> int:
    """Give a room seats or computers by their numbers; return how many are new. Raises PlacesWrong."""
    _locked(room)
    wanted = [code.strip() for code in codes]
    if not wanted or len(set(wanted)) != len(wanted) or any(not 0 < len(code) <= LONGEST_CODE for code in wanted):
        raise PlacesWrong()
    if ReadingPlace.objects.filter(room=room, code__in=wanted).exists():
        raise PlacesWrong()
    made = [ReadingPlace(room_id=room, kind=PlaceKind(kind), code=code) for code in wanted]
    return len(ReadingPlace.objects.bulk_create(made))


@transaction.atomic
def mark_place(act: Act, *, place: int, is_out_of_order: bool) -> None:
    """Take a place out of use, or bring it back; who sits there stays."""
    if not ReadingPlace.objects.filter(pk=place).update(is_out_of_order=is_out_of_order):
        raise NotFound(what=str(place))


@transaction.atomic
def sign_in(act: Act, *, room: int, visitor: Visitor) -> SessionView:
    """Sign a reader in, or count people who come without a card; give a place where the room has some.

    A reader who is still written down elsewhere has left there. People without a card and without a place are counted
    and not written down as present. Locks the room, so that no place is given twice, then the reader. Raises
    NotSignedIn with every reason, CardUnknown, PassStale, MaterialsOut. Repeating `act.key` returns the first session.
    """
    if done := ReadingSession.objects.filter(key=act.key).first():
        return queries.session(done.pk)
    row = _locked(room)
    view = queries.room_view(row)
    reader = _reader(act, visitor.card) if visitor.card else None
    before = queries.session_of(reader.id) if reader else None
    if before is not None:
        sign_out(replace(act, key=f"{act.key}/left"), session=before.id)
    kept = booking.kept_for(room, reader.id, act.at) if reader else None
    place = _place(act, row, visitor, kept)
    facts = _facts(act, view.rule, visitor, reader, place)
    if refusals := policies.sign_in_refusals(facts):
        raise NotSignedIn(refusals)
    counted_only = reader is None and place is None
    made = ReadingSession.objects.create(
        room=row,
        node_id=view.node,
        patron_id=reader.id if reader else None,
        place=place,
        persons=1 if reader else min(max(visitor.persons, 1), MOST_TOGETHER),
        with_guardian=visitor.with_guardian,
        day=act.day,
        started_at=act.at,
        until_at=policies.time_is_over(facts),
        ended_at=act.at if counted_only else None,
        by=act.operator,
        key=act.key,
    )
    if kept:
        booking.use(kept, made)
    _count_visit(act, view, made, reader)
    return queries.session(made.pk)


def _count_visit(act: Act, room: RoomView, made: ReadingSession, reader: PatronView | None) -> None:
    ledger.record(
        replace(act, node=room.node, department=room.department),
        Kind.READING_ROOM_VISITED,
        quantity=made.persons,
        subject=network.department(room.department).code,
        reader=nameless(reader, act.day) if reader else None,
        special_group=reader.special_group if reader else "",
        source=source_of(made),
    )


def _locked(room: int) -> ReadingRoom:
    row = ReadingRoom.objects.select_for_update().filter(pk=room).first()
    if row is None:
        raise NotFound(what=str(room))
    return row


def _reader(act: Act, card: str) -> PatronView:
    """Lock and return the reader of a card or of the code on a telephone. Raises CardUnknown and PassStale."""
    found = patrons.patron_by_card(passes.card_number(card, act.at))
    statements.lock_reader(found.id)
    return found


def _place(act: Act, row: ReadingRoom, visitor: Visitor, kept: PlaceBooking | None) -> ReadingPlace | None:
    """Return the chosen place of a locked room, else the booked one, else the first free one that waits for nobody."""
    if visitor.place is not None:
        return ReadingPlace.objects.filter(pk=visitor.place, room=row).first()
    if kept is not None and _is_free(kept.place):
        return kept.place
    if not row.gives_places or (not visitor.card and visitor.persons > 1):
        return None  # several who come together without a card are counted only
    waits = booking.waiting_places(row.pk, act.at)
    free = next((place for place in queries.places(row.pk) if place.is_free and place.id not in waits), None)
    return ReadingPlace.objects.get(pk=free.id) if free else None


def _facts(
    act: Act, rule: RoomRule, visitor: Visitor, reader: PatronView | None, place: ReadingPlace | None
) -> policies.SignInFacts:
    """Return what the rules look at."""
    waits = (
        place is not None
        and visitor.place is not None
        and place.pk in booking.waiting_places(place.room_id, act.at, but=reader.id if reader else None)
    )
    used = queries.minutes_used(reader.id, act.day) if reader else 0
    return policies.SignInFacts(
        now=timezone.localtime(act.at),
        rule=rule,
        is_named=reader is not None,
        card_serves=reader is None or _card_serves(act, reader, visitor.card),
        is_reader_gone=reader is not None and reader.status == PatronStatus.DEREGISTERED,
        age=completed_years(reader.birth_date, act.day) if reader else None,
        with_guardian=visitor.with_guardian,
        place_kind=place.kind if place else "",
        is_place_left=place is not None or (reader is None and visitor.persons > 1),
        is_place_free=visitor.place is None or (place is not None and _is_free(place) and not waits),
        minutes_used=used,
    )


def _is_free(place: ReadingPlace) -> bool:
    return not place.is_out_of_order and not ReadingSession.objects.filter(queries.PRESENT, place=place).exists()


def _card_serves(act: Act, reader: PatronView, scanned: str) -> bool:
    number = card_key(passes.card_number(scanned, act.at))
    return any(card_key(card.number) == number and card.status == CardStatus.VALID for card in reader.cards)


@transaction.atomic
def sign_out(act: Act, *, session: int) -> SessionView:
    """End a session; the minutes at a computer are counted. Raises MaterialsOut, NotFound. Twice is as once."""
    row = _locked_session(session)
    if row.ended_at is None and row.cancelled_at is None:
        if out := row.handings.filter(returned_at=None).count():
            raise MaterialsOut(count=out)
        _end(act, row, act.at)
    return queries.session(session)


def _locked_session(session: int) -> ReadingSession:
    row = ReadingSession.objects.select_for_update(of=("self",)).select_related("place").filter(pk=session).first()
    if row is None:
        raise NotFound(what=str(session))
    return row


def _end(act: Act, row: ReadingSession, at: datetime) -> None:
    ended = max(at, row.started_at)
    is_computer = row.place is not None and row.place.kind == PlaceKind.COMPUTER
    row.minutes = policies.minutes_between(row.started_at, ended) if is_computer else 0
    row.ended_at, row.ended_by = ended, act.operator
    row.save(update_fields=["ended_at", "ended_by", "minutes"])
    if row.minutes:
        room = queries.room_view(row.room)
        ledger.record(
            replace(act, node=room.node, department=room.department),
            Kind.COMPUTER_USED,
            day=row.day,
            quantity=row.minutes,
            subject=network.department(room.department).code,
            source=f"computer:{row.uid}",
        )


@transaction.atomic
def cancel(act: Act, *, session: int) -> None:
    """Take a sign-in back that was a mistake, while nothing was handed over. Raises MaterialsOut, NotFound.

    Twice is as once. The reversals stand in the ledger beside what they reverse.
    """
    row = _locked_session(session)
    if row.cancelled_at is not None:
        return
    if given := row.handings.count():
        raise MaterialsOut(count=given)
    ledger.reverse(act, day=row.day, source=source_of(row))
    if row.minutes:
        ledger.reverse(act, day=row.day, source=f"computer:{row.uid}")
    row.cancelled_at, row.ended_at, row.minutes = act.at, row.ended_at or act.at, 0
    row.save(update_fields=["cancelled_at", "ended_at", "minutes"])


@transaction.atomic
def hand_over(act: Act, *, session: int, item: ItemRef) -> HandingView:
    """Hand an item over the counter to who sits in the room, and count it as used in the house.

    What is kept back (the room's rule) goes on a request that somebody granted and that still holds. Raises
    NotInTheRoom, ItemUnknown, ItemAmbiguous, ItemNotToHand, ApprovalMissing. Repeating `act.key` returns the first.
    """
    if done := Handing.objects.filter(key=act.key).first():
        return queries.handing_view(done)
    row = _locked_session(session)
    if row.ended_at is not None:
        raise NotInTheRoom()
    found = holdings.item_by_barcode(item.barcode, item.scope)
    if found.status != ItemStatus.AVAILABLE or Handing.objects.filter(item=found.id, returned_at=None).exists():
        raise ItemNotToHand(barcode=found.barcode)
    room = queries.room_view(row.room)
    request = granted_request(row.patron_id, found.id, act.day) if room.rule.needs_approval else None
    if room.rule.needs_approval and request is None:
        raise ApprovalMissing(barcode=found.barcode)
    made = Handing.objects.create(
        session=row, item_id=found.id, request_id=request, handed_at=act.at, handed_by=act.operator, key=act.key
    )
    there = replace(act, node=room.node, department=room.department, key=f"{act.key}/use")
    inhouse.scan_use(there, item=ItemRef(found.barcode, found.barcode_scope))
    return queries.handing_view(made)


@transaction.atomic
def give_back(act: Act, *, handing: int, note: str = "") -> HandingView:
    """Take an item back over the counter, with a word about its state where there is one. Twice is as once."""
    row = Handing.objects.select_for_update().filter(pk=handing).first()
    if row is None:
        raise NotFound(what=str(handing))
    if row.returned_at is None:
        row.returned_at, row.returned_by, row.note = act.at, act.operator, note.strip()[:200]
        row.save(update_fields=["returned_at", "returned_by", "note"])
    return queries.handing_view(row)


def close_forgotten(at: datetime, *, limit: int = 200) -> int:
    """End the sessions of earlier days whose readers left without a word: when their time was over, or at closing time.

    What is still with such a reader stays on the list of what is out. Returns how many were ended.
    """
    today = timezone.localdate(at)
    ids = ReadingSession.objects.filter(queries.PRESENT, day__lt=today).order_by("id").values_list("id", flat=True)
    ended = 0
    for session in list(ids[:limit]):
        with transaction.atomic():
            row = _locked_session(session)
            if row.ended_at is None:
                _end(Act(at=at, node=row.node_id, channel=Channel.DESK, key=f"close:{row.uid}"), row, _left_at(row))
                ended += 1
    return ended


def forget_ended(*, before: datetime, limit: int = 200) -> int:
    """Let sessions that ended before an instant forget their reader, at most `limit` of them; return how many."""
    old = ReadingSession.objects.filter(ended_at__lt=before, patron__isnull=False).values_list("id", flat=True)
    return ReadingSession.objects.filter(pk__in=list(old[:limit])).update(patron=None)


def hand_to(gone: int, kept: int) -> None:
    """Give a reader's sessions and requests to another account; of two open sessions only one keeps a name."""
    if ReadingSession.objects.filter(queries.PRESENT, patron=kept).exists():
        ReadingSession.objects.filter(queries.PRESENT, patron=gone).update(patron=None)
    ReadingSession.objects.filter(patron=gone).update(patron=kept)
    MaterialRequest.objects.filter(patron=gone).update(patron=kept)
    PlaceBooking.objects.filter(patron=gone).exclude(state=BookingState.BOOKED).update(patron=kept)
    PlaceBooking.objects.filter(patron=gone).update(patron=kept, state=BookingState.CANCELLED)


def _left_at(row: ReadingSession) -> datetime:
    """Return when somebody who did not sign out has left at the latest."""
    opening = network.opening_on(row.node_id, row.day)
    closes = opening[-1][1] if opening else None
    ends = [row.until_at] if row.until_at else []
    if closes is not None:
        ends.append(timezone.make_aware(datetime.combine(row.day, closes)))
    return max(min(ends), row.started_at) if ends else row.started_at


def source_of(row: ReadingSession) -> str:
    """Return the key that a visit has in the ledger."""
    return f"session:{row.uid}"
