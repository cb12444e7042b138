"""Pages of the roster: the week of a place, one's own duties, the week on paper and in the telephone."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenlan.circulation.roster import operations, queries
from wenlan.circulation.roster.calendar import calendar
from wenlan.circulation.roster.forms import AssignForm, CoverForm, PostForm
from wenlan.circulation.roster.types import DutyView, ShiftView
from wenlan.credit.till import shifts as till
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.network import queries as network
from wenlan.staff import queries as staff
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

TEAM = (Right.CHECK_OUT, Right.ROSTER)
AHEAD = timedelta(days=60)
SWAPPED_WITHIN = timedelta(days=7)
FARTHEST = timedelta(days=20 * 366)


def week_of(request: HttpRequest) -> date:
    """Return the Monday of the week that is asked for, of this week for anything else or one too far away."""
    today = clock.today()
    try:
        asked = date.fromisoformat(request.GET.get("week") or request.POST.get("week", ""))
    except ValueError:
        asked = today
    return queries.monday_of(asked if abs(asked - today) <= FARTHEST else today)


def to_week(monday: date) -> HttpResponse:
    """Go to the page of a week."""
    return redirect(f"{reverse('circulation:roster')}?week={monday:%Y-%m-%d}")


def members_of(request: HttpRequest) -> list[tuple[int, str]]:
    """Return who can be put on duty at this desk's place: the staff of the place and of those above and under it."""
    node = request.desk.node
    return staff.members_at(network.subtree(node, clock.today()) | set(network.ancestors(node, clock.today())))


@needs(*TEAM)
def week(request: HttpRequest) -> HttpResponse:
    """Show the week of this desk's place with its gaps; who plans it fills them."""
    return week_page(request, PostForm())


def week_page(request: HttpRequest, form: PostForm) -> HttpResponse:
    """Return the page of a week."""
    monday, node = week_of(request), request.desk.node
    found, strays = queries.roster(node, monday), queries.strays(node, monday)
    names = names_of(found, strays)
    context = {
        "days": days_of(found, monday, names, drawers(node)),
        "strays": [{"one": one, "name": names.get(one.staff, "")} for one in strays],
        "gaps": sum(shift.gap for shift in found),
        "posts": queries.posts([node], monday, monday + timedelta(days=7)),
        "place": request.desk.place.name,
        "monday": monday,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "may_plan": request.desk.may(Right.ROSTER),
        "members": members_of(request),
        "form": form,
    }
    return render(request, "circulation/roster.html", context, status=422 if form.errors else 200)


def names_of(found: Iterable[ShiftView], strays: Iterable[DutyView] = ()) -> dict[int, str]:
    """Return the names of everybody in some shifts, and in duties outside of any."""
    in_shifts = {one.staff for shift in found for one in (*shift.on_duty, *shift.absent)}
    return dict(staff.names(in_shifts | {one.staff for one in strays}))


def drawers(node: int) -> set[tuple[int, date]]:
    """Return who took over a drawer of a place on which day, of the latest shifts at the till."""
    return {
        (int(one.operator.removeprefix("staff:")), timezone.localdate(one.opened_at))
        for one in till.shifts_of(node)
        if one.operator.startswith("staff:")
    }


def days_of(
    found: Iterable[ShiftView], monday: date, names: dict[int, str], taken: set[tuple[int, date]]
) -> list[dict[str, Any]]:
    """Return the days of a week with their shifts; a day without any is shut."""
    by_day = {day: list(shifts) for day, shifts in groupby(found, key=lambda shift: shift.day)}
    week_days = [monday + timedelta(days=number) for number in range(7)]
    return [
        {
            "day": day,
            "shifts": [
                {
                    "one": shift,
                    "people": [person(one, names, taken if shift.post.has_till else None) for one in shift.on_duty],
                    "absent": [person(one, names, None) for one in shift.absent],
                }
                for shift in by_day.get(day, ())
            ],
        }
        for day in week_days
    ]


def person(one: DutyView, names: dict[int, str], taken: set[tuple[int, date]] | None) -> dict[str, Any]:
    """Return somebody in a shift as the week shows them; `at_till` where a drawer belongs to the post."""
    at_till = taken is not None and (one.staff, one.day) in taken
    return {"one": one, "name": names.get(one.staff, ""), "at_till": at_till}


@require_safe
@needs(*TEAM)
def week_print(request: HttpRequest) -> HttpResponse:
    """Show the week as it is hung up."""
    monday, node = week_of(request), request.desk.node
    found = queries.roster(node, monday)
    days = days_of(found, monday, names_of(found), set())
    context = {"days": days, "place": request.desk.place.name, "monday": monday}
    return render(request, "circulation/roster_print.html", context)


@require_POST
@needs(Right.ROSTER)
def add_post(request: HttpRequest) -> HttpResponse:
    """Set up a post here."""
    form = PostForm(request.POST)
    if not form.is_valid():
        return week_page(request, form)
    said = form.cleaned_data
    act = request.desk.act(said["key"] or None)
    operations.open_post(act, words=form.words(), people=said["people"], has_till=said["has_till"])
    return to_week(week_of(request))


