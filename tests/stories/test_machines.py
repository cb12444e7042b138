"""Machines of a library: a sheet of the assets office, and what each self-service machine has handled."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import Workbook

from wenlan.circulation.testing import make_act, make_rule
from wenlan.facilities.machines import operations as register
from wenlan.facilities.machines import queries, sheets
from wenlan.facilities.machines.types import MachineFacts, MachineState
from wenlan.facilities.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as cubes
from wenlan.indicators.queries import acts_of, breakdown, figures
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network
from wenlan.patrons import operations as patrons
from wenlan.patrons.joining import operations as joining
from wenlan.patrons.joining.types import Way
from wenlan.patrons.testing import make_patron
from wenlan.patrons.tests.test_policies import id_number
from wenlan.protocols.models import Terminal
from wenlan.protocols.sip2 import codec, handlers
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2.terminals import enrol, view_of
from wenlan.protocols.sip2.types import usual_rights
from wenlan.registers import operations as registers
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 3, 4, 2, 15, tzinfo=UTC)
TODAY = NOW.date()
PERSON = {"category": "adult", "name": "王芳", "document_kind": "citizen", "birth_date": "", "sex": ""}
CONTACT = {"phone": "13903551234", "password": "三里湾2019", "agrees": "on"}
GUARDIAN = {"guardian_name": "", "guardian_relation": "", "guardian_phone": ""}


@pytest.fixture
def hall(monkeypatch):
    """A hall with two self-checks and a card machine, on a day in March 2019."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    ledger.load_measures()
    patrons.load_categories()
    registers.declare_shipped()
    root, place = make_network("HALL")
    make_rule(root.id)
    joining.set_rule(make_act(root.id, TODAY), node=root.id, way=Way.AT_ONCE)
    for code in ("K1", "K2", "Z1"):
        enrol(code=code, password="kiosk", node=place.id)
    Terminal.objects.filter(code="Z1").update(rights=[*usual_rights(), "register"])
    return place.id


def a_machine(node: int, kind: str, name: str, device: str = "", since=TODAY - timedelta(days=60)):
    """Enter a machine, and say which device it is."""
    facts = MachineFacts(type=kind, name=name, node=node, since=since)
    one = register.enter(make_act(node, TODAY), facts=facts)
    if device:
        register.link(make_act(node, TODAY), machine=one.id, device=device)
    return one


def said(code: str, request) -> object:
    """Return what the server answers to a terminal's message."""
    terminal = view_of(Terminal.objects.get(code=code))
    line = codec.encode(request, encoding=terminal.encoding)
    return handlers.answer(codec.decode(line[:-1], terminal.encoding), terminal=terminal, at=NOW)


def borrow_renew_and_return(code: str, books: list, card: str) -> None:
    """Borrow some books at a machine, renew the first and bring it back."""
    stamp = {"transaction_date": "20190304    101500"}
    for book in books:
        said(code, ask.CheckoutRequest(**stamp, patron_identifier=card, item_identifier=book.barcode))
    said(code, ask.RenewRequest(**stamp, patron_identifier=card, item_identifier=books[0].barcode))
    said(code, ask.CheckinRequest(**stamp, return_date=stamp["transaction_date"], item_identifier=books[0].barcode))


def becomes_a_reader() -> None:
    """Let somebody register at the card machine's screen."""
    station = Client(HTTP_ACCEPT_LANGUAGE="en")
    station.post("/kiosk/device/", {"code": "Z1", "password": "kiosk"})
    form = PERSON | CONTACT | GUARDIAN | {"document": id_number(date(1990, 5, 1), 13)}
    for step in range(3):
        station.post("/kiosk/join/", {"key": "k1", "step": str(step)} | form)


