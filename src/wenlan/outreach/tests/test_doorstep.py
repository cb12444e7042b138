"""Books brought to the door: who is served, what the driver takes along, what was given, and what is counted of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.catalogue.testing import make_record
from wenlan.circulation import queries as loans
from wenlan.circulation.ordering import operations as orders
from wenlan.circulation.ordering import queries as order_queries
from wenlan.circulation.ordering.types import NewLine, NewOrder
from wenlan.circulation.testing import make_act, make_rule, make_special_rule, scan, take_back
from wenlan.circulation.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as cubes
from wenlan.indicators.queries import breakdown, figures
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network
from wenlan.outreach.doorstep import operations, queries, visiting
from wenlan.outreach.doorstep.errors import (
    BooksWereGiven,
    DoorplateMissing,
    DoorRuleWrong,
    NotEntitled,
    OrderOfAnother,
    RunClosed,
    RunUnfinished,
    RunWrong,
    ServedAlready,
    VisitTwice,
)
from wenlan.outreach.doorstep.types import Doorplate, NewDoorReader, NewDoorRule, NewRun, VisitReport
from wenlan.outreach.models import DoorReader
from wenlan.patrons import operations as patrons
from wenlan.patrons.merging.operations import merge
from wenlan.patrons.testing import make_institution, make_patron
from wenlan.registers import operations as registers
from wenlan.registers import queries as books
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
YEAR = Period.year(2019)
MONDAY, NEXT = date(2019, 3, 4), date(2019, 3, 18)
PAGES = "/desk/doorstep/"
PLATE = Doorplate(address="东大街 3 号 2 单元 501", phone="13900000000", note="敲门要大声")


@pytest.fixture
def places(monkeypatch) -> tuple[int, int, int]:
    """A county with two branches, its rules, measures and record books."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 4, 2, tzinfo=UTC))
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    make_special_rule(root.id, code="units", category="large_capacity", loan_days=90)
    ledger.load_measures()
    registers.declare_shipped()
    return root.id, east.id, west.id


def values(*codes: str, node: int) -> tuple[int, ...]:
    cubes.fold()
    found = figures(codes, node=node, period=YEAR)
    return tuple(int(found[code].value or 0) for code in codes)


def admit(act, patron, **said):
    return operations.admit(act, reader=NewDoorReader(patron=patron.id, doorplate=PLATE, **said))


def book(node: int, class_number: str):
    """Return a book of a class on the shelves of a place."""
    return make_item(node=node, record=make_record(node, "书", class_number=class_number).id)


def picked(east: int, patron, *items):
    """Return an order to the door with these books set aside for it."""
    lines = [NewLine(record=item.record) for item in items]
    wish = NewOrder(patron=patron.id, place=east, lines=lines, to_door=True, address=PLATE.address)
    order = orders.ask(make_act(east), order=wish)
    orders.pick(make_act(east), order=order.id)
    for item in items:
        take_back(item, make_act(east))
    orders.ready(make_act(east), order=order.id)
    return order


def admit_three(root: int, east: int, *, zhao, qian, troupe):
    """Take in a reader by the rule of the county, one who is ill for a time, and a group."""
    operations.set_rule(make_act(root, key="old"), rule=NewDoorRule(ground="senior", age_from=80))
    old = admit(make_act(east, key="zhao"), zhao, area="东关")
    ill = admit(make_act(east), qian, area="西关", ground="ill", valid_until=date(2019, 4, 21))
    group = admit(make_act(east), troupe, area="东关", ground="group")
    assert (old.ground, old.by_rule, admit(make_act(east, key="zhao"), zhao)) == ("senior", True, old)
    assert PLATE.address.encode() not in bytes(DoorReader.objects.get(pk=old.id).doorplate_cipher)
    return old, ill, group


