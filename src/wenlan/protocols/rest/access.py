"""Who may use a route: bearer tokens of staff or of readers."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from wenlan.kernel.ids import new_uid
from wenlan.protocols.rest.errors import ScopeMissing
from wenlan.protocols.rest.tokens import Caller, Scope, caller_of


class Token(HttpBearer):
    """Any valid token."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ARG002 - the framework's signature
        """Return who calls. Raises NotSignedIn."""
        return caller_of(token)


class StaffToken(Token):
    """A token of a member of staff."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ARG002 - the framework's signature
        """Return who calls. Raises NotSignedIn, and ScopeMissing for a reader's token."""
        caller = caller_of(token)
        if caller.desk is None:
            raise ScopeMissing(scope=Scope.DESK.value)
        return caller


class ReaderToken(Token):
    """A token of a reader."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ARG002 - the framework's signature
        """Return who calls. Raises NotSignedIn, and ScopeMissing for a token of staff."""
        caller = caller_of(token)
        caller.insist(Scope.READER)
        return caller


def caller(request: HttpRequest) -> Caller:
    """Return who calls a route that asks for a token."""
    found: Caller = request.auth  # type: ignore[attr-defined]
    return found


def act_key(caller: Caller, given: str | None) -> str:
    """Return the key of an act: the client's, kept apart from the keys of others, or a new one."""
    if not given:
        return str(new_uid())
    owner = f"s{caller.desk.staff.id}" if caller.desk else f"r{caller.reader.id if caller.reader else ''}"
    return f"api:{owner}:{given}"
