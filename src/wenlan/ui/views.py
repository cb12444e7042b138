"""The living style page: every component with its states, drawn from fixed specimens."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wenlan.ui import specimens

SHELLS = ("portal", "home", "record", "plain", "kiosk", "screen", "print", "refusal", "not-found")


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show all components in the desk's shell."""
    return render(request, "ui/styleguide/desk.html", _context(request))


def specimen(request: HttpRequest, shell: str) -> HttpResponse:
    """Show one shell filled with specimens: how a whole page of it looks."""
    if shell not in SHELLS:
        raise Http404(shell)
    if shell == "not-found":
        return render(request, "404.html", _context(request), status=404)
    if shell == "refusal":
        return render(request, "ui/refusal.html", {**_context(request), "refusal": specimens.REFUSAL}, status=409)
    return render(request, f"ui/styleguide/{shell}.html", _context(request))


def _context(request: HttpRequest) -> dict[str, object]:
    return {
        **specimens.context(date(2019, 12, 31)),
        "form": specimens.form(),
        "filter_form": specimens.FilterForm(request.GET or None),
    }
