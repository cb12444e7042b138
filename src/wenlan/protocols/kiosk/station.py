"""Which device a browser is, and which reader stands before it.

Both are signed cookies. The device's lasts until its password changes or it is switched off; the reader's ends with
the sitting, or `SITTING_SECONDS` after the last touch.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.ids import new_uid
from wenlan.patrons import passes
from wenlan.patrons import queries as patrons
from wenlan.patrons.identity import card_key
from wenlan.patrons.types import CardStatus, PatronStatus, PatronView
from wenlan.protocols.kiosk.errors import CardServesNot
from wenlan.protocols.models import Terminal
from wenlan.protocols.sip2.terminals import TerminalView, view_of
from wenlan.protocols.sip2.watching import Tally, add
from wenlan.ui import clock

DEVICE_COOKIE, DEVICE_SALT = "wenlan_kiosk", "wenlan.protocols.kiosk.device"
SITTING_COOKIE, SITTING_SALT = "wenlan_sitting", "wenlan.protocols.kiosk.sitting"
DEVICE_SECONDS = 400 * 24 * 3600
SITTING_SECONDS = 180
LONGEST_KEY = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A reader before the station, with the card they showed and when they began.

    `is_proven` by the password, `by_phone` when the code on the reader's own telephone was shown.
    """

    patron: int
    card: str
    began_at: datetime
    is_proven: bool = False
    by_phone: bool = False

    @property
    def is_own(self) -> bool:
        """Whether it is surely the reader: a number on a card can be typed by anybody."""
        return self.is_proven or self.by_phone


def remember_device(response: HttpResponse, terminal: TerminalView) -> None:
    """Let a browser be a device from now on."""
    value = signing.dumps([terminal.id, terminal.proof], salt=DEVICE_SALT)
    set_cookie(response, DEVICE_COOKIE, value, DEVICE_SECONDS)


def device_of(request: HttpRequest) -> TerminalView | None:
    """Return the device that a browser is, None for any other browser (one statement)."""
    try:
        number, proof = signing.loads(request.COOKIES.get(DEVICE_COOKIE, ""), salt=DEVICE_SALT, max_age=DEVICE_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    row = Terminal.objects.filter(pk=number, is_active=True).first()
    view = view_of(row) if row else None
    return view if view and view.proof == proof else None


def begin(response: HttpResponse, terminal: TerminalView, sitting: Sitting) -> None:
    """Let a reader act at a device, or go on acting."""
    who = [sitting.patron, sitting.card, sitting.began_at.timestamp(), sitting.is_proven, sitting.by_phone]
    said = [terminal.id, *who]
    set_cookie(response, SITTING_COOKIE, signing.dumps(said, salt=SITTING_SALT), SITTING_SECONDS)


def sitting_of(request: HttpRequest, terminal: TerminalView) -> Sitting | None:
    """Return who stands before a device, None when nobody, or nobody who has given the password it asks for."""
    shown = shown_of(request, terminal)
    return None if shown is None or (terminal.asks_password and not shown.is_proven) else shown


def shown_of(request: HttpRequest, terminal: TerminalView) -> Sitting | None:
    """Return whose card was shown at a device, with or without their password."""
    try:
        value = signing.loads(request.COOKIES.get(SITTING_COOKIE, ""), salt=SITTING_SALT, max_age=SITTING_SECONDS)
        device, patron, card, began, is_proven, by_phone = value
    except (signing.BadSignature, ValueError):
        return None
    if device != terminal.id:
        return None
    began_at = datetime.fromtimestamp(began, timezone.get_current_timezone())
    return Sitting(patron=patron, card=card, began_at=began_at, is_proven=is_proven, by_phone=by_phone)


def set_cookie(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    """Set a cookie that no script reads and no other site sends."""
    response.set_cookie(
        name, value, max_age=seconds, httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
    )


def reader_of_card(scanned: str) -> tuple[PatronView, str]:
    """Return the reader whose card was shown, and its number. Raises CardUnknown, PassStale, CardServesNot."""
    number = passes.card_number(scanned, clock.now())
    reader = patrons.patron_by_card(number)
    wanted = card_key(number)
    serves = any(card_key(card.number) == wanted and card.status == CardStatus.VALID for card in reader.cards)
    if not serves or reader.status == PatronStatus.DEREGISTERED:
        raise CardServesNot()
    return reader, number


def act_at(terminal: TerminalView, key: str = "") -> Act:
    """Return the act that happens now at a device; the same key is the same act."""
    return Act(
        at=clock.now(),
        node=terminal.node,
        department=terminal.department,
        channel=Channel.KIOSK,
        device=terminal.code,
        key=f"kiosk:{terminal.id}:{(key or str(new_uid()))[:LONGEST_KEY]}",
    )


def count(terminal: TerminalView, *, is_done: bool | None) -> None:
    """Count what a device did for the page of devices: an act, a refusal, or (None) a page."""
    tally = Tally(clock.now(), messages=1, acts=int(is_done is True), refusals=int(is_done is False))
    add(terminal.id, tally)
