"""The cart is counted by area, its tasks are done by staff and volunteers, and the shelves are read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.facilities.testing import counted
from wenlan.holdings import queries as holdings
from wenlan.holdings.call_numbers.policies import sort_key
from wenlan.holdings.models import Item
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as indicators
from wenlan.indicators import queries as figures
from wenlan.kernel.acts import Act
from wenlan.kernel.periods import Period
from wenlan.ledger.kinds import Kind
from wenlan.network.testing import make_department, make_network, open_every_day
from wenlan.patrons.testing import make_patron
from wenlan.shelving import operations, policies, queries, reading
from wenlan.shelving.errors import AreaWrong, NothingRead, TaskClosed, TaskTaken, WorkWrong
from wenlan.shelving.types import FindingKind, NewArea, TaskKind, TaskState, WorkDone
from wenlan.staff.models import StaffMember
from wenlan.staff.operations import grant
from wenlan.staff.testing import make_member, signed_in
from wenlan.ui import clock
from wenlan.volunteers import operations as volunteers
from wenlan.volunteers import queries as served
from wenlan.volunteers.types import Offer
from wenlan.web.tests.test_portal import a_reader_who_signed_in

pytestmark = pytest.mark.django_db
DAY = date(2019, 3, 4)
BEFORE = date(2019, 2, 1)


def shelved(node: int, call_number: str, *, barcode: str = ""):
    """An item with a call number; how it got it is told in the package of items."""
    item = make_item(node=node, barcode=barcode)
    Item.objects.filter(pk=item.id).update(call_number=call_number, call_key=sort_key(call_number))
    return holdings.item(item.id)


def area(node: int, name: str, first: str, last: str) -> int:
    words = {"zh": name, "en": name}
    return operations.open_area(make_act(node, BEFORE), area=NewArea(words=words, first=first, last=last)).id


def a_branch_at(monkeypatch, hour: int) -> list:
    """A network of one branch, open every day, that lends by one rule, at an hour of the day."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 4, hour, tzinfo=UTC))
    root, east = make_network("EAST")
    make_rule(root.id)
    open_every_day(root.id)
    return [root, east]


def came_back(node: int, marks: list[str]) -> list:
    """Items of these call numbers, lent in February and handed in on the day; the second is lent again at once."""
    reader = make_patron(node=node)
    books = [shelved(node, mark) for mark in marks]
    for book in books:
        lend(book, reader, make_act(node, BEFORE))
        take_back(book, make_act(node))
    lend(books[1], reader, make_act(node, seconds=60))
    return books


def shelvers(node: int, *readers: int) -> list[int]:
    """The readers, taken in as volunteers for the shelves."""
    team, offer = [], Offer(jobs=("shelving",))
    for reader in readers:
        asked = volunteers.ask(make_act(node), patron=reader, offer=offer)
        team.append(volunteers.take_in(make_act(node), volunteer=asked.id).id)
    return team


def newspapers_are_given_out(desk: Client, act: Act, volunteer: int) -> None:
    """A task made by hand at the desk, and done by one volunteer in a quarter of an hour."""
    desk.post("/desk/shelving/tasks/new", {"key": "n", "kind": "newspapers", "note": "周末报纸"})
    papers = next(task for task in queries.tasks([act.node], day=DAY) if task.kind == TaskKind.NEWSPAPERS)
    operations.finish(act, task=papers.id, work=WorkDone(volumes=30, minutes=15, volunteers=(volunteer,)))


def figures_of_the_year(node: int, *codes: str):
    indicators.fold()
    return figures.figures(list(codes), node=node, period=Period.year(2019))


