"""Pages of the activities desk: sessions by month, programmes, one session with its people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from wenlan.activities import operations, queries
from wenlan.activities.forms import (
    AttendanceForm,
    CancelForm,
    CardForm,
    CorrectionForm,
    HoldForm,
    MonthForm,
    ProgrammeForm,
    SessionForm,
    following,
    month_of,
)
from wenlan.activities.types import Mode, SessionStatus, SessionView
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.kernel.periods import Period
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A session as the list shows it."""

    url: str
    day: Any
    time: str
    title: str
    kind: str
    place: str
    mode: str
    state: str
    persons: int | None


@needs(Right.ACTIVITIES_EDIT)
def session_list(request: HttpRequest) -> HttpResponse:
    """Show a month's sessions of the places this desk sees."""
    visible = request.desk.visible
    form = MonthForm(request.GET or None, nodes=visible)
    said = form.cleaned_data if form.is_valid() else {}
    month = month_of(said.get("month", ""), clock.today())
    place = said.get("node")
    nodes = visible & network.subtree(place) if place else visible
    form = MonthForm(initial={"month": f"{month:%Y-%m}", "node": place}, nodes=visible)
    found = queries.sessions(nodes, Period(month, following(month)))
    context = {
        "lines": lines(found),
        "columns": session_columns(),
        "parts": [form["node"], form["month"]],
        "held": sum(view.status is SessionStatus.HELD for view in found),
        "persons": sum(view.persons for view in found),
    }
    return render(request, "activities/list.html", context)


def session_columns() -> list[dict[str, str]]:
    """Return the columns of a list of sessions."""
    return [
        {"key": "day", "label": _("Day"), "kind": "day"},
        {"key": "time", "label": _("Time"), "kind": "code"},
        {"key": "title", "label": _("Activity"), "kind": "title", "url_key": "url"},
        {"key": "kind", "label": _("Kind of activity"), "kind": "text"},
        {"key": "place", "label": _("Room or place"), "kind": "text"},
        {"key": "mode", "label": _("How people take part"), "kind": "text"},
        {"key": "state", "label": pgettext("activity", "State"), "kind": "seal"},
        {"key": "persons", "label": _("People who came"), "kind": "number"},
    ]


def lines(found: tuple[SessionView, ...]) -> list[SessionLine]:
    """Return the lines of a list of sessions."""
    kinds = queries.kinds()
    names = network.node_names()
    return [
        SessionLine(
            url=reverse("activities:session", args=[view.uid]),
            day=view.starts_at,
            time=f"{timezone.localtime(view.starts_at):%H:%M}–{timezone.localtime(view.ends_at):%H:%M}",
            title=title_of(view),
            kind=say(kinds[view.kind].words) if view.kind in kinds else view.kind,
            place=" · ".join(part for part in (names.get(view.node, ""), view.place) if part),
            mode=str(view.mode.label) if view.mode is not Mode.ONSITE else "",
            state=view.status.value,
            persons=view.persons if view.status is SessionStatus.HELD else None,
        )
        for view in found
    ]


def title_of(view: SessionView) -> str:
    """Return the session's own title, behind its programme's name where it does not begin with it."""
    programme = say(view.programme_words)
    if view.title.startswith(programme):
        return view.title
    return f"{programme}：{view.title}" if view.title else programme


@needs(Right.ACTIVITIES_EDIT)
def programme_list(request: HttpRequest) -> HttpResponse:
    """Show the programmes of the places this desk sees."""
    text = request.GET.get("q", "").strip()[:100]
    kinds = queries.kinds()
    rows = [
        {
            "url": reverse("activities:programme", args=[found.code]),
            "name": say(found.words),
            "code": found.code,
            "kind": say(kinds[found.kind].words) if found.kind in kinds else found.kind,
            "part_of": found.part_of,
            "brand": _("Brand") if found.details.is_brand else "",
        }
        for found in queries.programmes(request.desk.visible, text=text)
    ]
    columns = [
        {"key": "name", "label": _("Programme"), "kind": "title", "url_key": "url"},
        {"key": "kind", "label": _("Kind of activity"), "kind": "text"},
        {"key": "part_of", "label": _("Part of the series"), "kind": "text"},
        {"key": "brand", "label": _("Brand"), "kind": "text"},
        {"key": "code", "label": _("Code of the programme"), "kind": "code"},
    ]
    context = {"rows": rows, "columns": columns, "text": text}
    return render(request, "activities/programmes.html", context)


