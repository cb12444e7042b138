"""Book drifting: released, taken and left by scan or tally, counted apart from loans and from the stock."""

from datetime import UTC, date, datetime

import pytest

from wenlan.circulation.drifting import operations, queries
from wenlan.circulation.drifting.errors import NotThere, PointClosed, StillInStock, TallyWrong
from wenlan.circulation.drifting.types import DriftAct, DriftOrigin, NewDriftBook
from wenlan.circulation.testing import A_DAY, make_act
from wenlan.circulation.verification import differences
from wenlan.holdings.testing import make_item, withdrawn
from wenlan.indicators import operations as indicators
from wenlan.indicators import queries as figures
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
CODES = ("drifting_released", "drifting_taken", "drifting_left", "loans", "returns")
PARK = {"zh": "人民公园漂流架", "en": "People's Park shelf"}


def of(node: int) -> list[object]:
    indicators.fold()
    found = figures.figures(list(CODES), node=node, period=Period.year(2019))
    return [found[code].value for code in CODES]


@pytest.mark.capability("C17")
def test_story_of_a_book_that_drifts(client):
    # Two shelves. A gift and a deregistered book are released; a book of the stock is not.
    root, east, west = make_network("EAST", "WEST")
    park = operations.open_point(make_act(east.id), words=PARK, place="东门").id
    station = operations.open_point(make_act(west.id), words={"zh": "汽车站", "en": "Bus station"}).id
    old = make_item(node=east.id)
    with pytest.raises(StillInStock):
        operations.release(make_act(east.id), point=park, book=NewDriftBook(title="三体", item=old.id))
    withdrawn(make_act(east.id), old)
    operations.release(make_act(east.id), point=park, book=NewDriftBook(title="三体", item=old.id))
    book = operations.release(make_act(east.id, key="r"), point=park, book=NewDriftBook(title="活着"))
    assert operations.release(make_act(east.id, key="r"), point=park, book=NewDriftBook(title="活着")) == book
    assert queries.books_at(park)[0].origin == DriftOrigin.STOCK

    # It is taken, left elsewhere, and left again although nobody saw it go. Others are tallied.
    number = book.number
    for key in ("t", "t"):
        operations.take(make_act(east.id, key=key), number=number)
    with pytest.raises(NotThere):
        operations.take(make_act(east.id), number=number)
    operations.leave(make_act(west.id), number=number, point=station)
    operations.leave(make_act(east.id), number=number, point=park)
    for quantity in (30, 20):
        operations.tally(make_act(east.id), point=park, what=DriftAct.TAKEN, quantity=quantity, day=A_DAY)
    assert not operations.tally(make_act(east.id), point=park, what=DriftAct.TAKEN, quantity=20, day=A_DAY)
    with pytest.raises(TallyWrong):
        operations.tally(make_act(east.id), point=park, what=DriftAct.RELEASED, quantity=1, day=A_DAY)

    # Two released, 2 + 20 taken, two left, each where it was; no loan, no return; the way is public.
    assert (of(root.id), of(west.id)) == ([2, 22, 2, 0, 0], [0, 1, 1, 0, 0])
    assert [move.act for move in queries.moves_of(book.id)] == ["released", "taken", "left", "taken", "left"]
    assert "People&#x27;s Park shelf" in client.get(f"/drifting/{number}/").content.decode()
    assert differences() == []


def test_a_worn_book_and_a_closed_point_end_without_being_counted():
    _, east = make_network("EAST")
    point = operations.open_point(make_act(east.id), words=PARK).id
    worn = operations.release(make_act(east.id), point=point, book=NewDriftBook(title="活着"))
    stays = operations.release(make_act(east.id), point=point, book=NewDriftBook(title="边城"))

    operations.end(make_act(east.id), number=worn.number)
    operations.close_point(make_act(east.id), point=point)

    with pytest.raises(PointClosed):
        operations.leave(make_act(east.id), number=stays.number, point=point)
    assert (queries.book(worn.number).ended_on, queries.book(stays.number).point) == (A_DAY, None)
    assert (of(east.id), queries.points(A_DAY), differences()) == ([2, 0, 0, 0, 0], (), [])


def test_the_pages_open_a_point_release_and_scan(monkeypatch, client):
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 4, 3, tzinfo=UTC))
    _, east = make_network("EAST")
    desk, page = signed_in(east.id, "circulation"), "/desk/circulation/drifting/"

    desk.post(page, {"name": "人民公园漂流架", "place": "东门", "key": "p"})
    (point,) = queries.points(A_DAY)
    assert desk.post(f"{page}{point.id}/release", {"origin": "gift"}).status_code == 422
    desk.post(f"{page}{point.id}/release", {"title": "活着", "origin": "gift", "key": "r"})
    (book,) = queries.books_at(point.id)
    desk.post(f"{page}{point.id}/scan", {"number": book.number.lower()})
    desk.post(f"{page}{point.id}/tally", {"day": "2019-03-04", "taken": "5", "left": "3"})
    shown = desk.get(f"{page}{point.id}/").content.decode()

    assert (queries.book(book.number).times_taken, "5 volumes" in shown) == (1, True)
    assert queries.sums([point.id], date(2019, 1, 1), A_DAY)[point.id] == {"released": 1, "taken": 6, "left": 3}
    assert "人民公园漂流架" in client.get("/drifting/").content.decode()
    assert signed_in(east.id, "finance").get(page).status_code == 403
