"""The annual report tells what was done in each area: acts, the desk's own page of them, and the sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from wenlan.acquisitions.bookshop import operations as bookshop
from wenlan.acquisitions.bookshop.testing import LUOTUO, make_campaign, make_shop, make_wish
from wenlan.activities.planning import operations as planning
from wenlan.activities.planning.types import NewItem
from wenlan.activities.testing import make_held_session, make_programme
from wenlan.annual_report.composition import compose_document
from wenlan.annual_report.operations import setting_of, told_of
from wenlan.annual_report.queries import acts_behind, present_value
from wenlan.annual_report.shapes import shape
from wenlan.annual_report.types import Paragraph, StoredFigure, Table
from wenlan.catalogue.testing import make_record
from wenlan.circulation.ordering import handing, menus
from wenlan.circulation.ordering import operations as orders
from wenlan.circulation.ordering.types import NewLine, NewOrder, NewThemedSet, ThemedTitle
from wenlan.circulation.testing import lend, make_act, make_rule, scan, take_back
from wenlan.digital.access import operations as digital
from wenlan.digital.access.types import NewResource
from wenlan.facilities.machines import operations as machines
from wenlan.facilities.machines.types import MachineFacts
from wenlan.facilities.tallies import operations as tallies
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as sums
from wenlan.indicators import queries as indicators
from wenlan.indicators.words import namer
from wenlan.kernel.acts import Channel
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network, make_node
from wenlan.network.types import NodeKind
from wenlan.outreach.bus import operations as bus
from wenlan.outreach.bus.types import NewTrip
from wenlan.outreach.doorstep import operations as doorstep
from wenlan.outreach.doorstep import visiting
from wenlan.outreach.doorstep.types import Doorplate, NewDoorReader, NewRun, VisitReport
from wenlan.patrons import operations as patrons
from wenlan.patrons.testing import make_category, make_institution, make_patron
from wenlan.patrons.types import NewReader
from wenlan.registers import operations as registers
from wenlan.shelving import operations as shelving
from wenlan.shelving.types import TaskKind, WorkDone
from wenlan.staff.testing import make_member, signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
MONDAY = date(2019, 3, 4)
PLATE = Doorplate(address="东大街 3 号", phone="13900000000")


@dataclass(frozen=True, repr=False)
class Year:
    """A report of 2019 as it reads: its sentences, tables by caption, and the figures that it states by measure."""

    node: int
    sentences: tuple[str, ...]
    tables: Mapping[str, list[list[str]]]
    figures: Mapping[str, StoredFigure]
    all_figures: tuple[StoredFigure, ...]

    def acts(self, measure: str) -> int:
        """How many acts are behind a figure; their quantities are the figure, and the sums say it today."""
        figure = self.figures[measure]
        rows = acts_behind(figure, node=self.node, limit=200).rows
        assert present_value(figure, node=self.node) == figure.value
        return len(rows)


@pytest.fixture
def county(monkeypatch) -> tuple[int, int, int]:
    """A county with two branches, on a Monday in March."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 4, 2, tzinfo=UTC))
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    make_category()
    ledger.load_measures()
    registers.declare_shipped()
    return root.id, east.id, west.id


def told(node: int, name: str = "standard") -> Year:
    """Compose the report of 2019 in a shape, as the office does, and read it."""
    sums.fold_all()
    declared = shape(name)
    with translation.override("zh-hans"):
        setting = setting_of(node=node, year=2019, on=date(2020, 1, 6), scope=declared.scope)
        made = compose_document(shape=declared, setting=setting, told=told_of(setting), source=indicators)
    blocks = list(made.document.blocks())
    return Year(
        node=node,
        sentences=tuple("".join(run.text for run in one.runs) for one in blocks if isinstance(one, Paragraph)),
        tables={
            one.caption: [[cell.text for cell in row.cells] for row in one.rows]
            for one in blocks
            if isinstance(one, Table)
        },
        figures={one.measure: one for one in reversed(made.figures.values()) if not one.where},
        all_figures=tuple(made.figures.values()),
    )


def test_a_library_that_did_none_of_it_says_nothing_of_it(county):
    root, _, _ = county
    words = (
        "订单",
        "买单",
        "上门",
        "七进",
        "流动图书车",
        "阅读服务车",
        "自助",
        "在用设备",
        "上架",
        "读者教育",
        "数字资源",
    )

    for name in ("standard", "changzhi"):
        year = told(root, name)
        assert [sentence for sentence in year.sentences if any(word in sentence for word in words)] == []
        assert not any("0台" in sentence or "0车次" in sentence for sentence in year.sentences)


