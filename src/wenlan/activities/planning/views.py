"""The page of a year's plan."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.activities import queries as activities
from wenlan.activities.planning import operations, queries
from wenlan.activities.planning.forms import ItemForm
from wenlan.activities.planning.types import FIRST_YEAR, LAST_YEAR
from wenlan.kernel.errors import DomainError
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number


@needs(Right.ACTIVITIES_EDIT)
def plan(request: HttpRequest) -> HttpResponse:
    """Show the items of a year with how far each has come, and put in another."""
    today = clock.today()
    year = whole_number(request.GET.get("year")) or today.year
    year = year if FIRST_YEAR <= year <= LAST_YEAR else today.year
    form = ItemForm(request.POST or None, initial={"due_on": date(year, 12, 31), "kind": "education"})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.plan(request.desk.act(form.cleaned_data["key"] or None), item=form.item())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It stands in the plan; sessions of this kind count towards it by themselves."))
            return redirect(f"{reverse('activities:plan')}?year={made.due_on.year}")
    kinds, places = activities.kinds(), network.node_names()
    edits = request.desk.nodes_with(Right.ACTIVITIES_EDIT)
    lines = [
        {
            "one": one,
            "kind": say(kinds[one.kind].words),
            "place": places.get(one.node, ""),
            "may_drop": one.dropped_on is None and one.node in edits,
        }
        for one in queries.items(request.desk.visible, year, on=today)
    ]
    context = {"lines": lines, "form": form, "year": year, "before": year - 1, "after": year + 1}
    return render(request, "activities/plan.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Right.ACTIVITIES_EDIT)
def drop(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take an item out of the plan."""
    one = queries.item(item_id, on=clock.today())
    if one.node not in request.desk.nodes_with(Right.ACTIVITIES_EDIT):
        raise NotAllowed(right=Right.ACTIVITIES_EDIT.label)
    operations.drop(request.desk.act(), item=item_id, reason=request.POST.get("reason", "")[:200])
    messages.success(request, _("Taken out of the plan; it stays readable."))
    return redirect(f"{reverse('activities:plan')}?year={one.due_on.year}")
