"""The register of machines: single machines with their history, counted in the ledger beside the record book."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from wenlan.facilities import verification
from wenlan.facilities.machines import operations, queries, sheets
from wenlan.facilities.machines.errors import (
    DeviceTaken,
    MachineDayWrong,
    MachineGone,
    MachineNumberTaken,
    MachineSheetUnreadable,
    NotListable,
    OnlyEntered,
)
from wenlan.facilities.machines.models import Machine
from wenlan.facilities.machines.types import Deed, MachineFacts, MachineState
from wenlan.facilities.testing import counted, make_act, make_library
from wenlan.kernel.errors import NotFound
from wenlan.ledger.kinds import Kind
from wenlan.registers import operations as registers
from wenlan.registers import queries as books

pytestmark = pytest.mark.django_db

DAY, LATER, LAST = date(2019, 3, 4), date(2019, 6, 1), date(2019, 9, 1)


def an_act(node, day=DAY, *, key=""):
    return make_act(node, day, key=key, staff=None)


def facts(node, **said):
    plain = {"type": "self_check", "name": "RFID 自助借还机", "since": DAY, "price_fen": 4_800_000}
    return MachineFacts(node=node, **plain | said)


def held(subject="equipment.self_check", **where):
    return counted(Kind.RECORD_ENTERED, subject=subject, **where)


def value(type_="self_check", **where):
    return counted(Kind.RECORD_ENTERED, subject=f"machine_value.{type_}", **where)


def test_a_machine_counts_where_it_stands_while_it_is_held_and_its_price_until_it_is_disposed_of():
    root = make_library()
    town = make_library(parent=root)
    one = operations.enter(an_act(root, DAY, key="k"), facts=facts(root))
    assert operations.enter(an_act(root, DAY, key="k"), facts=facts(root)) == one

    operations.move(an_act(root, LATER, key="m"), machine=one.id, node=town, spot="一层大厅")
    operations.move(an_act(root, LATER, key="m"), machine=one.id, node=town, spot="一层大厅")
    assert (held(node=root), held(node=town), value(node=town)) == (0, 1, 4_800_000)
    operations.set_state(an_act(root, LATER), machine=one.id, state=MachineState.IN_REPAIR)
    assert held() == 1
    operations.set_state(an_act(root, LATER), machine=one.id, state=MachineState.OUT_OF_USE)
    assert (held(), value()) == (0, 4_800_000)
    gone = operations.set_state(an_act(root, LAST), machine=one.id, state=MachineState.DISPOSED, note="报废")

    assert (held(), value(), gone.state) == (0, 0, MachineState.DISPOSED)
    assert [(deed.kind, deed.day) for deed in queries.deeds(one.id)] == [
        (Deed.STATED, LAST),
        (Deed.STATED, LATER),
        (Deed.STATED, LATER),
        (Deed.MOVED, LATER),
        (Deed.TAKEN_IN, DAY),
    ]
    assert verification.differences() == []


def test_what_was_said_in_error_is_taken_back_and_what_was_written_wrong_is_counted_anew():
    root = make_library()
    one = operations.enter(an_act(root, DAY), facts=facts(root))
    operations.set_state(an_act(root, LATER), machine=one.id, state=MachineState.DISPOSED)

    operations.take_back(an_act(root, LATER, key="t"), machine=one.id)
    operations.take_back(an_act(root, LATER, key="t"), machine=one.id)
    operations.put_right(an_act(root, LAST), machine=one.id, facts=facts(root, type="card_machine", price_fen=100))

    assert (held(), held("equipment.card_machine", day=DAY), value("card_machine")) == (0, 1, 100)
    assert held("equipment.card_machine") == 1
    assert queries.machine(one.id).state == MachineState.IN_USE
    with pytest.raises(OnlyEntered):
        operations.take_back(an_act(root, LAST), machine=one.id)
    assert verification.differences() == []


def test_things_are_done_one_after_the_other_and_not_with_what_is_gone():
    root = make_library()
    one = operations.enter(an_act(root, DAY), facts=facts(root, number="2019-001"))

    with pytest.raises(MachineNumberTaken):
        operations.enter(an_act(root, DAY), facts=facts(root, number="2019-001"))
    with pytest.raises(MachineDayWrong):
        operations.enter(an_act(root, DAY), facts=facts(root, since=LATER))
    with pytest.raises(MachineDayWrong):
        operations.move(an_act(root, LATER), machine=one.id, node=root, spot="二层", day=date(2019, 3, 3))
    operations.set_state(an_act(root, LATER), machine=one.id, state=MachineState.DISPOSED)
    with pytest.raises(MachineGone):
        operations.move(an_act(root, LAST), machine=one.id, node=root, spot="仓库")

    assert Machine.objects.count() == 1
    with pytest.raises(NotFound):
        queries.machine(one.id + 1)


def test_a_line_of_the_record_book_becomes_single_machines_and_no_figure_changes():
    root = make_library()
    registers.declare_shipped()
    values = {"type": "equipment.self_check", "name": "自助借还机", "change": 3}
    entry = registers.enter(an_act(root, DAY), book="equipment", day=DAY, values=values)
    bus = registers.enter(an_act(root, DAY), book="bus_vehicle", day=DAY, values={"name": "一号车", "change": 1})
    assert [(line.type.code, line.pieces) for line in queries.unlisted([root])] == [("self_check", 3), ("book_bus", 1)]

    listed = operations.list_singly(an_act(root, LATER), entry=entry.uid, node=root)
    operations.list_singly(an_act(root, LATER), entry=bus.uid, node=root)

    assert len({one.number for one in listed}) == 3
    assert (held(day=DAY), held(), held("bus_vehicle.change", day=DAY)) == (3, 3, 1)
    assert books.entry(entry.uid).status == "struck"
    assert [one.name for one in queries.vehicles([root])] == ["一号车"]
    with pytest.raises(NotListable):
        operations.list_singly(an_act(root, LATER), entry=entry.uid, node=root)
    assert verification.differences() == []


def test_a_device_is_one_machine_at_a_time():
    root = make_library()
    one, other = (operations.enter(an_act(root, DAY), facts=facts(root)) for _ in range(2))
    operations.link(an_act(root, LATER), machine=one.id, device="K1")

    with pytest.raises(DeviceTaken):
        operations.link(an_act(root, LATER), machine=other.id, device="K1")
    operations.set_state(an_act(root, LAST), machine=one.id, state=MachineState.DISPOSED)
    operations.link(an_act(root, LAST), machine=other.id, device="K1", since=LAST)

    spans = [(link.machine, link.from_day, link.until_day) for link in queries.links([one.id, other.id])]
    assert spans == [(other.id, LAST, None), (one.id, DAY, LAST)]
    assert getattr(queries.machine_of_device("K1", LATER), "id", None) == one.id


LINES = (
    [
        "序号",
        "设备类型",
        "名称与型号",
        "数量",
        "馆点",
        "购置日期",
        "单价",
        "资金来源",
        "供应商",
        "资产编号",
        "保修期至",
    ],
    [1, "读者用电脑", "台式机", 60, "", date(2018, 5, 1), 4200, "免费开放专项", "某公司", "", "2021-05-01"],
    [2, "自助办证机", "BZ-2", 1, "TOWN", "2019年1月2日", "35,000.50", "", "", "GD-7", ""],
    [3, "飞碟", "某型", 1, "远方", "昨天", "很贵", "", "", "", ""],
)


def sheet_of(*lines):
    workbook = Workbook()
    for line in lines:
        workbook.active.append(line)
    stream = BytesIO()
    workbook.save(stream)
    stream.seek(0)
    return stream


def test_a_sheet_is_looked_at_before_it_is_entered_and_enters_nothing_twice():
    root = make_library()
    town = make_library("TOWN", parent=root)
    rows = sheets.read(sheet_of(*LINES))

    lines = sheets.looked_at(rows, nodes=[root, town], home=root, today=DAY)
    assert [(line.place, line.is_new, len(line.faults)) for line in lines] == [
        (2, True, 0),
        (3, True, 0),
        (4, False, 4),
    ]
    assert Machine.objects.count() == 0
    assert operations.enter_lines(an_act(root, DAY), lines) == 61
    again = sheets.looked_at(rows, nodes=[root, town], home=root, today=DAY)

    assert [line.known for line in again] == [60, 1, 0]
    assert operations.enter_lines(an_act(root, DAY), again) == 0
    assert held("equipment.computer", node=root, day=date(2018, 5, 1)) == 60
    machine = queries.machines([town])[0]
    assert (machine.number, machine.price_fen, machine.since) == ("GD-7", 3_500_050, date(2019, 1, 2))
    with pytest.raises(MachineSheetUnreadable):
        sheets.read(BytesIO(b"no sheet"))
    assert verification.differences() == []


def test_the_same_words_in_the_sheets_of_two_branches_are_two_machines():
    east, west = make_library(), make_library()
    rows = [{"type": "自助借还机", "name": "RFID-3"}]

    for home in (east, west, east):
        lines = sheets.looked_at(rows, nodes=[east, west], home=home, today=DAY)
        operations.enter_lines(an_act(home), lines)

    assert (held(node=east), held(node=west)) == (1, 1)


def test_what_is_no_sheet_inside_is_refused():
    stream = BytesIO()
    Workbook().save(stream)
    with ZipFile(BytesIO(stream.getvalue())) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    broken = BytesIO()
    with ZipFile(broken, "w") as file:
        for name, content in parts.items():
            file.writestr(name, b"<sheet" if name.endswith("sheet1.xml") else content)

    with pytest.raises(MachineSheetUnreadable):
        sheets.read(broken)


def test_many_keys_are_looked_up_in_parts(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(queries, "CHUNK", 2)
    operations.enter(an_act(make_library(), key="k"), facts=facts(make_library()))

    with django_assert_num_queries(2):
        assert queries.keys_taken(["a", "b", "k"]) == {"k"}


def test_a_machine_whose_disposal_is_taken_back_is_its_device_again():
    place = make_library()
    one, other = (operations.enter(an_act(place), facts=facts(place)) for _machine in range(2))
    for device in ("K1", "K2"):
        operations.link(an_act(place, LATER), machine=one.id, device=device, since=DAY)
    operations.set_state(an_act(place, LATER), machine=one.id, state=MachineState.DISPOSED)
    operations.link(an_act(place, LATER), machine=other.id, device="K2", since=LATER)

    operations.take_back(an_act(place, LATER), machine=one.id)

    assert {(link.device, link.until_day) for link in queries.links([one.id])} == {("K1", None), ("K2", LATER)}


def test_a_library_adds_types_of_its_own():
    root = make_library()
    own = operations.add_type(an_act(root), words={"zh": "朗读亭", "en": "Reading booth"})

    operations.enter(an_act(root, DAY), facts=facts(root, type=own.code))

    assert held(f"equipment.{own.code}") == 1
    assert queries.subject_names([own.subject]) == {own.subject: "Reading booth"}


def test_a_list_of_machines_costs_the_same_statements_for_one_and_three(django_assert_num_queries):
    root = make_library()
    for count in (1, 3):
        while Machine.objects.count() < count:
            operations.enter(an_act(root, DAY), facts=facts(root, name="自助机"))
        with django_assert_num_queries(2):
            assert len(queries.machines([root], text="自助", state="held")) == count
