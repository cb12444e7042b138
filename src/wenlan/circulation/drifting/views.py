"""Pages of drifting books: the points with their sums, and one point with what stands there."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.drifting import operations, queries
from wenlan.circulation.drifting.forms import PointForm, ReleaseForm, TallyForm
from wenlan.circulation.drifting.types import BookView, DriftAct, PointView
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

PAGE = 100


@needs(Right.CHECK_OUT)
def points(request: HttpRequest) -> HttpResponse:
    """List the points that this desk sees with the sums of the year, and open a new one here."""
    today, form = clock.today(), PointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = request.desk.act(key=form.cleaned_data["key"] or None)
        made = operations.open_point(act, words=form.words(), place=form.cleaned_data["place"])
        messages.success(request, _("The point is open. Release the first books."))
        return redirect("circulation:drift_point", made.id)
    found = queries.points(today, request.desk.visible)
    counted = queries.sums([one.id for one in found], date(today.year, 1, 1), today)
    names = network.node_names()
    lines = [{"one": one, "of": names.get(one.node, ""), **sums_of(counted[one.id])} for one in found]
    context = {"lines": lines, "form": form, "year": today.year}
    return render(request, "circulation/drifting.html", context, status=422 if form.errors else 200)


def sums_of(counted: Any) -> dict[str, int]:
    """Return the three sums by name."""
    return {act.value: counted[act.value] for act in (DriftAct.RELEASED, DriftAct.TAKEN, DriftAct.LEFT)}


def visible_point(request: HttpRequest, point_id: int) -> PointView:
    """Return a point that this desk sees. Raises NotFound and NotAllowed."""
    one = queries.point(point_id)
    if one.node not in request.desk.visible:
        raise NotAllowed(right=Right.CHECK_OUT.label)
    return one


@needs(Right.CHECK_OUT)
def point(request: HttpRequest, point_id: int) -> HttpResponse:
    """Show a point: a field for its books, what stands there, its tallies and the latest of its acts."""
    return point_page(request, visible_point(request, point_id), ReleaseForm())


def point_page(request: HttpRequest, one: PointView, form: ReleaseForm) -> HttpResponse:
    """Return the page of a point."""
    found = queries.books_at(one.id, after=whole_number(request.GET.get("after")) or 0, limit=PAGE + 1)
    today = clock.today()
    context = {
        "point": one,
        "books": found[:PAGE],
        "first": not request.GET.get("after"),
        "next": str(found[PAGE - 1].id) if len(found) > PAGE else "",
        "moves": queries.moves_at(one.id),
        "form": form,
        "tally_form": TallyForm(initial={"day": today, **queries.tallies(one.id, today)}),
    }
    return render(request, "circulation/drift_point.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Right.CHECK_OUT)
def release(request: HttpRequest, point_id: int) -> HttpResponse:
    """Release a book here and say its number, which is written into it."""
    one, form = visible_point(request, point_id), ReleaseForm(request.POST)
    if form.is_valid():
        try:
            act = request.desk.act(key=form.cleaned_data["key"] or None)
            made = operations.release(act, point=one.id, book=form.book(catalogue.titles))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Write the number %(number)s into the book.") % {"number": made.number})
            return redirect("circulation:drift_point", one.id)
    return point_page(request, one, form)


@require_POST
@needs(Right.CHECK_OUT)
def scan(request: HttpRequest, point_id: int) -> HttpResponse:
    """Do what a scanned number means: a book that stands here is taken along, any other is left here."""
    one, number = visible_point(request, point_id), request.POST.get("number", "").strip()
    act = request.desk.act(key=request.POST.get("key", "")[:64] or None)
    try:
        book = queries.book(number)
        if "end" in request.POST:
            said = _("%(title)s drifts no more.")
            operations.end(act, number=number)
        elif book.point == one.id:
            said = _("%(title)s is taken along.")
            operations.take(act, number=number)
        else:
            said = _("%(title)s is left here.")
            operations.leave(act, number=number, point=one.id)
        messages.success(request, said % {"title": titled(book)})
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("circulation:drift_point", one.id)


def titled(book: BookView) -> str:
    """Return the title with the number."""
    return f"{book.title} {book.number}"


@require_POST
@needs(Right.CHECK_OUT)
def tally(request: HttpRequest, point_id: int) -> HttpResponse:
    """Enter what went and came without a scan."""
    one, form = visible_point(request, point_id), TallyForm(request.POST)
    try:
        if form.is_valid():
            for what in (DriftAct.TAKEN, DriftAct.LEFT):
                quantity = form.cleaned_data[what.value]
                if quantity is not None:
                    act = request.desk.act()
                    operations.tally(act, point=one.id, what=what, quantity=quantity, day=form.cleaned_data["day"])
            messages.success(request, _("The tallies of the day are entered."))
        else:
            messages.error(request, _("Enter a day and whole numbers."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("circulation:drift_point", one.id)


@require_POST
@needs(Right.CHECK_OUT)
def close(request: HttpRequest, point_id: int) -> HttpResponse:
    """Close a point."""
    operations.close_point(request.desk.act(), point=visible_point(request, point_id).id)
    messages.success(request, _("The point is closed. Its books may be left at another one."))
    return redirect("circulation:drifting")
