"""The catalogue is harvested: by an independent harvester, and request by request."""

import warnings
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wenlan.catalogue import operations as catalogue
from wenlan.catalogue.testing import make_act, make_marc, make_record
from wenlan.catalogue.types import Condition
from wenlan.holdings.testing import make_item
from wenlan.network import queries as network
from wenlan.network.testing import make_network, make_node
from wenlan.protocols.oai_pmh import answers
from wenlan.ui import clock

with warnings.catch_warnings():  # its sources have escapes that Python is about to refuse
    warnings.simplefilter("ignore", DeprecationWarning)
    from sickle import Sickle
    from sickle.oaiexceptions import NoRecordsMatch

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
SLIM = "{http://www.loc.gov/MARC21/slim}"
AT = datetime(2019, 3, 4, 1, tzinfo=UTC)


def ask(method: str = "get", /, **arguments: str) -> ElementTree.Element:
    response = getattr(Client(), method)("/oai", {key.rstrip("_"): value for key, value in arguments.items()})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def error_of(answer: ElementTree.Element) -> str:
    found = answer.find(f"{OAI}error")
    return found.get("code", "") if found is not None else ""


def identifiers(answer: ElementTree.Element) -> list[str]:
    return [one.text or "" for one in answer.iter(f"{OAI}identifier")]


def changed(record, at: datetime) -> None:
    """Let a record have been changed at an instant."""
    act = replace(make_act(network.root().id), at=at)
    catalogue.change_record(act, record=record.uid, marc=make_marc(record.title_proper, publisher=f"{at:%c}"))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_independent_harvester_takes_everything_by_get_and_by_post(live_server, monkeypatch):
    monkeypatch.setattr(answers, "PAGE", 3)
    monkeypatch.setattr(answers, "SETS_PAGE", 1)
    root, east = make_network("EAST")
    made = [make_record(root.id, f"第{number}册", isbn="978-7-5366-9293-0") for number in range(7)]
    make_item(node=east.id, record=made[2].id)

    for method in ("GET", "POST"):
        harvester = Sickle(f"{live_server.url}/oai", http_method=method)
        records = list(harvester.ListRecords(metadataPrefix="oai_dc"))
        assert [one.metadata["title"] for one in records] == [[one.title] for one in made]
        assert records[2].header.setSpecs == ["EAST", "N"]
        native = list(harvester.ListRecords(metadataPrefix="marcxml"))
        assert len(native) == 7
        assert [one.identifier for one in harvester.ListIdentifiers(metadataPrefix="marcxml", set="EAST")] == [
            f"urn:uuid:{made[2].uid}"
        ]
        assert [one.setSpec for one in harvester.ListSets()] == ["EAST", "N"]
        assert [one.metadataPrefix for one in harvester.ListMetadataFormats()] == ["oai_dc", "marcxml"]
        assert harvester.Identify().granularity == "YYYY-MM-DDThh:mm:ssZ"
        one = harvester.GetRecord(identifier=f"urn:uuid:{made[0].uid}", metadataPrefix="oai_dc")
        assert one.metadata["identifier"][0] == "ISBN 9787536692930"
        with pytest.raises(NoRecordsMatch):
            harvester.ListRecords(metadataPrefix="oai_dc", until="2001-01-01")


@pytest.mark.django_db
def test_the_native_form_travels_as_marcxml():
    root, *_ = make_network()
    made = make_record(root.id, "三体")

    answer = ask(verb="GetRecord", identifier=f"urn:uuid:{made.uid}", metadataPrefix="marcxml")

    title = next(one for one in answer.iter(f"{SLIM}datafield") if one.get("tag") == "200")
    assert [(one.get("code"), one.text) for one in title] == [("a", "三体"), ("f", "刘慈欣著")]
    assert next(answer.iter(f"{OAI}datestamp")).text == "2019-03-04T01:00:00Z"


@pytest.mark.django_db
def test_a_span_of_datestamps_means_whole_seconds_and_whole_days():
    root, *_ = make_network()
    first, second = make_record(root.id, "一"), make_record(root.id, "二")
    changed(second, AT + timedelta(days=1, microseconds=900_000))
    one, two = (f"urn:uuid:{each.uid}" for each in (first, second))

    def listed(**span: str) -> list[str]:
        return identifiers(ask(verb="ListIdentifiers", metadataPrefix="oai_dc", **span))

    assert listed() == [one, two]
    assert listed(until="2019-03-04") == [one]
    assert listed(from_="2019-03-05", until="2019-03-05") == [two]
    assert listed(from_="2019-03-05T01:00:00Z", until="2019-03-05T01:00:00Z") == [two]
    assert listed(from_="2019-03-05T01:00:01Z") == []


