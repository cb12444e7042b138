"""Signing in and out."""

from django.http import HttpRequest
from ninja import Router, Status

from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.protocols.rest import tokens
from wenlan.protocols.rest.access import Token as AnyToken
from wenlan.protocols.rest.access import caller
from wenlan.protocols.rest.errors import RequestInvalid
from wenlan.protocols.rest.messages import SignIn, Token, TokenFacts
from wenlan.protocols.rest.refusals import REFUSALS

router = Router(tags=["tokens"])


@router.post("", response={201: Token, **REFUSALS}, summary="Sign in: a token for staff or for a reader")
def sign_in(request: HttpRequest, asked: SignIn) -> Status:
    """Exchange a staff name and password, or a reader's card and password, for a token."""
    if (asked.username is None) == (asked.card is None):
        raise RequestInvalid(fields=[{"field": "body", "fault": "give username or card, and not both"}])
    address = request.META.get("REMOTE_ADDR", "")[:64]
    tokens.require_patience(address)
    try:
        issued = issue(asked)
    except DomainError as refusal:
        if tokens.is_refused_sign_in(refusal):
            tokens.note_refusal(address)
        raise
    return Status(
        201,
        Token(
            token=issued.token,
            scopes=list(issued.scopes),
            node=network.node(issued.node).code,
            expires_at=issued.expires_at,
        ),
    )


def issue(asked: SignIn) -> tokens.Issued:
    """Return a new token for whoever it is that signs in."""
    if asked.username is None:
        assert asked.card is not None
        return tokens.issue_to_reader(card=asked.card, password=asked.password, hours=asked.hours, label=asked.label)
    return tokens.issue_to_staff(
        username=asked.username,
        password=asked.password,
        one_time_code=asked.one_time_code,
        scopes=asked.scopes,
        node=asked.node,
        hours=asked.hours,
        label=asked.label,
    )


@router.get("/current", auth=AnyToken(), response={200: TokenFacts, **REFUSALS}, summary="What this token is for")
def current(request: HttpRequest) -> TokenFacts:
    """Say what the token in use is for."""
    using = caller(request)
    return TokenFacts(scopes=sorted(using.scopes), node=network.node(using.node).code, expires_at=using.expires_at)


@router.delete("/current", auth=AnyToken(), response={204: None, **REFUSALS}, summary="Sign out: end this token")
def sign_out(request: HttpRequest) -> Status:
    """End the token in use."""
    tokens.revoke(caller(request))
    return Status(204, None)
