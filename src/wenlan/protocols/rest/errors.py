"""What can go wrong at the REST interface, and how every failure looks there."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from wenlan.indicators.errors import BreakdownUnknown
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.ledger.errors import MeasureUnknown
from wenlan.patrons.errors import ReaderSignInRefused, ReaderTooManyTries
from wenlan.staff.errors import NotAllowed, SignInRefused, TooManyTries


class NotSignedIn(DomainError):
    """No token, or one that is unknown, has expired or was revoked."""

    code = "rest.not_signed_in"
    message = _("Send a valid token: Authorization: Bearer …")


class ScopeMissing(DomainError):
    """The token is valid and was not given this scope."""

    code = "rest.scope_missing"
    message = _("This token does not hold the scope “%(scope)s”.")


class BeyondToken(DomainError):
    """The place lies outside the part of the tree that the token is for."""

    code = "rest.beyond_token"
    message = _("This token does not reach %(node)s.")


class TooManyRefusals(DomainError):
    """The address has been refused too often."""

    code = "rest.too_many_refusals"
    message = _("Too many refused sign-ins from this address. Wait %(minutes)s minutes.")


class RequestInvalid(DomainError):
    """The request does not have the declared form."""

    code = "rest.request_invalid"
    message = _("The request is not of the form that the interface declares; see params.")


STATUSES: Mapping[type[DomainError], int] = {
    NotSignedIn: 401,
    SignInRefused: 401,
    ReaderSignInRefused: 401,
    NotAllowed: 403,
    ScopeMissing: 403,
    BeyondToken: 403,
    NotFound: 404,
    MeasureUnknown: 404,
    BreakdownUnknown: 422,
    RequestInvalid: 422,
    TooManyTries: 429,
    ReaderTooManyTries: 429,
    TooManyRefusals: 429,
}


def status_of(refusal: DomainError) -> int:
    """Return the HTTP status of an expected failure: 409 unless its kind has one of its own."""
    return next((STATUSES[kind] for kind in type(refusal).__mro__ if kind in STATUSES), 409)


def said(refusal: DomainError) -> dict[str, Any]:
    """Return the one shape of every failure."""
    found = {"code": refusal.code, "message": str(refusal), "params": plain(refusal.params)}
    return found | {"look_again": str(refusal.look_again)} if refusal.look_again else found


def plain(value: Any) -> Any:
    """Return a parameter as JSON can hold it; what it cannot hold is said in words."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
