"""Who may open a page of the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wenlan.staff.desks import LOCKED
from wenlan.staff.sessions import signed_in
from wenlan.staff.types import Right

View = Callable[..., HttpResponse]


def needs(*rights: Right | None) -> Callable[[View], View]:
    """Let a view be opened only by staff who hold one of the rights at their desk (None: by any staff).

    Strangers go to the sign-in, locked desks to the lock, others get a page that says what is missing (403). The view
    carries the rights as `rights`; none of them: any staff.
    """

    needed = tuple(right for right in rights if right is not None)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if signed_in(request.session) is None:
                return redirect(f"{reverse('staff:sign_in')}?{urlencode({'next': request.get_full_path()})}")
            if request.session.get(LOCKED):
                return redirect(f"{reverse('staff:unlock')}?{urlencode({'next': request.get_full_path()})}")
            if needed and not any(request.desk.may(right) for right in needed):
                return render(request, "ui/forbidden.html", {"right": needed[0].label}, status=403)
            return view(request, *args, **kwargs)

        guarded.rights = needed  # what leads to the page asks it: ui.templatetags.ways
        return guarded

    return guard