@pytest.mark.capability("G03")
@pytest.mark.capability("G04")
def test_story_of_what_two_self_checks_and_a_card_machine_handled(hall):
    first, second = a_machine(hall, "self_check", "一号机", "K1"), a_machine(hall, "self_check", "二号机", "K2")
    cards = a_machine(hall, "card_machine", "办证机", "Z1")
    make_patron(node=hall, card="R1")
    borrow_renew_and_return("K1", [make_item(node=hall) for _ in range(3)], "R1")
    borrow_renew_and_return("K2", [make_item(node=hall)], "R1")
    becomes_a_reader()
    cubes.fold()

    # The page of a machine and the list of all say what each handled; the sums are the network's self-service.
    desk = signed_in(hall, "branch_manager")
    rows = {
        row.machine.id: [cell[1] for cell in row.cells] for row in desk.get("/desk/machines/handled/").context["rows"]
    }
    assert rows == {cards.id: [1, 0, 0, 0], first.id: [0, 3, 1, 1], second.id: [0, 1, 1, 1]}
    page = desk.get(f"/desk/machines/{first.id}/").context["handled"][0][1]
    assert [(cell[0], cell[1]) for cell in page.cells] == [
        ("Cards issued", 0), ("Loans", 3), ("Returns", 1), ("Renewals", 1)
    ]  # fmt: skip
    found = figures(("loans_self_service", "returns_self_service"), node=hall, period=Period.year(2019))
    assert [found[code].value for code in found] == [4, 2]
    assert desk.get(page.cells[1][2]).context["shown"] == 3

    # K1 breaks down and its device goes into another machine: each keeps what it handled in its days.
    tomorrow = TODAY + timedelta(days=1)
    register.set_state(make_act(hall, tomorrow), machine=first.id, state=MachineState.DISPOSED)
    third = register.enter(
        make_act(hall, tomorrow), facts=MachineFacts(type="self_check", name="三号机", node=hall, since=tomorrow)
    )
    register.link(make_act(hall, tomorrow), machine=third.id, device="K1")
    rows = {row.machine.id: row.cells[1][1] for row in desk.get("/desk/machines/handled/").context["rows"]}
    assert (rows[first.id], rows[third.id]) == (3, 0)


def a_sheet() -> BytesIO:
    """The list that the assets office keeps."""
    book, stream = Workbook(), BytesIO()
    book.active.append(["序号", "设备类型", "名称与型号", "数量", "购置日期", "单价", "资金来源", "供应商", "保修期至"])
    book.active.append([1, "电子阅报屏", "55寸阅报屏", 5, "2018-04-23", 26000, "免费开放专项", "甲公司", "2021-04-23"])
    book.active.append(
        [2, "自助借还机", "RFID 自助借还机", 3, "2018-06-01", 48000, "免费开放专项", "乙公司", "2021-06-01"]
    )
    book.active.append([3, "流动图书车", "一号车", 1, "2018-06-01", 380000, "财政拨款", "丙公司", ""])
    book.save(stream)
    stream.seek(0)
    return stream


@pytest.mark.capability("G23")
def test_story_of_the_equipment_of_a_year(hall):
    # The sheet comes in once; read again it enters nothing. A line of the old record book is listed one by one.
    old = {"type": "equipment.card_machine", "name": "自助办证机", "change": 2}
    entry = registers.enter(make_act(hall, TODAY), book="equipment", day=TODAY, values=old)
    lines = sheets.looked_at(sheets.read(a_sheet()), nodes=[hall], home=hall, today=TODAY)
    assert register.enter_lines(make_act(hall, TODAY), lines) == 9
    again = sheets.looked_at(sheets.read(a_sheet()), nodes=[hall], home=hall, today=TODAY)
    assert register.enter_lines(make_act(hall, TODAY), again) == 0
    cards = register.list_singly(make_act(hall, TODAY), entry=entry.uid, node=hall)

    # In the year a screen goes to repair and comes back, one is taken out of use, a card machine is disposed of.
    screens = queries.machines([hall], kind="newspaper_screen")
    may, june = TODAY + timedelta(days=60), TODAY + timedelta(days=90)
    register.set_state(make_act(hall, may), machine=screens[0].id, state=MachineState.IN_REPAIR)
    register.set_state(make_act(hall, june), machine=screens[0].id, state=MachineState.IN_USE)
    register.set_state(make_act(hall, june), machine=screens[1].id, state=MachineState.OUT_OF_USE)
    register.set_state(make_act(hall, june), machine=cards[0].id, state=MachineState.DISPOSED, note="报废")
    cubes.fold()

    # N台X of the report, on two days, and the sum; each opens to what was done with each machine.
    def held(day):
        cells = breakdown("equipment_held", node=hall, period=Period.day(day), by=("subject",))
        return {str(cell.keys[0]).removeprefix("equipment."): cell.value for cell in cells if cell.value}

    assert held(TODAY) == held(may) == {"card_machine": 2, "newspaper_screen": 5, "self_check": 3}
    assert held(june) == {"card_machine": 1, "newspaper_screen": 4, "self_check": 3}
    found = figures(("equipment_held", "bus_vehicles", "equipment_value"), node=hall, period=Period.year(2019))
    assert [found[code].value for code in found] == [8, 1, 5 * 26000 + 3 * 48000 + 380000]
    sources = [act.source for act in acts_of("equipment_held", node=hall, period=Period.year(2019)).rows]
    assert sum(source.startswith(f"machine:{screens[1].uid}:") for source in sources) == 2
    history = [(deed.state, deed.day) for deed in queries.deeds(screens[0].id)]
    assert history[0] == (MachineState.IN_USE, june)
    assert screens[0].warranty_until.year == 2021
    assert (screens[0].supplier, screens[0].fund, screens[0].price_fen) == ("甲公司", "免费开放专项", 2_600_000)
    assert differences() == []
