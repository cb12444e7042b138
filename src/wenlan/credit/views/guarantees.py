"""An outside credit at the desk: looked after, ended when the reader leaves, told of a harm that is not paid."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.credit.external import alipay, operations
from wenlan.kernel.errors import DomainError
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock


@require_POST
@needs(Right.MONEY)
def change(request: HttpRequest, patron_id: int, what: str) -> HttpResponse:
    """Ask the service how the order stands, end it, or report what the reader owes as a harm."""
    reader = patrons.patron(patron_id)
    request.desk.insist(Right.MONEY, reader.home_node)
    found, client = operations.of_reader(patron_id), alipay.of_installation(clock.now())
    if found is None or client is None:
        messages.error(request, _("No outside credit stands for this reader."))
        return redirect("credit:account", patron_id)
    act = request.desk.act()
    try:
        if what == "look":
            done = operations.look(act, guarantee_id=found.id, provider=client)
        elif what == "end":
            done = operations.end(act, guarantee_id=found.id, provider=client)
        else:
            harm = min(reader.owed_fen, found.amount_fen)
            done = operations.report(act, guarantee_id=found.id, harm_fen=harm, provider=client)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done.state_label)
    return redirect("credit:account", patron_id)