def plan_three_doors(east: int, *, old, ill, group, orders_of):
    """Plan one run with the three doors, the group's before the one who is ill."""
    run = operations.plan(make_act(east, key="run"), run=NewRun(day=MONDAY, name="城关一线", crew="司机老周"))
    assert operations.plan(make_act(east, key="run"), run=NewRun(day=MONDAY, name="城关一线")) == run
    doors = [
        operations.add_visit(make_act(east), run=run.id, reader=one.id, order=order)
        for one, order in zip((old, ill, group), orders_of, strict=True)
    ]
    operations.move_visit(make_act(east), visit=doors[2].id, up=True)
    assert [one.reader.id for one in queries.visits(run.id)] == [old.id, group.id, ill.id]
    assert queries.doorplates([old.id]) == {old.id: PLATE}
    return run, doors


def settle_the_first_evening(east: int, run, doors, *, novel, music) -> None:
    """Enter what was given at each door, the first twice under one key, and close the run twice."""
    with pytest.raises(RunUnfinished):
        visiting.close(make_act(east), run=run.id)
    said = VisitReport(outcome="given", given=[scan(novel)])
    settled = visiting.settle(make_act(east, key="s1"), visit=doors[0].id, report=said)
    assert (settled.visit.given, settled.refused) == (1, ())
    again = visiting.settle(make_act(east, key="s1"), visit=doors[0].id, report=said)
    assert again.visit.given == 1
    visiting.settle(make_act(east), visit=doors[1].id, report=VisitReport(outcome="nobody"))
    gift = VisitReport(outcome="given", given=[scan(one) for one in music], persons=12, note="下次带乐谱")
    assert visiting.settle(make_act(east), visit=doors[2].id, report=gift).visit.given == 3
    visiting.close(make_act(east), run=run.id)
    visiting.close(make_act(east), run=run.id)


def drive_again(east: int, *, old, ill, first: int, second: int, report: VisitReport) -> None:
    """Make the second run: one door as reported, the other left for good, its order refused and its address gone."""
    run = operations.plan(make_act(east, NEXT), run=NewRun(day=NEXT, name="城关一线"))
    back = operations.add_visit(make_act(east, NEXT), run=run.id, reader=old.id, order=first)
    moved = operations.add_visit(make_act(east, NEXT), run=run.id, reader=ill.id, order=second)
    ended = visiting.settle(make_act(east, NEXT, key="s2"), visit=back.id, report=report)
    assert (ended.visit.given, ended.visit.collected, [item.barcode for item, _why in ended.refused]) == (1, 1, ["x"])
    visiting.settle(make_act(east, NEXT), visit=moved.id, report=VisitReport(outcome="moved"))
    visiting.close(make_act(east, NEXT), run=run.id)
    orders.refuse(make_act(east, NEXT), order=second, reason="读者已搬离")
    operations.end(make_act(east, NEXT), reader=ill.id, reason="读者已搬离")
    assert (order_queries.order(first).state, order_queries.order(second).state) == ("given", "impossible")
    assert queries.doorplates([ill.id])[ill.id].address == ""


def expect_the_figures_of_both_runs(root: int) -> None:
    codes = ("loans", "door_deliveries", "door_volumes", "door_collected", "door_persons")
    assert values(*codes, node=root) == (5, 3, 5, 1, 14)
    assert values("deliveries", "volumes_distributed", "group_loans", node=root) == (0, 0, 1)
    by_class = breakdown("door_volumes", by=("main_class",), node=root, period=YEAR)
    assert {cell.keys: cell.value for cell in by_class} == {("I",): 2, ("J",): 3}


def expect_the_record_book_without_names(east: int) -> None:
    entries = books.entries("home_service", nodes=[east]).rows
    assert sorted((one.values["group"], one.values["persons"], one.day) for one in entries) == [
        ("group", 12, MONDAY),
        ("senior", 1, MONDAY),
        ("senior", 1, NEXT),
    ]
    assert all("赵" not in one.values["content"] for one in entries)


