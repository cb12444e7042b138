"""Readers' own sign-in: a signed cookie, apart from the staff's session.

It names the reader and a part of their password's hash, so that a new password ends every older sign-in.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from wenlan.patrons import passwords, queries
from wenlan.patrons.errors import PatronUnknown
from wenlan.patrons.types import PatronView

COOKIE = "wenlan_reader"
SALT = "wenlan.web.portal"
LASTS_SECONDS = 2 * 3600


def remember(response: HttpResponse, reader: PatronView) -> None:
    """Let the browser of a reader come back signed in for `LASTS_SECONDS`."""
    value = signing.dumps([reader.id, passwords.fingerprint(reader.id)], salt=SALT)
    response.set_cookie(
        COOKIE, value, max_age=LASTS_SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def forget(response: HttpResponse) -> None:
    """Sign the reader's browser out."""
    response.delete_cookie(COOKIE, samesite="Lax")


def reader_of(request: HttpRequest) -> PatronView | None:
    """Return the reader who is signed in, or None."""
    try:
        patron, fingerprint = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS_SECONDS)
        reader = queries.patron(patron)
    except (signing.BadSignature, PatronUnknown, ValueError):
        return None
    return reader if passwords.fingerprint(reader.id) == fingerprint else None
