from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from wenlan.kernel.acts import Act, Channel
from wenlan.network import operations, queries, trees
from wenlan.network.errors import CodeTaken, EarlierChangeStands, WouldCircle
from wenlan.network.models import Closure
from wenlan.network.testing import make_department, make_network, make_node, open_every_day
from wenlan.network.types import NodeStatus
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
JULY = date(2019, 7, 1)


def act(node):
    return Act(at=clock.now(), node=node.id, channel=Channel.DESK, key="k")


@pytest.mark.capability("A01")
def test_a_moved_branch_keeps_its_old_place_on_earlier_days():
    root, east, west, room = *make_network("E", "W"), None
    room = make_node("R", parent=east.id)

    operations.move_node(act(root), node=room.id, parent=west.id, since=JULY)

    assert queries.ancestors(room.id, date(2019, 6, 30)) == (room.id, east.id, root.id)
    assert queries.ancestors(room.id, JULY) == (room.id, west.id, root.id)
    assert queries.subtree(east.id, date(2019, 6, 30)) == {east.id, room.id}
    assert queries.subtree(east.id, JULY) == {east.id}


def test_a_branch_moves_with_all_that_is_under_it():
    root, east, west = make_network("E", "W")
    room = make_node("R", parent=east.id)
    point = make_node("P", parent=room.id)

    operations.move_node(act(root), node=room.id, parent=west.id, since=JULY)

    assert closure_on(JULY) == tree_on(JULY, (root, east, west, room, point))
    before = date(2019, 6, 1)
    assert closure_on(before) == tree_on(before, (root, east, west, room, point))


def closure_on(day):
    rows = Closure.objects.values_list("descendant", "ancestor", "depth", "from_day", "until_day")
    return {(down, up, depth) for down, up, depth, start, end in rows if start <= day and (end is None or day < end)}


def tree_on(day, nodes):
    return {(node.id, up, depth) for node in nodes for depth, up in enumerate(queries.ancestors(node.id, day))}


def test_a_node_cannot_be_placed_under_a_part_of_itself():
    root, east = make_network("E")
    room = make_node("R", parent=east.id)

    with pytest.raises(WouldCircle):
        operations.move_node(act(root), node=east.id, parent=room.id, since=JULY)
    with pytest.raises(EarlierChangeStands):
        operations.move_node(act(root), node=room.id, parent=root.id, since=date(2015, 1, 1))


def test_codes_are_never_used_twice():
    make_network("E")

    with pytest.raises(CodeTaken):
        make_node("E")


def test_a_renamed_node_is_called_by_the_name_of_the_day():
    root, east = make_network("E")

    operations.change_node(act(root), node=east.id, since=JULY, names={"zh": "东城分馆"}, status=NodeStatus.SUSPENDED)

    assert queries.node(east.id, date(2019, 6, 30)).names["zh"] == "E分馆"
    assert queries.node(east.id, JULY).names["zh"] == "东城分馆"
    assert queries.node(east.id).status == NodeStatus.SUSPENDED


def test_hours_are_inherited_and_closures_hold_for_the_subtree():
    root, east = make_network("E")
    open_every_day(root.id, 1, 2, 3, 4, 5, 6)
    monday, tuesday = date(2019, 7, 1), date(2019, 7, 2)
    operations.close_days(None, node=root.id, start=date(2019, 7, 9), end=date(2019, 7, 11), reason={"zh": "消防检修"})
    is_open = queries.calendar_of(east.id)

    assert [is_open(monday), is_open(tuesday), is_open(date(2019, 7, 9)), is_open(date(2019, 7, 11))] == [
        False, True, False, True,
    ]  # fmt: skip
    assert queries.hours_a_week(east.id, tuesday) == 48
    assert queries.opening_on(east.id, monday) == ()


def test_the_tree_is_read_once_and_again_after_a_change(django_assert_num_queries):
    root, east = make_network("E")
    queries.root()

    with django_assert_num_queries(0):
        queries.subtree(root.id, JULY)
        queries.node_by_code("E")

    department = make_department(east.id)
    assert queries.departments(east.id) == (department,)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_was_rolled_back_leaves_no_trace_in_the_copy():
    root = make_node("N")
    with suppress(KeyError), transaction.atomic():
        east = make_node("EAST", parent=root.id)
        assert queries.node_by_code("EAST") == east
        with suppress(KeyError), transaction.atomic():
            make_node("WEST", parent=root.id)
            raise KeyError
        assert [node.code for node in queries.children(root.id, JULY)] == ["EAST"]
        raise KeyError

    assert queries.children(root.id, JULY) == ()


class TreeLaws(TestCase):
    def setUp(self):
        trees.forget()

    @settings(max_examples=15, deadline=None)
    @given(moves=st.lists(st.tuples(st.integers(1, 5), st.integers(0, 5)), max_size=6))
    def test_closure_always_says_the_same_as_the_placements(self, moves):
        trees.forget()
        root = make_node("ROOT")
        nodes = [root, *(make_node(f"C{n}", parent=root.id) for n in range(1, 6))]
        for day, (moved, under) in enumerate(moves, start=2):
            try:
                operations.move_node(act(root), node=nodes[moved].id, parent=nodes[under].id, since=date(2019, 1, day))
            except WouldCircle:
                continue

        for day in range(1, 9):
            on = date(2019, 1, day)
            assert closure_on(on) == tree_on(on, nodes)
