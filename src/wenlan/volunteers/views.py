"""Pages of volunteers at the desk: who asks, who serves, and one volunteer with the hours."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenlan.credit.pages import seen_by
from wenlan.kernel.errors import DomainError
from wenlan.kernel.periods import Period
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.patrons.policies import completed_years
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number
from wenlan.volunteers import operations, policies, queries
from wenlan.volunteers.forms import CardOfferForm, NumberForm, ReasonForm, ServiceForm, TakeInForm
from wenlan.volunteers.types import Served, Standing, VolunteerView, WhyLeft

PAGE = 100


@needs(Right.VOLUNTEERS)
def volunteer_list(request: HttpRequest) -> HttpResponse:
    """List the volunteers of the places where this desk keeps them, those who ask first; register one by card."""
    form = CardOfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = request.desk.act(form.cleaned_data["key"] or None)
        try:
            patron = patrons.patron_id_by_card(form.cleaned_data["card"])
            asked = operations.ask(act, patron=patron, offer=form.offer())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("volunteers:volunteer", asked.id)
    nodes = request.desk.nodes_with(Right.VOLUNTEERS)
    numbers = queries.counts(nodes)
    standing = request.GET.get("standing", "")
    if standing not in Standing.values:
        standing = Standing.ASKED.value if numbers[Standing.ASKED] else Standing.SERVING.value
    found = queries.volunteers(nodes, standing, after=whole_number(request.GET.get("after")) or 0, limit=PAGE + 1)
    context = {
        "lines": lines_of(request, found[:PAGE]),
        "tabs": tabs(numbers, standing),
        "next": str(found[PAGE - 1].id) if len(found) > PAGE else "",
        "first": not request.GET.get("after"),
        "year": clock.today().year,
        "form": form,
    }
    return render(request, "volunteers/list.html", context, status=422 if form.errors else 200)


def tabs(numbers: dict[str, int], standing: str) -> list[dict[str, Any]]:
    """Return the ways in which registrations stand, as tabs with how many there are."""
    page = reverse("volunteers:list")
    return [
        {"label": one.label, "url": f"{page}?standing={one.value}", "current": one == standing, "count": numbers[one]}
        for one in Standing
    ]


def lines_of(request: HttpRequest, found: tuple[VolunteerView, ...]) -> list[dict[str, Any]]:
    """Return volunteers with their names as this desk may see them, and the hours of the year."""
    readers = patrons.patrons_by_id({one.patron for one in found})
    hours = queries.served([one.id for one in found], Period.year(clock.today().year))
    jobs, places = queries.jobs(), network.node_names()
    return [
        {
            "one": one,
            "name": seen_by(request, readers[one.patron]).name,
            "place": places.get(one.node, ""),
            "jobs": [jobs.get(job, job) for job in one.jobs],
            "served": hours.get(one.id, Served()),
        }
        for one in found
    ]


def kept_here(request: HttpRequest, volunteer_id: int) -> VolunteerView:
    """Return a registration of a place where this desk keeps volunteers. Raises VolunteerUnknown, NotAllowed."""
    one = queries.volunteer(volunteer_id)
    if one.node not in request.desk.nodes_with(Right.VOLUNTEERS):
        raise NotAllowed(right=Right.VOLUNTEERS.label)
    return one


@needs(Right.VOLUNTEERS)
def volunteer(request: HttpRequest, volunteer_id: int) -> HttpResponse:
    """Show a volunteer: what they offer, what they served, and what can be done now."""
    return volunteer_page(request, kept_here(request, volunteer_id), ServiceForm(today=clock.today()))


def volunteer_page(
    request: HttpRequest, one: VolunteerView, form: ServiceForm, number_form: NumberForm | None = None
) -> HttpResponse:
    """Return the page of a volunteer; forms that were refused are given."""
    whole = patrons.patron(one.patron)
    reader, jobs, today = seen_by(request, whole), queries.jobs(), clock.today()
    served = queries.served([one.id]).get(one.id, Served())
    this_year = [line for line in served.services if line.day.year == today.year]
    places = network.node_names()
    context = {
        "crumbs": [(_("Volunteers"), reverse("volunteers:list")), (reader.name, "")],
        "one": one,
        "reader": reader,
        "place": places.get(one.node, ""),
        "jobs": [jobs.get(job, job) for job in one.jobs],
        "served": served,
        "hours_this_year": sum(line.hours for line in this_year),
        "services": [
            {"line": line, "job": jobs.get(line.job, line.job), "place": places.get(line.node, "")}
            for line in served.services
        ],
        "form": form,
        "number_form": number_form or NumberForm(initial={"national_number": one.national_number}),
        "may_number": one.standing in (Standing.ASKED, Standing.SERVING),
        "is_under_age": policies.needs_guardian(completed_years(whole.birth_date, today)),
        "may_open_reader": request.desk.may(Right.PATRONS_SEE),
    }
    is_refused = form.errors or (number_form is not None and number_form.errors)
    return render(request, "volunteers/volunteer.html", context, status=422 if is_refused else 200)


@require_POST
@needs(Right.VOLUNTEERS)
def take_in(request: HttpRequest, volunteer_id: int) -> HttpResponse:
    """Take a reader into the team."""
    kept_here(request, volunteer_id)
    form = TakeInForm(request.POST)
    agreed = form.is_valid() and form.cleaned_data["guardian_agreed"]
    return done(
        request,
        volunteer_id,
        lambda: operations.take_in(request.desk.act(), volunteer=volunteer_id, guardian_agreed=agreed),
        _("Taken into the team; the roll has one more."),
    )


@require_POST
@needs(Right.VOLUNTEERS)
def decline(request: HttpRequest, volunteer_id: int) -> HttpResponse:
    """Do not take a reader in, with the reason that they will read."""
    return with_reason(request, volunteer_id, operations.decline, _("Answered."))


@require_POST
@needs(Right.VOLUNTEERS)
def end(request: HttpRequest, volunteer_id: int) -> HttpResponse:
    """End a service by the library, with the reason that the reader will read."""
    deed = partial(operations.leave, why=WhyLeft.LIBRARY)
    return with_reason(request, volunteer_id, deed, _("The service has ended; what was served stays in the book."))


def with_reason(request: HttpRequest, volunteer_id: int, deed: Callable[..., object], said: str) -> HttpResponse:
    """Do something to a registration for which the reader is told the reason."""
    kept_here(request, volunteer_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the reason; the reader sees it."))
        return redirect("volunteers:volunteer", volunteer_id)
    reason = form.cleaned_data["reason"]
    return done(request, volunteer_id, lambda: deed(request.desk.act(), volunteer=volunteer_id, reason=reason), said)


@require_POST
@needs(Right.VOLUNTEERS)
def number(request: HttpRequest, volunteer_id: int) -> HttpResponse:
    """Note the number that a volunteer has in the national system."""
    one, form = kept_here(request, volunteer_id), NumberForm(request.POST)
    if not form.is_valid():
        return volunteer_page(request, one, ServiceForm(today=clock.today()), number_form=form)
    written = form.cleaned_data["national_number"]
    return done(
        request,
        volunteer_id,
        lambda: operations.note_number(request.desk.act(), volunteer=volunteer_id, number=written),
        _("Written down."),
    )


@require_POST
@needs(Right.VOLUNTEERS)
def serve(request: HttpRequest, volunteer_id: int) -> HttpResponse:
    """Enter a service of a volunteer."""
    one, form = kept_here(request, volunteer_id), ServiceForm(request.POST, today=clock.today())
    if form.is_valid():
        act = request.desk.act(form.cleaned_data["key"] or None)
        try:
            operations.serve(act, volunteer=volunteer_id, service=form.service())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Entered in the book of volunteer service."))
            return redirect("volunteers:volunteer", volunteer_id)
    return volunteer_page(request, one, form)


def done(request: HttpRequest, volunteer_id: int, deed: Callable[[], object], said: str) -> HttpResponse:
    """Do something to a registration, say what came of it, and go back to its page."""
    try:
        deed()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("volunteers:volunteer", volunteer_id)


@require_safe
@needs(Right.PATRONS_SEE)
def of_reader(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Return the part of a reader's page that says whether they serve as a volunteer."""
    one = queries.of_reader(patron_id)
    if one is None:
        return HttpResponse("")
    context = {
        "one": one,
        "served": queries.served([one.id]).get(one.id, Served()),
        "may_open": one.node in request.desk.nodes_with(Right.VOLUNTEERS),
    }
    return render(request, "volunteers/of_reader.html", context)
