"""Orders on every page: the desk works one through, a reader sees each step, a keeper takes one for a neighbour."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wenlan.catalogue.indexing import rebuild_index
from wenlan.catalogue.testing import make_record
from wenlan.circulation.ordering import menus, operations, queries
from wenlan.circulation.ordering.types import NewLine, NewOrder, NewThemedSet, OrderView, ThemedTitle
from wenlan.circulation.testing import make_act, make_rule, take_back
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network, make_node
from wenlan.network.types import NodeKind
from wenlan.patrons import passwords
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
DESK = "/desk/circulation/orders/"
PASSWORD = "a good password"
MONDAY = date(2019, 3, 4)


@pytest.fixture
def places(monkeypatch) -> tuple[int, int, int]:
    """Two branches that lend for thirty days, on a Monday morning."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 4, 2, tzinfo=UTC))
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    return root.id, east.id, west.id


def lines(*said: tuple[str, int], total: int = 4) -> dict[str, object]:
    """Return the lines of a wish as their form sends them."""
    found = {"line-TOTAL_FORMS": total, "line-INITIAL_FORMS": 0}
    for place, (text, wanted) in enumerate(said):
        found |= {f"line-{place}-text": text, f"line-{place}-wanted": wanted}
    return found


def test_a_desk_works_an_order_through(places):
    _, east, west = places
    reader, book, second = make_patron(node=east, name="李明"), make_item(node=east), make_item(node=west)
    desk, elsewhere = signed_in(east, "circulation"), signed_in(west, "circulation")
    said = {"card": reader.cards[0].number, "channel": "phone", "place": east, "key": "k"}
    assert "Take an order" in desk.get(DESK).content.decode()

    refused = desk.post(f"{DESK}new/", said | lines())
    made = desk.post(f"{DESK}new/", said | lines(("昆虫", 2)))
    assert desk.post(f"{DESK}new/", said | lines(("昆虫", 2))).url == made.url
    order = queries.orders([east])[0]
    (line,) = queries.lines(order.id)
    find = f"{made.url}lines/{line.id}/"
    shelf = desk.get(find)
    desk.post(find, {"item": [book.id, second.id], "key": "c"})
    take_back(book, make_act(east))
    for what in ("take", "ready"):
        desk.post(f"{made.url}{what}", {"key": what})
    page, printed = desk.get(made.url).content.decode(), desk.get(f"{made.url}print/").content.decode()
    desk.post(f"{made.url}lend", {"scans": f"{book.barcode} nothing", "key": "l"})
    shown = desk.get(made.url).content.decode()
    desk.post(f"{made.url}close", {"reason": "第二册在修补", "key": "x"})

    assert (refused.status_code, made.status_code, shelf.status_code) == (422, 302, 200)
    assert elsewhere.get(made.url).status_code == 403
    assert {book.barcode in page, book.barcode in printed, "Ready" in page, "nothing" in shown} == {True}
    done = queries.order(order.id)
    assert (done.state, done.given, done.reason) == ("given", 1, "第二册在修补")
    listed = desk.get(f"{DESK}?list=given&number={order.number[-4:]}").content.decode()
    assert order.number in listed
    assert order.number not in elsewhere.get(f"{DESK}?list=given").content.decode()


def test_a_wish_in_words_that_no_title_has_begins_with_what_its_class_has(places):
    _, east, _ = places
    book = make_item(node=east, record=make_record(east, "昆虫记", class_number="Q96").id)
    rebuild_index(at=clock.now())
    wish = NewOrder(
        patron=make_patron(node=east).id, place=east, lines=[NewLine(text="给孩子看的虫子书", class_number="Q")]
    )
    order = operations.ask(make_act(east), order=wish)
    find = f"{DESK}{order.id}/lines/{queries.lines(order.id)[0].id}/"
    desk = signed_in(east, "circulation")

    first, asked = desk.get(find).content.decode(), desk.get(find, {"q": "虫子书", "class": "Q"}).content.decode()

    assert [book.barcode in page for page in (first, asked)] == [True, False]


def test_an_order_without_anything_to_give_is_refused_or_taken_back(places):
    _, east, _ = places
    desk, reader = signed_in(east, "circulation"), make_patron(node=east)
    said = {"card": reader.cards[0].number, "channel": "desk", "place": east}
    first, second = (desk.post(f"{DESK}new/", said | lines((text, 1))).url for text in ("盲文书", "乐谱"))

    desk.post(f"{first}refuse", {"reason": ""})
    assert queries.of_reader(reader.id)[1].state == "asked"
    desk.post(f"{first}refuse", {"reason": "馆藏没有盲文乐谱"})
    desk.post(f"{second}cancel")
    desk.post(f"{second}drop", {"copy": "99"})

    assert [one.state for one in queries.of_reader(reader.id)] == ["cancelled", "impossible"]


