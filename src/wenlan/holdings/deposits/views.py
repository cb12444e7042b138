"""Pages of bulk deposits: what is out at which point and until when, and what came back with the van."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.holdings.deposits import operations
from wenlan.holdings.handovers.views import scanned
from wenlan.holdings.transfers import queries
from wenlan.holdings.transfers.types import Back
from wenlan.holdings.transfers.views import changeable, described, seen, step, ticked
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

LONGEST = 20_000
MOST_SLIPS = 50


@needs(Right.HOLDINGS_RECEIVE)
def deposits(request: HttpRequest) -> HttpResponse:
    """List what is out at points, the first due first; scan what came back."""
    found, names, today = queries.deposits(request.desk.visible), network.node_names(), clock.today()
    holders = patrons.patrons_by_id({one.holder for one in found if one.holder})
    lines = [
        {
            "slip": one,
            "point": names.get(one.to_node or 0, ""),
            "home": names.get(one.from_node, ""),
            "holder": holders[one.holder].name if one.holder in holders else "",
            "is_late": one.due_on is not None and one.due_on < today,
        }
        for one in found
    ]
    context = {
        "lines": lines,
        "out": sum(one.out for one in found),
        "points": len({one.to_node for one in found}),
        "may_edit": request.desk.may(Right.HOLDINGS_EDIT),
        "came_back": just_back(request),
    }
    return render(request, "holdings/deposits.html", context)


def just_back(request: HttpRequest) -> dict[int, str]:
    """Return the slips whose volumes were scanned just now, to be printed, by id."""
    asked = {number for text in request.GET.getlist("slip")[:MOST_SLIPS] if (number := whole_number(text)) is not None}
    return queries.came_back_on(asked)


@needs(Right.HOLDINGS_RECEIVE)
def returned(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Show what came back from a deposit on a day, the last one unless asked, as both sides sign it."""
    context = described(seen(request, transfer_id))
    days = [timezone.localdate(entry["line"].back_at) for entry in context["lines"] if entry["line"].back_at]
    if not days:
        raise NotFound(what=context["slip"].number)
    day = next((one for one in days if one.isoformat() == request.GET.get("day")), max(days))
    ended = [
        entry
        for entry in context["lines"]
        if entry["line"].back_at and timezone.localdate(entry["line"].back_at) == day
    ]
    came = [entry["item"] for entry in ended if entry["line"].back_as == Back.RETURNED]
    sums = {"units": len(came), "missing": len(ended) - len(came), "fen": sum(one.list_price_fen or 0 for one in came)}
    return render(request, "holdings/deposit_print.html", context | {"lines": ended, "day": day, "sums": sums})


@require_POST
@needs(Right.HOLDINGS_EDIT)
def bring_back(request: HttpRequest) -> HttpResponse:
    """Take back what was scanned: it has its shelf at home again. Nothing is written when one of them is no deposit."""
    ids = scanned(request, request.POST.get("scans", "")[:LONGEST])
    try:
        came = operations.bring_back(request.desk.act(), items=ids)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Volumes that came back: %(count)s.") % {"count": came})
        slips = urlencode([("slip", slip) for slip in queries.deposits_ended(ids)])
        return redirect(f"{reverse('holdings:deposits')}?{slips}")
    return redirect("holdings:deposits")


@require_POST
@needs(Right.HOLDINGS_EDIT)
def missing(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Write down what did not come back."""
    changeable(request, transfer_id)
    reason = request.POST.get("reason", "")[:100]
    items = dict.fromkeys(ticked(request, "missing"), reason)
    act, done = request.desk.act(), _("Written down. What is missing stands on the lists of missing items.")
    return step(
        request, transfer_id, lambda: operations.report_missing(act, transfer_id=transfer_id, items=items), done
    )


@require_POST
@needs(Right.HOLDINGS_EDIT)
def extend(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Let it stay longer."""
    changeable(request, transfer_id)
    try:
        due_on = date.fromisoformat(request.POST.get("due_on", ""))
    except ValueError:
        messages.error(request, _("Say until when the volumes stay there."))
        return redirect("holdings:transfer", transfer_id)
    act, done = request.desk.act(), _("The deposit stays until that day.")
    return step(request, transfer_id, lambda: operations.extend(act, transfer_id=transfer_id, due_on=due_on), done)
