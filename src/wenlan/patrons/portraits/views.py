"""A reader's photograph as the desk shows it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wenlan.files import answers
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
    return answers.private(kept)