@pytest.mark.capability("C22")
def test_story_of_two_runs_with_books_to_the_door(places):
    # Grandmother Zhao is 82: a rule of the county serves readers of eighty and more. Qian broke a leg, until Easter.
    root, east, _ = places
    zhao = make_patron(node=east, name="赵秀英", birth_date=date(1936, 7, 1))
    qian = make_patron(node=east, name="钱伟")
    troupe = make_institution(node=east, name="曲艺队", card="XX0009")
    old, ill, group = admit_three(root, east, zhao=zhao, qian=qian, troupe=troupe)

    # Orders came in for two; for the troupe of blind musicians the librarian chooses music and handicraft at the shelf.
    novel, poems = book(east, "I247.5"), book(east, "I227")
    music = [book(east, "J648") for _ in range(3)]
    first, second = picked(east, zhao, novel, poems), picked(east, qian, make_item(node=east))
    asked = (first.id, second.id, None)
    run, doors = plan_three_doors(east, old=old, ill=ill, group=group, orders_of=asked)

    # In the evening: Zhao took one and kept the other for next time; nobody was at Qian's; the troupe took all.
    settle_the_first_evening(east, run, doors, novel=novel, music=music)
    assert [loan.barcode for loan in loans.open_loans(zhao.id)] == [novel.barcode]

    # A fortnight later: what Zhao has is collected, the second book is given; Qian has moved away.
    collected = [scan(novel), scan(music[0])._replace(barcode="x")]
    report = VisitReport(outcome="given", given=[scan(poems)], collected=collected)
    drive_again(east, old=old, ill=ill, first=first.id, second=second.id, report=report)

    # Each book is one loan. The deliveries, their volumes by class and persons are told; the record book of service at
    # home has an entry for each group and run, and neither villages' deliveries nor distributed volumes have moved.
    expect_the_figures_of_both_runs(root)
    expect_the_record_book_without_names(east)
    assert differences() == []


def test_whoever_is_not_served_is_refused_with_the_reason(places):
    root, east, _ = places
    reader, other = make_patron(node=east), make_patron(node=east)
    with pytest.raises(DoorRuleWrong):
        operations.set_rule(make_act(root), rule=NewDoorRule(ground="senior"))
    with pytest.raises(NotEntitled):
        admit(make_act(east), reader)
    with pytest.raises(DoorplateMissing):
        operations.admit(make_act(east), reader=NewDoorReader(patron=reader.id, doorplate=Doorplate(address=" ")))
    served = admit(make_act(east), reader, ground="ill", valid_until=MONDAY)
    with pytest.raises(ServedAlready):
        admit(make_act(east), reader, ground="ill")
    with pytest.raises(RunWrong):
        operations.plan(make_act(east), run=NewRun(day=MONDAY - timedelta(days=1), name="x"))

    run = operations.plan(make_act(east), run=NewRun(day=MONDAY, name="x"))
    later = operations.plan(make_act(east), run=NewRun(day=MONDAY + timedelta(days=1), name="x"))
    theirs = picked(east, other, make_item(node=east))
    for where, order, refusal in ((later, None, NotEntitled), (run, theirs.id, OrderOfAnother)):
        with pytest.raises(refusal):
            operations.add_visit(make_act(east), run=where.id, reader=served.id, order=order)
    operations.add_visit(make_act(east), run=run.id, reader=served.id)
    with pytest.raises(VisitTwice):
        operations.add_visit(make_act(east), run=run.id, reader=served.id)


def test_a_rule_that_has_ended_serves_nobody_and_a_closed_run_is_not_changed(places):
    root, east, _ = places
    rule = operations.set_rule(make_act(root), rule=NewDoorRule(ground="senior", age_from=60))
    old = admit(make_act(east), make_patron(node=east, birth_date=date(1940, 1, 1)))
    run = operations.plan(make_act(east), run=NewRun(day=MONDAY, name="x"))
    visit = operations.add_visit(make_act(east), run=run.id, reader=old.id)
    given = VisitReport(outcome="given", given=[scan(make_item(node=east))])
    visiting.settle(make_act(east), visit=visit.id, report=given)
    with pytest.raises(BooksWereGiven):
        visiting.settle(make_act(east), visit=visit.id, report=VisitReport(outcome="nobody"))
    visiting.close(make_act(east), run=run.id)

    with pytest.raises(RunClosed):
        visiting.settle(make_act(east), visit=visit.id, report=given)
    operations.end_rule(make_act(root), rule=rule)
    late = operations.plan(make_act(east, NEXT), run=NewRun(day=NEXT, name="y"))
    with pytest.raises(NotEntitled):
        operations.add_visit(make_act(east, NEXT), run=late.id, reader=old.id)


