"""A reader serves as a volunteer: asks to join, sees where it stands and what was served, and leaves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import DomainError
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.patrons.types import PatronView
from wenlan.ui import clock
from wenlan.volunteers import operations, queries
from wenlan.volunteers.forms import OfferForm
from wenlan.volunteers.types import Served, Standing, VolunteerView, WhyLeft
from wenlan.web.portal.reading import reader_of

SHOWN = 50


@never_cache
def volunteering(request: HttpRequest) -> HttpResponse:
    """Show the reader's registration with the hours, or the form to ask."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    one, form = queries.of_reader(reader.id), OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.ask(act_of(reader, form.cleaned_data["key"]), patron=reader.id, offer=form.offer())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. The library answers here."))
            return redirect("portal:volunteering")
    context = {"reader_name": reader.masked().name, "one": one, "form": form, **told(one)}
    return render(request, "web/portal/volunteering.html", context, status=422 if form.errors else 200)


def told(one: VolunteerView | None) -> dict[str, object]:
    """Return what is said of a registration: the kinds in words, and the services with their places."""
    if one is None:
        return {"may_ask": True}
    jobs, places = queries.jobs(), network.node_names()
    served = queries.served([one.id]).get(one.id, Served())
    year = clock.today().year
    return {
        "may_ask": one.standing in (Standing.DECLINED, Standing.LEFT),
        "place": places.get(one.node, ""),
        "jobs": [jobs.get(job, job) for job in one.jobs],
        "served": served,
        "year": year,
        "hours_this_year": sum(line.hours for line in served.services if line.day.year == year),
        "services": [
            {"line": line, "job": jobs.get(line.job, line.job), "place": places.get(line.node, "")}
            for line in served.services[:SHOWN]
        ],
    }


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the team at one's own wish, or take back what was asked."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    one = queries.of_reader(reader.id)
    if one is not None:
        operations.leave(act_of(reader), volunteer=one.id, why=WhyLeft.WISH)
        messages.success(request, _("Done. What you served stays written down; you may join again at any time."))
    return redirect("portal:volunteering")


def act_of(reader: PatronView, key: str = "") -> Act:
    """Return the act of a reader at home."""
    return Act(
        at=clock.now(), node=reader.home_node, channel=Channel.WEB, key=f"volunteer:{reader.id}:{key or new_uid()}"
    )