def test_orders_of_readers_are_told_as_the_desk_lists_them(county):
    # A wish in words is met with two volumes; a set chosen from the menu still waits.
    root, east, _ = county
    reader, books = make_patron(node=east), [make_item(node=east) for _ in range(2)]
    wish = NewOrder(patron=reader.id, place=east, lines=[NewLine(text="昆虫图画书", wanted=2)])
    first = orders.ask(make_act(east), order=wish)
    handing.lend(make_act(east), order=first.id, items=[scan(book) for book in books])
    orders.close_short(make_act(east), order=first.id, reason="已齐")
    red = NewThemedSet(
        words={"zh": "红色经典"}, about={}, titles=[ThemedTitle(record=books[0].record)], from_day=MONDAY
    )
    offered = menus.offer(make_act(root), themed=red)
    orders.ask(make_act(east), order=NewOrder(patron=reader.id, place=east, lines=(), themed=offered.id))

    year = told(root)

    assert (
        "开展“订单式”“菜单式”借阅服务，收到读者订单2份，其中从主题书单选定1份，已满足1份，按订单外借2册次。"
        in year.sentences
    )
    desk = signed_in(east, "branch_manager")
    listed = {code: desk.get(f"/desk/circulation/orders/?list={code}").context["lines"] for code in ("todo", "given")}
    assert {code: len(lines) for code, lines in listed.items()} == {"todo": 1, "given": 1}
    assert [year.acts(code) for code in ("book_orders", "book_orders_menu", "book_orders_met")] == [2, 1, 1]
    assert (
        "2019年，收到读者订单2份，其中从主题书单选定1份，已满足1份，按订单外借2册次。"
        in told(east, "changzhi").sentences
    )


def a_run_to_two_doors(east: int) -> tuple[int, list[int]]:
    """Bring two novels and a book on music to a reader of great age and to a troupe; one novel is taken back."""
    old, troupe = make_patron(node=east), make_institution(node=east, name="曲艺队", card="XX0009")
    novels = [make_item(node=east, record=make_record(east, "书", class_number="I247.5").id) for _ in range(2)]
    music = make_item(node=east, record=make_record(east, "书", class_number="J648").id)
    lend(novels[1], old, make_act(east))
    doors = [
        doorstep.admit(make_act(east), reader=NewDoorReader(patron=one.id, doorplate=PLATE, area="东关", ground=ground))
        for one, ground in ((old, "senior"), (troupe, "group"))
    ]
    run = doorstep.plan(make_act(east), run=NewRun(day=MONDAY, name="城关一线"))
    visits = [doorstep.add_visit(make_act(east), run=run.id, reader=door.id) for door in doors]
    reports = (
        VisitReport(outcome="given", given=[scan(novels[0])], collected=[scan(novels[1])]),
        VisitReport(outcome="given", given=[scan(music)], persons=12),
    )
    for visit, report in zip(visits, reports, strict=True):
        visiting.settle(make_act(east), visit=visit.id, report=report)
    visiting.close(make_act(east), run=run.id)
    return run.id, [visit.id for visit in visits]


def test_books_brought_to_the_door_are_told_by_whom_they_served_and_by_class(county):
    root, east, _ = county
    run, visits = a_run_to_two_doors(east)

    year = told(root)

    assert (
        "开展送书上门服务，共2次（高龄读者1次、机构与集体1次），服务读者13人次，送书2册次，收回1册次。"
        in year.sentences
    )
    assert year.tables["2019年送书上门分类"] == [
        ["I 文学", "1", "50.0"],
        ["J 艺术", "1", "50.0"],
        ["合计", "2", "100.0"],
    ]
    lines = signed_in(east, "branch_manager").get(f"/desk/doorstep/runs/{run}/").context["lines"]
    shown = [line["one"] for line in lines]
    assert [sum(getattr(one, what) for one in shown) for what in ("given", "collected", "persons")] == [2, 1, 13]
    assert (len(shown), year.acts("door_deliveries")) == (len(visits), 2)
    subjects = ("door.delivery:senior", "door.volumes", "door.collected", "door.persons")
    assert [namer("subject", kinds=(), keys=subjects)(one) for one in subjects] == [
        "Of great age",
        "Volumes lent at the door",
        "Volumes collected at the door",
        "Persons served at the door",
    ]


