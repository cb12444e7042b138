"""The living style page: every component with its states, drawn from fixed specimens."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wenlan.ui import specimens

SHELLS = ("portal", "home", "record", "plain", "kiosk", "screen", "print", "refusal", "not-found")
ELSEWHERE = {"refusal": ("ui/refusal.html", 409), "not-found": ("404.html", 404)}


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show all components in the desk's shell."""
    return _show(request, "desk")


def specimen(request: HttpRequest, shell: str) -> HttpResponse:
    """Show one shell filled with specimens: how a whole page of it looks."""
    if shell not in SHELLS:
        raise Http404(shell)
    return _show(request, shell)


def page(shell: str) -> tuple[str, dict[str, object], int]:
    """Return the template, the context and the status of a shell's specimen."""
    template, status = ELSEWHERE.get(shell, (f"ui/styleguide/{shell}.html", 200))
    return template, specimens.context(), status


def _show(request: HttpRequest, shell: str) -> HttpResponse:
    template, context, status = page(shell)
    return render(request, template, context, status=status)
