"""Floating stock is brought from where too much stands to where too little does, within the limits of the rules."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.circulation.rebalancing import operations, policies, queries
from wenlan.circulation.rebalancing.types import Copy, Limits
from wenlan.circulation.testing import lend, make_act, make_rule, make_special_rule, scan, take_back
from wenlan.circulation.transport import operations as transport
from wenlan.circulation.transport import queries as crates
from wenlan.circulation.types import NextStep
from wenlan.circulation.verification import differences
from wenlan.holdings import queries as items
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import ItemStatus
from wenlan.network import queries as network
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

TODAY = date(2019, 3, 10)
PAGE = "/desk/circulation/transport/rebalance/"


@pytest.fixture
def places(db, monkeypatch) -> tuple[int, int, int]:
    """A county library and two towns between which books float, one copy of a title at most in the east."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 10, 2, tzinfo=UTC))
    root, main, east, west = make_network("MAIN", "EAST", "WEST")
    make_rule(root.id)
    make_special_rule(root.id, code="floats", floats=True)
    return main.id, east.id, west.id


def floated(home: int, place: int, *, record: int | None = None):
    """Return a copy of the county library that a reader brought back elsewhere, where it stayed."""
    item = make_item(node=home, record=record) if record else make_item(node=home)
    lend(item, make_patron(node=home), make_act(home))
    assert take_back(item, make_act(place)).next_step == NextStep.SHELVE
    return item


def test_story_of_a_title_that_piled_up(places):
    # Three copies of one title floated to the east, where two are enough. The west lends most, and has none.
    main, east, west = places
    first = floated(main, east)
    pile = [first, *(floated(main, east, record=first.record) for _ in range(2))]
    make_item(node=main, record=first.record)
    lend(make_item(node=west), make_patron(node=west), make_act(west))

    (move,) = queries.proposals([main, east, west], TODAY, limits=Limits())
    assert (move.item, move.from_node, move.to_node) == (pile[0].id, east, west)
    made = operations.accept(make_act(east, key="a"), moves={move.item: west})
    again = operations.accept(make_act(east, key="a"), moves={move.item: west})
    assert (made, again, queries.proposals([main, east, west], TODAY, limits=Limits())) == (1, 0, ())

    # It is fetched by the list and scanned into the crate for the west, where it stays by the rule.
    assert [one.barcode for one in queries.orders([east])] == [pile[0].barcode]
    crate = transport.open_crate(make_act(east), code="5", to_node=west)
    transport.put_in(make_act(east), crate=crate.id, item=scan(pile[0]))
    transport.put_in(make_act(east), crate=crate.id, item=scan(pile[0]))
    transport.send(make_act(east), crate=crate.id)
    (arrived,) = transport.receive(make_act(west), crate=crate.id)

    there = items.item(pile[0].id)
    assert (arrived.next_step, there.status, there.present_node) == (NextStep.SHELVE, ItemStatus.AVAILABLE, west)
    assert (queries.orders([east]), crates.on_the_way([east], clock.now())) == ((), ())
    assert differences() == []


def test_what_was_lent_meanwhile_is_not_sent_and_an_order_can_be_given_up(places):
    main, east, west = places
    lent, dropped = floated(main, east), floated(main, east)
    operations.accept(make_act(east), moves={lent.id: west, dropped.id: west, make_item(node=west).id: west})
    lend(lent, make_patron(node=east), make_act(east))
    take_back(lent, make_act(west))

    waiting = {one.item: one.id for one in queries.orders([east])}
    operations.drop(make_act(east), order=waiting[dropped.id])

    assert waiting.keys() == {lent.id, dropped.id}
    assert [one.item for one in queries.orders([east])] == [lent.id]
    assert not operations.send_ordered(make_act(east), items.item(lent.id), to_node=west)
    assert items.item(lent.id).status == ItemStatus.AVAILABLE


def test_a_class_goes_to_where_it_is_lent(places):
    main, east, west = places
    idle = [floated(main, east) for _ in range(4)]
    for _ in range(9):
        book = make_item(node=west)
        lend(book, make_patron(node=west), make_act(west))
    limits = Limits(per_pair=2)

    moves = queries.proposals([main, east, west], TODAY, limits=limits, of_class=True)

    assert Counter((move.from_node, move.to_node) for move in moves) == {(east, west): 2, (east, main): 1}
    assert {move.item for move in moves} <= {one.id for one in idle}


def test_the_page_proposes_orders_prints_and_gives_up(places):
    main, east, west = places
    first = floated(main, east)
    floated(main, east, record=first.record)
    make_item(node=main, record=first.record)
    lend(make_item(node=west), make_patron(node=west), make_act(west))
    client = signed_in(main, "circulation")
    others = signed_in(west, "circulation")
    county = signed_in(network.root().id, "circulation")

    proposed = county.get(f"{PAGE}?by=title&most=1&least=1&per_pair=9&slack=0").content.decode()
    county.post(f"{PAGE}accept", {"move": [f"{first.id}.{west}", "nonsense"]})
    others.post(f"{PAGE}accept", {"move": [f"{first.id}.{west}"]})
    (order,) = queries.orders([east])
    listed = county.get(f"{PAGE}?by=title&most=99&least=1&per_pair=9&slack=0&print=1").content.decode()
    denied = client.post(f"{PAGE}{order.id}/drop").status_code
    county.post(f"{PAGE}{order.id}/drop")

    assert {f'value="{first.id}.{west}"' in proposed, first.barcode in listed} == {True}
    assert (denied, queries.orders([east])) == (403, ())


copies = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from("IK"), st.integers(1, 3), st.integers(1, 3)), max_size=25
).map(
    lambda rows: [
        Copy(item=number, record=record, main_class=main_class, owner=1, material="book", home=home, place=place)
        for number, (record, main_class, home, place) in enumerate(rows)
    ]
)
demands = st.dictionaries(st.tuples(st.sampled_from("IK"), st.integers(1, 3)), st.integers(0, 9))


@given(copies, demands, st.integers(0, 3), st.integers(1, 2))
def test_titles_are_taken_only_from_a_surplus_and_given_only_to_a_lack(found, demand, most, least):
    limits = Limits(most=most, least=least)
    moves = policies.by_title(
        found,
        places=[1, 2, 3],
        limits=limits,
        may_stand=lambda _place, _copy: True,
        most_at=lambda _place, _copy: None,
        demand=demand,
    )

    before = Counter((copy.record, copy.place) for copy in found)
    after = Counter(before)
    for move in moves:
        after[move.record, move.from_node] -= 1
        after[move.record, move.to_node] += 1
    floating = {copy.item for copy in found if copy.floats}
    assert {move.item for move in moves} <= floating
    assert len({move.item for move in moves}) == len(moves)
    for cell in after:
        assert min(before[cell], most) <= after[cell] <= max(before[cell], least)


@given(copies, demands, st.integers(1, 3))
def test_classes_move_within_their_limit_and_never_onto_a_copy_of_the_same_title(found, demand, per_pair):
    moves = policies.by_class(
        found,
        places=[1, 2, 3],
        limits=Limits(per_pair=per_pair),
        may_stand=lambda _place, _copy: True,
        demand=demand,
    )

    pairs = Counter((move.main_class, move.from_node, move.to_node) for move in moves)
    there = {(copy.record, copy.place) for copy in found}
    assert max(pairs.values(), default=0) <= per_pair
    assert all((move.record, move.to_node) not in there for move in moves)
    assert not {(move.main_class, move.to_node) for move in moves} & {
        (move.main_class, move.from_node) for move in moves
    }