def test_books_chosen_at_a_bookshop_are_told_as_the_campaign_counts_them(county):
    root, east, _ = county
    shop = make_shop(east, discount_permille=850)
    begins = {"from_day": MONDAY, "until_day": date(2019, 12, 31)}
    campaign = make_campaign(east, shop, **begins)
    for number, (card, isbn) in enumerate((("LC1", LUOTUO), ("LC2", "9787536692930")), start=1):
        make_patron(node=east, card=card, on=date(2019, 1, 2))
        wish = make_wish(shop, card, isbn, label=f"XH0000{number}")
        bookshop.choose(make_act(east, key=f"shop{number}"), wish=wish)

    year = told(root)

    assert (
        "“你选书·我买单”读书惠民活动中，参与读者2人，在合作书店选书并当场借出2册，由图书馆买单39.10元。"
        in year.sentences
    )
    desk = signed_in(east, "acquisitions")
    (line,) = desk.get("/desk/bookshop/campaigns/").context["lines"]
    assert (line["one"].id, line["one"].volumes, line["one"].spent_fen) == (campaign.id, 2, 3910)
    assert len(desk.get("/desk/bookshop/chosen/").context["lines"]) == year.acts("chosen_volumes") == 2


def test_machines_and_what_they_handled_are_told(county):
    root, east, _ = county
    kinds = ("self_check", "self_check", "newspaper_screen")
    for number, kind in enumerate(kinds):
        facts = MachineFacts(type=kind, name=f"{number}号机", node=east, since=date(2019, 1, 2))
        machines.enter(make_act(east, date(2019, 1, 2)), facts=facts)
    reader, books = make_patron(node=east), [make_item(node=east) for _ in range(3)]
    for book in books:
        lend(book, reader, make_act(east, device="K1", channel=Channel.SIP2))
    take_back(books[0], make_act(east, device="K1", channel=Channel.SIP2))
    take_back(books[1], make_act(east))

    year = told(root)

    assert "2019年末在用设备3台（自助借还机2台、电子阅报屏1台）。" in year.sentences
    assert "读者在自助设备上借书3册次，还书1册次，自助借还占借还总量的80%。" in year.sentences
    rows = signed_in(east, "branch_manager").get("/desk/machines/").context["rows"]
    assert (len(rows), year.acts("equipment_held"), year.acts("loans_self_service")) == (3, 3, 3)


def test_work_at_the_shelves_is_told(county):
    root, east, _ = county
    for kind, volumes in ((TaskKind.REPAIR, 40), (TaskKind.NEWSPAPERS, 12)):
        task = shelving.add_task(make_act(east), kind=kind)
        shelving.finish(make_act(east), task=task.id, work=WorkDone(volumes=volumes, minutes=30))

    year = told(root)

    assert "馆员和志愿者整理、上架图书，分拣报刊，共52册次。" in year.sentences
    tasks = signed_in(east, "circulation").get("/desk/shelving/").context["tasks"]
    assert sum(line["one"].volumes for line in tasks) == 52
    assert year.acts("volumes_shelved") == 2


def test_lessons_in_using_the_library_are_told(county):
    root, east, _ = county
    lesson = make_held_session(make_programme(east, "education.school"), east)
    plan = NewItem(title="读者教育", kind="education", due_on=date(2019, 12, 31), target_sessions=1, target_persons=20)
    planning.plan(make_act(east, date(2019, 1, 5)), item=plan)
    desk = signed_in(east, "activities")
    said = {"persons": "20", "day": "2019-03-04", "mode": "onsite"}
    desk.post(f"/desk/activities/{lesson}/attendance/", said)

    year = told(root)

    assert "以利用图书馆为主题，开展读者教育1场，参加20人次。" in year.sentences
    (line,) = desk.get("/desk/activities/plan/").context["lines"]
    assert (line["one"].held, line["one"].persons) == (1, 20)
    assert (year.acts("user_education"), year.acts("user_education_attendance")) == (1, 1)


def test_digital_resources_opened_are_told_as_the_page_of_the_figure_shows_them(county):
    root, east, _ = county
    words = {"zh": "云阅读", "en": "Cloud reading"}
    resource = NewResource(words=words, kind="ebooks", url="https://ebooks.example.cn/", open_to="all")
    code = digital.offer(make_act(east, date(2019, 1, 2)), resource=resource).code
    digital.add_network(make_act(east), range_="10.1.2.0/24")
    for number, address in enumerate(("10.1.2.7", "203.0.113.9", "203.0.113.9")):
        digital.open_resource(make_act(east, key=f"open{number}"), code=code, address=address)

    year = told(root)

    assert "读者访问数字资源3次，其中馆内1次，远程2次。" in year.sentences
    span = "?start=2019-01-01&last=2019-12-31"
    page = signed_in(root, "office").get(f"/desk/figures/digital_accesses/{span}").context
    assert page["figure"].value == 3
    assert year.acts("digital_accesses") == 3


