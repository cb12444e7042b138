"""What a terminal asks: the requests of SIP2 2.00 as dataclasses, fields in the standard's order.

Instants on the wire are local time without a zone, eighteen characters.
"""

from dataclasses import dataclass

from wenlan.protocols.sip2.fields import fixed, variable


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
class RenewAllRequest:
    """65: let the reader keep all they have longer."""

    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    patron_password: str = variable("AD")
    terminal_password: str = variable("AC")
    fee_acknowledged: str | None = variable("BO", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRequest:
    """15: reserve (`hold_mode` +), take a reservation back (-) or change it (*)."""

    hold_mode: str = fixed(1)
    transaction_date: str = fixed(18)
    expiration_date: str | None = variable("BW", None)
    pickup_location: str | None = variable("BS", None)
    hold_type: str | None = variable("BY", None)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    patron_password: str = variable("AD")
    item_identifier: str | None = variable("AB", None)
    title_identifier: str | None = variable("AJ", None)
    terminal_password: str = variable("AC")
    fee_acknowledged: str | None = variable("BO", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeePaidRequest:
    """37: the reader has paid at the machine; `fee_amount` in yuan with a decimal point."""

    transaction_date: str = fixed(18)
    fee_type: str = fixed(2, "01")
    payment_type: str = fixed(2, "00")
    currency_type: str = fixed(3, "CNY")
    fee_amount: str = variable("BV")
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    terminal_password: str = variable("AC")
    patron_password: str = variable("AD")
    fee_identifier: str | None = variable("CG", None)
    transaction_id: str | None = variable("BK", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatusUpdateRequest:
    """19: something about the item is to be noted (`item_properties`)."""

    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    item_identifier: str = variable("AB")
    terminal_password: str = variable("AC")
    item_properties: str = variable("CH")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPatronRequest:
    """01: this card shall not serve; `card_retained` says whether the machine kept it."""

    card_retained: str = fixed(1, "N")
    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    blocked_card_message: str = variable("AL")
    patron_identifier: str = variable("AA")
    terminal_password: str = variable("AC")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatronEnableRequest:
    """25: a stopped card may serve again."""

    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    terminal_password: str = variable("AC")
    patron_password: str = variable("AD")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationRequest:
    """81 (Chinese card machines): register a reader (`operation` 01 with deposit, 11 without) or change one (02).

    `deposit` is in yuan, days are YYYYMMDD, `sex` is 1 for male and 0 for female.
    """

    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    patron_password: str = variable("AD")
    new_password: str = variable("KD")
    personal_name: str = variable("AE")
    library: str = variable("AM")
    telephone: str = variable("BP")
    mobile: str = variable("MP")
    email: str = variable("BE")
    address: str = variable("BD")
    id_number: str = variable("XO")
    category: str = variable("XT")
    deposit: str = variable("BV")
    birth_date: str = variable("XH")
    ethnic_group: str = variable("XN")
    remarks: str = variable("XF")
    sex: str = variable("XM")
    operation: str = variable("XK")


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateCheckRequest:
    """91 (Chinese card machines): is there a reader with this card (`operation` 0) or identity number (1)?"""

    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    id_number: str = variable("XO")
    operation: str = variable("XK")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResendRequest:
    """97: the terminal did not get our last answer."""


REQUESTS: dict[str, type] = {
    "93": Login,
    "99": StatusRequest,
    "23": PatronStatusRequest,
    "63": PatronInformationRequest,
    "11": CheckoutRequest,
    "09": CheckinRequest,
    "29": RenewRequest,
    "65": RenewAllRequest,
    "15": HoldRequest,
    "17": ItemInformationRequest,
    "19": ItemStatusUpdateRequest,
    "37": FeePaidRequest,
    "01": BlockPatronRequest,
    "25": PatronEnableRequest,
    "35": EndSession,
    "81": RegistrationRequest,
    "91": DuplicateCheckRequest,
    "97": ResendRequest,
}
