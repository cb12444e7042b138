"""A device takes limits on kinds of items along, and how many each reader has of them."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.circulation.journals.snapshot import card_hash, salt_of, snapshot
from wenlan.circulation.testing import card_of, lend, make_act, make_rule, make_special_rule
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron

pytestmark = pytest.mark.django_db
NOON = datetime(2019, 3, 4, 4, tzinfo=UTC)
FILM = "audiovisual"


@pytest.fixture
def places() -> tuple[int, int]:
    root, east, _west = make_network("EAST", "WEST")
    make_rule(root.id)
    return root.id, east.id


def taken(node: int):
    """What the device takes along: the terms of a kind, the limited kinds it is of, and what a reader has of them."""
    found = snapshot(node=node, now=NOON, on=NOON.date(), have={})
    (terms, today) = found["rules"]
    cards = {row[0]: row[8] for _digest, rows in found["cards"]["changed"].values() for row in rows}
    items = {row[0]: row[4] for _digest, rows in found["items"]["changed"].values() for row in rows}

    def limits_of(item):
        kind = items[item.barcode]
        return terms["all"][today["terms"][kind][0]]["limits"], found["kinds"][kind]

    return limits_of, lambda reader: cards[card_hash(salt_of(node), card_of(reader).number)]


def test_a_limit_of_a_material_and_of_an_owner_and_what_readers_have_of_both(places):
    root, east = places
    make_special_rule(root, code="films", material=FILM, loan_limit=2)
    make_special_rule(root, code="of_the_east", owner=east, loan_limit=5)
    book, films = make_item(node=east), [make_item(node=east, material=FILM) for _ in range(3)]
    li, wang = make_patron(node=east), make_patron(node=east)
    for film in films[:2]:
        lend(film, li, make_act(east))

    limits_of, had_by = taken(east)

    (of_films, of_kinds), (of_books, _kinds) = limits_of(films[2]), limits_of(book)
    (owners_kind,) = [number for number, most in of_films if most == 5]
    (films_kind,) = [number for number, most in of_films if most == 2]
    assert (of_books, sorted(of_kinds)) == ([[owners_kind, 5]], sorted([owners_kind, films_kind]))
    assert (sorted(had_by(li)), had_by(wang)) == (sorted([[owners_kind, 2], [films_kind, 2]]), [])


def test_a_limit_of_all_together_is_the_readers_and_costs_no_counting(places):
    root, east = places
    make_special_rule(root, code="all", loan_limit=4)
    book, reader = make_item(node=east), make_patron(node=east)
    lend(book, reader, make_act(east))

    limits_of, had_by = taken(east)
    with CaptureQueriesContext(connection) as plain:
        taken(east)
    make_special_rule(root, code="films", material=FILM, loan_limit=2)
    make_item(node=east, material=FILM)
    taken(east)
    with CaptureQueriesContext(connection) as limited:
        taken(east)

    assert (limits_of(book), had_by(reader)) == (([], []), [])
    assert len(limited) == len(plain) + 1
