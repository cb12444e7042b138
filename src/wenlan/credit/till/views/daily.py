"""Pages of the close of the day, and of deposits that wait."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.credit.money import deposits
from wenlan.credit.pages import names_of_readers, people
from wenlan.credit.till import closing, shifts
from wenlan.credit.till.forms import ReceiveForm, ToldForm
from wenlan.credit.till.views.desk import lines_of, number_in
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock

DAY, PAGE = timedelta(days=1), 100


@needs(Right.MONEY, Right.MONEY_APPROVE)
def days(request: HttpRequest) -> HttpResponse:
    """List the closed days of the places this desk sees; close today's."""
    found = closing.days(request.desk.visible)
    today = clock.today()
    here = [one for one in found if one.node == request.desk.node and one.day == today]
    context = {
        "days": found,
        "places": network.node_names(),
        "who": people({one.closed_by for one in found} | {one.received_by for one in found}),
        "may_close": request.desk.may(Right.MONEY) and not here,
        "place": request.desk.place.name,
        "shifts": shifts.shifts_of(request.desk.node, limit=10) if request.desk.may(Right.MONEY) else (),
        "names": people({one.operator for one in shifts.shifts_of(request.desk.node, limit=10)}),
    }
    return render(request, "credit/till/days.html", context)


@require_POST
@needs(Right.MONEY)
def close(request: HttpRequest) -> HttpResponse:
    """Close today at this place."""
    try:
        done = closing.close_day(request.desk.act(), day=clock.today())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("till:days")
    return redirect("till:day", done.id)


@needs(Right.MONEY, Right.MONEY_APPROVE)
def day(request: HttpRequest, close_id: int) -> HttpResponse:
    """Show a closed day as it is printed and handed to finance."""
    found = closing.day(close_id)
    if not request.desk.may(Right.MONEY, found.node):
        request.desk.insist(Right.MONEY_APPROVE, found.node)
    context = {
        "day": found,
        "sums": lines_of(found.sums),
        "place": network.node(found.node).name,
        "who": people({found.closed_by, found.received_by}),
        "form": ReceiveForm(initial={"received": found.cash_fen}),
        "may_receive": found.received_at is None
        and request.desk.may(Right.MONEY_APPROVE, found.node)
        and found.closed_by != request.desk.act().operator,
    }
    template = "credit/till/day_print.html" if "print" in request.GET else "credit/till/day.html"
    return render(request, template, context)


@require_POST
@needs(Right.MONEY_APPROVE)
def receive(request: HttpRequest, close_id: int) -> HttpResponse:
    """Sign for the cash of a day."""
    request.desk.insist(Right.MONEY_APPROVE, closing.day(close_id).node)
    form = ReceiveForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            closing.receive(request.desk.act(), close_id=close_id, received_fen=said["received"], note=said["note"])
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Signed for."))
    return redirect("till:day", close_id)


@needs(Right.MONEY)
def deposit_list(request: HttpRequest) -> HttpResponse:
    """List the deposits held for readers of the places this desk sees; those that wait long are marked."""
    found = deposits.held(
        request.desk.visible, on=clock.today(), after=number_in(request, "after") or 0, limit=PAGE + 1
    )
    shown = found[:PAGE]
    context = {
        "rows": shown,
        "names": names_of_readers(request, [one.patron for one in shown]),
        "places": network.node_names(),
        "next": str(shown[-1].patron) if len(found) > PAGE else "",
        "first": number_in(request, "after") is None,
        "form": ToldForm(),
        "may_see": request.desk.may(Right.PATRONS_SEE),
    }
    return render(request, "credit/till/deposits.html", context)


@require_POST
@needs(Right.MONEY)
def told(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Write down that a reader was told of the deposit."""
    request.desk.insist(Right.MONEY, patrons.patron(patron_id).home_node)
    form = ToldForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        act = request.desk.act(key=said["key"] or None)
        deposits.tell(act, patron=patron_id, how=said["how"], note=said["note"])
        messages.success(request, _("Written down."))
    return redirect("till:deposits")
