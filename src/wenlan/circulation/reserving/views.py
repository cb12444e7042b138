"""Pages of reservations at the desk: the hold shelf, what is to be fetched, who waits, and the slip in the book."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wenlan.circulation.recalling import operations as recalling
from wenlan.circulation.recalling import queries as recalls
from wenlan.circulation.reserving import operations, queries
from wenlan.circulation.reserving.forms import ReserveForm, SuspendForm
from wenlan.circulation.reserving.types import ReservationState, ReservationView, Wish
from wenlan.holdings import queries as holdings
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import passes
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

PAGE = 100
SINCE_DAYS = 14
LISTS = (
    ("shelf", gettext_lazy("Hold shelf")),
    ("fetch", gettext_lazy("To be fetched")),
    ("waiting", gettext_lazy("Waiting in line")),
    ("recalled", gettext_lazy("Recalled")),
)


@needs(Right.CHECK_OUT)
def reservations(request: HttpRequest) -> HttpResponse:
    """Show one of the three lists of the places this desk sees, and take a new reservation."""
    chosen = request.GET.get("list", "shelf")
    form = ReserveForm(request.POST or None, initial={"pickup": request.desk.node})
    if request.method == "POST" and form.is_valid() and reserve(request, form):
        return redirect(f"{reverse('circulation:reservations')}?list=waiting")
    found, following = listed(request, chosen)
    context = {
        "lists": lists(chosen),
        "chosen": chosen,
        "form": form,
        "lines": lines(request, found),
        "next": following,
        "to_clear": lines(request, to_clear(request)) if chosen == "shelf" else [],
        "recalls": recall_lines(request) if chosen == "recalled" else [],
        "print_url": f"{reverse('circulation:reservations_print')}?list={chosen}",
    }
    return render(request, "circulation/reservations.html", context, status=422 if form.errors else 200)


def lists(chosen: str) -> list[dict[str, Any]]:
    """Return the three lists as tabs."""
    page = reverse("circulation:reservations")
    return [{"label": label, "url": f"{page}?list={code}", "current": code == chosen} for code, label in LISTS]


def listed(request: HttpRequest, chosen: str) -> tuple[tuple[ReservationView, ...], str]:
    """Return a list of this desk's places, and where its next page begins."""
    places = request.desk.visible
    if chosen == "recalled":
        return (), ""
    if chosen == "fetch":
        return queries.to_fetch(places), ""
    if chosen == "waiting":
        found = queries.waiting(places, after=whole_number(request.GET.get("after")) or 0, limit=PAGE + 1)
        return found[:PAGE], str(found[PAGE - 1].id) if len(found) > PAGE else ""
    return queries.hold_shelf(places), ""


def to_clear(request: HttpRequest) -> tuple[ReservationView, ...]:
    """Return what has to come off the hold shelves."""
    today = clock.today()
    return queries.to_clear(request.desk.visible, today.fromordinal(today.toordinal() - SINCE_DAYS))


def lines(request: HttpRequest, found: Iterable[ReservationView]) -> list[dict[str, Any]]:
    """Return reservations as a list shows them; the reader is masked where the desk may not see names."""
    rows = list(found)
    readers = patrons.patrons_by_id({one.patron for one in rows})
    names = network.node_names()
    shown = []
    for one in rows:
        reader = readers.get(one.patron)
        may_see = reader is not None and request.desk.may(Right.PATRONS_NAMES, reader.home_node)
        shown.append(
            {
                "one": one,
                "reader": (reader if may_see else reader.masked()) if reader else None,
                "card_end": card_end(reader),
                "pickup": names.get(one.pickup, ""),
                "item_at": names.get(one.item_at or 0, ""),
                "state": ReservationState(one.state).label,
            }
        )
    return shown


def recall_lines(request: HttpRequest) -> list[dict[str, Any]]:
    """Return what was recalled and is still out; who has it is named where this desk may see names."""
    found, names, today = recalls.recalls(request.desk.visible), network.node_names(), clock.today()
    readers = patrons.patrons_by_id({one.patron for one in found})
    shown = []
    for one in found:
        reader = readers.get(one.patron)
        may_see = reader is not None and request.desk.may(Right.PATRONS_NAMES, reader.home_node)
        shown.append(
            {
                "one": one,
                "reader": reader if may_see else None,
                "reader_of": names.get(reader.home_node, "") if reader else "",
                "place": names.get(one.lent_node, ""),
                "pickup": names.get(one.pickup, ""),
                "is_late": one.due_on < today,
            }
        )
    return shown


