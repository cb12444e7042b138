"""Registration and the life of accounts and cards."""

import stat
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.circulation.testing import lend, make_act, make_rule
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons import identity, operations, queries
from wenlan.patrons.errors import CardEnded, CardTaken, CardUnknown, NotSettled, RegistrationRefused
from wenlan.patrons.models import Patron
from wenlan.patrons.testing import make_category, make_patron
from wenlan.patrons.tests.test_policies import id_number
from wenlan.patrons.types import CardKind, CardStatus, NewGuardian, NewReader, PatronStatus, Refusal
from wenlan.patrons.verification import differences
from wenlan.staff import queries as staff

pytestmark = pytest.mark.django_db
ServiceEvent = apps.get_model("ledger", "ServiceEvent")
NUMBER = id_number(date(1990, 5, 1), 13)


@pytest.fixture
def places() -> tuple[int, int]:
    operations.load_categories()
    _, east, west = make_network("EAST", "WEST")
    return east.id, west.id


def counted(kind: str) -> int:
    return sum(ServiceEvent.objects.filter(kind=kind).values_list("quantity", flat=True))


def test_a_reader_is_registered_with_a_card_and_counted_once(places):
    east, _ = places
    act = make_act(east, date(2019, 3, 4), key="k1")
    new = NewReader(name=" 李 明 ", category="adult", card_number="r0001", id_number=NUMBER, phone="1390355 1234")

    made = operations.register(act, reader=new)
    again = operations.register(act, reader=new)

    assert made.id == again.id
    assert (made.name, made.sex, made.birth_date, made.home_node) == ("李 明", "m", date(1990, 5, 1), east)
    assert [(card.number, card.status) for card in made.cards] == [("r0001", CardStatus.VALID)]
    assert queries.patron_by_card("R0001").id == made.id
    event = ServiceEvent.objects.get(kind="patron.registered")
    assert (event.day, event.node, event.reader_category, event.reader_age) == (date(2019, 3, 4), east, "adult", 28)
    assert differences() == []


def test_identity_numbers_are_encrypted_found_by_hash_and_read_only_with_a_trace(places):
    east, _ = places
    made = operations.register(
        make_act(east),
        reader=NewReader(name="李明", category="adult", card_number=NUMBER, card_kind=CardKind.ID, id_number=NUMBER),
    )

    row = Patron.objects.get(pk=made.id)
    assert NUMBER.encode() not in bytes(row.id_number_cipher)
    assert NUMBER not in {card.number for card in made.cards}
    assert queries.patron_by_card(f" {NUMBER.lower()} ").id == made.id
    assert operations.id_number(make_act(east), patron=made.id, reason="asked by the reader") == NUMBER
    assert staff.audit_trail(f"patron:{made.id}")[0]["action"] == "patrons.read_id_number"
    with pytest.raises(ValueError, match="does not belong"):
        identity.cipher().decrypt(bytes(row.id_number_cipher), bound_to=b"another row")


def test_keys_lie_in_the_home_for_its_owner_only(places):
    identity.lookup_hash(NUMBER)

    key = Path(settings.WENLAN_HOME) / "keys" / "identity-lookup.key"
    assert stat.S_IMODE(key.stat().st_mode) & 0o077 == 0


def test_a_refused_registration_gives_every_reason_and_writes_nothing(places):
    east, _ = places
    make_patron(node=east, card="TAKEN")

    with pytest.raises(RegistrationRefused) as caught:
        operations.register(
            make_act(east),
            reader=NewReader(
                name=" ", category="child", card_number="taken", birth_date=date(2012, 1, 1), id_number="1234"
            ),
        )

    assert caught.value.refusals == (
        Refusal.NAME_MISSING,
        Refusal.ID_NUMBER_WRONG,
        Refusal.GUARDIAN_MISSING,
        Refusal.CARD_TAKEN,
    )
    assert Patron.objects.count() == 1
    assert counted("patron.registered") == 1


def test_under_fourteen_a_guardian_consents(places):
    east, _ = places
    child = {"name": "小明", "category": "child", "card_number": "C1", "birth_date": date(2010, 1, 1)}

    with pytest.raises(RegistrationRefused) as caught:
        operations.register(make_act(east), reader=NewReader(**child, guardian=NewGuardian(name="李明")))
    made = operations.register(
        make_act(east), reader=NewReader(**child, guardian=NewGuardian(name="李明", relation="父亲", consents=True))
    )

    assert caught.value.refusals == (Refusal.CONSENT_MISSING,)
    assert made.guardian is not None
    assert (made.guardian.name, made.guardian.relation) == ("李明", "父亲")


def test_a_batch_is_all_or_none_costs_the_same_for_one_and_three_and_names_the_refused(places):
    east, _ = places

    def batch(*cards: str) -> list[NewReader]:
        return [NewReader(name="李明", category="adult", card_number=card) for card in cards]

    with CaptureQueriesContext(connection) as one:
        operations.register_many(make_act(east, key="a"), readers=batch("A"))
    with CaptureQueriesContext(connection) as three:
        ids = operations.register_many(make_act(east, key="b"), readers=batch("B1", "B2", "B3"))
    again = operations.register_many(make_act(east, key="b"), readers=batch("B1", "B2", "B3"))
    with pytest.raises(RegistrationRefused) as caught:
        operations.register_many(make_act(east, key="c"), readers=batch("C1", "C2", "C1"))

    assert len(one) == len(three)
    assert again == ids
    assert (caught.value.params["position"], Patron.objects.count()) == (2, 4)


