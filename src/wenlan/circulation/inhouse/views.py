"""The page of use in the house: scan what lies on the tables, or enter the day's tally of each department."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.inhouse import operations, queries
from wenlan.circulation.types import ItemRef
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.network.types import DepartmentView
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock

LARGEST = 100_000


@needs(Right.CHECK_OUT)
def uses(request: HttpRequest) -> HttpResponse:
    """Show the scan field and the tallies of a day; enter the tallies."""
    day = asked_day(request)
    rooms = network.departments(request.desk.node)
    standing = queries.tallies([room.id for room in rooms], day)
    form = tally_form(rooms, standing, request.POST or None)
    if request.method == "POST" and form.is_valid():
        for room in rooms:
            quantity = form.cleaned_data[f"room-{room.id}"]
            if quantity is not None:
                operations.enter_tally(request.desk.act(), department=room.id, day=day, quantity=quantity)
        messages.success(request, _("The tallies of the day are entered."))
        return redirect(f"{reverse('circulation:in_house')}?day={day.isoformat()}")
    context = {
        "day": day,
        "form": form,
        "rooms": rooms,
        "scanned": queries.scanned(request.desk.node, day),
    }
    return render(request, "circulation/in_house.html", context, status=422 if form.errors else 200)


def asked_day(request: HttpRequest) -> date:
    """Return the day asked for; today for none, for no day, and for a later one."""
    today = clock.today()
    try:
        return min(date.fromisoformat(request.GET.get("day", "")), today)
    except ValueError:
        return today


def tally_form(rooms: tuple[DepartmentView, ...], standing: dict[int, int], sent: Any) -> forms.Form:
    """Return the form with one number for each department."""
    form = forms.Form(sent)
    for room in rooms:
        form.fields[f"room-{room.id}"] = forms.IntegerField(
            label=room.name, min_value=0, max_value=LARGEST, required=False, initial=standing.get(room.id)
        )
    return form


@require_POST
@needs(Right.CHECK_OUT)
def scan(request: HttpRequest) -> HttpResponse:
    """Count a scanned item."""
    try:
        act = request.desk.act(key=request.POST.get("key") or None)
        found = operations.scan_use(act, item=ItemRef(request.POST.get("barcode", "").strip()))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        title = catalogue.titles([found.record]).get(found.record, "")
        said = {"title": title, "place": network.node(found.shelved_at).name}
        here = _("%(title)s: counted. It belongs on the shelf here.")
        elsewhere = _("%(title)s: counted. Its shelf is at %(place)s: scan it as a return.")
        messages.success(request, (here if found.shelved_at == request.desk.node else elsewhere) % said)
    return redirect("circulation:in_house")