def insist_here(request: HttpRequest, node: int) -> None:
    """Raise NotAllowed for a place that is not this desk's."""
    if node != request.desk.node:
        raise NotAllowed(right=Right.ROSTER.label)


@require_POST
@needs(Right.ROSTER)
def close_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Keep a post no longer."""
    insist_here(request, queries.post(post_id).node)
    operations.close_post(request.desk.act(), post=post_id)
    return to_week(week_of(request))


def done(request: HttpRequest, deed: Callable[[], object], back: HttpResponse) -> HttpResponse:
    """Do something, say why it could not be done, and go back."""
    try:
        deed()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return back


@require_POST
@needs(Right.ROSTER)
def assign(request: HttpRequest) -> HttpResponse:
    """Put somebody into a shift."""
    form = AssignForm(request.POST, members=members_of(request))
    back = to_week(week_of(request))
    if not form.is_valid():
        messages.error(request, _("Choose who is on duty."))
        return back
    said = dict(form.cleaned_data)
    act = request.desk.act(said.pop("key") or None)
    insist_here(request, queries.post(said["post"]).node)
    return done(request, lambda: operations.assign(act, **said), back)


@require_POST
@needs(Right.ROSTER)
def repeat(request: HttpRequest) -> HttpResponse:
    """Fill the week as the one before was."""
    monday = week_of(request)
    made = operations.repeat_week(request.desk.act(), node=request.desk.node, monday=monday)
    messages.success(request, _("%(count)d duties taken over from the week before.") % {"count": made})
    return to_week(monday)


@require_POST
@needs(Right.ROSTER)
def change(request: HttpRequest, duty_id: int, what: str) -> HttpResponse:
    """Take somebody off, note an absence, or put somebody in their place."""
    one = queries.duty(duty_id)
    insist_here(request, one.node)
    back, act = to_week(one.day), request.desk.act()
    if what == "off":
        return done(request, lambda: operations.take_off(act, duty=duty_id), back)
    if what == "absent":
        reason = request.POST.get("reason", "")
        return done(request, lambda: operations.report_absence(act, duty=duty_id, reason=reason), back)
    if what != "cover":
        raise NotFound(what=what)
    form = CoverForm(request.POST, members=members_of(request))
    if form.is_valid():
        return done(request, lambda: operations.cover(act, duty=duty_id, member=form.cleaned_data["member"]), back)
    messages.error(request, _("Choose who is on duty."))
    return back


@needs(*TEAM)
def mine(request: HttpRequest) -> HttpResponse:
    """Show one's own duties, and who asks to swap."""
    today, me = clock.today(), request.desk.staff.id
    duties = queries.mine(me, today, today + AHEAD)
    others = queries.others({one.node for one in duties}, me, today, today + AHEAD + SWAPPED_WITHIN)
    swaps = queries.swaps(me, today)
    names = staff.names(
        {one.staff for one in others} | {one.staff for swap in swaps for one in (swap.mine, swap.theirs)}
    )
    context = {
        "duties": [(one, swappable(one, others, names)) for one in duties],
        "asked": [(swap, names.get(swap.mine.staff, "")) for swap in swaps if swap.theirs.staff == me],
        "waiting": [(swap, names.get(swap.theirs.staff, "")) for swap in swaps if swap.mine.staff == me],
        "places": network.node_names(),
    }
    return render(request, "circulation/my_duties.html", context)


def swappable(one: DutyView, others: Iterable[DutyView], names: Mapping[int, str]) -> list[tuple[DutyView, str]]:
    """Return the duties of others at the same place, within a week of a duty, with their names."""
    return [
        (other, names.get(other.staff, ""))
        for other in others
        if other.node == one.node and abs(other.day - one.day) <= SWAPPED_WITHIN
    ]


@require_POST
@needs(*TEAM)
def my_absence(request: HttpRequest, duty_id: int) -> HttpResponse:
    """Say that one cannot come."""
    if queries.duty(duty_id).staff != request.desk.staff.id:
        raise NotAllowed(right=Right.ROSTER.label)
    act, reason = request.desk.act(), request.POST.get("reason", "")
    back = redirect("circulation:my_duties")
    return done(request, lambda: operations.report_absence(act, duty=duty_id, reason=reason), back)


@require_POST
@needs(*TEAM)
def ask_swap(request: HttpRequest, duty_id: int) -> HttpResponse:
    """Ask somebody to swap."""
    theirs, back = whole_number(request.POST.get("theirs")) or 0, redirect("circulation:my_duties")
    return done(request, lambda: operations.ask_swap(request.desk.act(), mine=duty_id, theirs=theirs), back)


@require_POST
@needs(*TEAM)
def answer_swap(request: HttpRequest, swap_id: int) -> HttpResponse:
    """Answer somebody who asks to swap."""
    agree, back = request.POST.get("agree") == "1", redirect("circulation:my_duties")
    return done(request, lambda: operations.answer_swap(request.desk.act(), swap=swap_id, agree=agree), back)


@require_safe
@needs(*TEAM)
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Return one's own duties as a calendar file."""
    today = clock.today()
    duties = queries.mine(request.desk.staff.id, today, today + AHEAD)
    text = calendar(duties, places=network.node_names(), now=clock.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="duties.ics"'
    return answer