def test_the_life_of_a_card_makes_no_new_reader(places):
    east, _ = places
    reader = make_patron(node=east, card="OLD")
    (card,) = reader.cards

    operations.lose_card(make_act(east), card=card.id)
    lost = queries.patron(reader.id).cards[0].status
    operations.lift_card(make_act(east), card=card.id)
    fresh = operations.replace_card(make_act(east, key="r"), card=card.id, new="NEW")
    again = operations.replace_card(make_act(east, key="r"), card=card.id, new="NEW")
    extra = operations.issue_card(make_act(east), patron=reader.id, number="E-1", kind=CardKind.E_CARD)

    assert lost == CardStatus.LOST
    assert (fresh.number, again.id) == ("NEW", fresh.id)
    assert [found.status for found in queries.patron(reader.id).cards] == [
        CardStatus.REPLACED,
        CardStatus.VALID,
        CardStatus.VALID,
    ]
    assert queries.patron_by_card("old").id == queries.patron_by_card("e-1").id == reader.id
    with pytest.raises(CardEnded):
        operations.lift_card(make_act(east), card=card.id)
    with pytest.raises(CardTaken):
        operations.issue_card(make_act(east), patron=make_patron(node=east).id, number=extra.number)
    assert counted("patron.registered") == 2


def test_deregistration_waits_for_open_loans_and_closes_the_cards(places):
    east, _ = places
    make_rule(east)
    busy, idle = make_patron(node=east), make_patron(node=east, card="IDLE")
    lend(make_item(node=east), busy, make_act(east))

    with pytest.raises(NotSettled):
        operations.deregister(make_act(east), patron=busy.id)
    closed = operations.deregister(make_act(east), patron=idle.id, reason="moved away")
    operations.deregister(make_act(east), patron=idle.id)

    assert (closed.status, closed.cards[0].status) == (PatronStatus.DEREGISTERED, CardStatus.CLOSED)
    assert counted("patron.deregistered") == 1
    assert queries.valid_patrons(date(2019, 3, 4), [east]) == 1
    assert differences() == []


def test_a_number_serves_again_after_deregistration(places):
    east, _ = places
    first = make_patron(node=east, card="AGAIN")
    operations.deregister(make_act(east), patron=first.id)

    second = make_patron(node=east, card="again")

    assert queries.patron_by_card("AGAIN").id == second.id


def test_valid_readers_are_counted_by_person_and_age_and_kept_as_a_snapshot(places):
    east, west = places
    make_patron(node=east, birth_date=date(2010, 3, 5), guardian=NewGuardian(name="李明", consents=True))
    expired, lost = make_patron(node=east), make_patron(node=west)
    operations.extend(make_act(east), patron=expired.id, until=date(2019, 3, 3))
    operations.lose_card(make_act(west), card=lost.cards[0].id)

    counts = queries.valid_patron_counts(date(2019, 3, 4))
    rows = operations.snapshot_valid_patrons(on=date(2019, 3, 4))

    assert {(line.home_node, line.age, line.readers) for line in counts} == {(east, 8, 1), (west, 28, 1)}
    assert queries.valid_patrons(date(2019, 3, 3), [east, west]) == 3
    assert rows == 2


def test_erasure_leaves_no_person_and_changes_no_figure(places):
    east, _ = places
    reader = operations.register(
        make_act(east), reader=NewReader(name="李明", category="adult", card_number="E1", id_number=NUMBER, phone="123")
    )
    operations.deregister(make_act(east), patron=reader.id)

    operations.erase(make_act(east), patron=reader.id, reason="asked by the reader")

    gone = queries.patron(reader.id)
    assert (gone.name, gone.phone, gone.has_id_number, gone.birth_date) == ("", "", False, date(1990, 1, 1))
    with pytest.raises(CardUnknown):
        queries.patron_by_card("E1")
    assert (counted("patron.registered"), counted("patron.deregistered")) == (1, 1)


def test_search_names_only_the_readers_one_may_see(places):
    east, west = places
    here = operations.register(
        make_act(east), reader=NewReader(name="王小明", category="adult", card_number="S1", phone="13903551234")
    )
    there = make_patron(node=west, name="王大明", card="S2")

    by_name = queries.search("王", names_of=[east])
    by_tail = queries.search("1234", names_of=[east])
    by_card = queries.search("s2", names_of=[east])

    assert [(line.id, line.name) for line in by_name] == [(here.id, "王小明")]
    assert [line.id for line in by_tail] == [here.id]
    assert [(line.id, line.name, line.is_masked) for line in by_card] == [(there.id, "王**", True)]


def test_a_category_is_data(places):
    east, _ = places
    make_category("scholar", loan_limit=33)

    assert make_patron(node=east, category="scholar").category.loan_limit == 33
