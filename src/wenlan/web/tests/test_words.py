"""Codes that stand in the ledger are said in words wherever an act or a figure is shown."""

import pytest

from wenlan.activities import operations as activities
from wenlan.activities.types import ProgrammeDetails
from wenlan.facilities.testing import make_act, make_gate, make_room
from wenlan.indicators.words import operator_names, subject_names
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network
from wenlan.network.testing import make_department, make_network
from wenlan.protocols.models import Terminal

pytestmark = pytest.mark.django_db


def test_every_package_names_the_subjects_of_its_acts():
    root, _east = make_network("E")
    gate, room = make_gate(root.id, "GATE-1"), make_room(root.id, "ROOM-1")
    words = {"zh": "周末绘本故事会", "en": "Weekend story hour"}
    act = make_act(root.id)
    activities.plan_programme(
        act, code="story_hour.weekend", words=words, kind="story_hour", details=ProgrammeDetails()
    )

    said = {
        Kind.VISIT_COUNTED: (gate.code, gate.name),
        Kind.READING_ROOM_VISITED: ("ROOM-1", network.department(room).name),
        Kind.ACTIVITY_HELD: ("story_hour.weekend", "Weekend story hour"),
        Kind.LOAN_RENEWED: ("reader", "Reader"),
        Kind.STOCK_ACCESSIONED: ("purchase", "Purchase"),
        Kind.TRIP_MADE: ("bus_trip", "Book-bus trips"),
        Kind.STOP_SERVED: ("bus_trip", "Book-bus trips · Stops served"),
    }

    assert {kind: subject_names([kind], {code}) for kind, (code, _name) in said.items()} == {
        kind: {code: name} for kind, (code, name) in said.items()
    }
    assert subject_names([Kind.LOAN_MADE], {"reader"}) == {}


def test_a_machine_is_called_after_the_room_it_stands_in():
    root, east = make_network("E")
    room = make_department(root.id, "YOUTH")
    Terminal.objects.create(code="K-1", password="-", node_id=root.id, department_id=room.id)
    Terminal.objects.create(code="K-2", password="-", node_id=east.id)

    assert operator_names(["device:K-1", "device:K-2", "device:K-3", ""]) == {
        "device:K-1": f"{room.name} machine K-1",
        "device:K-2": "Branch E machine K-2",
        "device:K-3": "Machine K-3",
    }
