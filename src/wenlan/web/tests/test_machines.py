"""The desk's pages of machines: the register, a sheet, the figures by type, and what machines handled."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from wenlan.facilities.machines import operations, queries
from wenlan.facilities.machines.types import MachineFacts
from wenlan.facilities.testing import make_act
from wenlan.indicators import operations as cubes
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network
from wenlan.outreach.bus import operations as bus
from wenlan.outreach.bus.types import NewTrip, Purpose
from wenlan.registers import operations as registers
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
PAGES = ("machines:list", "machines:new", "machines:sheet", "machines:figures", "machines:handled")


@pytest.fixture
def places():
    ledger.load_measures()
    registers.declare_shipped()
    root, east, west = make_network("E", "W")
    return root.id, east.id, west.id


def a_machine(node, **said):
    day = clock.today() - timedelta(days=10)
    facts = {"type": "self_check", "name": "自助借还机", "node": node, "since": day} | said
    return operations.enter(make_act(node, clock.today(), staff=None), facts=MachineFacts(**facts))


def test_only_who_keeps_machines_there_sees_and_changes_them(places):
    _root, east, west = places
    one = a_machine(east)
    page = reverse("machines:machine", args=[one.id])

    assert [Client().get(reverse(name)).status_code for name in PAGES] == [302] * len(PAGES)
    assert signed_in(east, "village_keeper").get(reverse("machines:list")).status_code == 403
    elsewhere = signed_in(west, "branch_manager")
    assert elsewhere.get(reverse("machines:list")).context["rows"] == []
    assert elsewhere.get(page).status_code == 404
    moved = elsewhere.post(reverse("machines:move", args=[one.id]), {"key": "k", "node": west, "day": "2026-01-01"})
    assert moved.status_code == 404
    here = signed_in(east, "branch_manager")
    assert [here.get(reverse(name)).status_code for name in PAGES] == [200] * len(PAGES)
    assert [row["number"] for row in here.get(reverse("machines:list")).context["rows"]] == [one.number]


def test_a_machine_is_entered_moved_repaired_put_right_and_taken_back_on_its_page(places):
    root, east, west = places
    client, today = signed_in(root, "branch_manager"), clock.today().isoformat()
    form = {"key": "k", "type": "card_machine", "name": "办证机", "node": east, "since": today, "pieces": "1"}
    for _ in range(2):
        client.post(reverse("machines:new"), form | {"price": "35000.50"})
    one = queries.machines([east])[0]
    page = reverse("machines:machine", args=[one.id])

    client.post(reverse("machines:move", args=[one.id]), {"key": "m", "node": west, "spot": "一层", "day": today})
    client.post(reverse("machines:state", args=[one.id]), {"key": "s", "state": "in_repair", "day": today})
    refused = client.post(
        reverse("machines:state", args=[one.id]), {"key": "t", "state": "disposed", "day": "2015-01-01"}
    )
    client.post(reverse("machines:link", args=[one.id]), {"device": "K1"})
    client.post(reverse("machines:change", args=[one.id]), {"key": "c", "type": "card_machine", "name": "新名称"})
    shown = client.get(page)
    client.post(reverse("machines:take_back", args=[one.id]))

    assert (refused.status_code, list(refused.context["state_form"].errors)) == (422, ["__all__"])
    assert [line["what"] for line in shown.context["history"]] == ["In repair", "Moved", "Entered"]
    assert [link.device for link in shown.context["links"]] == ["K1"]
    after = queries.machine(one.id)
    assert (after.name, after.node, after.state, after.price_fen) == ("新名称", west, "in_use", None)
    assert len(queries.machines([east, west])) == 1


def test_a_click_made_twice_does_a_thing_once(places):
    _root, east, _west = places
    desk, one = signed_in(east, "branch_manager"), a_machine(east)
    today = f"{clock.today()}"
    repair = {"key": "r", "state": "in_repair", "day": today}
    sent = [desk.post(reverse("machines:state", args=[one.id]), repair).status_code for _twice in range(2)]
    desk.post(reverse("machines:move", args=[one.id]), {"key": "m", "node": east, "spot": "二层", "day": today})
    page = reverse("machines:machine", args=[one.id])
    last = desk.get(page).context["last_deed"]

    for _twice in range(2):
        desk.post(reverse("machines:take_back", args=[one.id]), {"key": f"take-back-{last}"})
    for _twice in range(2):
        desk.post(reverse("machines:add_type"), {"name": "朗读亭"})

    now = queries.machine(one.id)
    assert (sent, now.spot, now.state) == ([302, 302], "", "in_repair")
    assert sum(kind.is_own for kind in queries.machine_types().values()) == 1
    # What was done before it can be taken back next.
    assert f"take-back-{desk.get(page).context['last_deed']}" in desk.get(page).content.decode()


@pytest.mark.parametrize("asked", [{"day": "9999-12-31"}, {"first": "2019-01-01", "last": "9999-12-31"}])
def test_a_day_for_which_there_are_no_figures_is_refused(places, asked):
    _root, east, _west = places
    desk, name = signed_in(east, "branch_manager"), "figures" if "day" in asked else "handled"

    page = desk.get(reverse(f"machines:{name}"), asked | {"node": east})

    assert set(page.context["form"].errors) == ({"day"} if "day" in asked else {"last"})


def test_a_sheet_is_shown_before_it_is_entered(places):
    _root, east, _west = places
    client, stream, book = signed_in(east, "branch_manager"), BytesIO(), Workbook()
    for line in (["设备类型", "名称与型号", "数量"], ["读者用电脑", "台式机", 3], ["飞碟", "某型", 1]):
        book.active.append(line)
    book.save(stream)
    upload = SimpleUploadedFile("资产.xlsx", stream.getvalue())

    looked = client.post(reverse("machines:sheet"), {"sheet": upload})
    assert (looked.context["new"], looked.context["kept_out"], len(queries.machines([east]))) == (3, 1, 0)
    for _ in range(2):
        client.post(reverse("machines:sheet_enter"), {"kept": looked.context["kept"]})
    forged = client.post(reverse("machines:sheet_enter"), {"kept": "nonsense"})

    assert (len(queries.machines([east])), forged.url) == (3, reverse("machines:sheet"))
    assert client.get(reverse("machines:sheet_empty")).content[:2] == b"PK"


def test_the_table_by_type_is_the_figures_and_leads_to_their_acts(places):
    root, east, _west = places
    a_machine(east, price_fen=100)
    a_machine(east, type="book_bus", name="一号车", price_fen=30_000_000)
    values = {"type": "equipment.self_check", "name": "旧机", "change": 2}
    registers.enter(make_act(east, clock.today(), staff=None), book="equipment", day=clock.today(), values=values)
    cubes.fold()
    client = signed_in(root, "branch_manager")

    shown = client.get(reverse("machines:figures"))

    rows = [(row["name"], row["pieces"], int(row["value"])) for row in shown.context["rows"]]
    assert rows == [("Self-check machine", 3, 1), ("Book bus", 1, 300_000)]
    assert client.get(shown.context["rows"][0]["url"]).context["shown"] == 2
    assert b"Book bus" in client.get(f"{reverse('machines:figures')}{shown.context['table_url']}").content


def test_the_page_of_a_vehicle_lists_its_trips(places):
    _root, east, _west = places
    van = a_machine(east, type="service_vehicle", name="阅读服务车")
    start = clock.now() - timedelta(hours=3)
    plan = NewTrip(vehicle=van.id, node=east, started_at=start, purpose=Purpose.EVENT, title="读书日", drivers=("赵",))
    bus.open_trip(make_act(east, clock.today() + timedelta(days=1), staff=None), trip=plan)

    trips = signed_in(east, "branch_manager").get(reverse("machines:machine", args=[van.id])).context["trips"]

    assert [(trip["title"], trip["served"], trip["drivers"]) for trip in trips] == [("读书日", 0, "赵")]
