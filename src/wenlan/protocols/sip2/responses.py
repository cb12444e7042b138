"""What we answer: the responses of SIP2 2.00 as dataclasses, fields in the standard's order.

CV and CT in 10 (why a person is called, and where the item goes) and the fields that begin with K and X are no
part of the standard; terminals that do not know them pass them over.
"""

from dataclasses import dataclass

from wenlan.protocols.sip2.fields import fixed, repeated, variable


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginResponse:
    """94: `ok` is 1 or 0."""

    ok: str = fixed(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusResponse:
    """98: what this terminal may do here; `supported` answers the standard's sixteen messages in order (BX)."""

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
    print_lines: tuple[str, ...] = repeated("AG")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatronStatusResponse:
    """24: fourteen flags (blank or Y), and who it is; `fee_amount` in yuan."""

    patron_status: str = fixed(14)
    language: str = fixed(3, "019")
    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    personal_name: str = variable("AE")
    valid_patron: str = variable("BL")
    valid_password: str | None = variable("CQ", None)
    currency_type: str | None = variable("BH", None)
    fee_amount: str | None = variable("BV", None)
    screen_messages: tuple[str, ...] = repeated("AF")
    print_lines: tuple[str, ...] = repeated("AG")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatronInformationResponse:
    """64: flags, counts of four digits, limits, and the list that was asked for.

    For Chinese terminals BZ is how many items are lent; the standard's limit of holds is then left out.
    """

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
    hold_items_limit: str | None = variable("BZ", None)
    overdue_items_limit: str | None = variable("CA", None)
    charged_items_limit: str | None = variable("CB", None)
    valid_patron: str = variable("BL")
    valid_password: str | None = variable("CQ", None)
    currency_type: str | None = variable("BH", None)
    fee_amount: str | None = variable("BV", None)
    fee_limit: str | None = variable("CC", None)
    hold_items: tuple[str, ...] = repeated("AS")
    overdue_items: tuple[str, ...] = repeated("AT")
    charged_items: tuple[str, ...] = repeated("AU")
    fine_items: tuple[str, ...] = repeated("AV")
    recall_items: tuple[str, ...] = repeated("BU")
    unavailable_hold_items: tuple[str, ...] = repeated("CD")
    valid_until: str | None = variable("XD", None)
    sex: str | None = variable("XM", None)
    screen_messages: tuple[str, ...] = repeated("AF")
    print_lines: tuple[str, ...] = repeated("AG")


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
    fee_type: str | None = variable("BT", None)
    security_inhibit: str | None = variable("CI", None)
    media_type: str | None = variable("CK", None)
    transaction_id: str | None = variable("BK", None)
    screen_messages: tuple[str, ...] = repeated("AF")
    print_lines: tuple[str, ...] = repeated("AG")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckinResponse:
    """10: taken back; `alert` asks a person to look, `sort_bin` says where it falls, `destination` where it belongs."""

    ok: str = fixed(1)
    resensitize: str = fixed(1)
    magnetic_media: str = fixed(1, "U")
    alert: str = fixed(1, "N")
    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    item_identifier: str = variable("AB")
    permanent_location: str = variable("AQ")
    title_identifier: str | None = variable("AJ", None)
    sort_bin: str | None = variable("CL", None)
    patron_identifier: str | None = variable("AA", None)
    media_type: str | None = variable("CK", None)
    alert_type: str | None = variable("CV", None)
    destination: str | None = variable("CT", None)
    screen_messages: tuple[str, ...] = repeated("AF")
    print_lines: tuple[str, ...] = repeated("AG")


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
    fee_type: str | None = variable("BT", None)
    media_type: str | None = variable("CK", None)
    screen_messages: tuple[str, ...] = repeated("AF")
    print_lines: tuple[str, ...] = repeated("AG")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewAllResponse:
    """66: what was renewed and what was not, by barcode; `ok` when the reader was found and may act."""

    ok: str = fixed(1)
    renewed_count: str = fixed(4, "0000")
    unrenewed_count: str = fixed(4, "0000")
    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    renewed_items: tuple[str, ...] = repeated("BM")
    unrenewed_items: tuple[str, ...] = repeated("BN")
    screen_messages: tuple[str, ...] = repeated("AF")
    print_lines: tuple[str, ...] = repeated("AG")


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldResponse:
    """16: reserved, or why not; `available` when a copy stands on a shelf."""

    ok: str = fixed(1)
    available: str = fixed(1, "N")
    transaction_date: str = fixed(18)
    expiration_date: str | None = variable("BW", None)
    queue_position: str | None = variable("BR", None)
    pickup_location: str | None = variable("BS", None)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    item_identifier: str | None = variable("AB", None)
    title_identifier: str | None = variable("AJ", None)
    screen_messages: tuple[str, ...] = repeated("AF")
    print_lines: tuple[str, ...] = repeated("AG")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemInformationResponse:
    """18: where an item stands; call number (KC) and shelf (KQ, KP) in the fields that Chinese terminals read."""

    circulation_status: str = fixed(2)
    security_marker: str = fixed(2, "00")
    fee_type: str = fixed(2, "01")
    transaction_date: str = fixed(18)
    hold_queue_length: str | None = variable("CF", None)
    due_date: str | None = variable("AH", None)
    item_identifier: str = variable("AB")
    title_identifier: str = variable("AJ")
    owner: str | None = variable("BG", None)
    currency_type: str | None = variable("BH", None)
    fee_amount: str | None = variable("BV", None)
    media_type: str | None = variable("CK", None)
    permanent_location: str | None = variable("AQ", None)
    current_location: str | None = variable("AP", None)
    call_number: str | None = variable("KC", None)
    permanent_shelf: str | None = variable("KQ", None)
    current_shelf: str | None = variable("KP", None)
    screen_messages: tuple[str, ...] = repeated("AF")
    print_lines: tuple[str, ...] = repeated("AG")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatusUpdateResponse:
    """20: noted, or why not."""

    item_properties_ok: str = fixed(1)
    transaction_date: str = fixed(18)
    item_identifier: str = variable("AB")
    title_identifier: str | None = variable("AJ", None)
    item_properties: str | None = variable("CH", None)
    screen_messages: tuple[str, ...] = repeated("AF")
    print_lines: tuple[str, ...] = repeated("AG")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeePaidResponse:
    """38: the payment is in the reader's account, or why not; `transaction_id` is the receipt's number."""

    payment_accepted: str = fixed(1)
    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    transaction_id: str | None = variable("BK", None)
    screen_messages: tuple[str, ...] = repeated("AF")
    print_lines: tuple[str, ...] = repeated("AG")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatronEnableResponse:
    """26: how the reader stands after a card was let serve again."""

    patron_status: str = fixed(14)
    language: str = fixed(3, "019")
    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    personal_name: str = variable("AE")
    valid_patron: str = variable("BL")
    valid_password: str | None = variable("CQ", None)
    screen_messages: tuple[str, ...] = repeated("AF")
    print_lines: tuple[str, ...] = repeated("AG")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSessionResponse:
    """36: goodbye."""

    end_session: str = fixed(1, "Y")
    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    screen_messages: tuple[str, ...] = repeated("AF")
    print_lines: tuple[str, ...] = repeated("AG")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationResponse:
    """82 (Chinese card machines): the outcome stands twice, as first character and as OK, for both families of them."""

    ok: str = fixed(1)
    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    outcome: str = variable("OK")
    receipt: str | None = variable("JK", None)
    screen_messages: tuple[str, ...] = repeated("AF")
    print_lines: tuple[str, ...] = repeated("AG")


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateCheckResponse:
    """92 (Chinese card machines): `is_known`, as first character and as AC: 1 when there is such a reader.

    `outcome` is 1 when the question could be answered.
    """

    is_known: str = fixed(1)
    transaction_date: str = fixed(18)
    institution_id: str = variable("AO")
    patron_identifier: str = variable("AA")
    id_number: str = variable("XO")
    operation: str = variable("XK")
    found: str = variable("AC")
    outcome: str = variable("OK")
    screen_messages: tuple[str, ...] = repeated("AF")
    print_lines: tuple[str, ...] = repeated("AG")


@dataclass(frozen=True, slots=True, kw_only=True)
class SendAgain:
    """96: your message did not arrive whole; please send it again."""


RESPONSES: dict[str, type] = {
    "94": LoginResponse,
    "98": StatusResponse,
    "24": PatronStatusResponse,
    "64": PatronInformationResponse,
    "12": CheckoutResponse,
    "10": CheckinResponse,
    "30": RenewResponse,
    "66": RenewAllResponse,
    "16": HoldResponse,
    "18": ItemInformationResponse,
    "20": ItemStatusUpdateResponse,
    "38": FeePaidResponse,
    "26": PatronEnableResponse,
    "36": EndSessionResponse,
    "82": RegistrationResponse,
    "92": DuplicateCheckResponse,
    "96": SendAgain,
}
