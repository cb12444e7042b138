"""Figures over REST: asked of a place that token and role reach."""

from datetime import date

import pytest

from wenlan.facilities import operations as facilities
from wenlan.facilities.testing import make_act, make_gate, make_room
from wenlan.indicators import operations as indicators
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.protocols.rest.testing import Program, program_of_reader, program_of_staff

pytestmark = pytest.mark.django_db

YEAR = {"since": "2019-01-01", "until": "2020-01-01"}


def a_network_with_visits():
    root, east, west = make_network("EAST", "WEST")
    for node, persons in ((east.id, 30), (west.id, 12)):
        gate = make_gate(node)
        facilities.count_visits(make_act(node), gate=gate.code, persons=persons, day=date(2019, 3, 4))
    room = make_room(east.id, "PERIODICALS")
    facilities.count_reading_room(make_act(east.id), department=room, persons=7, day=date(2019, 3, 4))
    indicators.fold()
    return root, east, west


def test_figures_of_a_place_are_those_of_all_under_it():
    root, _east, _west = a_network_with_visits()
    program = program_of_staff(root.id, "statistician")

    answer = program.get("/figures", codes=["visits", "reading_room_visits"], **YEAR).json()

    assert [(each["code"], each["value"], each["is_complete"]) for each in answer["figures"]] == [
        ("visits", 42, True),
        ("reading_room_visits", 7, True),
    ]
    assert (answer["node"], answer["start"], answer["end"]) == ("N", "2019-01-01", "2020-01-01")


def test_a_figure_is_parted_by_place_and_room_under_their_codes():
    root, _east, _west = a_network_with_visits()
    program = program_of_staff(root.id, "statistician")

    places = program.get("/figures/visits/parts", by=["branch"], **YEAR).json()["parts"]
    rooms = program.get("/figures/reading_room_visits/parts", by=["department", "month"], **YEAR).json()["parts"]

    assert places == [{"keys": ["EAST"], "value": 30}, {"keys": ["WEST"], "value": 12}]
    assert [part["keys"][0] for part in rooms] == ["PERIODICALS"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (YEAR | {"codes": ["unknown"]}, 404),
        (YEAR | {"codes": []}, 422),
        (YEAR | {"codes": ["visits"], "node": "NOWHERE"}, 404),
        (YEAR | {"codes": ["visits"], "node": "WEST"}, 403),
        ({"codes": ["visits"], "since": "2019-01-01", "until": "2019-01-01"}, 422),
        ({"codes": ["visits"], "since": "1900-01-01", "until": "2100-01-01"}, 422),
        ({"codes": ["visits"], "since": "yesterday", "until": "2100-01-01"}, 422),
    ],
)
def test_what_cannot_be_told_is_refused_in_the_one_shape(asked, status):
    _root, east, _west = a_network_with_visits()

    answer = program_of_staff(east.id, "statistician").get("/figures", **asked)

    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message", "params"}


def test_a_year_is_not_parted_by_more_days_than_it_has():
    root, _east, _west = a_network_with_visits()

    answer = program_of_staff(root.id, "statistician").get(
        "/figures/visits/parts", by=["day"], since="2015-01-01", until="2020-01-01"
    )

    assert answer.status_code == 422


def test_strangers_readers_and_staff_without_the_right_see_no_figures():
    _root, east, _west = a_network_with_visits()
    asked = YEAR | {"codes": ["visits"]}

    stranger = Program().get("/figures", **asked)
    reader = program_of_reader(make_patron(node=east.id)).get("/figures", **asked)
    system = program_of_staff(east.id, "system").get("/figures", **asked)

    assert [answer.status_code for answer in (stranger, reader, system)] == [401, 403, 403]
