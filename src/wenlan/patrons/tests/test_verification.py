"""What `wenlan verify` proves of accounts and cards."""

from datetime import timedelta

import pytest

from wenlan.network.testing import make_network
from wenlan.patrons.models import Card, Patron
from wenlan.patrons.testing import make_patron
from wenlan.patrons.verification import differences

pytestmark = pytest.mark.django_db


def found():
    return [(one.check, one.place, one.expected, one.found) for one in differences()]


def gone(reader):
    """Deregister a reader behind the books, so that the ledger knows nothing of it."""
    Patron.objects.filter(pk=reader.id).update(status="deregistered")


def test_a_reader_who_left_has_no_card_that_serves():
    _root, east = make_network("EAST")
    reader = make_patron(node=east.id)
    gone(reader)
    assert found() == [("patrons.cards_of_former_readers", str(reader.id), 0, 1)]

    Card.objects.update(status="closed", until_day=reader.valid_from)

    assert found() == []


def test_two_accounts_never_lead_to_each_other():
    _root, east = make_network("EAST")
    first, second = (make_patron(node=east.id) for _ in range(2))
    for one in (first, second):
        gone(one)
    Card.objects.update(status="closed", until_day=first.valid_from)

    Patron.objects.filter(pk=first.id).update(merged_into=second.id)
    assert found() == []
    Patron.objects.filter(pk=second.id).update(merged_into=first.id)

    assert [(check, place) for check, place, *_ in found()] == [
        ("patrons.merged_readers", str(first.id)),
        ("patrons.merged_readers", str(second.id)),
    ]


def test_registrations_stand_in_the_ledger_on_their_day():
    _root, east = make_network("EAST")
    reader = make_patron(node=east.id)
    day, earlier = reader.registered_on, reader.registered_on - timedelta(days=1)
    assert found() == []

    Patron.objects.update(registered_on=earlier)
    assert found() == [
        ("patrons.registrations_in_ledger", str(earlier), 1, 0),
        ("patrons.registrations_in_ledger", str(day), 0, 1),
    ]

    Patron.objects.update(registered_on=day, deregistered_on=day)
    assert found() == [("patrons.deregistrations_in_ledger", str(day), 1, 0)]
