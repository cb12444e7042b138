"""Signing in on a phone: light, and remembered where the keeper says that nobody else uses it."""

from django.contrib.auth import get_user_model, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff import operations
from wenlan.staff.desks import DEPARTMENT, LOCKED, PLACE
from wenlan.staff.forms import SignInForm
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number
from wenlan.web.keeper.access import keeps, page, rooms_kept

REMEMBERED_SECONDS = 30 * 24 * 3600
BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = operations.check_sign_in(**form.cleaned_data, at=clock.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            login(request, get_user_model().objects.get(pk=found.id), backend=BACKEND)
            request.session.pop(LOCKED, None)
            if request.POST.get("mine"):
                request.session.set_expiry(REMEMBERED_SECONDS)
            return redirect(wanted(request))
    context = {"form": form, "next": wanted(request), "room": root_name()}
    return render(request, "web/keeper/sign_in.html", context, status=422 if form.is_bound else 200)


def root_name() -> str:
    """Return the name of the network."""
    root = network.root_or_none()
    return root.name if root else ""


def wanted(request: HttpRequest) -> str:
    """Return the keeper's page that was asked for, today's else."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if asked.startswith("/keeper/") and len(asked) < 500 and "\\" not in asked else "/keeper/"


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Forget who keeps the room on this phone."""
    logout(request)
    return redirect("keeper:sign_in")


@keeps
def rooms(request: HttpRequest) -> HttpResponse:
    """Choose which of several rooms is kept now."""
    kept = rooms_kept(request.desk)
    node = whole_number(request.POST.get("room"))
    if request.method == "POST" and node in {one for one, _name in kept}:
        request.session[PLACE], request.session[DEPARTMENT] = node, None
        return redirect("keeper:today")
    return page(request, "rooms", rooms=kept)
