"""Becoming a reader at a station (自助办证): three short steps, the guardian's code, and the number of the new e-card.

Who is taken at once and who waits for a librarian is the library's rule for registration on line. What was refused is
listed with the device.
"""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wenlan.kernel.errors import DomainError
from wenlan.patrons import queries as readers
from wenlan.patrons.joining import operations, queries
from wenlan.patrons.joining.forms import CodeForm
from wenlan.patrons.joining.types import ApplicationStatus, ApplicationView, Way
from wenlan.patrons.types import masked_name, masked_phone
from wenlan.protocols.kiosk import station
from wenlan.protocols.kiosk.forms import LAST, JoinForm
from wenlan.protocols.kiosk.views import at_station
from wenlan.protocols.sip2.errors import TerminalMayNot
from wenlan.protocols.sip2.terminals import TerminalView
from wenlan.protocols.sip2.types import FaultKind, TerminalRight
from wenlan.protocols.sip2.watching import note_fault
from wenlan.ui import clock

COOKIE, SALT, SECONDS = "wenlan_kiosk_application", "wenlan.protocols.kiosk.joining", 1800


@at_station
def join(request: HttpRequest, terminal: TerminalView) -> HttpResponse:
    """Take the entries of one step after the other; the last one applies."""
    rule = queries.rule_at(terminal.node)
    if not terminal.may(TerminalRight.REGISTER) or rule.way == Way.NONE:
        return render(request, "kiosk/sorry.html", {"refusal": str(TerminalMayNot())}, status=403)
    form, step, status = JoinForm(request.POST or None, node=terminal.node), 0, 200
    if request.method == "POST":
        step, status = form.at, 422
        if form.is_step_valid() and step < LAST:
            step, status = step + 1, 200
        elif form.is_valid():
            try:
                made = operations.apply(
                    station.act_at(terminal, form.cleaned_data["key"]), application=form.application()
                )
            except DomainError as refusal:
                refuse(terminal, str(refusal))
                form.add_error(None, str(refusal))
                step = 0
            else:
                station.count(terminal, is_done=True)
                return keep(redirect("kiosk:application"), made)
    form.show(step)
    context = {"form": form, "step": step + 1, "at": step, "last": step == LAST, "told": rule.told}
    return render(request, "kiosk/join.html", context, status=status)


def refuse(terminal: TerminalView, said: str) -> None:
    """List a registration that was refused with the device; nobody's name stands in it."""
    station.count(terminal, is_done=False)
    note_fault(terminal, FaultKind.NOT_REGISTERED, said, clock.now())


def keep(response: HttpResponse, made: ApplicationView) -> HttpResponse:
    """Let this sitting come back to its application."""
    station.set_cookie(response, COOKIE, signing.dumps(str(made.uid), salt=SALT), SECONDS)
    return response


@at_station
def application(request: HttpRequest, terminal: TerminalView) -> HttpResponse:
    """Say how the application stands; the guardian's code is entered here."""
    try:
        uid = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
        found = queries.application_by_uid(uid)
    except (signing.BadSignature, DomainError):
        return redirect("kiosk:start")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.confirm(station.act_at(terminal), application=found.id, code=form.cleaned_data["code"])
        except DomainError as refusal:
            refuse(terminal, str(refusal))
            form.add_error("code", str(refusal))
        else:
            station.count(terminal, is_done=True)
            return redirect("kiosk:application")
    return render(request, "kiosk/application.html", context_of(found, form), status=422 if form.is_bound else 200)


def context_of(found: ApplicationView, form: CodeForm) -> dict[str, object]:
    """Return what the page says of an application."""
    reader = readers.patron(found.patron) if found.patron else None
    waits_for_guardian = found.status == ApplicationStatus.GUARDIAN
    heading = {
        ApplicationStatus.GUARDIAN: _("The guardian's code, please"),
        ApplicationStatus.WAITING: _("Thank you, a librarian looks at it"),
        ApplicationStatus.APPROVED: _("You are a reader"),
    }.get(found.status, _("It was not accepted"))
    return {
        "heading": heading,
        "found": found,
        "form": form,
        "name": masked_name(found.name),
        "guardian_phone": masked_phone(found.guardian_phone),
        "waits_for_guardian": waits_for_guardian,
        "waits": found.status == ApplicationStatus.WAITING,
        "card": next((card.number for card in reader.cards if card.until_day is None), "") if reader else "",
        "step": 3,
    }
