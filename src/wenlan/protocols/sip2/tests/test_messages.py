"""Every message: what it does, and what it says when it does not; asked as the server asks, without a socket."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.circulation.models import Loan
from wenlan.circulation.testing import make_rule
from wenlan.credit.money import operations as money
from wenlan.credit.money import queries as sums
from wenlan.credit.till import receipts, shifts
from wenlan.holdings import queries as holdings
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons import operations as patrons
from wenlan.patrons import passwords
from wenlan.patrons import queries as readers
from wenlan.patrons.testing import make_patron
from wenlan.protocols.models import Terminal
from wenlan.protocols.sip2 import codec, handlers
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2.terminals import enrol, view_of
from wenlan.protocols.sip2.types import FaultKind, SortRule, TerminalRight

pytestmark = pytest.mark.django_db

AT = datetime(2019, 3, 4, 2, 15, tzinfo=UTC)  # a quarter past ten in China
NOW = "20190304    101500"
EVERY_RIGHT = frozenset(TerminalRight.values)


@pytest.fixture
def place():
    root, east, west = make_network("E", "W")
    make_rule(root.id)
    make_patron(node=east.id, card="R1", name="李明")
    make_item(node=east.id, barcode="B1")
    enrol(code="K1", password="kiosk", node=east.id)
    return root, east, west


def terminal_with(**said):
    view = view_of(Terminal.objects.get(code="K1"))
    return replace(view, **({"rights": EVERY_RIGHT} | said))


def say(request, *, terminal=None, at=AT):
    """Return the reply to a message that came over the wire."""
    terminal = terminal or terminal_with()
    line = codec.encode(request, encoding=terminal.encoding)
    return handlers.answer(codec.decode(line[:-1], terminal.encoding), terminal=terminal, at=at)


def checkout(barcode="B1", card="R1", **said):
    return ask.CheckoutRequest(
        **({"transaction_date": NOW, "patron_identifier": card, "item_identifier": barcode} | said)
    )


def checkin(barcode="B1", **said):
    return ask.CheckinRequest(**({"transaction_date": NOW, "return_date": NOW, "item_identifier": barcode} | said))


def information(part, **said):
    return ask.PatronInformationRequest(
        **({"transaction_date": NOW, "summary": " " * part + "Y" + " " * (9 - part), "patron_identifier": "R1"} | said)
    )


def test_status_says_what_this_terminal_may_do(place):
    plain = say(ask.StatusRequest(), terminal=terminal_with(rights=frozenset({"check_in", "items"}))).response

    assert (plain.checkin_ok, plain.checkout_ok, plain.renewal_ok, plain.offline_ok) == ("Y", "N", "N", "N")
    assert plain.supported == "NNYNYYYNYNYNNNNN"
    assert say(ask.StatusRequest()).response.supported == "YYYYYYYYYYYYYYYY"


def test_without_the_right_a_message_is_refused_and_listed(place):
    reply = say(checkout(), terminal=terminal_with(rights=frozenset({"check_in"})))

    assert (reply.response.ok, reply.fault) == ("0", FaultKind.NOT_ALLOWED)
    assert reply.response.screen_messages == ("本机未开通此项业务，请到服务台办理。",)
    assert Loan.objects.count() == 0


def test_a_terminal_of_one_institution_does_not_act_for_another(place):
    ours = terminal_with(institution="CN-140400-1-CZ")

    refused = say(checkout(institution_id="CN-110108-1-NLC"), terminal=ours)
    lent = say(checkout(institution_id="CN-140400-1-CZ"), terminal=ours)
    unsaid = say(ask.ItemInformationRequest(transaction_date=NOW, item_identifier="B1"), terminal=ours)

    assert (refused.response.ok, refused.fault) == ("0", FaultKind.NOT_ALLOWED)
    assert (lent.response.ok, lent.response.institution_id) == ("1", "CN-140400-1-CZ")
    assert unsaid.response.owner == "CN-140400-1-CZ"


def test_all_lists_of_a_reader_with_their_counts_and_parts(place):
    _root, east, _west = place
    for number in range(2, 6):
        make_item(node=east.id, barcode=f"B{number}")
    for number in range(1, 6):
        say(checkout(f"B{number}"))

    counts = say(information(2)).response
    part = say(information(2, start_item="2", end_item="3")).response
    late = say(information(1), at=AT + timedelta(days=40)).response

    assert (counts.charged_items_count, counts.overdue_items_count) == ("0005", "0000")
    assert counts.charged_items == ("B1", "B2", "B3", "B4", "B5")
    assert part.charged_items == ("B2", "B3")
    assert (late.overdue_items_count, len(late.overdue_items), late.charged_items) == ("0005", 5, ())
    assert late.patron_status[6] == "Y"
    for empty in (0, 3, 4, 5):
        answer = say(information(empty)).response
        assert (answer.hold_items, answer.fine_items, answer.recall_items, answer.unavailable_hold_items) == ((),) * 4


def test_chinese_terminals_get_their_fields_and_others_do_not(place):
    say(checkout())
    chinese = terminal_with(field_set="chinese")

    item = ask.ItemInformationRequest(transaction_date=NOW, item_identifier="B1")
    assert say(item).response.call_number is None
    known = say(item, terminal=chinese).response
    reader = say(information(2), terminal=chinese).response
    back = say(checkin(), terminal=chinese).response

    assert (known.current_shelf, known.permanent_shelf) == ("E分馆", "E分馆")
    assert (reader.hold_items_limit, reader.charged_items_limit, reader.sex) == ("0001", "0010", "1")
    assert (back.sort_bin, back.screen_messages, back.print_lines) == ("", ("",), ("",))


def test_names_are_masked_unless_the_terminal_may_show_them(place):
    request = ask.PatronStatusRequest(transaction_date=NOW, patron_identifier="R1")

    assert say(request).response.personal_name == "李*"
    assert say(request, terminal=terminal_with(shows_names=True)).response.personal_name == "李明"
    nobody = say(replace(request, patron_identifier="nobody")).response
    assert (nobody.valid_patron, nobody.patron_status[:4], nobody.personal_name) == ("N", "YYYY", "")


def test_a_readers_password_is_proven_and_asked_for_where_the_terminal_says_so(place):
    _root, _east, _west = place
    act = terminal_with().act(at=AT, content=b"password")
    passwords.set_password(act, patron=readers.patron_id_by_card("R1"), password="secret")
    request = ask.PatronStatusRequest(transaction_date=NOW, patron_identifier="R1")
    strict = terminal_with(asks_password=True)

    assert say(request).response.valid_password is None
    assert say(replace(request, patron_password="wrong")).response.valid_password == "N"
    assert say(checkout(patron_password="wrong"), terminal=strict).response.ok == "0"
    assert say(checkout(), terminal=strict).response.ok == "0"
    assert say(replace(request, patron_password="secret")).response.valid_password == "Y"
    assert say(checkout(patron_password="secret"), terminal=strict).response.ok == "1"
    assert say(checkin(), terminal=strict).response.ok == "1"


def test_media_alert_and_bin_of_a_return_machine_by_its_own_rules(place):
    _root, _east, west = place
    make_item(node=west.id, barcode="W1", material="audiovisual")
    sorting = terminal_with(
        sort_rules=(
            SortRule(bin="9", step="look"),
            SortRule(bin="3", step="send", destination=west.code),
            SortRule(bin="2", material="audiovisual"),
            SortRule(bin="1"),
        )
    )

    ours = say(checkin("B1"), terminal=sorting).response
    theirs = say(checkin("W1"), terminal=sorting).response
    unknown = say(checkin("nothing"), terminal=sorting).response

    assert (ours.alert, ours.sort_bin, ours.media_type, ours.magnetic_media) == ("N", "1", "001", "N")
    assert (theirs.alert, theirs.alert_type, theirs.sort_bin, theirs.destination) == ("Y", "04", "3", "W分馆")
    assert (theirs.media_type, theirs.magnetic_media) == ("006", "Y")
    assert (unknown.ok, unknown.alert, unknown.alert_type, unknown.sort_bin) == ("0", "Y", "99", "9")


def test_renewing_all_says_of_each_item_whether_it_was_renewed(place):
    _root, east, _west = place
    make_item(node=east.id, barcode="B2")
    say(checkout("B1"))
    say(ask.RenewRequest(transaction_date=NOW, patron_identifier="R1", item_identifier="B1"))
    say(checkout("B2"))
    request = ask.RenewAllRequest(transaction_date=NOW, patron_identifier="R1")

    answer = say(request).response
    again = say(request).response

    assert (answer.ok, answer.renewed_count, answer.unrenewed_count) == ("1", "0001", "0001")
    assert (answer.renewed_items, answer.unrenewed_items) == (("B2",), ("B1",))
    assert again.renewed_items == ("B2",)  # the same message: answered as before, not renewed twice
    assert Loan.objects.get(item=holdings.item_by_barcode("B2").id).renewals == 1


def test_the_readers_own_item_is_renewed_when_the_terminal_asks_so(place):
    say(checkout())

    refused = say(checkout(transaction_date="20190304    101600")).response
    renewed = say(checkout(transaction_date="20190304    101700", renewal_policy="Y")).response

    assert (refused.ok, refused.renewal_ok) == ("0", "N")
    assert (renewed.ok, renewed.renewal_ok) == ("1", "Y")
    assert Loan.objects.get().renewals == 1


def test_an_item_recorded_as_lent_to_another_is_taken_over_only_where_that_is_allowed(place):
    _root, east, _west = place
    make_patron(node=east.id, card="R2")
    say(checkout())
    later = AT + timedelta(hours=1)

    strict = say(checkout(card="R2"), terminal=terminal_with(rights=EVERY_RIGHT - {"take_over"}), at=later).response
    easy = say(checkout(card="R2"), at=later).response

    assert (strict.ok, easy.ok) == ("0", "1")
    assert Loan.objects.filter(returned_at=None).get().patron_id == readers.patron_id_by_card("R2")
    assert Loan.objects.count() == 2


def test_a_terminal_cancels_what_it_did_just_before_and_nothing_else(place):
    say(checkout())

    cancelled = say(checkout(transaction_date="20190304    101510", cancel="Y")).response
    nothing = say(checkin(cancel="Y")).response

    assert cancelled.ok == "1"
    assert Loan.objects.get().cancelled_at is not None
    assert (nothing.ok, nothing.alert) == ("0", "Y")


def test_a_card_is_stopped_and_released_and_the_readers_other_cards_serve_on(place):
    patrons.issue_card(
        terminal_with().act(at=AT, content=b"second"), patron=readers.patron_id_by_card("R1"), number="R1B"
    )
    stop = ask.BlockPatronRequest(
        card_retained="Y", transaction_date=NOW, blocked_card_message="涂改", patron_identifier="R1"
    )

    stopped = say(stop).response
    refused = say(checkout()).response
    other = say(checkout(card="R1B")).response
    released = say(ask.PatronEnableRequest(transaction_date=NOW, patron_identifier="R1")).response

    assert (stopped.patron_status[:4], refused.ok, other.ok) == ("YYYY", "0", "1")
    assert (released.patron_status[:4], released.valid_patron) == ("    ", "Y")


def test_a_card_reported_lost_is_released_by_the_desk_only(place):
    card = readers.patron_by_card("R1").cards[0]
    patrons.lose_card(terminal_with().act(at=AT, content=b"lost"), card=card.id)

    answer = say(ask.PatronEnableRequest(transaction_date=NOW, patron_identifier="R1")).response

    assert answer.patron_status[:5] == "YYYYY"


def test_item_status_is_a_place_or_an_act_and_nothing_else(place):
    _root, _east, west = place
    request = ask.ItemStatusUpdateRequest(transaction_date=NOW, item_identifier="B1", item_properties=west.code)

    moved = say(request).response
    missing = say(replace(request, item_properties="miss")).response
    odd = say(replace(request, item_properties="shelf 3")).response

    item = holdings.item_by_barcode("B1")
    assert (moved.item_properties_ok, missing.item_properties_ok, odd.item_properties_ok) == ("1", "1", "0")
    assert (item.shelved_at, item.status) == (west.id, "missing")


def test_item_information_counts_nothing_that_is_not_there(place):
    request = ask.ItemInformationRequest(transaction_date=NOW, item_identifier="B1")
    say(checkout())

    lent = say(request).response
    unknown = say(replace(request, item_identifier="nothing")).response

    assert (lent.circulation_status, lent.due_date[:8], lent.media_type) == ("04", "20190403", "001")
    assert (unknown.circulation_status, unknown.title_identifier, len(unknown.screen_messages)) == ("01", "", 1)


def test_card_machines_register_ask_for_duplicates_and_are_refused_twice(place):
    registers = terminal_with(reader_types={"01": "adult"}, field_set="chinese")
    number = "11010519491231002X"
    request = ask.RegistrationRequest(
        transaction_date=NOW, patron_identifier="N1", patron_password="secret", personal_name="王芳",
        mobile="13800000000", id_number=number, category="01", sex="0", birth_date="19491231", operation="11",
    )  # fmt: skip
    check = ask.DuplicateCheckRequest(transaction_date=NOW, id_number=number, operation="1")

    before = say(check, terminal=registers).response
    made = say(request, terminal=registers).response
    again = say(request, terminal=registers).response
    after = say(check, terminal=registers).response
    by_card = say(replace(check, id_number="", patron_identifier="N1", operation="0"), terminal=registers).response
    twice = say(replace(request, patron_identifier="N2"), terminal=registers).response

    assert (before.is_known, before.found, before.outcome) == ("0", "0", "1")
    assert (made.ok, made.outcome, again.ok) == ("1", "1", "1")
    assert (after.is_known, by_card.is_known) == ("1", "1")
    assert (twice.ok, twice.outcome) == ("0", "0")
    reader = readers.patron_by_card("N1")
    assert (reader.name, reader.sex, reader.category.code, reader.phone) == ("王芳", "f", "adult", "13800000000")
    assert passwords.check_sign_in(card="N1", password="secret", at=AT).id == reader.id


def test_a_title_is_reserved_waited_for_kept_and_given_back(place):
    _root, east, west = place
    make_patron(node=east.id, card="R2")
    say(checkout())
    wish = ask.HoldRequest(hold_mode="+", transaction_date=NOW, patron_identifier="R2", item_identifier="B1")

    made = say(replace(wish, pickup_location=west.code)).response
    again = say(replace(wish, pickup_location=west.code)).response
    waits = say(information(5, patron_identifier="R2")).response
    asked = say(ask.ItemInformationRequest(transaction_date=NOW, item_identifier="B1")).response
    back = say(checkin()).response
    taken = say(checkout(transaction_date="20190304    103000")).response
    ended = say(replace(wish, hold_mode="-")).response
    gone = say(replace(wish, hold_mode="-", transaction_date="20190304    104000")).response

    assert (made.ok, made.available, made.queue_position, made.pickup_location) == ("1", "N", "1", "W分馆")
    assert again == made
    assert (waits.unavailable_holds_count, len(waits.unavailable_hold_items)) == ("0001", 1)
    assert asked.hold_queue_length == "1"
    assert (back.ok, back.alert) == ("1", "Y")
    assert taken.ok == "0"
    assert (ended.ok, gone.ok) == ("1", "0")


def test_a_pickup_point_or_a_reservation_that_is_not_there_is_refused(place):
    say(checkout())
    wish = ask.HoldRequest(hold_mode="+", transaction_date=NOW, patron_identifier="R1", item_identifier="B1")

    assert say(replace(wish, pickup_location="nowhere")).response.ok == "0"
    assert say(replace(wish, hold_mode="*")).response.ok == "0"
    assert say(wish).response.ok == "0"  # the reader has it at home


def test_charges_are_paid_into_the_machines_drawer_the_oldest_first(place):
    patron = readers.patron_id_by_card("R1")
    act = terminal_with().act(at=AT, content=b"charges")
    first = money.charge(act, patron=patron, amount_fen=300)
    money.charge(replace(act, key="second"), patron=patron, amount_fen=200)
    payment = ask.FeePaidRequest(transaction_date=NOW, payment_type="03", fee_amount="4.00", patron_identifier="R1")

    no_drawer = say(payment).response
    open_drawer(act)
    paid = say(payment).response
    again = say(payment).response
    too_much = say(replace(payment, transaction_date="20190304    102000", fee_amount="9.00")).response
    euros = say(replace(payment, transaction_date="20190304    102100", currency_type="EUR")).response
    owed = say(information(3)).response

    assert (no_drawer.payment_accepted, paid.payment_accepted, again.payment_accepted) == ("N", "Y", "Y")
    assert again.transaction_id == paid.transaction_id
    assert (too_much.payment_accepted, euros.payment_accepted) == ("N", "N")
    assert [one.open_fen for one in sums.charges(patron, open_only=True)] == [100]
    assert sums.charge(first.id).open_fen == 0
    assert (owed.fine_items_count, owed.fee_amount, owed.currency_type) == ("0001", "1.00", "CNY")
    assert (owed.patron_status[10], len(owed.fine_items)) == ("Y", 1)


def open_drawer(act):
    drawer = shifts.add_drawer(replace(act, key="drawer"), name="K1")
    book = receipts.enter_book(replace(act, key="book"), prefix="A", first=1, last=50)
    receipts.hand_book(replace(act, key="hand"), book_id=book.id, drawer_id=drawer.id)
    shifts.sign_on(replace(act, key="on"), drawer_id=drawer.id, counted_fen=0)


def test_a_deposit_is_booked_with_the_registration_or_neither_is(place):
    request = ask.RegistrationRequest(
        transaction_date=NOW, patron_identifier="N1", personal_name="王芳", category="adult", sex="0",
        birth_date="19900501", operation="01", deposit="100.00",
    )  # fmt: skip

    refused = say(request).response
    assert not readers.is_card_known("N1")
    open_drawer(terminal_with().act(at=AT, content=b"drawer"))
    made = say(request).response

    assert (refused.ok, made.ok) == ("0", "1")
    assert made.receipt is not None
    assert readers.patron_by_card("N1").deposit_fen == 10000


def test_a_card_machine_changes_a_reader_who_proved_who_it_is(place):
    act = terminal_with().act(at=AT, content=b"password")
    passwords.set_password(act, patron=readers.patron_id_by_card("R1"), password="secret")
    request = ask.RegistrationRequest(
        transaction_date=NOW, patron_identifier="R1", patron_password="secret", mobile="13900000000",
        new_password="better", operation="02",
    )  # fmt: skip

    stranger = say(replace(request, patron_password="wrong")).response
    other_card = say(replace(request, id_number="11010519491231002X")).response
    changed = say(request).response

    assert (stranger.ok, other_card.ok, changed.ok) == ("0", "0", "1")
    reader = readers.patron_by_card("R1")
    assert (reader.name, reader.phone) == ("李明", "13900000000")
    assert passwords.check_sign_in(card="R1", password="better", at=AT).id == reader.id


def test_a_registration_that_cannot_be_read_or_paid_for_writes_nothing(place):
    request = ask.RegistrationRequest(
        transaction_date=NOW, patron_identifier="N1", personal_name="王芳", category="adult", operation="11"
    )
    wrong = [
        replace(request, birth_date="1949年"),
        replace(request, sex="x"),
        replace(request, operation="77"),
        replace(request, operation="01", deposit="1oo"),
        replace(request, category="none"),
    ]

    assert [say(one).response.ok for one in wrong] == ["0"] * len(wrong)
    assert say(ask.DuplicateCheckRequest(transaction_date=NOW, operation="5")).response.found == "1"
    plain = terminal_with(rights=EVERY_RIGHT - {"register"})
    assert say(request, terminal=plain).fault == FaultKind.NOT_ALLOWED
    assert not readers.is_card_known("N1")


def test_a_hot_message_costs_a_fixed_number_of_statements(place):
    _root, east, _west = place
    terminal = terminal_with(sort_rules=(SortRule(bin="1"),))
    make_item(node=east.id, barcode="B8")
    say(checkout("B1"), terminal=terminal)  # fills what the process remembers
    say(checkin("B1"), terminal=terminal)

    costs = []
    for request in (checkout("B8"), checkin("B8")):
        with CaptureQueriesContext(connection) as captured:
            assert say(request, terminal=terminal).response.ok == "1"
        # The year's key is remembered once its transaction ends, which in a test never does.
        costs.append(sum("ledger_tokenkey" not in query["sql"] for query in captured))

    assert costs == {"sqlite": [6, 6], "postgresql": [2, 2]}[connection.vendor]
