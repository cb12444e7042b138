"""The wall: one page, and a snapshot that costs nothing when nothing has changed."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from wenlan.indicators import operations
from wenlan.indicators.testing import make_tree
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.testing import make_act
from wenlan.ledger.types import MeasureView
from wenlan.ui import clock
from wenlan.web.screen import river


@pytest.fixture
def tree(db):
    cache.clear()
    tree = make_tree()
    for code, kind in (("visits", Kind.VISIT_COUNTED), ("loans", Kind.LOAN_MADE), ("returns", Kind.LOAN_RETURNED)):
        ledger.declare_measure(MeasureView(code=code, words={"zh": code, "en": code}, kinds=(kind,), origin="browser"))
    return tree


def lend(tree, place, number, days_ago=0):
    ledger.record(
        make_act(clock.today() - timedelta(days=days_ago), node=tree[place]), Kind.LOAN_MADE, source=f"loan:{number}"
    )
    operations.fold_all()


def test_a_wall_shows_the_day_and_asks_only_for_what_has_changed(tree):
    lend(tree, "EAST", 1)
    lend(tree, "EAST", 2, days_ago=1)
    wall = Client()

    page = wall.get("/screen/").content.decode()
    first = wall.get("/screen/snapshot")
    with CaptureQueriesContext(connection) as captured:
        second = wall.get("/screen/snapshot", headers={"If-None-Match": first.headers["ETag"]})

    assert 'id="tile-loans">1<' in page
    said = first.json()
    assert (said["tile-loans"], said["before-loans"], said[f"stream-{tree['EAST']}"]) == ("1", "yesterday 1", "2")
    assert (second.status_code, second.content) == (304, b"")
    assert [query["sql"] for query in captured if "ledger" in query["sql"]] == []

    cache.clear()  # a second later
    lend(tree, "EAST", 3)
    third = wall.get("/screen/snapshot", headers={"If-None-Match": first.headers["ETag"]})

    assert third.json()["tile-loans"] == "2"


def test_a_wall_may_be_that_of_one_place(tree):
    lend(tree, "EAST", 1)
    lend(tree, "WEST", 2)

    said = Client().get("/screen/snapshot?node=EAST").json()

    assert said["tile-loans"] == "1"
    assert Client().get("/screen/?node=NOWHERE").status_code == 404


@given(st.lists(st.integers(0, 100_000), max_size=10))
def test_the_river_only_grows_and_stays_on_its_sheet(loans):
    drawn = river.river([(number, f"B{number}", count) for number, count in enumerate(loans)])

    breadths = [stretch.breadth for stretch in drawn.stretches]
    assert breadths == sorted(breadths)
    assert all(0 < stream.x < river.WIDTH and 0 < stream.count_y < river.HEIGHT for stream in drawn.streams)
    assert all(river.THINNEST <= stream.breadth <= river.WIDEST for stream in drawn.streams)
