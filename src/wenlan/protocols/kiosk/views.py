"""The pages of a self-service station: one question a screen, three choices at most, and home when nobody is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wenlan.circulation import operations as circulation
from wenlan.circulation import queries as loans
from wenlan.circulation.reserving import queries as reservations
from wenlan.circulation.reserving.types import ReservationState
from wenlan.circulation.types import CardRef, Initiative, ItemRef
from wenlan.credit import queries as credit
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import passes, passwords
from wenlan.patrons import queries as patrons
from wenlan.patrons.joining import queries as joining
from wenlan.patrons.joining.types import Way
from wenlan.protocols.kiosk import scans, station
from wenlan.protocols.kiosk.errors import StationGuessed, StationRefused
from wenlan.protocols.kiosk.forms import CardForm, DeviceForm, PasswordForm
from wenlan.protocols.kiosk.station import Sitting
from wenlan.protocols.rest import tokens
from wenlan.protocols.rest.errors import TooManyRefusals
from wenlan.protocols.sip2 import terminals
from wenlan.protocols.sip2.errors import TerminalMayNot
from wenlan.protocols.sip2.terminals import TerminalView
from wenlan.protocols.sip2.types import TerminalRight
from wenlan.ui import clock

View = Callable[..., HttpResponse]
# Where a card leads, and the right it takes.
LEADS = {"borrow": TerminalRight.CHECK_OUT, "account": TerminalRight.READERS}
LOOKS = ("wenlan_type", "wenlan_contrast", "wenlan_theme")


def at_station(view: View) -> View:
    """Open a view to devices only; any other browser is asked which device it is."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        terminal = station.device_of(request)
        if terminal is None:
            return redirect("kiosk:device")
        return never_cache(view)(request, terminal, *args, **kwargs)

    return guarded


def of_reader(view: View) -> View:
    """Open a view to who has shown a card, and let the sitting go on; others go to the start."""

    @wraps(view)
    def guarded(request: HttpRequest, terminal: TerminalView, *args: Any, **kwargs: Any) -> HttpResponse:
        sitting = station.sitting_of(request, terminal)
        if sitting is None:
            return redirect("kiosk:start")
        response = view(request, terminal, sitting, *args, **kwargs)
        station.begin(response, terminal, sitting)
        return response

    return guarded


