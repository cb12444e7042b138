"""Becoming a reader at a station, an adult at once, a child with the guardian's code."""

from datetime import date

import pytest
from django.test import Client

from wenlan.circulation.testing import make_act
from wenlan.indicators import operations as cubes
from wenlan.jobs.queries import posted
from wenlan.ledger import operations as ledger
from wenlan.ledger.models import ServiceEvent
from wenlan.network.testing import make_network
from wenlan.patrons import operations as patrons
from wenlan.patrons import queries as readers
from wenlan.patrons.joining import operations as joining
from wenlan.patrons.joining.models import Application
from wenlan.patrons.joining.types import Way
from wenlan.patrons.tests.test_policies import id_number
from wenlan.protocols.models import Terminal, TerminalFault
from wenlan.protocols.sip2.terminals import enrol
from wenlan.protocols.sip2.types import usual_rights
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
ADULT = id_number(date(1990, 5, 1), 13)
PERSON = {
    "category": "adult",
    "name": "王芳",
    "document_kind": "citizen",
    "document": ADULT,
    "birth_date": "",
    "sex": "",
}
CONTACT = {
    "phone": "13903551234",
    "password": "三里湾2019",
    "guardian_name": "",
    "guardian_relation": "",
    "guardian_phone": "",
}


@pytest.fixture
def station():
    """A station that takes readers at once where nothing speaks against it."""
    root, hall = make_network("E")
    patrons.load_categories()
    ledger.load_measures()
    joining.set_rule(make_act(root.id, clock.today()), node=root.id, way=Way.AT_ONCE)
    enrol(code="S1", password="station", node=hall.id)
    Terminal.objects.update(rights=[*usual_rights(), "register"])
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.post("/kiosk/device/", {"code": "S1", "password": "station"})
    return client


def send(client, step, **said):
    return client.post("/kiosk/join/", {"key": "k1", "step": str(step)} | said)


@pytest.mark.capability("B16")
def test_story_of_a_card_made_by_a_machine(station):
    # Wang says who she is, how she is reached, and that she agrees: one question a screen.
    first = station.get("/kiosk/join/")
    second = send(station, 0, **PERSON)
    third = send(station, 1, **PERSON, **CONTACT)
    assert [page.context["step"] for page in (first, second, third)] == [1, 2, 3]
    assert ADULT in second.content.decode()  # goes along unseen

    # She is a reader at once, with an e-card, counted under self-service. Sent twice, she is registered once.
    answers = [send(station, 2, **PERSON, **CONTACT, agrees="on") for _ in range(2)]
    shown = station.get("/kiosk/join/application/")
    reader = readers.patron_by_card(shown.context["card"])
    assert [answer.url for answer in answers] == ["/kiosk/join/application/"] * 2
    assert (reader.name, reader.sex, reader.birth_date) == ("王芳", "m", date(1990, 5, 1))
    cubes.fold()
    events = ServiceEvent.objects.filter(kind="patron.registered").values_list("channel", "operator", "quantity")
    assert list(events) == [("kiosk", "device:S1", 1)]

    # Somebody types a wrong number: what was wrong is listed with the device, without a name in it.
    wrong = ADULT[:-1] + ("0" if ADULT[-1] != "0" else "1")
    refused = send(station, 2, **PERSON | {"document": wrong}, **CONTACT, agrees="on", key="k2")
    fault = TerminalFault.objects.get()
    assert (refused.status_code, refused.context["step"], fault.kind, fault.code) == (422, 1, "not_registered", "S1")
    assert ("check digit" in fault.message, "王芳" in fault.message + fault.line) == (True, False)


def test_a_childs_guardian_says_yes_with_a_code(station):
    child = id_number(clock.today().replace(year=clock.today().year - 9, day=1), 22)
    guardian = {"guardian_name": "李梅", "guardian_relation": "母亲", "guardian_phone": "13803558888"}
    said = PERSON | CONTACT | guardian | {"category": "child", "name": "小明", "document": child, "agrees": "on"}
    send(station, 2, **said)

    wrong = station.post("/kiosk/join/application/", {"code": "000000"})
    code = posted("notices", 10)[-1][1]["facts"]["code"]
    station.post("/kiosk/join/application/", {"code": code})

    assert (wrong.status_code, wrong.context["guardian_phone"]) == (422, "*******8888")
    assert readers.patron_by_card(station.get("/kiosk/join/application/").context["card"]).guardian.name == "李梅"


def test_a_fault_is_said_on_its_own_step_and_keeps_what_was_entered(station):
    missing = send(station, 0, **PERSON | {"name": ""})
    short = send(station, 1, **PERSON, **CONTACT | {"password": "123"})

    assert (missing.status_code, missing.context["step"], list(missing.context["form"].errors)) == (422, 1, ["name"])
    assert (short.status_code, short.context["step"], list(short.context["form"].errors)) == (422, 2, ["password"])
    assert Application.objects.count() == 0


def test_without_the_right_or_the_rule_nobody_is_registered_here(station):
    Terminal.objects.update(rights=usual_rights())
    refused = send(station, 2, **PERSON, **CONTACT, agrees="on")

    assert refused.status_code == 403
    assert Application.objects.count() == 0
    assert "/kiosk/join/" not in station.get("/kiosk/").content.decode()
    assert station.get("/kiosk/join/application/").url == "/kiosk/start"
