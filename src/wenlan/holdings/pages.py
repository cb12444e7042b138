"""What pages of the items' desk share: a page that is one form, and names of people."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wenlan.staff import queries as staff


def show_form(request: HttpRequest, form: Any, heading: str, back: str, button: str) -> HttpResponse:
    """Render a page that is one form; `back` is the address it leads back to."""
    context = {"form": form, "heading": heading, "back": back, "button": button}
    return render(request, "holdings/form.html", context, status=422 if form.is_bound else 200)


def people(operators: Iterable[str]) -> dict[str, str]:
    """Return the names of staff by the code that the books carry (`staff:12`)."""
    ids = {int(code.removeprefix("staff:")) for code in operators if code.startswith("staff:")}
    return {f"staff:{member}": name for member, name in staff.names(ids).items()}
