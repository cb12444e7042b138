"""The device page: the terminals of the places one sees, how they are, and one of them with all that is said of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenlan.facilities.machines import queries as machines
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.network.types import NodeView
from wenlan.protocols.sip2 import drawers, operations, queries
from wenlan.protocols.sip2.errors import TerminalUnknown
from wenlan.protocols.sip2.forms import DrawerForm, SortRules, TerminalForm, TrialForm
from wenlan.protocols.sip2.trying import try_message
from wenlan.protocols.sip2.types import FieldSet, TerminalState
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock

FIRST = ("look", "planned", "open", "closed")  # what asks for somebody to go there stands on top
SILENT = timedelta(minutes=15)  # a terminal asks for our status more often than this


@require_safe
@needs(Right.DEVICES)
def devices(request: HttpRequest) -> HttpResponse:
    """The terminals at the places this desk sees, with their day, and the latest faults."""
    now, seen = clock.now(), request.desk.visible
    states = queries.terminals(seen, clock.today())
    last = queries.latest_faults([state.id for state in states])
    lines = [line_of(state, now) | {"fault": last.get(state.id)} for state in states]
    context = {
        "lines": sorted(lines, key=lambda line: FIRST.index(line["seal"])),
        "sums": summed(lines),
        "faults": queries.faults(nodes=seen, strangers=request.desk.may(Right.DEVICES, network.root().id), limit=20),
        "crumbs": crumbs(),
    }
    page = "sip2/_devices.html" if request.headers.get("HX-Request") else "sip2/devices.html"
    return render(request, page, context)


def summed(lines: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    """Return how many devices stand how, and what all of them did today: words, figure, unit."""
    standing = Counter(line["seal"] for line in lines)
    done = {name: sum(getattr(line["state"], name) for line in lines) for name in ("acts", "refusals", "faults")}
    return [
        (_("Connected"), standing["open"], _("devices")),
        (_("Without an answer"), standing["look"], _("devices")),
        (_("Never seen"), standing["planned"], _("devices")),
        (_("Acts today"), done["acts"], _("acts")),
        (_("Refused acts"), done["refusals"], _("acts")),
        (_("Faults"), done["faults"], _("faults")),
    ]


def line_of(state: TerminalState, now: datetime) -> dict[str, Any]:
    """Return a terminal as the list shows it; `seal` is a state mark with its words."""
    seen = state.last_seen_at
    if not state.facts.is_active:
        seal = "closed", _("switched off")
    elif seen is None:
        seal = "planned", _("never seen")
    elif now - seen > SILENT:
        seal = "look", _("no answer for %(time)s") % {"time": timesince(seen, now, depth=1)}
    else:
        seal = "open", _("connected")
    return {
        "state": state,
        "facts": state.facts,
        "place": network.node(state.facts.node).name,
        "encoding": state.facts.encoding.upper(),
        "fields": FieldSet(state.facts.field_set).label,
        "seal": seal[0],
        "seal_text": seal[1],
        "url": reverse("devices:device", args=[state.id]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.DEVICES)
def new_device(request: HttpRequest) -> HttpResponse:
    """Enter a terminal; its password is shown once."""
    form = TerminalForm(request.POST or None, places=places_of(request), known=None)
    if request.method == "POST" and form.is_valid():
        try:
            made, password = operations.save_terminal(request.desk.act(), facts=form.facts(()))
        except DomainError as refusal:
            form.add_error("code", str(refusal))
        else:
            show_password(request, made.facts.code, password)
            return redirect("devices:device", terminal=made.id)
    context = {"form": form, "crumbs": crumbs(_("New device"))}
    return render(request, "sip2/new_device.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.DEVICES)
def device(request: HttpRequest, terminal: int) -> HttpResponse:
    """One terminal: how it has been, what is said of it, what went wrong, and a message to try."""
    known = terminal_of(request, terminal)
    posted = request.POST or None
    form = TerminalForm(posted, places=places_of(request), known=known.facts)
    rules = SortRules(posted, initial=[asdict(rule) for rule in known.facts.sort_rules], prefix="sort")
    if request.method == "POST" and form.is_valid() and rules.is_valid():
        facts = form.facts(tuple(line.rule for line in rules.forms if line.rule is not None))
        try:
            operations.save_terminal(request.desk.act(), facts=facts, terminal=terminal)
        except DomainError as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("The device was saved."))
            return redirect("devices:device", terminal=terminal)
    trial = TrialForm(may_see_readers=request.desk.may(Right.PATRONS_SEE))
    context = {
        "line": line_of(known, clock.now()),
        "form": form,
        "rules": rules,
        "days": queries.days_of(terminal, until=clock.today()),
        "faults": queries.faults(terminal=terminal),
        "trial": trial,
        "machine": machines.machine_of_device(known.facts.code, clock.today()),
        **drawer_context(request, terminal),
        "crumbs": crumbs(known.facts.name or known.facts.code),
    }
    return render(request, "sip2/device.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Right.DEVICES)
def password(request: HttpRequest, terminal: int) -> HttpResponse:
    """Give a terminal another password; it is shown once."""
    known = terminal_of(request, terminal)
    show_password(request, known.facts.code, operations.renew_password(request.desk.act(), terminal=terminal))
    return redirect("devices:device", terminal=terminal)


@require_POST
@needs(Right.DEVICES)
def switch(request: HttpRequest, terminal: int) -> HttpResponse:
    """Switch a terminal off, or on again."""
    known = terminal_of(request, terminal)
    operations.switch(request.desk.act(), terminal=terminal, on=not known.facts.is_active)
    said = _("%(code)s was switched off.") if known.facts.is_active else _("%(code)s was switched on.")
    messages.success(request, said % {"code": known.facts.code})
    return redirect("devices:device", terminal=terminal)


@require_POST
@needs(Right.DEVICES)
def trial(request: HttpRequest, terminal: int) -> HttpResponse:
    """Try a message in the terminal's name, and show both lines and every field of the answer."""
    known = terminal_of(request, terminal)
    form = TrialForm(request.POST, may_see_readers=request.desk.may(Right.PATRONS_SEE))
    done = None
    if form.is_valid():
        code, value = form.cleaned_data["message"], form.cleaned_data["value"]
        done = try_message(queries.signed_in(terminal), code=code, value=value, at=clock.now())
    context = {"trial": form, "done": done, "line": line_of(known, clock.now())}
    return render(request, "sip2/_trial.html", context, status=200 if done else 422)


