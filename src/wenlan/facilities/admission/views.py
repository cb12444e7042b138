"""The door of a capped day: slots, who booked, let in or turned away; the cap itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.facilities import queries as gates
from wenlan.facilities.admission import operations, queries
from wenlan.facilities.admission.forms import CapForm, DoorForm
from wenlan.facilities.admission.types import EntrySlot
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.kernel.periods import Period
from wenlan.network import queries as network
from wenlan.network.almanac import operations as almanac
from wenlan.network.almanac.queries import cap_on, caps
from wenlan.patrons import passes
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock


@needs(Right.COUNT)
def admission(request: HttpRequest) -> HttpResponse:
    """Show today's slots at this desk's place, the door of the present one, and the caps of the year."""
    return page(request, CapForm(initial={"from_day": clock.today()}))


def page(request: HttpRequest, form: CapForm, status: int = 200) -> HttpResponse:
    """Render the page with a form for a new cap."""
    node, today = request.desk.node, clock.today()
    slots = queries.slots(node, today)
    now = next((slot for slot in slots if slot.starts <= clock.now() < slot.ends), None)
    here = network.ancestors(node)
    context = {
        "cap": cap_on(node, today),
        "slots": [{"slot": slot, "is_now": slot == now} for slot in slots],
        "now": now,
        "door": DoorForm(),
        "expected": expected(request, now) if now else [],
        "counts_visits": not gates.gates([node], today),
        "caps": [
            {"cap": cap, "place": network.node(cap.node).name, "may_end": may_end(request, cap)}
            for cap in caps(node, Period.year(today.year))
            if cap.node in here or cap.node in request.desk.visible
        ],
        "cap_form": form if request.desk.may(Right.NETWORK_EDIT) else None,
    }
    return render(request, "facilities/admission.html", context, status=status)


def may_end(request: HttpRequest, cap: Any) -> bool:
    """Return whether this desk may lift a cap that holds."""
    return cap.until_day is None and request.desk.may(Right.NETWORK_EDIT, cap.node)


def expected(request: HttpRequest, slot: EntrySlot) -> list[dict[str, Any]]:
    """Return who booked the slot and has not come, as this desk may see them."""
    found = queries.expected(request.desk.node, slot.starts)
    readers = patrons.patrons_by_id({one.patron for one in found if one.patron is not None})
    return [
        {
            "entry": one,
            "reader": readers[one.patron] if named(request, readers[one.patron]) else readers[one.patron].masked(),
        }
        for one in found
        if one.patron in readers
    ]


def named(request: HttpRequest, reader: Any) -> bool:
    """Return whether this desk may see the reader's name."""
    return bool(request.desk.may(Right.PATRONS_NAMES, reader.home_node))


@require_POST
@needs(Right.COUNT)
def door(request: HttpRequest) -> HttpResponse:
    """Let people in, or turn them away."""
    form = DoorForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please enter how many people."))
        return redirect("facilities:admission")
    said = form.cleaned_data
    act = request.desk.act(key=said["key"])
    try:
        if said["what"] == "away":
            operations.turn_away(act, persons=said["persons"])
            messages.info(request, _("Turned away: %(persons)d.") % said)
        else:
            patron = patrons.patron_id_by_card(passes.card_number(said["card"], act.at)) if said["card"] else None
            slot = operations.admit(act, persons=said["persons"], patron=patron)
            messages.success(request, _("Let in. %(free)d places are left in this slot.") % {"free": slot.free})
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("facilities:admission")


@require_POST
@needs(Right.NETWORK_EDIT)
def set_cap(request: HttpRequest) -> HttpResponse:
    """Cap admission at this desk's place and all under it."""
    form = CapForm(request.POST)
    if form.is_valid():
        try:
            almanac.set_cap(request.desk.act(), node=request.desk.node, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Admission is capped from that day on; figures of visits say so."))
            return redirect("facilities:admission")
    return page(request, form, status=422)


@require_POST
@needs(Right.NETWORK_EDIT)
def end_cap(request: HttpRequest, cap_id: int) -> HttpResponse:
    """Lift a cap from tomorrow on."""
    today = clock.today()
    found = next((cap for cap in caps(request.desk.node, Period.day(today)) if cap.id == cap_id), None)
    if found is None:
        raise NotFound(what=str(cap_id))
    request.desk.insist(Right.NETWORK_EDIT, found.node)
    almanac.end_cap(request.desk.act(), cap=cap_id)
    messages.success(request, _("From tomorrow on everybody may come in again."))
    return redirect("facilities:admission")