def a_trip_of_the_bus(county: int) -> int:
    """Let a bus stand in one village, lend two books there, issue a card and count five visitors; return the trip."""
    home = make_node("BUS", parent=county, kind=NodeKind.BUS)
    facts = MachineFacts(type="book_bus", name="一号车", node=home.id, since=date(2019, 1, 2))
    vehicle = machines.enter(make_act(home.id, date(2019, 1, 2)), facts=facts).id
    qian = make_member(home.id, "bus", username="qian").id
    start = make_act(home.id).at
    plan = NewTrip(vehicle=vehicle, node=home.id, started_at=start, title="北线", crew=(qian,), more=("丈河村",))
    trip = bus.open_trip(make_act(home.id, staff=qian), trip=plan)

    def aboard(seconds: int):
        return make_act(home.id, staff=qian, seconds=seconds, channel=Channel.BUS)

    bus.arrive(aboard(60), trip=trip.id, stop=trip.stops[0].id)
    reader = make_patron(node=county)
    for number in range(2):
        lend(make_item(node=home.id), reader, aboard(120 + number))
    patrons.register(aboard(180), reader=NewReader(name="李", category="adult", card_number="B1"))
    tallies.tally(aboard(240), persons=5)
    bus.close_trip(aboard(3600), trip=trip.id)
    return trip.id


def test_a_trip_of_the_bus_is_told_as_its_page_shows_it(county, monkeypatch):
    root, _, _ = county
    trip = a_trip_of_the_bus(root)
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 4, 8, tzinfo=UTC))

    year = told(root)

    assert "年末有流动图书车1辆，全年出车1车次，停靠服务1站次。" in year.sentences
    assert "流动图书车在读者家门口接待读者5人次，外借图书2册次，现场办证1张。" in year.sentences
    totals = dict(signed_in(root, "bus").get(f"/desk/bus/{trip}/").context["totals"])
    assert sorted(totals.values()) == [0, 0, 1, 2, 5]
    assert [year.acts(code) for code in ("bus_trips", "stops_served", "bus_loans", "bus_cards")] == [1, 1, 2, 1]


def test_deliveries_of_books_to_the_seven_targets_are_told_by_where_they_went(county):
    # Two to villages, one to each of the others; the book says what was brought, and the loans stay as they are.
    root, east, _ = county
    targets = ("village", "village", "school", "community", "office", "barracks", "home", "enterprise")
    for number, target in enumerate(targets, start=1):
        values = {"target": target, "place": f"第{number}站", "volumes": number * 100}
        registers.enter(make_act(east), book="delivery", day=MONDAY, values=values)

    year = told(root)

    seven = "进农村2次、进校园1次、进社区1次、进机关1次、进军营1次、进家庭1次、进企业1次"
    assert f"开展送书“七进”活动，共8次（{seven}），送出图书3600册次。" in year.sentences
    shown = signed_in(east, "office").get("/desk/registers/delivery/").context["shown"]
    assert (shown, year.acts("deliveries")) == (8, 8)
    villages = next(one for one in year.all_figures if one.where == {"subject": "delivery:village"})
    assert len(acts_behind(villages, node=root).rows) == 2
    assert year.figures["loans"].value == 0


def test_a_year_stands_beside_the_one_before_and_both_open_to_their_acts(county):
    root, east, _ = county
    for day in (date(2018, 5, 7), date(2018, 6, 4), date(2018, 12, 31), date(2019, 1, 1)):
        values = {"vehicle": "一号车", "route": "惠丰社区", "stops": 2, "persons": 30}
        registers.enter(make_act(east, day), book="bus_trip", day=day, values=values)

    year = told(root)

    rows = {row[0]: row[1:] for row in year.tables["2019年与2018年主要服务数据比较"]}
    assert rows["流动图书车出车"] == ["车次", "1", "3", "-2", "-66.7"]
    assert rows["流动图书车停靠服务"] == ["站次", "2", "6", "-4", "-66.7"]
    spans = {2018: (3, 3), 2019: (1, 1)}
    trips = [one for one in year.all_figures if one.measure == "bus_trips"]
    found = {one.period.start.year: (one.value, len(acts_behind(one, node=root).rows)) for one in trips}
    assert found == spans
