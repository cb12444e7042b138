"""A reader's photograph as the desk shows it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wenlan.files import queries as files
from wenlan.patrons import queries
from wenlan.patrons.portraits.queries import portrait
from wenlan.staff.access import needs
from wenlan.staff.types import Right


@require_safe
@needs(Right.PATRONS_NAMES)
def shown(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Return the photograph to whoever sees the reader's name."""
    found = queries.patron(patron_id)
    request.desk.insist(Right.PATRONS_NAMES, found.home_node)
    kept = portrait(found.uid)
    if kept is None:
        raise Http404
    response = HttpResponse(files.content(kept), content_type=kept.content_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
