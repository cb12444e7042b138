"""What anybody may ask: the catalogue, places and hours, activities, the dictionary of measures."""

from datetime import timedelta

import pytest

from wenlan.activities import operations as activities
from wenlan.activities.testing import make_programme, make_session
from wenlan.catalogue.testing import make_record
from wenlan.facilities.testing import make_act
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network, open_every_day
from wenlan.protocols.rest.testing import Program
from wenlan.ui import clock

NOBODY = "019b0000-0000-7000-8000-000000000000"
pytestmark = pytest.mark.django_db


def test_a_record_is_found_read_whole_and_located():
    _root, east = make_network("EAST")
    record = make_record(east.id, "平凡的世界", author="路遥")
    make_item(node=east.id, record=record.id)

    page = Program().get("/records", q="平凡的世界").json()
    whole = Program().get(f"/records/{record.uid}").json()
    units = Program().get(f"/records/{record.uid}/availability").json()

    assert [hit["uid"] for hit in page["hits"]] == [str(record.uid)]
    assert (whole["title_proper"], whole["class_number"]) == ("平凡的世界", "I247.55")
    assert {"tag": "701", "indicators": " 0", "value": "", "subfields": [
        {"code": "a", "value": "路遥"}, {"code": "4", "value": "著"}]} in whole["marc"]  # fmt: skip
    assert [(each["node"], each["held"], each["available"]) for each in units] == [("EAST", 1, 1)]


def test_hits_come_in_pages_that_lead_to_the_next():
    _root, east = make_network("EAST")
    for number in range(3):
        make_record(east.id, f"丛书第{number}种", number=f"X{number}")

    first = Program().get("/records", q="丛书", limit=2).json()
    second = Program().get("/records", q="丛书", limit=2, after=first["next"]).json()

    assert (first["total"], len(first["hits"]), len(second["hits"]), second["next"]) == (3, 2, 1, None)
    assert {hit["uid"] for hit in first["hits"]} & {hit["uid"] for hit in second["hits"]} == set()


def test_nobody_pages_beyond_the_most_hits():
    make_network("EAST")

    assert Program().get("/records", limit=100, after="99999").json()["hits"] == []


def test_places_are_walked_down_the_tree_by_code_in_pages():
    make_network("A", "B", "C")

    top = Program().get("/nodes").json()["nodes"]
    first = Program().get("/nodes", parent="N", limit=2).json()
    second = Program().get("/nodes", parent="N", limit=2, after=first["next"]).json()

    assert [place["code"] for place in top] == ["N"]
    assert [place["code"] for place in first["nodes"]] == ["A", "B"]
    assert [(place["code"], place["parent"]) for place in second["nodes"]] == [("C", "N")]
    assert second["next"] is None


def test_the_hours_of_a_week_are_said_day_by_day():
    _root, east = make_network("EAST")
    open_every_day(east.id, 0, 1, 2, 3, 4)

    week = Program().get("/nodes/EAST/opening", since="2019-03-04", days=7).json()

    assert [len(day["hours"]) for day in week] == [1, 1, 1, 1, 1, 0, 0]
    assert week[0] == {"day": "2019-03-04", "hours": [{"opens": "09:00:00", "closes": "17:00:00"}]}


def test_coming_activities_are_listed_without_those_called_off():
    _root, east = make_network("EAST")
    programme = make_programme(east.id, "lecture.culture")
    tomorrow = clock.today() + timedelta(days=1)
    comes = make_session(programme, east.id, on=tomorrow, capacity=80)
    off = make_session(programme, east.id, on=tomorrow)
    activities.cancel_session(make_act(east.id), session=off, reason="snow")

    found = Program().get("/activities").json()["sessions"]
    one = Program().get(f"/activities/{comes}").json()

    assert [each["uid"] for each in found] == [str(comes)]
    assert (one["node"], one["places_left"], one["kind"]) == ("EAST", 80, "lecture")


def test_every_measure_says_what_it_is_in_both_languages():
    make_network("EAST")

    measures = Program().get("/measures").json()
    one = Program().get("/measures/bus_trips").json()

    assert [each["code"] for each in measures if set(each["words"]) != {"zh", "en"}] == []
    assert one["unit"] == {"zh": "车次", "en": "trips"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/records/{NOBODY}", 404),
        (f"/records/{NOBODY}/availability", 404),
        (f"/activities/{NOBODY}", 404),
        ("/nodes/NOWHERE", 404),
        ("/nodes/NOWHERE/opening", 404),
        ("/nodes/a%00b", 422),
        ("/measures/unknown", 404),
        ("/records/no-uuid", 404),
        ("/nowhere", 404),
        ("/records?limit=0", 422),
        ("/records?q=a%00b", 422),
        ("/nodes/EAST/opening?since=9999-12-31", 422),
        ("/activities?since=9999-12-31", 422),
        ("/records?year_from=99999999999999999999", 422),
    ],
)
def test_what_is_not_there_or_not_well_asked_is_answered_in_the_one_shape(path, status):
    make_network("EAST")

    answer = Program().get(path)

    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message", "params"}


def test_an_act_at_an_address_that_leads_nowhere_is_answered_in_the_one_shape():
    answer = Program().post("/me/loans/no-uuid/renewal")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_messages_are_in_the_language_asked_for():
    make_network("EAST")

    answer = Program().client.get("/api/v1/me", headers={"Accept-Language": "zh-CN"})

    assert answer.json()["message"] == "请提供有效的令牌：Authorization: Bearer …"


def test_the_declaration_is_served_and_names_every_route():
    declared = Program().get("/openapi.json").json()

    assert declared["info"]["title"] == "Wenlan"
    assert len(declared["paths"]) == 20
    assert {"Token", "StaffToken", "ReaderToken"} == set(declared["components"]["securitySchemes"])
