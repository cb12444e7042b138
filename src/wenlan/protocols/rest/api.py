"""The interface as one: its routes, its failures, its declaration (OpenAPI)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from wenlan import __version__
from wenlan.kernel.errors import NotFound
from wenlan.protocols.rest import refusals
from wenlan.protocols.rest.errors import said
from wenlan.protocols.rest.routes import activities, catalogue, desk, figures, places, readers, tokens

api = NinjaAPI(
    title="Wenlan",
    version=__version__,
    description="Catalogue, readers' own data, acts at the desk, figures, places and activities of a library network.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="rest",
)
refusals.install(api)
api.add_router("/tokens", tokens.router)
api.add_router("/records", catalogue.router)
api.add_router("/me", readers.router)
api.add_router("/desk", desk.router)
api.add_router("", figures.router)
api.add_router("/nodes", places.router)
api.add_router("/activities", activities.router)


@csrf_exempt
def no_such_route(request: HttpRequest, path: str) -> HttpResponse:
    """Answer an address under /api/v1/ that leads nowhere in the one shape of failures."""
    return api.create_response(request, said(NotFound(what=request.path)), status=404)