@pytest.mark.capability("C23")
def test_story_of_a_cart_and_two_volunteers(monkeypatch):
    # 陵川: novels and history. Three novels, one history book and one of neither come back; one was lent again.
    root, east = a_branch_at(monkeypatch, 3)
    novels, history = area(east.id, "文学", "I2", "I28"), area(east.id, "历史", "K", "K")
    books = came_back(east.id, ["I247.57/1", "I247.57/2", "I25/1", "K825/1", "TP3/1"])
    desk, page = signed_in(east.id, "circulation"), "/desk/shelving/"

    # The cart is counted: a task an area, twice as once; what is in no area waits too.
    for _twice in range(2):
        desk.post(f"{page}count")
    assert queries.waiting(east.id, at=clock.now(), on=DAY) == {novels: 2, history: 1, None: 1}
    made = {task.area: task for task in queries.tasks([east.id], day=DAY)}
    assert {where: task.waiting for where, task in made.items()} == {novels: 2, history: 1, None: 1}

    # Li takes the novels in the own account; a librarian who wants them too is told so. Two volunteers finish them,
    # forty minutes each; a second click counts nothing.
    li, browser = a_reader_who_signed_in(east.id)
    team = shelvers(east.id, li.id, make_patron(node=east.id, name="王芳").id)
    assert browser.post(f"/my/volunteering/tasks/{made[novels].id}").url == "/my/volunteering/"
    with pytest.raises(TaskTaken):
        operations.take(make_act(east.id, staff=make_member(east.id).id), task=made[novels].id)
    for _twice in range(2):
        desk.post(f"{page}tasks/{made[novels].id}/finish/", {"volumes": "2", "minutes": "40", "volunteers": team})
    # The librarian does the history books; the third task is not needed.
    desk.post(f"{page}tasks/{made[history].id}/take")
    desk.post(f"{page}tasks/{made[history].id}/finish/", {"volumes": "1", "minutes": "5"})
    desk.post(f"{page}tasks/{made[None].id}/drop")

    # Volunteers' minutes once, in their book; volumes once, in the figures; the cart is empty but for what was dropped.
    assert (counted(Kind.VOLUNTEER_SERVED, subject="shelving"), len(served.served(team))) == (80, 2)
    assert figures_of_the_year(root.id, "volumes_shelved", "volunteer_hours")["volumes_shelved"].value == 3
    assert queries.waiting(east.id, at=clock.now(), on=DAY) == {None: 1}
    assert [task.state for task in queries.tasks([east.id], day=DAY)] == [TaskState.DONE] * 2 + [TaskState.DROPPED]

    # What comes back afterwards is a new task; newspapers are given out by hand.
    take_back(books[1], make_act(east.id, seconds=7200))
    later = make_act(east.id, seconds=7300)
    assert operations.count_cart(later)[novels] == 1
    newspapers_are_given_out(desk, later, team[0])
    assert counted(Kind.VOLUNTEER_SERVED, subject="newspapers") == 15


def test_story_of_a_shelf_that_is_read(monkeypatch):
    # Six novels should stand here. One stands too far right, one was moved from history, one is recorded as lent,
    # one has no record, one is not there; the copy that came back this morning waits on the cart.
    _root, east = a_branch_at(monkeypatch, 9)
    novels = area(east.id, "文学", "I2", "I28")
    marks = ("I247.57/1", "I247.57/2", "I247.57/20", "I247.57/107", "I25/1", "I25/3")
    books = [shelved(east.id, mark, barcode=f"B{number}") for number, mark in enumerate(marks)]
    strange, lent = shelved(east.id, "K825/1", barcode="K1"), shelved(east.id, "I25/2", barcode="L1")
    reader = make_patron(node=east.id)
    lend(lent, reader, make_act(east.id, BEFORE))
    cart = shelved(east.id, "I247.57/3", barcode="C1")
    lend(cart, reader, make_act(east.id, BEFORE))
    take_back(cart, make_act(east.id))
    desk, page = signed_in(east.id, "branch_manager"), f"/desk/shelving/areas/{novels}/"

    # 0, 2, 3, K, 1 (too far right), ?, L, 5; the book 4 is missing.
    answer = desk.post(page, {"key": "r", "barcodes": "B0\nB2\nB3\nK1\nb1\nXX\nL1\nB5\n"})
    again = desk.post(page, {"key": "r", "barcodes": "B0"})
    assert answer.url == again.url
    (number,) = [one[0] for one in queries.readings(novels)]
    found = [(one.position, one.kind, one.barcode, one.after) for one in queries.reading(number).findings]
    assert found == [
        (4, FindingKind.OTHER_AREA, "K1", ""),
        (5, FindingKind.WRONG_PLACE, "B1", "I247.57/1"),
        (6, FindingKind.UNKNOWN, "XX", ""),
        (7, FindingKind.OTHER_STATE, "L1", ""),
        (None, FindingKind.MISSING, "B4", ""),
    ]
    shown = desk.get(answer.url).content.decode()
    assert all(part in shown for part in ("I247.57/1", "Start a search", "Belongs to another place"))

    # Each is settled in its way: the missing one goes into search.
    for one in queries.reading(number).findings:
        desk.post(f"/desk/shelving/readings/{number}/{one.id}/settle")
    assert holdings.item(books[4].id).status == "searched_for"
    assert queries.readings(novels)[0][3] == 0
    assert (holdings.item(strange.id).status, holdings.item(lent.id).status) == ("available", "on_loan")


def test_what_cannot_be_at_the_shelves_is_refused():
    _root, east, west = make_network("EAST", "WEST")
    with pytest.raises(AreaWrong):
        operations.open_area(make_act(east.id), area=NewArea(words={"zh": "反", "en": "x"}, first="K", last="I"))
    where = area(east.id, "文学", "I2", "I28")
    assert signed_in(east.id, "circulation").post(f"/desk/shelving/areas/{where}/close").status_code == 403
    with pytest.raises(NothingRead):
        reading.read_shelf(make_act(east.id), area=where, barcodes=["", " "])
    task = operations.add_task(make_act(east.id), kind=TaskKind.REPAIR, area=where)
    with pytest.raises(WorkWrong):
        operations.finish(make_act(east.id), task=task.id, work=WorkDone(volumes=1, minutes=0))
    operations.drop(make_act(east.id), task=task.id)
    with pytest.raises(TaskClosed):
        operations.finish(make_act(east.id), task=task.id, work=WorkDone(volumes=1, minutes=5))

    operations.close_area(make_act(east.id, DAY), area=where)
    assert queries.areas([east.id], DAY) == ()
    assert signed_in(west.id, "circulation").post(f"/desk/shelving/tasks/{task.id}/take").status_code == 403
    assert signed_in(west.id, "circulation").get(f"/desk/shelving/areas/{where}/").status_code == 403