@never_cache
def device(request: HttpRequest) -> HttpResponse:
    """Ask which device this browser is."""
    form = DeviceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = signed_in(request, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            response = redirect("kiosk:home")
            station.remember_device(response, found)
            return response
    return render(request, "kiosk/device.html", {"form": form}, status=422 if form.is_bound else 200)


def signed_in(request: HttpRequest, *, code: str, password: str) -> TerminalView:
    """Return the device whose name and password these are. Raises StationRefused, StationGuessed."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        tokens.require_patience(address)
    except TooManyRefusals as many:
        raise StationGuessed(**many.params) from None
    found = terminals.sign_in(code=code, password=password)
    if found is None:
        tokens.note_refusal(address)
        raise StationRefused()
    return found


@require_safe
@at_station
def home(request: HttpRequest, terminal: TerminalView) -> HttpResponse:
    """Ask what somebody wants to do; whoever stood here before is forgotten.

    An idle station loads this page every minute: the page of devices sees that it is there.
    """
    station.count(terminal, is_done=None)
    joins = terminal.may(TerminalRight.REGISTER) and joining.rule_at(terminal.node).way != Way.NONE
    context = {
        "may": {right.value: terminal.may(right) for right in TerminalRight},
        "joins": joins,
        "place": network.node(terminal.node).name,
    }
    response = render(request, "kiosk/home.html", context)
    response.delete_cookie(station.SITTING_COOKIE, samesite="Strict")
    return response


@require_safe
@at_station
def start(request: HttpRequest, terminal: TerminalView) -> HttpResponse:
    """End the sitting: reader, language and look are forgotten, and the first screen stands there for the next."""
    response = redirect("kiosk:home")
    for name in (station.SITTING_COOKIE, settings.LANGUAGE_COOKIE_NAME, *LOOKS):
        response.delete_cookie(name, samesite="Strict" if name == station.SITTING_COOKIE else "Lax")
    return response


@at_station
def card(request: HttpRequest, terminal: TerminalView, leads: str) -> HttpResponse:
    """Ask for the card; where the device asks for the password too, it comes next."""
    form, refusal = CardForm(request.POST or None), ""
    if not terminal.may(LEADS[leads]):
        refusal = str(TerminalMayNot())
    elif request.method == "POST" and form.is_valid():
        try:
            reader, number = station.reader_of_card(form.cleaned_data["card"])
        except DomainError as refused:
            refusal, form = str(refused), CardForm()
            station.count(terminal, is_done=False)
        else:
            asks = terminal.asks_password
            response = redirect("kiosk:password", leads=leads) if asks else redirect(f"kiosk:{leads}")
            by_phone = passes.is_pass(form.cleaned_data["card"])
            sitting = Sitting(patron=reader.id, card=number, began_at=clock.now(), by_phone=by_phone)
            station.begin(response, terminal, sitting)
            return response
    context = {"form": form, "refusal": refusal, "leads": leads, "step": 1}
    return render(request, "kiosk/card.html", context, status=422 if refusal else 200)


@at_station
def password(request: HttpRequest, terminal: TerminalView, leads: str) -> HttpResponse:
    """Ask for the reader's password; tries are counted with the reader."""
    shown = station.shown_of(request, terminal)
    if shown is None:
        return redirect("kiosk:start")
    form, refusal = PasswordForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            passwords.check_sign_in(card=shown.card, password=form.cleaned_data["password"], at=clock.now())
        except DomainError as refused:
            refusal = str(refused)
            station.count(terminal, is_done=False)
        else:
            response = redirect(f"kiosk:{leads}")
            station.begin(response, terminal, replace(shown, is_proven=True))
            return response
    context = {"form": form, "refusal": refusal, "step": 1}
    return render(request, "kiosk/password.html", context, status=422 if refusal else 200)


@require_safe
@at_station
@of_reader
def borrow(request: HttpRequest, terminal: TerminalView, sitting: Sitting) -> HttpResponse:
    """Take items to be lent."""
    reader = patrons.patron(sitting.patron)
    context = {"act": "out", "step": 2, "reader": reader, "name": reader.masked().name}
    return render(request, "kiosk/items.html", context | beside(terminal))


@require_safe
@at_station
def bring_back(request: HttpRequest, terminal: TerminalView) -> HttpResponse:
    """Take items back; no card is asked for."""
    if not terminal.may(TerminalRight.CHECK_IN):
        return render(request, "kiosk/sorry.html", {"refusal": str(TerminalMayNot())}, status=403)
    return render(request, "kiosk/items.html", {"act": "in", "step": 2} | beside(terminal))


def beside(terminal: TerminalView) -> dict[str, Any]:
    """Return what stands on a printed list: where and when."""
    return {"place": network.node(terminal.node).name, "now": clock.now()}


@require_POST
@at_station
def scan(request: HttpRequest, terminal: TerminalView) -> HttpResponse:
    """Answer a scan in JSON; 401 when the sitting is over, 400 for what is no scan."""
    try:
        read = scans.read(json.loads(request.body))
    except (scans.ScanUnreadable, ValueError, RecursionError):
        return JsonResponse({"error": "unreadable"}, status=400)
    sitting = station.sitting_of(request, terminal)
    if read["act"] in scans.OF_READERS and sitting is None:
        return JsonResponse({"error": "signed_out"}, status=401)
    response = JsonResponse(scans.answer(terminal, sitting, read))
    if sitting is not None:
        station.begin(response, terminal, sitting)
    return response


@require_safe
@at_station
@of_reader
def done(request: HttpRequest, terminal: TerminalView, sitting: Sitting) -> HttpResponse:
    """Say what was lent in this sitting, as a slip to take along."""
    lent = [loan for loan in loans.open_loans(sitting.patron) if loan.lent_at >= sitting.began_at]
    context = {"lent": lent, "step": 3, "card_end": sitting.card[-4:]} | beside(terminal)
    return render(request, "kiosk/done.html", context)


@require_safe
@at_station
@of_reader
def account(request: HttpRequest, terminal: TerminalView, sitting: Sitting) -> HttpResponse:
    """Show loans, what waits, points and sums; titles only to who is surely the reader."""
    if not terminal.may(TerminalRight.READERS):
        return render(request, "kiosk/sorry.html", {"refusal": str(TerminalMayNot())}, status=403)
    reader, today = patrons.patron(sitting.patron), clock.today()
    waiting = [one for one in reservations.of_reader(reader.id) if one.state == ReservationState.READY]
    context = {
        "step": 2,
        "reader": reader,
        "name": reader.masked().name,
        "loans": loans.open_loans(reader.id),
        "titled": sitting.is_own,
        "waiting": [(one.title if sitting.is_own else one.barcode, network.node(one.pickup).name) for one in waiting],
        "points": credit.account(reader.id, today).points,
        "may_renew": terminal.may(TerminalRight.RENEW),
        "today": today,
    }
    return render(request, "kiosk/account.html", context)


@require_POST
@at_station
@of_reader
def renew(request: HttpRequest, terminal: TerminalView, sitting: Sitting) -> HttpResponse:
    """Keep one item longer, or all; each says for itself why not."""
    if not terminal.may(TerminalRight.RENEW):
        return render(request, "kiosk/sorry.html", {"refusal": str(TerminalMayNot())}, status=403)
    asked, key = request.POST.get("barcode", ""), request.POST.get("key", "")
    chosen = [loan for loan in loans.open_loans(sitting.patron) if not asked or loan.barcode == asked]
    results = []
    for loan in chosen:
        title = loan.title if sitting.is_own else loan.barcode
        try:
            renewed = circulation.renew(
                station.act_at(terminal, f"{loan.id}:{loan.renewals}:{key}"),
                item=ItemRef(loan.barcode, loan.scope),
                card=CardRef(sitting.card),
                initiative=Initiative.READER,
            )
        except DomainError as refusal:
            results.append({"title": title, "said": str(refusal), "is_done": False})
        else:
            words = _("Renewed until %(day)s.") % {"day": f"{renewed.due_on:%Y-%m-%d}"}
            results.append({"title": title, "said": words, "is_done": True})
        station.count(terminal, is_done=bool(results[-1]["is_done"]))
    return render(request, "kiosk/renewed.html", {"results": results, "step": 3})
