"""Which tag was written for which item, what belongs on it, and what the gate is told."""

import pytest
from django.test import Client

from wenlan.catalogue.testing import make_record
from wenlan.circulation.testing import make_act
from wenlan.holdings.errors import ItemUnknown
from wenlan.holdings.models import Item, ItemTag
from wenlan.holdings.tagging import operations, queries
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = "E004010000000001", "E004010000000002", "E004010000000003"


@pytest.fixture
def places():
    """Two branches and two items at the first."""
    _root, east, west = make_network("E", "W")
    items = [
        make_item(node=east.id, record=make_record(east.id, "三里湾").id, barcode=f"B{number}") for number in (1, 2)
    ]
    return east, west, *items


def tags():
    return {(tag.uid, tag.item_id, tag.part) for tag in ItemTag.objects.all()}


def test_a_tag_belongs_to_the_item_it_was_written_for_last(places):
    east, _west, first, second = places
    act = make_act(east.id)

    for _ in range(2):
        operations.record(act, item=first.id, uid=ONE.lower(), profile="gbt35660")
    operations.record(act, item=second.id, uid=ONE, profile="gbt35660")
    with pytest.raises(ItemUnknown):
        operations.record(act, item=0, uid=TWO, profile="gbt35660")

    assert tags() == {(ONE, second.id, 0)}
    assert queries.item_of_tag(ONE.lower()) == second.id


def test_each_piece_of_a_set_has_one_tag_and_another_one_replaces_it(places):
    east, _west, first, _second = places
    for uid, part in ((ONE, 1), (TWO, 2), (THREE, 2)):
        operations.record(make_act(east.id), item=first.id, uid=uid, profile="gbt35660", part=part, total=2)

    assert tags() == {(ONE, first.id, 1), (THREE, first.id, 2)}
    assert [tag.uid for tag in queries.tags_of_item(first.id)] == [ONE, THREE]


def test_how_far_a_place_has_come_is_one_statement(places, django_assert_num_queries):
    east, west, first, _second = places
    make_item(node=west.id, barcode="B3")
    gone = make_item(node=east.id, barcode="B4")
    Item.objects.filter(pk=gone.id).update(status="withdrawn", withdrawn_on=gone.accessioned_on)
    for uid, part in ((ONE, 1), (TWO, 2)):
        operations.record(make_act(east.id), item=first.id, uid=uid, profile="gbt35660", part=part, total=2)

    with django_assert_num_queries(1):
        found = queries.progress({east.id, west.id})

    assert [(one.node, one.items, one.tagged, one.percent) for one in found] == [
        (east.id, 2, 1, 50),
        (west.id, 1, 0, 0),
    ]


def test_the_station_is_for_those_who_may_change_items(places):
    east, _west, _first, _second = places

    assert Client().get("/desk/tags/").status_code == 302
    assert signed_in(east.id, "circulation").get("/desk/tags/").status_code == 403
    assert signed_in(east.id, "circulation").post("/desk/tags/written", {}).status_code == 403
    assert signed_in(east.id, "office").get("/desk/tags/passage").status_code == 200
    page = signed_in(east.id, "stacks").get("/desk/tags/")
    assert [(place["name"], place["one"].items) for place in page.context["places"]] == [(east.name, 2)]


def test_what_belongs_on_a_tag_is_told_by_the_old_barcode(places):
    east, west, _first, _second = places
    make_item(node=west.id, barcode="B1", scope="west")
    client = signed_in(east.id, "stacks")

    twice = client.get("/desk/tags/item", {"code": "B1"})
    known = client.get("/desk/tags/item", {"code": "B2"}).json()
    unknown = client.get("/desk/tags/item", {"code": "nothing"})

    assert (twice.status_code, twice.json()["scopes"]) == (409, ["west"])
    assert (known["code"], known["title"], known["owner_name"], known["tags"]) == ("B2", "三里湾", east.name, [])
    assert unknown.status_code == 404


def test_what_was_written_is_noted_and_what_cannot_be_is_refused(places):
    east, _west, first, _second = places
    client = signed_in(east.id, "stacks")
    said = {"item": first.id, "uid": ONE, "profile": "gbt35660", "part": 1, "total": 2}

    answers = [
        client.post("/desk/tags/written", said | more).status_code
        for more in ({}, {"uid": "no"}, {"part": 3}, {"item": 10**9}, {"profile": "../x"})
    ]

    assert answers == [200, 400, 400, 404, 400]
    assert tags() == {(ONE, first.id, 1)}
    written = client.get("/desk/tags/").context["written"]
    assert [(line["title"], line["tag"].uid) for line in written] == [("三里湾", ONE)]


def test_the_gate_is_told_the_title_by_the_number_or_by_the_tag(places):
    east, _west, first, _second = places
    operations.record(make_act(east.id), item=first.id, uid=ONE, profile="gbt35660")
    desk = signed_in(east.id, "circulation")

    by_code = desk.get("/desk/tags/passage", {"code": "B2", "uid": ""}).json()["found"]
    by_tag = desk.get("/desk/tags/passage", {"code": "", "uid": ONE}).json()["found"]
    strange = desk.get("/desk/tags/passage", {"code": "X", "uid": TWO}).json()["found"]

    assert (by_code["code"], by_code["title"], by_code["is_out"]) == ("B2", "三里湾", False)
    assert (by_tag["code"], strange) == ("B1", None)