def test_the_cart_is_counted_in_a_fixed_number_of_statements(django_assert_num_queries):
    root, east = make_network("EAST")
    make_rule(root.id)
    area(east.id, "文学", "I2", "I28")
    reader = make_patron(node=east.id)
    for number in range(3):
        book = shelved(east.id, f"I25/{number}")
        lend(book, reader, make_act(east.id, BEFORE))
        take_back(book, make_act(east.id))
        at = make_act(east.id).at + timedelta(hours=1)
        with django_assert_num_queries(5):
            assert sum(queries.waiting(east.id, at=at, on=DAY).values()) == number + 1


def test_a_task_whose_volumes_were_lent_again_is_counted_down(monkeypatch):
    _root, east = a_branch_at(monkeypatch, 3)
    novels = area(east.id, "文学", "I2", "I28")
    (book, _lent) = came_back(east.id, ["I25/1", "I25/2"])
    operations.count_cart(make_act(east.id, seconds=90))
    lend(book, make_patron(node=east.id), make_act(east.id, seconds=120))

    found = operations.count_cart(make_act(east.id, seconds=180))

    assert (found, [(task.area, task.waiting) for task in queries.tasks([east.id], day=DAY)]) == ({}, [(novels, 0)])


def test_a_volume_of_another_room_stands_wrong_in_the_area_of_a_room():
    _root, east = make_network("EAST")
    rooms = [make_department(east.id).id for _room in range(2)]
    words = {"zh": "少儿", "en": "Children"}
    where = operations.open_area(make_act(east.id, BEFORE), area=NewArea(words=words, department=rooms[0])).id
    books = [shelved(east.id, f"I28/{number}", barcode=f"B{number}") for number in range(2)]
    for book, room in zip(books, rooms, strict=True):
        Item.objects.filter(pk=book.id).update(department=room)

    found = reading.read_shelf(make_act(east.id), area=where, barcodes=["B0", "B1"]).findings

    assert [(one.kind, one.barcode) for one in found] == [(FindingKind.OTHER_AREA, "B1")]


def test_the_rights_at_the_shelves_are_those_held_where_the_area_is():
    _root, east, west = make_network("EAST", "WEST")
    member = make_member(east.id, "circulation", username="wang").id
    grant(None, staff=member, role="activities", node=west.id, from_day=BEFORE)
    there = area(west.id, "文学", "I2", "I28")
    browser = Client()
    browser.force_login(StaffMember.objects.get(pk=member), backend="django.contrib.auth.backends.ModelBackend")

    assert browser.get(f"/desk/shelving/areas/{there}/").status_code == 403


def test_the_page_of_the_day_costs_the_same_for_one_task_and_for_three(monkeypatch):
    _root, east = a_branch_at(monkeypatch, 3)
    team = shelvers(east.id, *(make_patron(node=east.id).id for _reader in range(3)))
    desk = signed_in(east.id, "circulation")
    desk.get("/desk/shelving/")
    costs = []
    for number, volunteer in enumerate(team):
        where = area(east.id, f"区{number}", "I", "I")
        task = operations.add_task(make_act(east.id), kind=TaskKind.REPAIR, area=where)
        operations.take(make_act(east.id), task=task.id, volunteer=volunteer)
        operations.close_area(make_act(east.id, DAY), area=where)
        with CaptureQueriesContext(connection) as said:
            desk.get("/desk/shelving/")
            desk.get(f"/desk/shelving/tasks/{task.id}/finish/")
        costs.append(len(said))

    assert costs == [costs[0]] * 3


KEYS = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), max_size=12)


@given(KEYS)
def test_the_volumes_left_in_place_stand_in_order_and_no_more_could_be(keys):
    kept = [keys[position] for position in sorted(policies.in_order(keys))]
    longest = [0] * (len(keys) + 1)
    for end, key in enumerate(keys, 1):
        longest[end] = 1 + max([longest[at] for at in range(1, end) if keys[at - 1] <= key], default=0)

    assert (kept, len(kept)) == (sorted(kept), max(longest))


@given(KEYS, st.sampled_from("abcdef"))
def test_a_volume_put_behind_the_one_that_is_named_stands_in_order(keys, key):
    ordered = sorted(keys)
    at = policies.belongs_behind(ordered, key) + 1
    assert [*ordered[:at], key, *ordered[at:]] == sorted([*keys, key])
