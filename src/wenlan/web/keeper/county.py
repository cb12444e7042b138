"""The county's records for the keeper's phone, taken along on the keeper's wish: which parts there are, and each."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from wenlan.catalogue.pocket import queries
from wenlan.catalogue.pocket.packing import RECORDS
from wenlan.web.keeper.access import keeps

YEAR_SECONDS = 365 * 24 * 3600


@require_safe
@keeps
def county(_request: HttpRequest) -> HttpResponse:
    """Say which parts there are: number, digest, bytes, lines. A phone fetches those that it lacks."""
    parts = [[part.number, part.digest, part.bytes, part.lines] for part in queries.parts()]
    told = {"records": RECORDS, "parts": parts, "made": bool(parts) or queries.is_made()}
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


@require_safe
@keeps
def county_part(_request: HttpRequest, number: int, digest: str) -> HttpResponse:
    """Send one part, packed as it is kept; 404 when it has changed: the list says how it is called now."""
    content = queries.content(number, digest)
    if content is None:
        raise Http404
    told = {"Cache-Control": f"private, max-age={YEAR_SECONDS}, immutable"}
    return HttpResponse(content, content_type="application/octet-stream", headers=told)
