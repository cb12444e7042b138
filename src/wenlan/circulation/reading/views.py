"""Pages of reading rooms: the rooms of a place, the counter of one, its settings, and requests to see materials."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.reading import booking, operations, queries, requests
from wenlan.circulation.reading.errors import ReaderNotChosen
from wenlan.circulation.reading.forms import PlacesForm, RequestForm, RoomForm, initial_of
from wenlan.circulation.reading.operations import Visitor
from wenlan.circulation.reading.types import HandingView, RequestView, RoomView, SessionView
from wenlan.circulation.types import ItemRef
from wenlan.holdings import queries as holdings
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.network.types import DepartmentKind
from wenlan.patrons import passes
from wenlan.patrons import queries as patrons
from wenlan.patrons.errors import CardUnknown
from wenlan.patrons.types import PatronView
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number


@needs(Right.CATALOGUE_SEE)
def rooms(request: HttpRequest) -> HttpResponse:
    """List the reading rooms of this desk's places, with who is in them and the sums of the day."""
    places = request.desk.visible
    found = {room.department: room for room in queries.rooms(places)}
    counted = queries.sums([room.id for room in found.values()], clock.today())
    here = {room.id: len(queries.present(room.id)) for room in found.values()}
    names = network.node_names()
    lines = []
    for one in network.departments():
        if one.node not in places or one.kind != DepartmentKind.READING_ROOM:
            continue
        room = found.get(one.id)
        sums, present = (counted[room.id], here[room.id]) if room else (None, 0)
        rights = {
            "may_serve": request.desk.may(Right.CHECK_OUT, one.node),
            "may_see": request.desk.may(Right.PATRONS_SEE, one.node),
            "may_set": request.desk.may(Right.RULES_EDIT, one.node),
        }
        place = names.get(one.node, "")
        lines.append({"of": one, "room": room, "sums": sums, "present": present, "place": place, **rights})
    waiting = len(queries.requests([room.id for room in found.values()], waiting=True))
    return render(request, "circulation/reading_rooms.html", {"lines": lines, "waiting": waiting})