@needs(Right.ACTIVITIES_EDIT)
def new_programme(request: HttpRequest) -> HttpResponse:
    """Ask for a programme and found it."""
    form = ProgrammeForm(request.POST or None, nodes=request.desk.visible)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.plan_programme(
                request.desk.act(key=form.cleaned_data["key"]),
                words=form.words(),
                kind=form.cleaned_data["kind"],
                code=form.code(),
                part_of=form.cleaned_data["part_of"],
                details=form.details(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The programme %(name)s is founded.") % {"name": say(made.words)})
            return redirect("activities:programme", code=made.code)
    status = 422 if form.is_bound else 200
    return render(request, "activities/new_programme.html", {"form": form}, status=status)


@needs(Right.ACTIVITIES_EDIT)
def programme_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a programme with its sessions of a year."""
    programme = queries.programme(code)
    if programme.node not in request.desk.visible:
        raise NotFound(what=code)
    year = clock.today().year
    found = queries.sessions(request.desk.visible, Period.year(year), programme=code)
    context = {
        "programme": programme,
        "name": say(programme.words),
        "facts": programme_facts(programme),
        "lines": lines(found),
        "columns": session_columns(),
        "year": year,
        "held": sum(view.status is SessionStatus.HELD for view in found),
        "persons": sum(view.persons for view in found),
    }
    return render(request, "activities/programme.html", context)


def programme_facts(programme: Any) -> list[tuple[str, str]]:
    """Return what is said of a programme as term and description."""
    kind = queries.kind(programme.kind)
    roles = {"host": pgettext("activity", "Host"), "organiser": _("Organisers"), "co_organiser": _("Co-organisers")}
    organisers = [
        (label, "、".join(each.name for each in programme.details.organisers if each.role == role))
        for role, label in roles.items()
    ]
    return [
        (_("Kind of activity"), say(kind.words)),
        (_("Counted by"), kind.counted_by.label),
        (_("How people take part"), programme.details.mode.label),
        (_("Part of the series"), programme.part_of),
        (_("Which time it is held"), str(programme.details.edition or "")),
        *organisers,
        (_("Code of the programme"), programme.code),
    ]


@needs(Right.ACTIVITIES_EDIT)
def new_session(request: HttpRequest) -> HttpResponse:
    """Ask for a session and plan it."""
    desk = request.desk
    first = {"programme": request.GET.get("programme", ""), "node": desk.node, "day": clock.today()}
    form = SessionForm(request.POST or None, nodes=desk.visible, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            desk.insist(Right.ACTIVITIES_EDIT, form.cleaned_data["node"])
            starts_at, ends_at = form.span()
            made = operations.plan_session(
                desk.act(key=form.cleaned_data["key"]),
                programme=form.cleaned_data["programme"],
                starts_at=starts_at,
                ends_at=ends_at,
                node=form.cleaned_data["node"],
                plan=form.plan(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The session is planned."))
            return redirect("activities:session", session=made.uid)
    status = 422 if form.is_bound else 200
    return render(request, "activities/new_session.html", {"form": form}, status=status)


@needs(Right.ACTIVITIES_EDIT)
def session_page(request: HttpRequest, session: UUID) -> HttpResponse:
    """Show one session: what it is, who signed up, how many came."""
    return session_answer(request, seen(request, session))


def seen(request: HttpRequest, session: UUID) -> SessionView:
    """Return a session of a place this desk sees. Raises NotFound for all others."""
    view = queries.session(session)
    if view.node not in request.desk.visible:
        raise NotFound(what=str(session))
    return view


def session_answer(request: HttpRequest, view: SessionView, *, wrong: dict[str, Form] | None = None) -> HttpResponse:
    """Return the page of a session; `wrong` are forms that were refused, by their name on the page."""
    first = timezone.localdate(view.starts_at)
    context: dict[str, Any] = {
        "session": view,
        "line": lines((view,))[0],
        "days": (first, timezone.localdate(view.ends_at)),
        "started": clock.today() >= first,
        "tallies": queries.tallies(view.uid),
        "sign_ups": named_sign_ups(request, view),
        "hold_form": HoldForm(),
        "attendance_form": AttendanceForm(
            initial={"day": min(clock.today(), timezone.localdate(view.ends_at)), "mode": view.mode}
        ),
        "cancel_form": CancelForm(),
        "sign_up_form": CardForm(prefix="sign_up"),
        "check_in_form": CardForm(prefix="check_in"),
    }
    return render(request, "activities/session.html", context | (wrong or {}), status=422 if wrong else 200)


def named_sign_ups(request: HttpRequest, view: SessionView) -> list[dict[str, object]]:
    """Return the sign-ups with the readers' names, masked where this desk may not see them."""
    made = queries.sign_ups(view.uid)
    readers = patrons.patrons_by_id([each.patron for each in made])
    may = request.desk.may
    shown = {each.id: each if may(Right.PATRONS_NAMES, each.home_node) else each.masked() for each in readers.values()}
    return [
        {
            "name": shown[each.patron].name,
            "status": each.status.label,
            "queue": each.place_in_queue,
        }
        for each in made
    ]


Deed = Callable[[Act, dict[str, Any]], str]


def done_on_page(request: HttpRequest, session: UUID, name: str, form: Form, deed: Deed) -> HttpResponse:
    """Do what a form of the session's page asks for, once this desk may; a refusal goes back into the form.

    `name` is the form's on the page; `deed` gets the act and what was said, and returns the words of success.
    """
    view = seen(request, session)
    if form.is_valid():
        said = form.cleaned_data
        try:
            request.desk.insist(Right.ACTIVITIES_EDIT, view.node)
            success = deed(request.desk.act(key=said.get("key", "")), said)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, success)
            return redirect("activities:session", session=session)
    return session_answer(request, view, wrong={name: form})


@require_POST
@needs(Right.ACTIVITIES_EDIT)
def hold(request: HttpRequest, session: UUID) -> HttpResponse:
    """Say that a session took place, and how many came if that is known already."""

    def deed(act: Act, said: dict[str, Any]) -> str:
        operations.hold_session(act, session=session, persons=said["persons"])
        return _("Marked as held.")

    return done_on_page(request, session, "hold_form", HoldForm(request.POST), deed)


@require_POST
@needs(Right.ACTIVITIES_EDIT)
def attendance(request: HttpRequest, session: UUID) -> HttpResponse:
    """Count the people of a day."""

    def deed(act: Act, said: dict[str, Any]) -> str:
        operations.record_attendance(
            act, session=session, persons=said["persons"], day=said["day"], mode=Mode(said["mode"])
        )
        return _("%(persons)s people are counted.") % said

    return done_on_page(request, session, "attendance_form", AttendanceForm(request.POST), deed)


@require_POST
@needs(Right.ACTIVITIES_EDIT)
def correct(request: HttpRequest, session: UUID) -> HttpResponse:
    """Put another number in the place of a count."""
    view = seen(request, session)
    form = CorrectionForm(request.POST)
    if form.is_valid():
        try:
            request.desk.insist(Right.ACTIVITIES_EDIT, view.node)
            if form.cleaned_data["tally"] not in {each.uid for each in queries.tallies(view.uid)}:
                raise NotFound(what=str(form.cleaned_data["tally"]))
            operations.correct_attendance(request.desk.act(), **form.cleaned_data)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The count is corrected."))
    else:
        messages.error(request, _("Write a number from 0."))
    return redirect("activities:session", session=session)


@require_POST
@needs(Right.ACTIVITIES_EDIT)
def cancel(request: HttpRequest, session: UUID) -> HttpResponse:
    """Call a session off."""

    def deed(act: Act, said: dict[str, Any]) -> str:
        operations.cancel_session(act, session=session, reason=said["reason"])
        return _("The session is cancelled; nothing of it is counted.")

    return done_on_page(request, session, "cancel_form", CancelForm(request.POST), deed)


@require_POST
@needs(Right.ACTIVITIES_EDIT)
def sign_up(request: HttpRequest, session: UUID) -> HttpResponse:
    """Give the reader of a card a place, or one on the waiting list."""

    def deed(act: Act, said: dict[str, Any]) -> str:
        return str(operations.sign_up(act, session=session, patron=reader_of(said)).status.label)

    return done_on_page(request, session, "sign_up_form", CardForm(request.POST, prefix="sign_up"), deed)


@require_POST
@needs(Right.ACTIVITIES_EDIT)
def check_in(request: HttpRequest, session: UUID) -> HttpResponse:
    """Count the reader of a card as come."""

    def deed(act: Act, said: dict[str, Any]) -> str:
        operations.check_in_reader(act, session=session, patron=reader_of(said))
        return pgettext("activity", "Checked in.")

    return done_on_page(request, session, "check_in_form", CardForm(request.POST, prefix="check_in"), deed)


def reader_of(said: dict[str, Any]) -> int:
    """Return the reader of the card that a form was given. Raises NotFound."""
    return patrons.patron_by_card(said["card"]).id
