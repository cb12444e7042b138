from contextlib import suppress
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from wenlan.ledger import operations, verification
from wenlan.ledger.errors import EventUnknown
from wenlan.ledger.kinds import Kind
from wenlan.ledger.models import ServiceEvent, Snapshot, Unfolded
from wenlan.ledger.testing import make_act
from wenlan.ledger.types import ItemDimensions, ReaderDimensions

pytestmark = pytest.mark.django_db

MARCH_4 = date(2019, 3, 4)


def test_record_keeps_the_dimensions_of_the_moment():
    reader = ReaderDimensions(category="adult", sex="f", age=34, home_node=2, person_token=-5)
    item = ItemDimensions(material="book", main_class="I", audience="adult", language="chi", owner_node=3)

    event = operations.record(make_act(), Kind.LOAN_MADE, reader=reader, item=item, source="loan:1")

    row = ServiceEvent.objects.get(id=event)
    assert (row.day, row.kind, row.node, row.operator, row.quantity) == (MARCH_4, "loan.made", 1, "staff:7", 1)
    assert (row.reader_category, row.reader_age, row.home_node, row.person_token) == ("adult", 34, 2, -5)
    assert (row.item_material, row.item_class, row.owner_node) == ("book", "I", 3)
    assert list(Unfolded.objects.values_list("event", "day")) == [(event, MARCH_4)]


def test_the_same_source_counts_once_a_day():
    first = operations.record(make_act(), Kind.VISIT_COUNTED, quantity=12, source="gate:1")

    again = operations.record(make_act(), Kind.VISIT_COUNTED, quantity=99, source="gate:1")

    assert again == first
    assert list(ServiceEvent.objects.values_list("quantity", flat=True)) == [12]


def test_reverse_writes_the_opposite_once_and_keeps_the_day():
    event = operations.record(make_act(), Kind.VISIT_COUNTED, quantity=12, subject="gate-1", source="gate:1")

    later = make_act(date(2019, 4, 1))
    reversal = operations.reverse(later, day=MARCH_4, source="gate:1")
    again = operations.reverse(later, day=MARCH_4, source="gate:1")

    row = ServiceEvent.objects.get(id=reversal)
    assert again == reversal
    assert (row.day, row.quantity, row.subject, row.source, row.reverses) == (
        MARCH_4,
        -12,
        "gate-1",
        "gate:1~",
        event,
    )
    assert ServiceEvent.objects.count() == 2


def test_reversing_what_was_never_recorded_is_refused():
    with pytest.raises(EventUnknown):
        operations.reverse(make_act(), day=MARCH_4, source="gate:none")


def test_record_many_counts_only_what_is_new():
    operations.record(make_act(), Kind.VISIT_COUNTED, source="gate:0")
    rows = [operations.event_row(make_act(), Kind.VISIT_COUNTED, source=f"gate:{n}") for n in range(1200)]

    made = operations.record_many(rows)

    assert made == 1199
    assert ServiceEvent.objects.count() == Unfolded.objects.count() == 1200


@pytest.mark.parametrize("change", ["UPDATE ledger_serviceevent SET quantity = 2", "DELETE FROM ledger_serviceevent"])
def test_the_database_refuses_to_change_the_ledger(change):
    operations.record(make_act(), Kind.VISIT_COUNTED, source="gate:1")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert list(ServiceEvent.objects.values_list("quantity", flat=True)) == [1]


def test_tokens_tell_readers_apart_within_a_year_only():
    assert operations.person_token(1, 2019) == operations.person_token(1, 2019)
    assert operations.person_token(1, 2019) != operations.person_token(2, 2019)
    assert operations.person_token(1, 2019) != operations.person_token(1, 2020)


@pytest.mark.django_db(transaction=True)
def test_a_key_that_vanished_with_its_act_is_not_remembered():
    with suppress(KeyError), transaction.atomic():
        lost = operations.person_token(1, 2032)
        assert operations.person_token(1, 2032) == lost
        raise KeyError

    assert operations.person_token(1, 2032) != lost
    assert operations.person_token(1, 2032) == operations.person_token(1, 2032)


def test_a_destroyed_key_gives_no_token():
    operations.person_token(1, 2031)

    operations.destroy_key(2031)

    assert operations.person_token(1, 2031) is None


def test_a_snapshot_taken_twice_stands_once():
    operations.take_snapshot(measure="valid_cards", day=MARCH_4, rows=[(1, {"category": "adult"}, 40)])

    operations.take_snapshot(measure="valid_cards", day=MARCH_4, rows=[(1, {"category": "adult"}, 41)])

    assert list(Snapshot.objects.values_list("node", "value")) == [(1, 41)]


def test_partitions_take_in_the_acts_that_waited_for_them():
    event = operations.record(make_act(), Kind.VISIT_COUNTED, source="gate:1")

    made = operations.ensure_partitions(date(2019, 2, 10), date(2019, 4, 1))

    assert made == (2 if connection.vendor == "postgresql" else 0)
    assert operations.ensure_partitions(date(2019, 2, 10), date(2019, 4, 1)) == 0
    assert list(ServiceEvent.objects.values_list("id", flat=True)) == [event]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ServiceEvent.objects.filter(day=MARCH_4).update(quantity=2)


def test_verify_finds_a_reversal_that_mirrors_nothing():
    operations.record(make_act(), Kind.VISIT_COUNTED, quantity=3, source="gate:1")
    operations.reverse(make_act(), day=MARCH_4, source="gate:1")
    assert verification.differences() == []
    crooked = operations.event_row(make_act(), Kind.VISIT_COUNTED, quantity=-3, source="gate:2~")

    operations.record_many([crooked._replace(reverses=999)])

    assert [(difference.check, difference.rows) for difference in verification.differences()] == [
        ("ledger.reversal", ("gate:2~",))
    ]


def test_a_reversal_is_not_reversed():
    operations.record(make_act(), Kind.VISIT_COUNTED, quantity=3, source="gate:1")
    operations.reverse(make_act(), day=MARCH_4, source="gate:1")

    with pytest.raises(EventUnknown):
        operations.reverse(make_act(), day=MARCH_4, source="gate:1~")


def test_an_unknown_detail_is_a_bug_and_says_so():
    with pytest.raises(TypeError):
        operations.record(make_act(), Kind.VISIT_COUNTED, source="gate:1", colour="red")
