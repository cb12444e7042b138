"""Searches that need the holdings: by barcode, and for what can be borrowed now."""

import pytest
from django.test import Client

from wenlan.catalogue import indexing
from wenlan.catalogue.testing import make_act, make_record
from wenlan.holdings import telling
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import ItemStatus
from wenlan.network.operations import move_node
from wenlan.network.queries import node_by_code
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path, settings):
    """Two copies of one title at EAST, one of them lost; a title at WEST that is lost; all of them in the index."""
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    root = make_network("EAST", "WEST")[0].id
    east, west = node_by_code("EAST").id, node_by_code("WEST").id
    here, gone = make_record(root, "边城").id, make_record(root, "边城风景").id
    make_item(node=east, record=here, barcode="B1")
    make_item(node=east, record=here, status=ItemStatus.LOST)
    make_item(node=west, record=gone, status=ItemStatus.LOST)
    telling.tell_posted()
    indexing.index_posted(at=clock.now())
    return root


def branches(answer):
    """The libraries that the facets offer, with their counts."""
    (facet,) = [one for one in answer.context["facets"] if one["caption"] == "Library"]
    return [(one["label"], one["count"], one["depth"]) for one in facet["values"]]


def titles(answer):
    return [row["record"].title_proper for row in answer.context["rows"]]


def test_a_barcode_finds_its_record_at_the_portal_and_opens_it_at_the_desk(root):
    shown = Client().get("/search/", {"q": "b1"})
    opened = signed_in(root, "circulation").get("/desk/catalogue/", {"q": "B1"})

    assert titles(shown) == ["边城"]
    assert opened.headers["Location"] == f"/desk/catalogue/{shown.context['rows'][0]['record'].id}/"


def test_without_an_index_a_barcode_and_a_title_start_are_found(root, settings, tmp_path):
    settings.WENLAN_SEARCH_DIR = tmp_path / "eaten"

    assert titles(Client().get("/search/", {"q": "B1"})) == ["边城"]
    assert sorted(titles(Client().get("/search/", {"q": "边城"}))) == ["边城", "边城风景"]


def test_only_what_can_be_borrowed_now_is_shown_when_asked_for(root):
    all_of_them = Client().get("/search/", {"q": "边城"})
    now = Client().get("/search/", {"q": "边城", "available": "1"})
    at_west = Client().get("/search/", {"q": "边城", "available": "1", "place": "WEST"})

    assert (titles(all_of_them), titles(now), titles(at_west)) == (["边城", "边城风景"], ["边城"], [])


def test_libraries_narrow_the_search_and_the_chosen_one_can_be_left(root):
    found = Client().get("/search/", {"q": "边城"})
    answer = Client().get("/search/", {"q": "边城", "place": "WEST"})
    chosen = [one for facet in answer.context["facets"] for one in facet["values"] if one["chosen"]]

    assert branches(found) == [("Branch EAST", 1, 0), ("Branch WEST", 1, 0)]
    assert titles(answer) == ["边城风景"]
    assert [one["url"] for one in chosen] == ["?q=%E8%BE%B9%E5%9F%8E"]


def test_a_library_that_was_moved_is_found_at_its_new_place_at_once(root):
    assert branches(Client().get("/search/", {"q": "边城"})) == [("Branch EAST", 1, 0), ("Branch WEST", 1, 0)]

    east, west = node_by_code("EAST").id, node_by_code("WEST").id
    move_node(make_act(root), node=west, parent=east, since=clock.today())

    assert branches(Client().get("/search/", {"q": "边城"})) == [("Branch EAST", 2, 0)]
    at_east = Client().get("/search/", {"q": "边城", "place": "EAST"})
    assert titles(at_east) == ["边城", "边城风景"]
    assert branches(at_east) == [("Branch EAST", None, 0), ("Branch WEST", 1, 1)]


@pytest.mark.parametrize("address", ["/search/?place=NOWHERE", "/search/?class=//&year=x&field=x&sort=x&page=-3"])
def test_what_an_address_says_wrongly_is_left_out(root, address):
    assert len(titles(Client().get(address))) == 2
