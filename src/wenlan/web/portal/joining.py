"""Becoming a reader on line: choose a library, say who you are, let the guardian confirm, and see how it stands.

An application is seen by whoever holds its uid, which the browser keeps in a signed cookie.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import DomainError
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.patrons import queries as readers
from wenlan.patrons.joining import operations, queries
from wenlan.patrons.joining.forms import ApplicationForm, CodeForm
from wenlan.patrons.joining.types import ApplicationStatus, ApplicationView, Way
from wenlan.patrons.types import masked_name, masked_phone
from wenlan.ui import clock
from wenlan.web.portal.views import outlets, shown

COOKIE = "wenlan_application"
SALT = "wenlan.web.portal.joining"
LASTS = timedelta(days=30)
LONGEST_KEY = 80


@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """Ask at which library the account is to be kept; a network with one goes on at once."""
    places = [place for place in outlets(clock.today()) if queries.rule_at(place.id).way != Way.NONE]
    if len(places) == 1:
        return redirect("portal:apply", places[0].code)
    known = application_of(request)
    return shown(request, "web/portal/join.html", {"places": places, "known": known})


@never_cache
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """Take the entries; the next page says how the application stands."""
    place = network.node_by_code(code, clock.today())
    rule = queries.rule_at(place.id)
    form = ApplicationForm(request.POST or None, node=place.id)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.apply(act_at(place.id, form.cleaned_data["key"]), application=form.application())
        except DomainError as refusal:
            form.add_error(None, " ".join(refusal.sentences))
        else:
            response = redirect("portal:application")
            keep(response, made)
            return response
    context = {"form": form, "place": place, "told": rule.told, "is_offered": rule.way != Way.NONE}
    return render(request, "web/portal/apply.html", context, status=422 if form.is_bound else 200)


@never_cache
def application(request: HttpRequest) -> HttpResponse:
    """Say how the application stands; the guardian's code is entered here."""
    found = application_of(request)
    if found is None:
        return redirect("portal:join")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.confirm(act_at(found.node), application=found.id, code=form.cleaned_data["code"])
        except DomainError as refusal:
            form.add_error("code", str(refusal))
        else:
            return redirect("portal:application")
    response = shown(request, "web/portal/application.html", context_of(found, form))
    response.status_code = 422 if form.is_bound else 200
    return response


def context_of(found: ApplicationView, form: CodeForm) -> dict[str, object]:
    """Return what the page says of an application."""
    reader = readers.patron(found.patron) if found.patron else None
    return {
        "found": found,
        "name": masked_name(found.name),
        "place": network.node(found.node).name,
        "guardian_phone": masked_phone(found.guardian_phone),
        "form": form,
        "waits_for_guardian": found.status == ApplicationStatus.GUARDIAN,
        "waits": found.status == ApplicationStatus.WAITING,
        "is_refused": found.status in {ApplicationStatus.REFUSED, ApplicationStatus.LAPSED},
        "card": next((card.number for card in reader.cards if card.until_day is None), "") if reader else "",
    }


@require_POST
def send_code(request: HttpRequest) -> HttpResponse:
    """Send the guardian another code."""
    found = application_of(request)
    if found is not None:
        try:
            operations.send_code(act_at(found.node), application=found.id)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("A new code is on its way."))
    return redirect("portal:application")


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Let this browser forget the application: a computer in the library is many people's."""
    response = redirect("portal:join")
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def act_at(node: int, key: str = "") -> Act:
    """Return the act of somebody at home."""
    return Act(at=clock.now(), node=node, channel=Channel.WEB, key=(key or f"join:{new_uid()}")[:LONGEST_KEY])


def keep(response: HttpResponse, made: ApplicationView) -> None:
    """Let the browser come back to its application."""
    response.set_cookie(
        COOKIE,
        signing.dumps(str(made.uid), salt=SALT),
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def application_of(request: HttpRequest) -> ApplicationView | None:
    """Return the application that this browser made, or None."""
    try:
        uid = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
        return queries.application_by_uid(uid)
    except (signing.BadSignature, DomainError):
        return None
