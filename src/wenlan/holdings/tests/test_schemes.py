"""Schemes of call numbers: by ranges of classes and rooms, with volume, year and copy; tables that are brought."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.testing import make_record
from wenlan.circulation.testing import make_act
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as items
from wenlan.holdings.call_numbers import operations, queries, schemes
from wenlan.holdings.call_numbers.copies import Copy, copy_marks
from wenlan.holdings.call_numbers.policies import finished, rule_for, split
from wenlan.holdings.errors import SchemeWrong
from wenlan.holdings.types import BookNumbers, ClassRule, NewItem, Scheme
from wenlan.network.testing import make_department, make_network
from wenlan.staff.testing import signed_in

LITERATURE = ClassRule(first="I", last="K", book_numbers=BookNumbers.AUTHOR, author_table="pinyin")
COMPUTING = ClassRule(first="TP3", last="TP3", book_numbers=BookNumbers.HAND)
COPY_NUMBERS = {"with_volume": True, "with_copy": True}


@pytest.mark.parametrize(
    ("class_number", "kind"),
    [("H319", "running"), ("I", "author"), ("J292.1", "author"), ("K928.7", "author"), ("L", "running"),
     ("TP3", "hand"), ("TP391.41", "hand"), ("TP29", "running"), ("TP4", "running")],
)  # fmt: skip
def test_a_range_has_both_its_ends_and_all_under_them(class_number, kind):
    assert rule_for(Scheme(rules=(LITERATURE, COMPUTING)), class_number)[0] == kind


@given(st.text(max_size=20), st.text(max_size=12), st.integers(1, 99))
def test_what_is_added_can_be_read_back(volume, year, copy):
    scheme = Scheme(with_volume=True, with_year=True, with_copy=True)

    mark = split(finished("I247.5/107", scheme, department=None, volume=volume, year=year, copy=copy))

    assert (mark.class_number, mark.book, mark.copy) == ("I247.5", "107", str(copy) if copy > 1 else "")


@pytest.fixture
def east(db) -> int:
    return make_network("EAST")[1].id


def registered(node: int, record: int, *barcodes: str, **said) -> list[str]:
    new = [NewItem(record=record, barcode=code, **said) for code in barcodes]
    return [items.item(one).call_number for one in holdings.accession_many(make_act(node), items=new)]


def test_story_of_a_branch_with_rules_of_its_own(east):
    # Literature by author, computing by hand, the rest by running numbers; copies from the second on; the reading
    # room has its line, and a set its volumes. The third copy leaves; the next one is the fourth all the same.
    room = make_department(east, "READ").id
    said = Scheme(name="东馆", rules=(LITERATURE, COMPUTING), lines={room: "参"}, **COPY_NUMBERS)
    kept = schemes.keep_scheme(make_act(east), node=east, said=said)
    again = schemes.keep_scheme(make_act(east), node=east, said=said)
    novel, manual = make_record(east, "三体").id, make_record(east, "程序设计", class_number="TP312").id
    history = make_record(east, "中国通史", class_number="H1").id
    author = operations.author_mark(catalogue.shelf_facts([novel])[novel], "pinyin")

    first = registered(east, novel, "A1", "A2", "A3")
    reading = registered(east, novel, "A4", department=room)
    later = registered(east, novel, "A5")
    volumes = registered(east, history, "V1", volume="上") + registered(east, history, "V2", "V3", volume="下")

    assert kept == again
    assert first == [author, f"{author}(2)", f"{author}(3)"]
    assert (reading, later) == ([f"参 {author}(4)"], [f"{author}(5)"])
    assert volumes == ["H1/1:上", "H1/1:下", "H1/1:下(2)"]
    assert registered(east, manual, "M1") == [""]


def test_the_year_comes_from_the_record_and_numbers_given_before_stay(east):
    record = make_record(east, "年鉴", class_number="Z5").id
    before = registered(east, record, "Y1")
    schemes.keep_scheme(make_act(east), node=east, said=Scheme(name="东馆", with_year=True))

    assert (before, registered(east, record, "Y2")) == (["Z5/1"], ["Z5/1=2008"])
    operations.give_call_number(make_act(east), record=record)
    assert items.item_by_barcode("Y1").call_number == "Z5/1"


def test_a_scheme_that_adds_nothing_costs_nothing_more(east, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert copy_marks([Copy(record=1, scheme=Scheme(), place=east)], {("", 1): "I/1"}) == ["I/1"]


def test_what_is_no_range_or_no_table_is_refused(east):
    for wrong in (
        {"rules": (ClassRule(first="K", last="I", book_numbers="running"),)},
        {"rules": (ClassRule(first="1", last="I", book_numbers="running"),)},
        {"book_numbers": "author", "author_table": "nobody"},
    ):
        with pytest.raises(SchemeWrong):
            schemes.keep_scheme(make_act(east), node=east, said=Scheme(name="东馆", **wrong))

    assert queries.schemes() == {}


def test_the_pages_make_a_scheme_bring_a_table_and_show_what_is_kept(east, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "WENLAN_HOME", tmp_path)
    client, record = signed_in(east, "stacks"), make_record(east, "三体").id
    page = "/desk/items/call-numbers/schemes/"

    chosen = client.post(f"{page}new", {"place": str(east)}).headers["Location"]
    form = {
        "name": "东馆",
        "book_numbers": "running",
        "with_copy": "on",
        "first1": "i",
        "last1": "K",
        "kind1": "author",
    }
    wrong = client.post(chosen, form | {"first1": "K", "last1": "I"})
    client.post(chosen, form)
    operations.reserve_number(make_act(east), record=record)
    shown = client.get(page, {"author": "刘慈欣"}).content.decode()
    denied = client.post(f"{page}table", {"name": "own"}).status_code

    assert (wrong.status_code, denied) == (422, 403)
    assert queries.schemes()[east].rules == (ClassRule(first="I", last="K", book_numbers="author"),)
    assert ("I—K" in shown, "三体" in shown, "Reserved" in shown) == (True, True, True)


def test_a_table_is_brought_by_who_keeps_the_whole_stock(tmp_path, monkeypatch, db):
    root, _east = make_network("EAST")
    monkeypatch.setattr(settings, "WENLAN_HOME", tmp_path)
    client, page = signed_in(root.id, "stacks"), "/desk/items/call-numbers/schemes/"

    for name, content in (("own", b"from,number\nl,L100\nliu,L719\n"), ("../x", b"from,number\nl,L1\n"), ("bad", b"x")):
        client.post(f"{page}table", {"name": name, "file": SimpleUploadedFile("t.csv", content)})
    shown = client.get(page, {"author": "刘慈欣"}).content.decode()

    assert [path.name for path in (tmp_path / "author_tables").iterdir()] == ["own.csv"]
    assert ("L719" in shown, list(tmp_path.parent.glob("x.csv"))) == (True, [])