@pytest.mark.django_db
def test_a_set_is_what_a_place_and_those_under_it_hold():
    root, east, west = make_network("EAST", "WEST")
    room = make_node("ROOM", parent=east.id)
    here, there, nowhere = (make_record(root.id, title) for title in ("此", "彼", "无"))
    make_item(node=room.id, record=here.id)
    make_item(node=west.id, record=there.id)

    def listed(code: str) -> list[str]:
        return identifiers(ask(verb="ListIdentifiers", metadataPrefix="oai_dc", set=code))

    assert listed("EAST") == listed("ROOM") == [f"urn:uuid:{here.uid}"]
    assert listed("N") == [f"urn:uuid:{here.uid}", f"urn:uuid:{there.uid}"]
    assert error_of(ask(verb="ListIdentifiers", metadataPrefix="oai_dc", set="SOUTH")) == "noRecordsMatch"
    assert f"urn:uuid:{nowhere.uid}" in identifiers(ask(verb="ListIdentifiers", metadataPrefix="oai_dc"))


@pytest.mark.django_db
def test_a_record_changed_during_the_harvest_comes_again_at_its_end(monkeypatch):
    monkeypatch.setattr(answers, "PAGE", 2)
    root, *_ = make_network()
    made = [make_record(root.id, title) for title in ("一", "二", "三")]
    first = ask(verb="ListIdentifiers", metadataPrefix="oai_dc")
    changed(made[0], AT + timedelta(hours=1))

    token = next(first.iter(f"{OAI}resumptionToken"))
    rest = ask("post", verb="ListIdentifiers", resumptionToken=token.text)

    assert identifiers(rest) == [f"urn:uuid:{made[2].uid}", f"urn:uuid:{made[0].uid}"]
    last = next(rest.iter(f"{OAI}resumptionToken"))
    assert (token.get("cursor"), last.get("cursor"), last.text) == ("0", "2", None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Destroy"}, "badVerb"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "colour": "red"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "yesterday"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2019-02-30"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2019-03-05", "until": "2019-03-04"},
         "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2019-03-04", "until": "2019-03-04T00:00:00Z"},
         "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "mods"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "x", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "Identify", "resumptionToken": "x"}, "badArgument"),
        ({"verb": "GetRecord", "identifier": "oai:elsewhere:1", "metadataPrefix": "oai_dc"}, "idDoesNotExist"),
        ({"verb": "GetRecord", "identifier": "urn:uuid:7", "metadataPrefix": "oai_dc"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "urn:uuid:0190163d-8694-739b-aea5-966c26f8ad91"},
         "idDoesNotExist"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_words_of_the_standard(arguments, code):
    make_network()

    answer = ask(**arguments)

    assert error_of(answer) == code
    request = answer.find(f"{OAI}request")
    assert request is not None
    assert (request.text, bool(request.attrib)) == (
        "http://testserver/oai",
        code not in ("badVerb", "badArgument"),
    )


@pytest.mark.django_db
def test_a_record_that_readers_see_no_more_is_deleted_and_says_since_when():
    root, east = make_network("EAST")
    stays, gone = make_record(root.id, "留"), make_record(root.id, "去")
    hidden = make_record(root.id, "藏")
    make_item(node=east.id, record=hidden.id)
    act = replace(make_act(root.id), at=AT + timedelta(days=1))
    catalogue.set_condition(act, records=[gone.id], condition=Condition.DELETED)
    catalogue.set_condition(act, records=[hidden.id], condition=Condition.HIDDEN)

    answer = ask(verb="ListRecords", metadataPrefix="marcxml")

    told = {
        one.findtext(f"{OAI}header/{OAI}identifier"): (
            (one.find(f"{OAI}header")).get("status"),
            one.findtext(f"{OAI}header/{OAI}datestamp"),
            one.find(f"{OAI}metadata") is not None,
        )
        for one in answer.iter(f"{OAI}record")
    }
    assert told == {
        f"urn:uuid:{stays.uid}": (None, "2019-03-04T01:00:00Z", True),
        f"urn:uuid:{gone.uid}": ("deleted", "2019-03-05T01:00:00Z", False),
        f"urn:uuid:{hidden.uid}": ("deleted", "2019-03-05T01:00:00Z", False),
    }
    one = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=f"urn:uuid:{gone.uid}")
    assert next(one.iter(f"{OAI}header")).get("status") == "deleted"
    catalogue.set_condition(replace(act, at=AT + timedelta(days=2)), records=[gone.id], condition=None)
    back = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=f"urn:uuid:{gone.uid}")
    assert next(back.iter(f"{OAI}header")).get("status") is None


@pytest.mark.django_db
def test_identify_says_since_when_there_is_something(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=2))
    root, *_ = make_network()
    make_record(root.id)

    answer = ask(verb="Identify")

    assert next(answer.iter(f"{OAI}earliestDatestamp")).text == "2019-03-04T01:00:00Z"
    assert next(answer.iter(f"{OAI}responseDate")).text == "2019-03-06T01:00:00Z"
    assert next(answer.iter(f"{OAI}deletedRecord")).text == "persistent"


@pytest.mark.django_db
def test_a_page_of_many_costs_as_many_statements_as_a_page_of_one():
    root, east = make_network("EAST")
    counts = []
    for _round in range(2):
        for _one in range(3):
            make_item(node=east.id, record=make_record(root.id).id)
        ask(verb="Identify")
        with CaptureQueriesContext(
            connection,
        ) as statements:
            ask(verb="ListRecords", metadataPrefix="oai_dc", set="EAST")
        counts.append(len(statements))

    assert counts == [3, 3]