def card_end(reader: Any) -> str:
    """Return the last four places of the card that serves, as slips name a reader."""
    serving = [card.number for card in reader.cards if card.until_day is None] if reader else []
    return serving[0][-4:] if serving else ""


def reserve(request: HttpRequest, form: ReserveForm) -> bool:
    """Make the reservation; False when it is refused, which the form then says."""
    said = form.cleaned_data
    try:
        item = holdings.item_by_barcode(said["barcode"])
        wish = Wish(
            patron=patrons.patron_id_by_card(passes.card_number(said["card"], clock.now())),
            record=item.record,
            pickup=int(said["pickup"]),
            item=item.id if said["only_this"] else None,
        )
        made = operations.reserve(request.desk.act(key=said["key"] or None), wish=wish)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    if made.place_in_queue:
        messages.success(request, _("Reserved; place %(place)d in the queue.") % {"place": made.place_in_queue})
    else:
        place = network.node(made.item_at or made.pickup).name
        messages.success(
            request, _("A copy stands at %(place)s; it is on their list to be fetched.") % {"place": place}
        )
    return True


def found_here(request: HttpRequest, reservation_id: int) -> ReservationView:
    """Return a reservation that concerns a place of this desk. Raises NotFound and NotAllowed."""
    one = queries.reservation(reservation_id)
    if one.pickup not in request.desk.visible and one.item_at not in request.desk.visible:
        raise NotAllowed(right=Right.CHECK_OUT.label)
    return one


@require_POST
@needs(Right.CHECK_OUT)
def change(request: HttpRequest, reservation_id: int, what: str) -> HttpResponse:
    """Cancel, let rest, recall, or say that the copy was not found."""
    one, act = found_here(request, reservation_id), request.desk.act()
    try:
        if what == "cancel":
            operations.cancel(act, reservation=one.id)
            said = _("The reservation was cancelled.")
        elif what == "recall":
            recalling.recall(act, reservation=one.id)
            said = _("Who has it is asked to bring it back.")
        elif what == "not-found":
            after = operations.not_found(act, reservation=one.id)
            waits = after.state == ReservationState.WAITING
            said = _("No other copy is free; the reader waits.") if waits else _("The next copy is on the list.")
        else:
            form = SuspendForm(request.POST)
            until = form.cleaned_data["until"] if form.is_valid() else None
            operations.suspend(act, reservation=one.id, until=until)
            said = _("The reservation rests.") if until else _("The reservation waits again.")
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(f"{reverse('circulation:reservations')}?list={request.POST.get('list', 'shelf')[:10]}")


@require_POST
@needs(Right.CHECK_OUT)
def withdraw_recall(request: HttpRequest, recall_id: int) -> HttpResponse:
    """Take a recall back: who has the item keeps it as long as before."""
    if recall_id not in {one.id for one in recalls.recalls(request.desk.visible, limit=10_000)}:
        raise NotAllowed(right=Right.CHECK_OUT.label)
    try:
        recalling.withdraw(request.desk.act(), recall=recall_id)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The recall was withdrawn. The old due date holds."))
    return redirect(f"{reverse('circulation:reservations')}?list=recalled")


@needs(Right.CHECK_OUT)
def slip(request: HttpRequest, reservation_id: int) -> HttpResponse:
    """Show the slip that is put into a book on the hold shelf or on its way there."""
    (line,) = lines(request, [found_here(request, reservation_id)])
    return render(request, "circulation/hold_slip.html", {"line": line})


@needs(Right.CHECK_OUT)
def printed(request: HttpRequest) -> HttpResponse:
    """Show a list as it is printed: the pick list goes to the shelves on paper."""
    chosen = request.GET.get("list", "fetch")
    found, _following = listed(request, chosen)
    heading = dict(LISTS).get(chosen, LISTS[0][1])
    return render(request, "circulation/reservations_print.html", {"lines": lines(request, found), "what": heading})