@require_POST
@needs(Right.DEVICES)
def drawer(request: HttpRequest, terminal: int) -> HttpResponse:
    """Open or empty the machine's drawer; whoever does it also needs the right to take money there."""
    known = terminal_of(request, terminal)
    request.desk.insist(Right.MONEY, known.facts.node)
    form, view = DrawerForm(request.POST), queries.signed_in(terminal)
    if form.is_valid():
        act, reason = request.desk.act(key=form.cleaned_data["key"]), form.cleaned_data["reason"]
        do = drawers.empty_drawer if drawers.shift_of(view) else drawers.open_drawer
        try:
            do(act, terminal=view, counted_fen=form.fen, reason=reason)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The drawer was counted."))
    else:
        messages.error(request, _("Please enter what was counted."))
    return redirect("devices:device", terminal=terminal)


def drawer_context(request: HttpRequest, terminal: int) -> dict[str, Any]:
    """Return the machine's drawer, where it takes money and this desk may look into drawers."""
    view = queries.signed_in(terminal)
    if not drawers.takes_money(view) or not request.desk.may(Right.MONEY, view.node):
        return {}
    return {"drawer_form": DrawerForm(), "shift": drawers.shift_of(view)}


def terminal_of(request: HttpRequest, terminal: int) -> TerminalState:
    """Return a terminal at a place that this desk sees. Raises TerminalUnknown for any other."""
    found = queries.terminal(terminal, clock.today())
    if found.facts.node not in request.desk.visible:
        raise TerminalUnknown(what=str(terminal))
    return found


def places_of(request: HttpRequest) -> list[NodeView]:
    """Return the places whose devices may be set up from this desk."""
    return [place for place in network.nodes(clock.today()) if place.id in request.desk.visible]


def show_password(request: HttpRequest, code: str, password: str) -> None:
    """Tell what is to be typed into the machine, this once."""
    said = _("Type this into the machine: login user (CN) %(code)s, password (CO) %(password)s. It is not shown again.")
    messages.success(request, said % {"code": code, "password": password})


def crumbs(here: str = "") -> list[tuple[str, str]]:
    """Return the way to a page about devices."""
    way = [(_("Devices"), reverse("devices:devices") if here else "")]
    return [*way, (here, "")] if here else way
