"""The device page: what staff see of the terminals of their places, and what they may set."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from wenlan.circulation.testing import make_rule
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_category, make_patron
from wenlan.protocols.models import Terminal, TerminalDay, TerminalFault
from wenlan.protocols.sip2.queries import signed_in as terminal_view
from wenlan.protocols.sip2.terminals import enrol, sign_in
from wenlan.protocols.sip2.types import usual_rights
from wenlan.staff.models import AuditEntry
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db

NO_RULES = {"sort-TOTAL_FORMS": "0", "sort-INITIAL_FORMS": "0"}


@pytest.fixture
def place():
    root, east, west = make_network("E", "W")
    make_rule(root.id)
    enrol(code="K1", password="kiosk", node=east.id, encoding="gbk")
    return root, east, west


def the_terminal():
    return Terminal.objects.get(code="K1")


def form(node, **said):
    plain = {"code": "K9", "name": "二楼借还机", "node": str(node), "encoding": "gbk", "field_set": "chinese"}
    return plain | {"rights": usual_rights(), "is_active": "on"} | said


def test_only_staff_with_the_right_at_the_place_see_its_devices(place):
    _root, east, west = place
    page, one = reverse("devices:devices"), reverse("devices:device", args=[the_terminal().pk])

    assert Client().get(page).status_code == 302
    assert signed_in(east.id, "circulation").get(page).status_code == 403
    elsewhere = signed_in(west.id, "branch_manager")
    assert [line["facts"].code for line in elsewhere.get(page).context["lines"]] == []
    assert elsewhere.get(one).status_code == 404
    assert elsewhere.post(reverse("devices:switch", args=[the_terminal().pk])).status_code == 404
    here = signed_in(east.id, "branch_manager").get(page)
    assert [line["facts"].code for line in here.context["lines"]] == ["K1"]


def test_the_list_says_how_each_device_is_and_costs_a_fixed_number_of_statements(place, django_assert_max_num_queries):
    root, east, _west = place
    client, page = signed_in(root.id, "system"), reverse("devices:devices")
    now = clock.now()
    for number, seen in enumerate((None, now, now - timedelta(hours=3)), start=2):
        enrol(code=f"K{number}", password="kiosk", node=east.id)
        Terminal.objects.filter(code=f"K{number}").update(last_seen_at=seen)
    Terminal.objects.filter(code="K1").update(is_active=False)
    TerminalDay.objects.create(
        terminal=Terminal.objects.get(code="K3"), day=clock.today(), messages=50, acts=40, refusals=3, slowest_ms=12
    )
    TerminalFault.objects.create(at=now, kind="sign_in", code="guess", peer="10.0.0.9", line="9300CNguess|CO***|")

    for place_in_time, code in enumerate(("early", "late")):
        TerminalFault.objects.create(
            terminal=Terminal.objects.get(code="K4"),
            at=now + timedelta(seconds=place_in_time),
            kind="sign_in",
            code=code,
        )

    client.get(page)
    with django_assert_max_num_queries(12):
        answer = client.get(page)

    lines = {line["facts"].code: line for line in answer.context["lines"]}
    assert {code: line["seal"] for code, line in lines.items()} == {
        "K1": "closed", "K2": "planned", "K3": "open", "K4": "look"
    }  # fmt: skip
    assert (lines["K3"]["state"].acts, lines["K3"]["state"].slowest_ms) == (40, 12)
    assert [fault.code for fault in answer.context["faults"]] == ["late", "early", "guess"]
    assert list(lines) == ["K4", "K2", "K3", "K1"], "what asks for somebody to go there stands on top"
    assert (lines["K4"]["seal_text"], lines["K4"]["fault"].code, lines["K3"]["fault"]) == (
        "no answer for 3\xa0hours",
        "late",
        None,
    )
    assert [value for _label, value, _unit in answer.context["sums"]] == [1, 1, 1, 40, 3, 0]


def test_a_device_is_entered_with_a_password_that_is_shown_once_and_kept_as_a_hash(place):
    _root, east, _west = place
    client = signed_in(east.id, "branch_manager")

    entered = client.post(reverse("devices:new"), form(east.id), follow=True)

    made = Terminal.objects.get(code="K9")
    shown = [str(message) for message in entered.context["messages"]]
    password = shown[0].split("CO")[1].strip("）) ").split("。")[0].split(",")[0].split("，")[0].split(".")[0].strip()
    assert password not in made.password
    assert sign_in(code="K9", password=password).node == east.id
    assert (made.encoding, made.field_set, made.name) == ("gbk", "chinese", "二楼借还机")
    again = client.get(reverse("devices:device", args=[made.pk]))
    assert password not in again.content.decode()
    entry = AuditEntry.objects.get(action="protocols.save_terminal")
    assert entry.after["password"] is True


def test_another_password_and_the_switch_hold_at_once(place):
    _root, east, _west = place
    client, pk = signed_in(east.id, "branch_manager"), the_terminal().pk
    assert sign_in(code="K1", password="kiosk") is not None

    client.post(reverse("devices:password", args=[pk]))
    assert sign_in(code="K1", password="kiosk") is None

    enrol(code="K1", password="kiosk", node=east.id)
    client.post(reverse("devices:switch", args=[pk]))
    assert sign_in(code="K1", password="kiosk") is None
    client.post(reverse("devices:switch", args=[pk]))
    assert sign_in(code="K1", password="kiosk") is not None


def test_what_is_said_of_a_device_is_kept_with_its_sort_rules(place):
    _root, east, west = place
    make_category("child")
    client, pk = signed_in(east.id, "branch_manager"), the_terminal().pk
    rules = {
        "sort-TOTAL_FORMS": "3", "sort-INITIAL_FORMS": "0",
        "sort-0-step": "send", "sort-0-destination": west.code, "sort-0-bin": "3",
        "sort-1-class_begins": "I", "sort-1-bin": "2",
        "sort-2-material": "book",
    }  # fmt: skip

    client.post(reverse("devices:device", args=[pk]), form(east.id, code="K1", reader_types="02=child") | rules)

    view = terminal_view(pk)
    assert [(rule.bin, rule.step, rule.destination, rule.class_begins) for rule in view.sort_rules] == [
        ("3", "send", west.code, ""), ("2", "", "", "I"),
    ]  # fmt: skip
    assert view.reader_types == {"02": "child"}


def test_what_cannot_be_is_said_at_its_field_and_changes_nothing(place):
    _root, east, west = place
    enrol(code="K2", password="kiosk", node=east.id)
    client, page = signed_in(east.id, "branch_manager"), reverse("devices:device", args=[the_terminal().pk])
    wrong_place = {"sort-TOTAL_FORMS": "1", "sort-INITIAL_FORMS": "0", "sort-0-owner": "nowhere", "sort-0-bin": "1"}

    taken = client.post(page, form(east.id, code="K2") | NO_RULES)
    elsewhere = client.post(page, form(west.id, code="K1") | NO_RULES)
    no_category = client.post(page, form(east.id, code="K1", reader_types="01=none") | NO_RULES)
    unknown = client.post(page, form(east.id, code="K1") | wrong_place)

    assert [answer.status_code for answer in (taken, elsewhere, no_category, unknown)] == [422] * 4
    assert "code" in taken.context["form"].errors
    assert "node" in elsewhere.context["form"].errors
    assert "reader_types" in no_category.context["form"].errors
    assert the_terminal().name == ""


def test_a_message_is_tried_through_the_whole_codec_and_changes_nothing(place):
    root, east, _west = place
    make_patron(node=east.id, card="R1", name="李明")
    make_item(node=east.id, barcode="B1")
    address = reverse("devices:trial", args=[the_terminal().pk])
    desk, system = signed_in(east.id, "branch_manager"), signed_in(root.id, "system")

    item = desk.post(address, {"message": "17", "value": "B1"}).context["done"]
    reader = desk.post(address, {"message": "63", "value": "R1"}).context["done"]
    hidden = system.post(address, {"message": "63", "value": "R1"})
    act = desk.post(address, {"message": "11", "value": "B1"})

    assert item.received.startswith("1803")
    assert ("AB", "item identifier", "B1") in item.fields
    assert ("AE", "personal name", "李*") in reader.fields
    assert (hidden.status_code, act.status_code) == (422, 422)
    assert hidden.context["done"] is None


def test_a_machines_drawer_is_opened_and_emptied_by_who_may_take_money(place):
    root, east, _west = place
    pk = the_terminal().pk
    Terminal.objects.filter(pk=pk).update(rights=[*usual_rights(), "fees"])
    address, page = reverse("devices:drawer", args=[pk]), reverse("devices:device", args=[pk])
    cashier, system = signed_in(east.id, "branch_manager"), signed_in(root.id, "system")

    assert system.post(address, {"key": "k0", "counted": "0"}).status_code == 403
    assert "drawer_form" not in system.get(page).context
    assert cashier.get(page).context["shift"] is None
    cashier.post(address, {"key": "k1", "counted": "20.00"})
    opened = cashier.get(page).context["shift"]
    cashier.post(address, {"key": "k2", "counted": "15.00"})
    still_open = cashier.get(page).context["shift"]
    cashier.post(address, {"key": "k3", "counted": "15.00", "reason": "卡钞"})

    assert (opened.operator, opened.system_fen) == ("device:K1", 2000)
    assert still_open is not None
    assert cashier.get(page).context["shift"] is None
