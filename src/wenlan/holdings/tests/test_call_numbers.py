"""Call numbers: their order on the shelf, running numbers nobody else gets, author tables, and numbers by hand."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue.clc import sort_key as class_key
from wenlan.catalogue.testing import make_record
from wenlan.circulation.testing import make_act
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as items
from wenlan.holdings.call_numbers import author_tables, operations, queries
from wenlan.holdings.call_numbers.policies import CallNumber, compose, lines, sort_key, split
from wenlan.holdings.errors import AuthorTableBroken, CallNumberTaken, ClassMissing, NumberNotFree
from wenlan.holdings.models import CallNumberScheme
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import BookNumbers, NewItem
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

DIGITS = st.integers(1, 99_999_999).map(str)
PART = st.one_of(st.just(""), DIGITS, st.sampled_from(["A", "上", "B12", "2019"]))
CLASS = st.from_regex(r"[A-Z][A-Z]?[0-9]{1,3}(\.[0-9]{1,4})?(-[0-9]{1,2})?", fullmatch=True)
NUMBERS = st.builds(
    CallNumber,
    class_number=CLASS,
    book=st.one_of(DIGITS, st.from_regex(r"[A-Z][0-9]{2,4}", fullmatch=True)),
    volume=PART,
    year=PART,
    copy=PART,
    line=st.sampled_from(["", "参", "少儿"]),
)


@given(NUMBERS)
def test_a_call_number_read_back_is_the_same(parts):
    assert split(compose(parts)) == parts
    assert "".join(lines(compose(parts))) == "".join(
        (parts.line, parts.class_number, parts.book, parts.volume, parts.year, parts.copy)
    )


@given(st.text(max_size=80))
def test_any_text_has_a_place_on_the_shelf_in_plain_digits(text):
    key = sort_key(text)

    assert len(key) <= 240
    assert set(key) <= set("0123456789abcdef")


@given(CLASS, st.integers(1, 9_999_999), st.integers(1, 9_999_999))
def test_running_numbers_stand_by_value(class_number, one, other):
    keys = [sort_key(f"{class_number}/{number}") for number in (one, other)]

    assert (keys[0] < keys[1]) == (one < other)


@given(CLASS, CLASS, st.integers(1, 999), st.integers(1, 999))
def test_the_class_decides_before_the_book_number(one, other, first, second):
    if class_key(one) < class_key(other):
        assert sort_key(f"{one}/{first}") < sort_key(f"{other}/{second}")


@given(NUMBERS, DIGITS)
def test_a_further_volume_stands_behind_its_first(parts, volume):
    alone = CallNumber(class_number=parts.class_number, book=parts.book, line=parts.line)
    further = CallNumber(class_number=parts.class_number, book=parts.book, line=parts.line, volume=volume)

    assert sort_key(compose(alone)) < sort_key(compose(further))


def test_a_shelf_of_known_numbers_stands_in_order():
    shelf = [
        "I2", "I20", "I206.2/3", "I207.41/12", "I21", "I247.5/2", "I247.5/10", "I247.5/107", "I247.5/107:2",
        "I247.5/107:10", "I247.5/L71", "I247.5/L719", "I247.5/L72", "I247.55/1", "I313.4/5376", "K20/1", "K20-61/1",
        "K201/1", "TP311.56/404", "TP311.56/404(2)", "Z89/1", "参 A1/1",
    ]  # fmt: skip

    shelf_upside_down = shelf[::-1]

    assert sorted(shelf_upside_down, key=sort_key) == shelf


@pytest.mark.django_db
def test_titles_of_a_class_take_running_numbers_and_copies_share_one():
    east = make_network("EAST")[1].id
    first, second = make_record(east, "三体").id, make_record(east, "球状闪电").id
    by_hand = NewItem(record=second, barcode="B2", call_number="I247.55/40")

    made = holdings.accession_many(
        make_act(east), items=[NewItem(record=first, barcode="B1"), NewItem(record=first, barcode="B1b"), by_hand]
    )
    later = holdings.accession(make_act(east), item=NewItem(record=make_record(east, "超新星纪元").id, barcode="B3"))

    assert [items.item(one).call_number for one in made] == ["I247.55/41", "I247.55/41", "I247.55/40"]
    assert later.call_number == "I247.55/42"
    shelf = queries.shelf_list("I247.55", [east])
    assert [one.barcode for one in shelf] == ["B2", "B1", "B1b", "B3"]


@pytest.mark.django_db
def test_story_of_a_reserved_number_that_comes_back():
    # Two titles are ordered and keep their numbers; one order is cancelled; months later another title fills the gap.
    east = make_network("EAST")[1].id
    ordered, cancelled, third = (make_record(east, title).id for title in ("三体", "黑暗森林", "死神永生"))

    kept = operations.reserve_number(make_act(east), record=ordered)
    again = operations.reserve_number(make_act(east), record=ordered)
    operations.reserve_number(make_act(east), record=cancelled)
    free = next(one for one in queries.kept_numbers(queries.EVERYBODYS, "I247.55") if one.record == cancelled)
    operations.release_number(make_act(east), kept=free.id)
    arrived = holdings.accession(make_act(east), item=NewItem(record=ordered, barcode="B1"))
    filled = operations.take_free_number(make_act(east, key="t"), kept=free.id, record=third)
    repeated = operations.take_free_number(make_act(east, key="t"), kept=free.id, record=third)

    with pytest.raises(NumberNotFree):
        operations.take_free_number(make_act(east), kept=free.id, record=cancelled)
    assert (kept, again, arrived.call_number) == ("I247.55/1", "I247.55/1", "I247.55/1")
    assert (filled, repeated) == ("I247.55/2", "I247.55/2")
    new = holdings.accession(make_act(east), item=NewItem(record=third, barcode="B2"))
    assert new.call_number == "I247.55/2"
    assert queries.kept_numbers(queries.EVERYBODYS, "I247.55") == ()


@pytest.mark.django_db
def test_a_number_by_hand_that_another_title_has_is_refused_and_is_never_given_again():
    east = make_network("EAST")[1].id
    first, second = make_item(node=east), make_item(node=east)

    with pytest.raises(CallNumberTaken):
        operations.set_call_number(make_act(east), items=[second.id], call_number=f"{first.call_number}:2")
    operations.set_call_number(make_act(east), items=[second.id], call_number="I247.55/9=2019")
    next_one = make_item(node=east)

    assert items.item(second.id).call_number == "I247.55/9=2019"
    assert next_one.call_number == "I247.55/10"
    with pytest.raises(ClassMissing):
        operations.reserve_number(make_act(east), record=make_record(east, "无类", class_number="").id)


@pytest.mark.django_db
def test_a_branch_with_its_own_scheme_counts_or_takes_authors_for_itself():
    _root, east, west, south = make_network("EAST", "WEST", "SOUTH")
    record = make_record(east.id, "三体").id
    CallNumberScheme.objects.create(code="west", names={"zh": "西馆"}, node_id=west.id)
    CallNumberScheme.objects.create(
        code="south", names={"zh": "南馆"}, node_id=south.id, book_numbers=BookNumbers.AUTHOR
    )
    make_item(node=east.id), make_item(node=east.id)

    made = holdings.accession_many(
        make_act(east.id),
        items=[NewItem(record=record, barcode=f"B{node.code}", owner=node.id) for node in (east, west, south)],
    )

    found = [items.item(one).call_number for one in made]
    assert found[:2] == ["I247.55/3", "I247.55/1"]
    assert found[2] == f"I247.55/{author_tables.table('pinyin').number('刘慈欣')}"


def test_author_numbers_follow_the_alphabet_and_a_library_brings_its_own_table(tmp_path, monkeypatch):
    names = ["阿来", "巴金", "冯骥才", "老舍", "林徽因", "凌叔华", "刘慈欣", "鲁迅", "莫言", "张爱玲"]
    shipped = author_tables.table(author_tables.SHIPPED)
    monkeypatch.setattr(settings, "WENLAN_HOME", tmp_path)
    (tmp_path / "author_tables").mkdir()
    (tmp_path / "author_tables" / "own.csv").write_text("from,number\nl,L100\nliu,L719\nliv,L720\n", encoding="utf-8")
    (tmp_path / "author_tables" / "bad.csv").write_text("from,number\nliu\n", encoding="utf-8")

    numbers = [shipped.number(name) for name in names]

    assert numbers == sorted(numbers)
    assert len(set(numbers)) == len(names)
    assert author_tables.table_names() == ("bad", "own", "pinyin")
    assert author_tables.table("own").number("刘慈欣") == "L719"
    for broken in ("bad", "none"):
        with pytest.raises(AuthorTableBroken):
            author_tables.table(broken)


@pytest.mark.postgresql
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_cataloguers_never_get_the_same_number():
    tries, desks = 100, 4
    root = make_network()[0].id
    records = [[make_record(root, f"书{desk}-{one}").id for one in range(tries)] for desk in range(desks)]
    barrier = threading.Barrier(desks)

    def catalogues(desk: int) -> list[str]:
        try:
            barrier.wait(60)
            return [
                operations.reserve_number(make_act(root, key=f"r{desk}-{one}"), record=record)
                if one % 2
                else holdings.accession(
                    make_act(root, key=f"a{desk}-{one}"), item=NewItem(record=record, barcode=f"{desk}-{one}")
                ).call_number
                for one, record in enumerate(records[desk])
            ]
        finally:
            connection.close()

    with ThreadPoolExecutor(desks) as pool:
        given = [number for numbers in pool.map(catalogues, range(desks)) for number in numbers]

    assert sorted(int(split(number).book) for number in given) == list(range(1, tries * desks + 1))


@pytest.mark.django_db
def test_the_page_of_a_class_shows_its_numbers_and_lets_them_be_kept_and_taken():
    east = make_network("EAST")[1].id
    make_item(node=east)
    record = make_record(east, "球状闪电").id
    client = signed_in(east, "cataloguer")

    empty = client.get("/desk/items/call-numbers/")
    reserved = client.post("/desk/items/call-numbers/reserve", {"record": record})
    page = client.get("/desk/items/call-numbers/", {"class": "I247.55"}).content.decode()
    kept = queries.kept_numbers(queries.EVERYBODYS, "I247.55")[0]
    client.post("/desk/items/call-numbers/release", {"kept": kept.id})
    taken = client.post("/desk/items/call-numbers/take", {"kept": kept.id, "record": record})

    assert (empty.status_code, reserved.status_code, taken.status_code) == (200, 302, 302)
    assert ("I247.55/1" in page, "I247.55/2" in page) == (True, True)
    assert queries.kept_numbers(queries.EVERYBODYS, "I247.55")[0].record == record
    assert signed_in(east, "circulation").get("/desk/items/call-numbers/").status_code == 403


@pytest.mark.django_db
def test_a_number_is_kept_by_hand_for_a_title_on_order():
    east = make_network("EAST")[1].id
    ordered = make_record(east, "球状闪电", isbn="978-7-5366-9293-0").id
    client = signed_in(east, "cataloguer")
    part = f"/desk/items/of-record/{ordered}/"
    assert "Keep a call number" in client.get(part).content.decode()

    said = {"title": "7-5366-9293-5", "class": "I247.55", "note": "订单 2019-3"}
    kept = client.post("/desk/items/call-numbers/reserve", said)
    client.post("/desk/items/call-numbers/reserve", {**said, "title": "978-0-00-000000-2"})
    page = client.get(kept.headers["Location"])

    (one,) = queries.kept_numbers(queries.EVERYBODYS, "I247.55")
    assert (one.record, one.number, one.note) == (ordered, 1, "订单 2019-3")
    assert ["kept for this title" in str(said) for said in page.context["messages"]] == [True, False]
    assert "I247.55/1" in client.get(part).content.decode()
    assert signed_in(east, "circulation").post("/desk/items/call-numbers/reserve", said).status_code == 403
