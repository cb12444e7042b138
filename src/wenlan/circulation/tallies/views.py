"""The page of tallies: what points without scans lent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wenlan.circulation.tallies import operations, queries
from wenlan.circulation.tallies.forms import TallyForm
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock


@needs(Right.CHECK_OUT)
def tallies(request: HttpRequest) -> HttpResponse:
    """Enter what a place lent by hand, and list what was entered."""
    form = TallyForm(request.POST or None, on=clock.today(), nodes=request.desk.visible)
    if request.method == "POST" and form.is_valid():
        tally = form.tally()
        request.desk.insist(Right.CHECK_OUT, tally.node)
        try:
            act = request.desk.act(key=form.cleaned_data["key"] or None)
            changed = operations.enter(act, tally=tally, beside_scans=form.cleaned_data["beside_scans"])
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Entered.") if changed else _("This stands already."))
            return redirect("circulation:tallies")
    names = network.node_names()
    found = [{"one": one, "place": names.get(one.node, "")} for one in queries.tallies(request.desk.visible)]
    context = {"form": form, "lines": found}
    return render(request, "circulation/tallies.html", context, status=422 if form.errors else 200)
