"""The messages of SIP2 as dataclasses; field codes stand in their metadata, in the standard's order.

A field with `width` stands at a fixed place; one with `code` is variable and ends with `|`. Instants on the
wire are local time without a zone.
"""

from dataclasses import dataclass, field
from typing import Any


def fixed(width: int, default: str | None = None) -> Any:
    """Return a field of `width` characters at a fixed place."""
    metadata = {"width": width}
    return field(metadata=metadata) if default is None else field(default=default, metadata=metadata)


def variable(code: str, default: str | None = "") -> Any:
    """Return a field that starts with its two-letter code; None is left out of the message."""
    return field(default=default, metadata={"code": code})


def repeated(code: str) -> Any:
    """Return a variable field that may come several times."""
    return field(default=(), metadata={"code": code, "repeated": True})


# What a terminal asks.


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """93: a terminal signs in."""

    uid_algorithm: str = fixed(1, "0")
    pwd_algorithm: str = fixed(1, "0")
    login_user_id: str = variable("CN")
    login_password: str = variable("CO")
    location_code: str = variable("CP")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRequest:
    """99: SC status, also the heartbeat of a terminal."""

    status_code: str = fixed(1, "0")
    max_print_width: str = fixed(3, "080")
    protocol_version: str = fixed(4, "2.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatronStatusRequest:
    """23: may this reader borrow?"""

    language: str = fixed(3, "000")
    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    terminal_password: str = variable("AC")
    patron_password: str = variable("AD")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatronInformationRequest:
    """63: the reader with counts, and one list of items where `summary` holds a Y."""

    language: str = fixed(3, "000")
    transaction_date: str = fixed(18)
    summary: str = fixed(10, "          ")
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    terminal_password: str = variable("AC")
    patron_password: str = variable("AD")
    start_item: str | None = variable("BP", None)
    end_item: str | None = variable("BQ", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutRequest:
    """11: lend an item."""

    renewal_policy: str = fixed(1, "N")
    no_block: str = fixed(1, "N")
    transaction_date: str = fixed(18)
    nb_due_date: str = fixed(18, " " * 18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    item_identifier: str = variable("AB")
    terminal_password: str = variable("AC")
    item_properties: str | None = variable("CH", None)
    patron_password: str = variable("AD")
    fee_acknowledged: str | None = variable("BO", None)
    cancel: str | None = variable("BI", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckinRequest:
    """09: take an item back."""

    no_block: str = fixed(1, "N")
    transaction_date: str = fixed(18)
    return_date: str = fixed(18)
    current_location: str = variable("AP")
    institution_id: str = variable("AO")
    item_identifier: str = variable("AB")
    terminal_password: str = variable("AC")
    item_properties: str | None = variable("CH", None)
    cancel: str | None = variable("BI", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewRequest:
    """29: let the reader keep an item longer."""

    third_party_allowed: str = fixed(1, "N")
    no_block: str = fixed(1, "N")
    transaction_date: str = fixed(18)
    nb_due_date: str = fixed(18, " " * 18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    patron_password: str = variable("AD")
    item_identifier: str | None = variable("AB", None)
    title_identifier: str | None = variable("AJ", None)
    terminal_password: str = variable("AC")
    item_properties: str | None = variable("CH", None)
    fee_acknowledged: str | None = variable("BO", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemInformationRequest:
    """17: what is this item, and where does it stand?"""

    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    item_identifier: str = variable("AB")
    terminal_password: str = variable("AC")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSession:
    """35: the reader has finished."""

    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    terminal_password: str = variable("AC")
    patron_password: str = variable("AD")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResendRequest:
    """97: the terminal did not get our last answer."""


# What we answer.


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginResponse:
    """94: `ok` is 1 or 0."""

    ok: str = fixed(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusResponse:
    """98: what this server can do; `supported` answers the standard's sixteen messages in order (BX)."""

    online: str = fixed(1, "Y")
    checkin_ok: str = fixed(1, "Y")
    checkout_ok: str = fixed(1, "Y")
    renewal_ok: str = fixed(1, "Y")
    status_update_ok: str = fixed(1, "N")
    offline_ok: str = fixed(1, "N")
    timeout: str = fixed(3, "100")
    retries: str = fixed(3, "003")
    date_time_sync: str = fixed(18)
    protocol_version: str = fixed(4, "2.00")
    institution_id: str = variable("AO")
    library_name: str = variable("AM")
    supported: str = variable("BX")
    terminal_location: str | None = variable("AN", None)
    screen_messages: tuple[str, ...] = repeated("AF")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatronStatusResponse:
    """24: fourteen flags (blank or Y), and who it is."""

    patron_status: str = fixed(14)
    language: str = fixed(3, "019")
    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    personal_name: str = variable("AE")
    valid_patron: str = variable("BL")
    screen_messages: tuple[str, ...] = repeated("AF")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatronInformationResponse:
    """64: flags, counts of four digits, limits, and the list that was asked for."""

    patron_status: str = fixed(14)
    language: str = fixed(3, "019")
    transaction_date: str = fixed(18)
    hold_items_count: str = fixed(4, "0000")
    overdue_items_count: str = fixed(4, "0000")
    charged_items_count: str = fixed(4, "0000")
    fine_items_count: str = fixed(4, "0000")
    recall_items_count: str = fixed(4, "0000")
    unavailable_holds_count: str = fixed(4, "0000")
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    personal_name: str = variable("AE")
    charged_items_limit: str | None = variable("CB", None)
    valid_patron: str = variable("BL")
    overdue_items: tuple[str, ...] = repeated("AT")
    charged_items: tuple[str, ...] = repeated("AU")
    screen_messages: tuple[str, ...] = repeated("AF")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutResponse:
    """12: lent until `due_date`, or every reason why not."""

    ok: str = fixed(1)
    renewal_ok: str = fixed(1, "N")
    magnetic_media: str = fixed(1, "U")
    desensitize: str = fixed(1)
    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    item_identifier: str = variable("AB")
    title_identifier: str = variable("AJ")
    due_date: str = variable("AH")
    screen_messages: tuple[str, ...] = repeated("AF")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckinResponse:
    """10: taken back; `alert` asks a person to look, `destination` says where the item belongs."""

    ok: str = fixed(1)
    resensitize: str = fixed(1)
    magnetic_media: str = fixed(1, "U")
    alert: str = fixed(1, "N")
    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    item_identifier: str = variable("AB")
    permanent_location: str = variable("AQ")
    title_identifier: str | None = variable("AJ", None)
    patron_identifier: str | None = variable("AA", None)
    alert_type: str | None = variable("CV", None)
    destination: str | None = variable("CT", None)
    screen_messages: tuple[str, ...] = repeated("AF")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewResponse:
    """30: kept until `due_date`, or every reason why not."""

    ok: str = fixed(1)
    renewal_ok: str = fixed(1)
    magnetic_media: str = fixed(1, "U")
    desensitize: str = fixed(1, "N")
    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    item_identifier: str = variable("AB")
    title_identifier: str = variable("AJ")
    due_date: str = variable("AH")
    screen_messages: tuple[str, ...] = repeated("AF")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemInformationResponse:
    """18: where an item stands; call number, owner and shelf in the fields that Chinese terminals read."""

    circulation_status: str = fixed(2)
    security_marker: str = fixed(2, "00")
    fee_type: str = fixed(2, "01")
    transaction_date: str = fixed(18)
    due_date: str | None = variable("AH", None)
    item_identifier: str = variable("AB")
    title_identifier: str = variable("AJ")
    owner: str | None = variable("BG", None)
    media_type: str | None = variable("CK", None)
    permanent_location: str | None = variable("AQ", None)
    current_location: str | None = variable("AP", None)
    call_number: str | None = variable("KC", None)
    screen_messages: tuple[str, ...] = repeated("AF")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSessionResponse:
    """36: goodbye."""

    end_session: str = fixed(1, "Y")
    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")


@dataclass(frozen=True, slots=True, kw_only=True)
class SendAgain:
    """96: your message did not arrive whole; please send it again."""


REQUESTS: dict[str, type] = {
    "93": Login,
    "99": StatusRequest,
    "23": PatronStatusRequest,
    "63": PatronInformationRequest,
    "11": CheckoutRequest,
    "09": CheckinRequest,
    "29": RenewRequest,
    "17": ItemInformationRequest,
    "35": EndSession,
    "97": ResendRequest,
}
RESPONSES: dict[str, type] = {
    "94": LoginResponse,
    "98": StatusResponse,
    "24": PatronStatusResponse,
    "64": PatronInformationResponse,
    "12": CheckoutResponse,
    "10": CheckinResponse,
    "30": RenewResponse,
    "18": ItemInformationResponse,
    "36": EndSessionResponse,
    "96": SendAgain,
}
