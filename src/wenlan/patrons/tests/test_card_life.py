"""The life of accounts and cards to its end: what has to be settled, what is struck off, what is counted."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as indicators
from wenlan.indicators import queries as figures
from wenlan.kernel.acts import Channel
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_network
from wenlan.patrons import amending, operations, queries, striking_off
from wenlan.patrons.amending import Details
from wenlan.patrons.errors import NotSettled, RegistrationRefused, TermWrong
from wenlan.patrons.models import Patron
from wenlan.patrons.testing import make_category, make_patron
from wenlan.patrons.tests.test_policies import id_number
from wenlan.patrons.types import (
    CardStatus,
    DocumentKind,
    NewGuardian,
    NewReader,
    PatronStatus,
    Refusal,
    Unsettled,
)
from wenlan.patrons.verification import differences
from wenlan.staff import queries as staff

pytestmark = pytest.mark.django_db
ServiceEvent = apps.get_model("ledger", "ServiceEvent")
YEAR = Period.year(2019)
LONG_AGO = date(2015, 1, 2)


@pytest.fixture
def places() -> tuple[int, int]:
    operations.load_categories()
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    return east.id, west.id


def expire(patron: int, last: date) -> None:
    operations.extend(make_act(queries.patron(patron).home_node, date(2015, 1, 1)), patron=patron, until=last)


def test_an_account_is_closed_only_when_loans_sums_and_deposit_are_settled(places):
    east, _ = places
    reader = make_patron(node=east)
    book = make_item(node=east)
    lend(book, reader, make_act(east))
    Patron.objects.filter(pk=reader.id).update(owed_fen=250, deposit_fen=10000)

    with pytest.raises(NotSettled) as everything:
        operations.deregister(make_act(east), patron=reader.id)
    take_back(book, make_act(east))
    Patron.objects.filter(pk=reader.id).update(owed_fen=0)
    with pytest.raises(NotSettled) as deposit:
        operations.deregister(make_act(east), patron=reader.id)

    assert everything.value.open == (Unsettled.LOANS, Unsettled.SUMS, Unsettled.DEPOSIT)
    assert deposit.value.open == (Unsettled.DEPOSIT,)
    assert "100.00" in str(deposit.value)
    assert queries.patron(reader.id).status == PatronStatus.VALID


def test_accounts_that_ran_out_are_shown_first_and_struck_off_all_together(places):
    east, west = places
    long_gone, also_gone, recent, busy, rich, elsewhere = (
        make_patron(node=east, name=f"读者{n}", on=LONG_AGO) for n in "甲乙丙丁戊己"
    )
    for reader in (long_gone, also_gone, busy, rich, elsewhere):
        expire(reader.id, date(2016, 5, 1))
    expire(recent.id, date(2019, 1, 1))
    Patron.objects.filter(pk=busy.id).update(open_loans=1)
    Patron.objects.filter(pk=rich.id).update(deposit_fen=5000)
    Patron.objects.filter(pk=elsewhere.id).update(home_node=west)
    rule = {"nodes": [east], "expired_before": date(2017, 1, 1)}

    shown = striking_off.preview(**rule, names_of=[])
    closed = striking_off.strike_off(make_act(east, key="s"), **rule, reason="过期两年以上")
    again = striking_off.strike_off(make_act(east, key="s"), **rule, reason="过期两年以上")

    assert (shown.readers, shown.by_node, shown.held_back) == (2, ((east, 2),), 2)
    assert (shown.with_loans, shown.with_sums, shown.with_deposit) == (1, 0, 1)
    assert {line.name for line in shown.lines} == {"读**"}
    assert (closed, again) == (2, 2)
    assert {queries.patron(one.id).status for one in (long_gone, also_gone)} == {PatronStatus.DEREGISTERED}
    assert queries.patron(long_gone.id).cards[0].status == CardStatus.CLOSED
    assert {queries.patron(one.id).status for one in (recent, busy, rich, elsewhere)} == {PatronStatus.VALID}
    rows = ServiceEvent.objects.filter(kind="patron.deregistered")
    assert [row.subject for row in rows] == ["expired", "expired"]
    assert differences() == []


def test_an_account_does_not_end_before_it_begins(places):
    east, _ = places
    reader = make_patron(node=east, on=date(2019, 3, 4))

    with pytest.raises(TermWrong):
        expire(reader.id, date(2019, 3, 3))

    assert queries.patron(reader.id).valid_until is None


def test_striking_off_costs_the_same_for_one_and_for_three(places):
    east, west = places
    for node, count in ((east, 1), (west, 3)):
        for _ in range(count):
            expire(make_patron(node=node, on=LONG_AGO).id, date(2016, 5, 1))
    costs = []

    for node in (east, west):
        with CaptureQueriesContext(connection) as cost:
            striking_off.strike_off(make_act(node), nodes=[node], expired_before=date(2017, 1, 1), reason="x")
        costs.append(len(cost))

    assert costs[0] == costs[1]


def cards_lost_found_and_replaced(east):
    """Register four readers. One loses the card and gets another, one has it reported lost and found again, one is
    stopped, let go and gets a new card for a worn one, one is verified for two more years.
    """
    li, wang, zhao, sun = (make_patron(node=east, on=date(2019, 3, 4)) for _ in range(4))
    operations.lose_card(make_act(east), card=li.cards[0].id, reason="丢失")
    operations.replace_card(make_act(east), card=li.cards[0].id, new="NEW1", reason="丢失")
    operations.lose_card(make_act(east), card=wang.cards[0].id)
    operations.lift_card(make_act(east), card=wang.cards[0].id, reason="找到了")
    operations.suspend(make_act(east), patron=zhao.id, until=date(2019, 4, 1), reason="污损图书")
    operations.lift(make_act(east), patron=zhao.id)
    operations.replace_card(make_act(east), card=zhao.cards[0].id, new="NEW2", reason="磨损")
    expire(sun.id, date(2019, 3, 31))
    operations.extend(make_act(east), patron=sun.id, until=date(2021, 3, 4), reason="年度验证")
    return li, wang


@pytest.mark.slow
@pytest.mark.capability("V09")
def test_story_of_cards_in_the_figures_of_a_year(places):
    # What happens to cards alone is counted nowhere.
    east, _ = places
    li, wang = cards_lost_found_and_replaced(east)

    # A reader registered long ago is struck off by rule; Wang gives the card back, but not before the book is
    # returned, the sum for the damage is paid and the deposit is given back.
    old = make_patron(node=east, on=LONG_AGO)
    expire(old.id, date(2016, 1, 2))
    striking_off.strike_off(
        make_act(east, date(2019, 11, 1)), nodes=[east], expired_before=date(2017, 11, 1), reason="过期两年"
    )
    book = make_item(node=east)
    lend(book, wang, make_act(east, date(2019, 10, 1)))
    with pytest.raises(NotSettled):
        operations.deregister(make_act(east, date(2019, 10, 2)), patron=wang.id, reason="迁居")
    take_back(book, make_act(east, date(2019, 10, 3)))
    for still_open in ({"owed_fen": 500}, {"owed_fen": 0, "deposit_fen": 10000}):
        Patron.objects.filter(pk=wang.id).update(**still_open)
        with pytest.raises(NotSettled):
            operations.deregister(make_act(east, date(2019, 10, 3)), patron=wang.id, reason="迁居")
    Patron.objects.filter(pk=wang.id).update(deposit_fen=0)
    operations.deregister(make_act(east, date(2019, 10, 3)), patron=wang.id, reason="迁居")

    # Four were registered, two left, the net growth is two, three are valid at the end of the year.
    operations.snapshot_valid_patrons(on=date(2019, 12, 31))
    indicators.fold()
    codes = ["registrations", "deregistrations", "registrations_net", "registered_patrons", "valid_cards"]
    found = figures.figures(codes, node=east, period=YEAR)
    assert [found[code].value for code in codes] == [4, 2, 2, 3, 3]
    assert differences() == []

    # Li's page can tell the whole story of the card: who, when and why.
    trail = [(line["action"], line["reason"]) for line in reversed(staff.audit_trail(f"patron:{li.id}"))]
    assert trail == [("patrons.register", ""), ("patrons.card_status", "丢失"), ("patrons.replace_card", "丢失")]


@pytest.mark.parametrize(
    ("kind", "number", "refusals"),
    [
        (DocumentKind.CITIZEN, "140400900101123", (Refusal.ID_NUMBER_OLD,)),
        (DocumentKind.CITIZEN, "140400199001011230", (Refusal.ID_NUMBER_WRONG,)),
        (DocumentKind.PASSPORT, "e12345678", ()),
        (DocumentKind.PASSPORT, "passport", (Refusal.DOCUMENT_WRONG,)),
        (DocumentKind.HK_MACAU_PERMIT, "H12345678", ()),
        (DocumentKind.HK_MACAU_PERMIT, "12345678", (Refusal.DOCUMENT_WRONG,)),
        (DocumentKind.TAIWAN_PERMIT, "12345678", ()),
        (DocumentKind.RESIDENCE_PERMIT, id_number(date(1990, 5, 1), 13), (Refusal.DOCUMENT_WRONG,)),
    ],
)
def test_documents_are_checked_by_their_kind(places, kind, number, refusals):
    east, _ = places
    new = NewReader(name="李明", category="adult", card_number="D1", document_kind=kind, id_number=number)

    try:
        operations.register(make_act(east), reader=new)
        found: tuple[Refusal, ...] = ()
    except RegistrationRefused as refused:
        found = refused.refusals

    assert found == refusals


def test_a_passport_is_kept_as_an_identity_number_is_and_its_kind_tells_it_apart(places):
    east, _ = places
    new = {"name": "Anna", "category": "adult", "id_number": "12345678"}
    taiwan = NewReader(**new, card_number="T1", document_kind=DocumentKind.TAIWAN_PERMIT)
    passport = NewReader(**new, card_number="T2", document_kind=DocumentKind.PASSPORT)

    first = operations.register(make_act(east), reader=taiwan)
    second = operations.register(make_act(east), reader=passport)

    assert first.id != second.id
    assert operations.id_number(make_act(east), patron=second.id, reason="x") == "12345678"
    assert b"12345678" not in bytes(Patron.objects.get(pk=second.id).id_number_cipher)


def test_a_child_is_known_by_the_identity_number_alone(places):
    east, _ = places
    number = id_number(date(2010, 5, 1), 13)

    with pytest.raises(RegistrationRefused) as caught:
        operations.register(
            make_act(east), reader=NewReader(name="小明", category="adult", card_number="X", id_number=number)
        )

    assert caught.value.refusals == (Refusal.GUARDIAN_MISSING,)


def test_a_child_grows_up_into_another_category_without_a_new_registration(places):
    east, _ = places
    guardian = NewGuardian(name="李明", consents=True)
    child = make_patron(node=east, category="child", birth_date=date(2010, 1, 1), guardian=guardian)
    details = Details(name="李小明", category="adult", birth_date=date(2010, 1, 1), phone="139 0355 1234")

    grown = amending.amend(make_act(east), patron=child.id, details=details)

    assert (grown.name, grown.category.code, grown.phone) == ("李小明", "adult", "13903551234")
    assert ServiceEvent.objects.filter(kind="patron.registered").count() == 1
    assert staff.audit_trail(f"patron:{child.id}")[0]["after"] == {"changed": ["name", "sex", "phone", "category"]}


def test_a_guardian_who_is_only_named_has_not_consented(places):
    east, _ = places
    Category = apps.get_model("patrons", "Category")
    Category.objects.filter(code="child").update(needs_guardian_under=16)
    named = NewGuardian(name="李强")
    facts = {"node": east, "category": "child", "guardian": named, "on": date(2019, 1, 2)}
    fifteen = make_patron(birth_date=date(2003, 5, 1), **facts)

    assert fifteen.guardian is not None
    assert (fifteen.guardian.name, fifteen.guardian.consented_at) == ("李强", None)
    with pytest.raises(RegistrationRefused) as caught:
        make_patron(birth_date=date(2010, 5, 1), **facts)
    assert caught.value.refusals == (Refusal.CONSENT_MISSING,)


def test_a_child_taken_over_waits_for_the_consent_of_the_guardian(places):
    east, _ = places
    born = date(2010, 5, 1)
    reader = NewReader(
        name="小明", category="child", card_number="OLD1", birth_date=born, guardian=NewGuardian(name="李强")
    )
    child = operations.register(make_act(east, channel=Channel.IMPORT), reader=reader)

    def amended(on: date, guardian: NewGuardian | None) -> datetime | None:
        details = Details(name="小明", category="child", birth_date=born, guardian=guardian)
        found = amending.amend(make_act(east, on), patron=child.id, details=details).guardian
        assert found == queries.patrons_by_id([child.id])[child.id].guardian
        return found.consented_at if found else None

    assert child.guardian is not None
    assert child.guardian.consented_at is None
    with pytest.raises(RegistrationRefused):
        amended(date(2019, 4, 1), None)
    first = amended(date(2019, 4, 2), NewGuardian(name="李强", consents=True))
    assert amended(date(2019, 4, 3), NewGuardian(name="李强", phone="139", consents=True)) == first
    with pytest.raises(RegistrationRefused):  # under 14 a consent is not withdrawn while the account is open
        amended(date(2019, 4, 4), NewGuardian(name="李强"))
    assert amended(date(2019, 4, 5), NewGuardian(name="王芳", consents=True)) == make_act(east, date(2019, 4, 5)).at
    assert amended(date(2025, 4, 5), NewGuardian(name="王芳")) is None
    assert amended(date(2025, 4, 6), NewGuardian(name="王芳", consents=True)) == make_act(east, date(2025, 4, 6)).at


def test_what_does_not_fit_is_not_amended(places):
    east, _ = places
    number = id_number(date(1990, 5, 1), 13)
    operations.register(
        make_act(east), reader=NewReader(name="王芳", category="adult", card_number="W", id_number=number)
    )
    reader = make_patron(node=east)

    with pytest.raises(RegistrationRefused) as caught:
        amending.amend(make_act(east), patron=reader.id, details=Details(name=" ", category="adult", id_number=number))

    assert caught.value.refusals == (Refusal.NAME_MISSING, Refusal.ID_NUMBER_TAKEN)
    assert queries.patron(reader.id).name == "李明"


def test_a_category_is_made_changed_and_closed(places):
    east, _ = places
    make_category("scholar", loan_limit=33)
    shown = queries.category("scholar")

    operations.set_category(make_act(east), category=replace(shown, loan_limit=44, is_open=False))

    assert (queries.category("scholar").loan_limit, queries.category("scholar").is_open) == (44, False)
    with pytest.raises(RegistrationRefused):
        operations.register(make_act(east), reader=NewReader(name="李明", category="scholar", card_number="S"))
