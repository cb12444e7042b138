"""The e-card's rotating code (动态二维码): a reader's telephone shows it, a desk or machine takes it for a minute.

The code names the reader's e-card and the half minute it was made in, and is signed under a key of the installation:
`WLQ` + e-card id + half minute + ten signs of HMAC-SHA256, in letters and digits only, so that scanners in any mode
read it. A photograph of it is worth nothing a minute later.
"""

import base64
import hashlib
import hmac
from datetime import datetime

from wenlan.patrons.errors import PassStale
from wenlan.patrons.identity import key
from wenlan.patrons.models import Card
from wenlan.patrons.policies import tidy
from wenlan.patrons.types import CardKind, CardStatus

START = "WLQ"
STEP_SECONDS = 30
STEPS_TAKEN = 2  # the present half minute and the one before: a code lives half a minute to a minute
STEP_SIGNS = 7
MAC_SIGNS = 10
SHORTEST = len(START) + STEP_SIGNS + MAC_SIGNS
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def make(card: int, at: datetime) -> str:
    """Return the code that an e-card shows at an instant."""
    return _code(card, _step(at))


def seconds_left(at: datetime) -> int:
    """Return after how many seconds the next code is shown."""
    return STEP_SECONDS - int(at.timestamp()) % STEP_SECONDS


def is_pass(scanned: str) -> bool:
    """Return whether a scan has the form of a rotating code; library cards never begin so."""
    if len(scanned) <= SHORTEST:
        return False
    tidied = tidy(scanned)
    return tidied.startswith(START) and len(tidied) > SHORTEST and tidied.isalnum()


def card_number(scanned: str, at: datetime) -> str:
    """Return the number of the card that was held out: a rotating code becomes its e-card's, all else stays as it is.

    One statement for a code, none for anything else. Raises PassStale for a code that is older than a minute, was not
    made here, or whose e-card serves no more.
    """
    if not is_pass(scanned):
        return scanned
    card, made = _read(scanned)
    if not 0 <= _step(at) - made < STEPS_TAKEN:
        raise PassStale()
    return _number(card)


def bearer(scanned: str) -> str:
    """Return the number of the e-card that a code was made for, however long ago; one statement.

    For a message sent again and the reader's sitting at one machine, where the code was good when it was first shown.
    Raises PassStale for a code that was not made here, or whose e-card serves no more.
    """
    card, _made = _read(scanned)
    return _number(card)


def _read(scanned: str) -> tuple[int, int]:
    """Return the e-card and the half minute that a code names. Raises PassStale when it was not signed here."""
    tidied = tidy(scanned)
    body, step = tidied[len(START) : -MAC_SIGNS - STEP_SIGNS], tidied[-MAC_SIGNS - STEP_SIGNS : -MAC_SIGNS]
    if not body.isascii() or not step.isascii():
        raise PassStale()
    card, made = int(body, 36), int(step, 36)
    if not hmac.compare_digest(_code(card, made), tidied):
        raise PassStale()
    return card, made


def _number(card: int) -> str:
    """Return the number of an e-card that serves. Raises PassStale."""
    kept = Card.objects.filter(pk=card, kind=CardKind.E_CARD, status=CardStatus.VALID, until_day=None)
    number = kept.values_list("number", flat=True).first()
    if number is None:
        raise PassStale()
    return number


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def _code(card: int, step: int) -> str:
    told = f"{_base36(card)}{_base36(step):0>{STEP_SIGNS}}"
    mac = hmac.new(key("e-card"), told.encode(), hashlib.sha256).digest()
    return f"{START}{told}{base64.b32encode(mac)[:MAC_SIGNS].decode()}"


def _base36(number: int) -> str:
    found = ""
    while number:
        number, place = divmod(number, 36)
        found = DIGITS[place] + found
    return found or "0"
