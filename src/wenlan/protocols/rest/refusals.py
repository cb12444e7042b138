"""Every failure in one shape: `{code, message, params}`."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from wenlan.kernel.errors import DomainError, NotFound
from wenlan.protocols.rest.errors import NotSignedIn, RequestInvalid, said, status_of
from wenlan.protocols.rest.messages import Refusal

REFUSALS: Mapping[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), Refusal)
LONGEST_FAULT = 200


def install(api: NinjaAPI) -> None:
    """Let the interface answer every expected failure in the one shape."""

    @api.exception_handler(DomainError)
    def refused(request: HttpRequest, refusal: DomainError) -> HttpResponse:
        return api.create_response(request, said(refusal), status=status_of(refusal))

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
        refusal = RequestInvalid(fields=[field_of(each) for each in fault.errors])
        return api.create_response(request, said(refusal), status=422)

    @api.exception_handler(AuthenticationError)
    def stranger(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
        answer = api.create_response(request, said(NotSignedIn()), status=401)
        answer["WWW-Authenticate"] = "Bearer"
        return answer

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, fault: Http404) -> HttpResponse:
        return api.create_response(request, said(NotFound(what=request.path)), status=404)

    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, fault: HttpError) -> HttpResponse:
        body = {"code": "rest.request_unreadable", "message": str(fault), "params": {}}
        return api.create_response(request, body, status=fault.status_code)


def field_of(fault: Mapping[str, Any]) -> dict[str, str]:
    """Return where a request is wrong and why."""
    place = ".".join(str(part) for part in fault.get("loc", ()))
    return {"field": place[:LONGEST_FAULT], "fault": str(fault.get("msg", ""))[:LONGEST_FAULT]}