def test_the_pages_of_service_at_the_door(places):
    _, east, west = places
    reader, novel = make_patron(node=east, name="赵秀英"), make_item(node=east)
    order = picked(east, reader, novel)
    desk, elsewhere = signed_in(east, "branch_manager"), signed_in(west, "branch_manager")
    said = {
        "card": reader.cards[0].number,
        "ground": "ill",
        "address": PLATE.address,
        "phone": PLATE.phone,
        "area": "东关",
    }

    empty = desk.get(PAGES).content.decode()
    refused = desk.post(f"{PAGES}readers/", said | {"ground": ""})
    assert (refused.status_code, desk.post(f"{PAGES}readers/", said | {"key": "a"}).status_code) == (422, 302)
    made = desk.post(PAGES, {"day": "2019-03-04", "name": "城关一线", "crew": "老周", "key": "r"}).url
    entry = queries.of_patron(reader.id)
    desk.post(f"{made}add", {"door": f"{entry.id}:{order.id}"})
    (visit,) = queries.visits(queries.runs([east])[0].id)
    page, sheet = desk.get(made).content.decode(), desk.get(f"{made}sheet/").content.decode()
    desk.post(f"{made}visits/{visit.id}", {"outcome": "given", "persons": 1, "give": novel.barcode, "key": "v"})
    closed = desk.post(f"{made}close", follow=True).content.decode()

    assert {"Served at the door" in empty, order.number in desk.get(PAGES).content.decode(), "赵秀英" in page} == {
        True,
        False,
    }
    assert {PLATE.address in sheet, PLATE.phone in sheet, "赵**" in sheet} == {True}
    assert {"赵秀英" in sheet, reader.cards[0].number in sheet, PLATE.address in page} == {False}
    assert "The run is closed and counted" in closed
    assert (queries.visit(visit.id).given, queries.run(visit.run).is_closed) == (1, True)
    assert (elsewhere.get(made).status_code, elsewhere.get(f"{PAGES}readers/{entry.id}/").status_code) == (403, 403)
    for address in ("readers/", f"readers/{entry.id}/", "rules/"):
        assert desk.get(f"{PAGES}{address}").status_code in {200, 403}
    desk.post(f"{PAGES}readers/{entry.id}/end", {"reason": "搬家"})
    assert queries.of_patron(reader.id) is None


def test_a_run_costs_the_same_with_one_and_with_three_doors(places):
    _, east, _ = places
    run = operations.plan(make_act(east), run=NewRun(day=MONDAY, name="x"))
    spent = []
    for _ in range(3):
        served = admit(make_act(east), make_patron(node=east), ground="ill")
        operations.add_visit(make_act(east), run=run.id, reader=served.id)
        with CaptureQueriesContext(connection) as found:
            queries.visits(run.id)
        spent.append(len(found))
    assert spent == [2, 2, 2]


def test_two_accounts_become_one_and_a_closed_one_is_served_no_longer(places):
    _, east, _ = places
    first, second = make_patron(node=east), make_patron(node=east)
    gone, kept = (admit(make_act(east), one, ground="ill") for one in (first, second))

    merge(make_act(east), kept=second.id, gone=first.id)
    assert [one.id for one in queries.readers([east])] == [kept.id]
    assert (queries.reader(gone.id).patron, queries.doorplates([gone.id])[gone.id].address) == (second.id, "")
    patrons.deregister(make_act(east), patron=second.id)
    assert queries.readers([east]) == ()
    assert queries.doorplates([kept.id])[kept.id].address == ""
