"""Signing in and out, locking the desk, choosing where one sits."""

from django.contrib.auth import SESSION_KEY, login, logout, update_session_auth_hash
from django.contrib.auth.models import update_last_login
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff import operations
from wenlan.staff.access import needs
from wenlan.staff.desks import DEPARTMENT, LOCKED, PLACE
from wenlan.staff.forms import PasswordForm, SignInForm, UnlockForm
from wenlan.staff.models import StaffMember
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

DESK = "/desk/"
LONGEST_ADDRESS = 2000
user_logged_in.disconnect(update_last_login, dispatch_uid="update_last_login")


def next_page(request: HttpRequest) -> str:
    """Return where the person wanted to go, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if (
        wanted.startswith("/")
        and len(wanted) <= LONGEST_ADDRESS
        and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    ):
        return wanted
    return DESK


def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; open the session."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            staff = operations.check_sign_in(**form.cleaned_data, at=clock.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            login(request, StaffMember.objects.get(pk=staff.id), backend="django.contrib.auth.backends.ModelBackend")
            request.session.pop(LOCKED, None)
            return redirect(next_page(request))
    status = 422 if form.is_bound else 200
    return render(request, "staff/sign_in.html", {"form": form, "next": next_page(request)}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Close the session."""
    logout(request)
    return redirect("staff:sign_in")


@require_POST
@needs(None)
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the desk: the session stays, nothing can be seen or done until the password comes."""
    request.session[LOCKED] = True
    return redirect("staff:unlock")


def unlock(request: HttpRequest) -> HttpResponse:
    """Ask the password of whoever locked the desk."""
    if SESSION_KEY not in request.session:
        return redirect("staff:sign_in")
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if request.user.check_password(form.cleaned_data["password"]):
            request.session.pop(LOCKED, None)
            return redirect(next_page(request))
        form.add_error("password", str(operations.SignInRefused()))
    status = 422 if form.is_bound else 200
    context = {"form": form, "next": next_page(request), "who": request.user}
    return render(request, "staff/unlock.html", context, status=status)


@require_POST
@needs(None)
def sit(request: HttpRequest) -> HttpResponse:
    """Choose the place and department this desk works for; only places one may see."""
    chosen = request.POST.get("place", "")
    node, department = (whole_number(part) for part in chosen.partition("/")[::2])
    if node in request.desk.visible:
        request.session[PLACE] = node
        belongs = {view.id for view in network.departments(node)}
        request.session[DEPARTMENT] = department if department in belongs else None
    return redirect(next_page(request))


@needs(None)
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.set_password(request.desk.act(), staff=request.desk.staff.id, password=form.cleaned_data["password"])
        update_session_auth_hash(request, StaffMember.objects.get(pk=request.desk.staff.id))
        return redirect(DESK)
    return render(request, "staff/password.html", {"form": form}, status=422 if form.is_bound else 200)