@needs(Right.RULES_EDIT)
def settings(request: HttpRequest, department_id: int) -> HttpResponse:
    """Set up how a room takes readers in, and give it places."""
    department = network.department(department_id)
    if not request.desk.may(Right.RULES_EDIT, department.node):
        raise NotAllowed(right=Right.RULES_EDIT.label)
    room = next((one for one in queries.rooms([department.node]) if one.department == department_id), None)
    form = RoomForm(request.POST or None, initial=initial_of(room.rule) if room else None)
    if request.method == "POST" and form.is_valid():
        made = operations.set_room(request.desk.act(), department=department_id, rule=form.rule())
        said = _("Set up. From %(day)s on the readers of this room are counted at its desk.")
        messages.success(request, said % {"day": made.since.isoformat()})
        return redirect("circulation:reading_settings", department_id)
    context = {
        "department": department,
        "room": room,
        "form": form,
        "places": queries.places(room.id) if room else (),
        "places_form": PlacesForm(),
        "may_serve": request.desk.may(Right.CHECK_OUT, department.node),
    }
    return render(request, "circulation/reading_settings.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Right.RULES_EDIT)
def add_places(request: HttpRequest, room_id: int) -> HttpResponse:
    """Give a room a row of places."""
    room, form = visible_room(request, room_id, Right.RULES_EDIT), PlacesForm(request.POST)
    try:
        if form.is_valid():
            made = operations.add_places(
                request.desk.act(), room=room.id, kind=form.cleaned_data["kind"], codes=form.codes()
            )
            messages.success(
                request, ngettext("%(count)s place more.", "%(count)s places more.", made) % {"count": made}
            )
        else:
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("circulation:reading_settings", room.department)


@require_POST
@needs(Right.CHECK_OUT)
def mark_place(request: HttpRequest, room_id: int, place_id: int) -> HttpResponse:
    """Take a place out of use, or bring it back."""
    room = visible_room(request, room_id)
    if any(place.id == place_id for place in queries.places(room.id)):
        operations.mark_place(request.desk.act(), place=place_id, is_out_of_order="broken" in request.POST)
    return redirect("circulation:reading_room", room.id)


def visible_room(request: HttpRequest, room_id: int, right: Right = Right.CHECK_OUT) -> RoomView:
    """Return a room that this desk sees. Raises NotFound and NotAllowed."""
    room = queries.room(room_id)
    if room.node not in request.desk.visible or not request.desk.may(right, room.node):
        raise NotAllowed(right=right.label)
    return room


@needs(Right.CHECK_OUT)
def counter(request: HttpRequest, room_id: int) -> HttpResponse:
    """Show the counter of a room: a field for cards and items, who is here, and the sums of the day."""
    room, now = visible_room(request, room_id), clock.now()
    present = queries.present(room.id)
    readers = patrons.patrons_by_id({one.patron for one in present if one.patron})
    barcodes = queries.words_of(handing for one in present for handing in one.out)
    places = queries.places(room.id)
    context = {
        "room": room,
        "lines": [line_of(request, one, readers, barcodes, now) for one in present],
        "places": places,
        "free": [place for place in places if place.is_free],
        "expected": expected_lines(request, room.id),
        "sums": queries.sums([room.id], clock.today())[room.id],
    }
    return render(request, "circulation/reading_room.html", context)


def expected_lines(request: HttpRequest, room_id: int) -> list[dict[str, Any]]:
    """Return who booked a place for today and has not come yet; names masked where the desk may not see them."""
    found = booking.expected(room_id, clock.today())
    readers = patrons.patrons_by_id({one.patron for one in found if one.patron})
    lines = []
    for one in found:
        reader = readers.get(one.patron or 0)
        may_see = reader is not None and request.desk.may(Right.PATRONS_NAMES, reader.home_node)
        lines.append({"one": one, "reader": (reader if may_see else reader.masked()) if reader else None})
    return lines


@require_POST
@needs(Right.CHECK_OUT)
def cancel_booking(request: HttpRequest, room_id: int, booking_id: int) -> HttpResponse:
    """Give a booked place back at the desk."""
    room = visible_room(request, room_id)
    if any(one.id == booking_id for one in booking.expected(room.id, clock.today())):
        booking.cancel(request.desk.act(), booking=booking_id)
        messages.success(request, _("The place was given back."))
    return redirect("circulation:reading_room", room.id)


def line_of(
    request: HttpRequest, one: SessionView, readers: dict[int, PatronView], barcodes: dict[int, str], now: Any
) -> dict[str, Any]:
    """Return a session as the counter lists it; the name is masked where the desk may not see it."""
    reader = readers.get(one.patron or 0)
    may_see = reader is not None and request.desk.may(Right.PATRONS_NAMES, reader.home_node)
    return {
        "one": one,
        "reader": (reader if may_see else reader.masked()) if reader else None,
        "is_over": one.until_at is not None and one.until_at <= now,
        "out": [{"handing": handing, "barcode": barcodes.get(handing.item, "")} for handing in one.out],
    }


@require_POST
@needs(Right.CHECK_OUT)
def scan(request: HttpRequest, room_id: int) -> HttpResponse:
    """Do what a scan at the counter means: a card signs in or out, an item goes over the counter or comes back."""
    room, code = visible_room(request, room_id), request.POST.get("code", "").strip()
    try:
        messages.success(request, act_of(request, room, code)(request, room, code))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("circulation:reading_room", room.id)


Doing = Callable[[HttpRequest, RoomView, str], str]


def act_of(request: HttpRequest, room: RoomView, code: str) -> Doing:
    """Return what a code means here. Raises PassStale, ItemUnknown, ItemAmbiguous."""
    if not code:
        return count_persons
    try:
        patron = patrons.patron_id_by_card(passes.card_number(code, clock.now()))
    except CardUnknown:
        item = holdings.item_by_barcode(code)
        return take_back if queries.handing_of(item.id) else hand_over
    present = queries.session_of(patron)
    return sign_out if present is not None and present.room == room.id else sign_in


def act_key(request: HttpRequest) -> str | None:
    """Return the key that the page sent, so that sending it twice is as once."""
    return request.POST.get("key", "")[:64] or None


def sign_in(request: HttpRequest, room: RoomView, code: str) -> str:
    """Sign a reader in and say where they sit."""
    visitor = Visitor(
        card=code, place=whole_number(request.POST.get("place")), with_guardian="guardian" in request.POST
    )
    made = operations.sign_in(request.desk.act(key=act_key(request)), room=room.id, visitor=visitor)
    if made.place and made.until_at:
        said = {"place": made.place, "time": f"{timezone.localtime(made.until_at):%H:%M}"}
        return _("Seat %(place)s, until %(time)s.") % said
    return _("Seat %(place)s.") % {"place": made.place} if made.place else _("Signed in.")


def count_persons(request: HttpRequest, room: RoomView, _code: str) -> str:
    """Count people who come without a card."""
    visitor = Visitor(
        persons=whole_number(request.POST.get("persons")) or 1, place=whole_number(request.POST.get("place"))
    )
    made = operations.sign_in(request.desk.act(key=act_key(request)), room=room.id, visitor=visitor)
    return ngettext("%(count)s person counted.", "%(count)s persons counted.", made.persons) % {"count": made.persons}


def sign_out(request: HttpRequest, _room: RoomView, code: str) -> str:
    """Sign a reader out."""
    present = queries.session_of(patrons.patron_id_by_card(passes.card_number(code, clock.now())))
    assert present is not None
    operations.sign_out(request.desk.act(key=act_key(request)), session=present.id)
    return _("Signed out.")


def hand_over(request: HttpRequest, room: RoomView, code: str) -> str:
    """Hand an item to the chosen reader, or to the only one in the room."""
    present = queries.present(room.id)
    chosen = whole_number(request.POST.get("session")) or (present[0].id if len(present) == 1 else 0)
    if chosen not in {one.id for one in present}:
        raise ReaderNotChosen()
    handed = operations.hand_over(request.desk.act(key=act_key(request)), session=chosen, item=ItemRef(code))
    return _("%(title)s handed over.") % {"title": title_of(handed)}


def take_back(request: HttpRequest, _room: RoomView, code: str) -> str:
    """Take an item back over the counter."""
    handing = queries.handing_of(holdings.item_by_barcode(code).id)
    assert handing is not None
    note = request.POST.get("note", "")
    operations.give_back(request.desk.act(key=act_key(request)), handing=handing.id, note=note)
    return _("%(title)s came back.") % {"title": title_of(handing)}


def title_of(handing: HandingView) -> str:
    """Return the title of what went over the counter."""
    record = holdings.item(handing.item).record
    return catalogue.titles([record]).get(record, "")


@require_POST
@needs(Right.CHECK_OUT)
def change(request: HttpRequest, room_id: int, session_id: int, what: str) -> HttpResponse:
    """Sign out by a button, or take a mistaken sign-in back."""
    room, one = visible_room(request, room_id), queries.session(session_id)
    try:
        if one.room != room.id:
            raise NotAllowed(right=Right.CHECK_OUT.label)
        if what == "cancel":
            operations.cancel(request.desk.act(), session=one.id)
            messages.success(request, _("The sign-in was taken back."))
        else:
            operations.sign_out(request.desk.act(), session=one.id)
            messages.success(request, _("Signed out."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("circulation:reading_room", room.id)


@needs(Right.PATRONS_SEE)
def material_requests(request: HttpRequest, room_id: int) -> HttpResponse:
    """List a room's requests to see what is kept back, and write down a new one."""
    room, form = visible_room(request, room_id, Right.PATRONS_SEE), RequestForm(request.POST or None)
    may_ask = request.desk.may(Right.CHECK_OUT, room.node)
    if request.method == "POST" and may_ask and form.is_valid():
        said = form.cleaned_data
        try:
            patron = patrons.patron_id_by_card(passes.card_number(said["card"], clock.now()))
            item = holdings.item_by_barcode(said["barcode"]).id
            act = request.desk.act(key=said["key"] or None)
            requests.ask(act, room=room.id, patron=patron, item=item, purpose=said["purpose"])
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. Somebody else decides."))
            return redirect("circulation:reading_requests", room.id)
    found = queries.requests([room.id])
    context = {
        "room": room,
        "form": form if may_ask else None,
        "lines": request_lines(request, found),
        "may_decide": request.desk.may(Right.HOLDINGS_APPROVE, room.node),
    }
    return render(request, "circulation/reading_requests.html", context, status=422 if form.errors else 200)


def request_lines(request: HttpRequest, found: tuple[RequestView, ...]) -> list[dict[str, Any]]:
    """Return requests as their page lists them (three statements)."""
    readers = patrons.patrons_by_id({one.patron for one in found})
    items = holdings.items_by_id({one.item for one in found})
    titles = catalogue.titles({item.record for item in items.values()})
    me = request.desk.act().operator
    lines = []
    for one in found:
        reader, item = readers[one.patron], items[one.item]
        may_see = request.desk.may(Right.PATRONS_NAMES, reader.home_node)
        shown = reader if may_see else reader.masked()
        title = titles.get(item.record, "")
        lines.append({"one": one, "reader": shown, "item": item, "title": title, "is_mine": one.asked_by == me})
    return lines


@require_POST
@needs(Right.HOLDINGS_APPROVE)
def decide(request: HttpRequest, request_id: int, what: str) -> HttpResponse:
    """Grant or refuse a request."""
    one = queries.request(request_id)
    room = visible_room(request, one.room, Right.HOLDINGS_APPROVE)
    try:
        requests.decide(
            request.desk.act(), request=one.id, is_granted=what == "grant", answer=request.POST.get("reason", "")
        )
        messages.success(request, _("Decided."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("circulation:reading_requests", room.id)
