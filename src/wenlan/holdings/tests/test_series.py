"""Barcodes printed ahead: numbers are given out once, and the used are told from the free."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.circulation.testing import make_act
from wenlan.holdings.series import queries
from wenlan.holdings.series.errors import SeriesFull, SeriesTaken, SeriesUnknown
from wenlan.holdings.series.operations import Wanted, make_series
from wenlan.holdings.series.policies import gaps
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

HOME = "/desk/labels/series/"
ZC = Wanted(prefix="zc", digits=5, count=10)


@pytest.fixture
def places(db):
    root, east, west = make_network("EAST", "WEST")
    return root.id, east.id, west.id


@given(st.integers(1, 50), st.integers(0, 50), st.sets(st.integers(0, 120)))
def test_gaps_and_used_numbers_are_the_whole(first, more, used):
    last = first + more
    free = {number for low, high in gaps(first, last, used) for number in range(low, high + 1)}

    assert free == set(range(first, last + 1)) - used
    assert all(low <= high for low, high in gaps(first, last, used))


@pytest.mark.capability("D08")
def test_story_of_a_roll_of_barcodes(places):
    # The branch prints ten barcodes; two are glued on books. The centre's next ten begin above; those on a bought roll
    # may not overlap. What is free is shown, and printed again.
    root, east, _west = places
    branch = make_series(make_act(east, key="a"), wanted=ZC)
    assert make_series(make_act(east, key="a"), wanted=ZC) == branch
    for barcode in ("ZC00001", "zc00004", "ZC000041", "ZCX0005"):
        make_item(node=east, barcode=barcode)
    centre = make_series(make_act(root), wanted=ZC)

    found = queries.series(branch.id, [east])
    assert (found.first_barcode, found.last_barcode, found.used, found.free) == ("ZC00001", "ZC00010", 2, 8)
    assert queries.free_spans(found) == ((2, 3), (5, 10))
    assert (centre.first_barcode, centre.used) == ("ZC00011", 0)
    with pytest.raises(SeriesTaken, match="ZC00020"):
        make_series(make_act(root), wanted=Wanted(prefix="ZC", digits=5, count=5, first=18))

    desk = signed_in(east, "cataloguer")
    page = desk.get(f"{HOME}{branch.id}/")
    assert page.context["spans"] == [("ZC00002", "ZC00003", 2), ("ZC00005", "ZC00010", 6)]
    said = {"start": "2", "end": "3", "sheet": page.context["form"]["sheet"].field.choices[0][0]}
    answer = desk.post(f"{HOME}{branch.id}/labels.pdf", {**said, "symbology": "code128", "place": "1"})
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert "ZC00002 – ZC00003" in desk.get("/desk/labels/").content.decode()


def test_numbers_begin_above_what_is_on_items_already(places):
    root, east, _west = places
    make_item(node=east, barcode="B0041")
    make_item(node=east, barcode="B00X9")

    with pytest.raises(SeriesTaken, match="B0041"):
        make_series(make_act(root), wanted=Wanted(prefix="B", digits=4, count=9, first=40))
    assert make_series(make_act(root), wanted=Wanted(prefix="B", digits=4, count=2)).first_barcode == "B0042"
    bought = make_series(make_act(root), wanted=Wanted(prefix="B", digits=4, count=100, first=1000))
    assert make_series(make_act(root), wanted=Wanted(prefix="B", digits=4, count=1)).first == bought.last + 1
    with pytest.raises(SeriesFull):
        make_series(make_act(root), wanted=Wanted(prefix="B", digits=4, count=9000))


def test_a_series_is_taken_at_the_desk_and_seen_by_its_place(places):
    _root, east, west = places
    desk = signed_in(east, "cataloguer")

    made = desk.post(HOME, {"begins": "E-", "digits": "6", "count": "3", "note": "新馆"})
    again = desk.post(HOME, {"begins": "E-", "digits": "6", "count": "3", "first": "2"})

    (one,) = queries.all_series([east])
    assert (made.headers["Location"], one.first_barcode, one.note) == (f"{HOME}{one.id}/", "E-000001", "新馆")
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["first"])
    assert desk.post(HOME, {"begins": "条", "digits": "6", "count": "3"}).status_code == 422
    assert desk.post(f"{HOME}{one.id}/labels.pdf", {"start": "0", "end": "9"}).status_code == 422
    assert signed_in(west, "cataloguer").get(f"{HOME}{one.id}/").status_code == 404
    assert signed_in(east, "circulation").get(HOME).status_code == 403
    with pytest.raises(SeriesUnknown):
        queries.series(one.id, [west])


def test_the_list_costs_the_same_for_one_and_for_three(places, django_assert_num_queries):
    _root, east, _west = places
    make_series(make_act(east), wanted=ZC)
    with django_assert_num_queries(1):
        queries.all_series([east])
    make_series(make_act(east), wanted=ZC)
    make_series(make_act(east), wanted=ZC)
    with django_assert_num_queries(1):
        assert len(queries.all_series([east])) == 3