def test_a_menu_is_put_up_looked_at_ordered_from_and_taken_down(places):
    _, east, _ = places
    first, second = make_item(node=east), make_item(node=east)
    desk, anybody = signed_in(east, "circulation"), Client()
    said = {"name": "红色经典", "from_day": "2019-03-04", "key": "m"}

    wrong = desk.post("/desk/circulation/menus/", said | {"titles": f"{first.barcode} nothing"})
    made = desk.post(
        "/desk/circulation/menus/", said | {"titles": f"{first.barcode}\n{second.barcode}\n{first.barcode}"}
    )
    (menu,) = queries.menu(MONDAY, at=east)
    assert (wrong.status_code, made.status_code, menu.titles, menu.volumes) == (422, 302, 2, 3)
    assert {
        "红色经典" in page.get(url).content.decode() for page, url in pages_of(desk, anybody, made.url, menu.id)
    } == {True}

    desk.post(f"{made.url}end")
    assert (queries.menu(MONDAY), anybody.get(f"/sets/{menu.id}/").status_code) == ((), 404)


def pages_of(desk: Client, anybody: Client, url: str, menu: int) -> list[tuple[Client, str]]:
    """Return the pages on which a themed set stands."""
    at_desk = [(desk, "/desk/circulation/menus/"), (desk, url), (desk, f"{DESK}new/")]
    return [*at_desk, (anybody, "/sets/"), (anybody, f"/sets/{menu}/")]


def test_a_reader_orders_on_line_sees_each_step_and_takes_an_order_back(places):
    root, east, _ = places
    reader, other, book = make_patron(node=east, card="W1"), make_patron(node=east), make_item(node=east)
    passwords.set_password(make_act(east), patron=reader.id, password=PASSWORD)
    red = NewThemedSet(words={"zh": "红色经典"}, about={}, titles=[ThemedTitle(record=book.record)], from_day=MONDAY)
    menu = menus.offer(make_act(root), themed=red)
    phone = Client()
    assert phone.get("/my/orders/").url == "/my/sign-in/"
    phone.post("/my/sign-in/", {"card": "W1", "password": PASSWORD})

    empty = phone.get("/my/orders/").content.decode()
    refused = phone.post("/my/orders/", {"key": "a"} | lines())
    phone.post("/my/orders/", {"key": "b", "persons": 3, "pickup": east} | lines(("恐龙", 5)))
    phone.post("/my/orders/", {"key": "c", "themed": menu.id} | lines())
    mine = queries.of_reader(reader.id)
    assert (refused.status_code, [(one.kind, one.wanted, one.channel) for one in mine]) == (
        422,
        [("menu", 1, "portal"), ("free", 5, "portal")],
    )
    assert "Write the first one below." in empty
    phone.post(f"/my/orders/{mine[0].uid}/cancel")
    assert [one.state for one in queries.of_reader(reader.id)] == ["cancelled", "asked"]
    page = phone.get("/my/orders/").content.decode()
    assert {"Taken back by the reader" in page, mine[1].number in page} == {True}

    theirs = ordered(other.id, east)
    phone.post(f"/my/orders/{theirs.uid}/cancel")
    assert queries.order(theirs.id).state == "asked"


def ordered(patron: int, place: int) -> OrderView:
    """Return an order of somebody else."""
    wish = NewOrder(patron=patron, place=place, lines=[NewLine(text="x")])
    return operations.ask(make_act(place), order=wish)


def test_a_readers_list_of_orders_costs_the_same_with_one_and_with_three(places):
    _, east, _ = places
    reader = make_patron(node=east, card="W1")
    passwords.set_password(make_act(east), patron=reader.id, password=PASSWORD)
    phone, spent = Client(), []
    phone.post("/my/sign-in/", {"card": "W1", "password": PASSWORD})
    phone.get("/my/orders/")
    for _ in range(3):
        ordered(reader.id, east)
        with CaptureQueriesContext(connection) as found:
            phone.get("/my/orders/")
        spent.append(len(found))
    assert len(set(spent)) == 1


def test_a_keeper_takes_an_order_and_sees_how_far_it_is(places):
    _, east, _ = places
    room = make_node("V1", kind=NodeKind.VILLAGE_ROOM, parent=east).id
    reader, keeper = make_patron(node=room, name="王芳"), signed_in(room, "village_keeper")
    said = {"card": reader.cards[0].number, "wish": "养蜂", "wanted": "3", "day": "2019-03-20", "key": "o"}

    refused = keeper.post("/keeper/orders/", said | {"card": "nobody"})
    keeper.post("/keeper/orders/", said)
    keeper.post("/keeper/orders/", said)
    (order,) = queries.orders([room])
    page = keeper.get("/keeper/orders/").content.decode()

    assert (refused.status_code, "养蜂" in refused.content.decode()) == (422, True)
    assert (order.channel, order.wanted, order.wanted_on) == ("keeper", 3, date(2019, 3, 20))
    assert {order.number in page, "王*" in page, "王芳" in page} == {True, False}
