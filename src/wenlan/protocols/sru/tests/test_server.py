"""The SRU server: walked by an independent client, and asked request by request."""

import subprocess
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wenlan.catalogue import indexing
from wenlan.catalogue import operations as catalogue
from wenlan.catalogue.testing import AT, make_act, make_record
from wenlan.catalogue.types import Condition
from wenlan.network.testing import make_network
from wenlan.protocols.tests.yaz import program

SRW = "{http://www.loc.gov/zing/srw/}"
DIAGNOSTIC = "{http://www.loc.gov/zing/srw/diagnostic/}"
SLIM = "{http://www.loc.gov/MARC21/slim}"
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture
def root(tmp_path, settings):
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    return make_network("EAST")[0].id


def ask(method: str = "get", /, **parameters: str) -> ElementTree.Element:
    response = getattr(Client(), method)("/sru", parameters)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def retrieve(query: str, /, **parameters: str) -> ElementTree.Element:
    return ask(**{"operation": "searchRetrieve", "version": "1.2", "query": query, **parameters})


def titles(answer: ElementTree.Element) -> list[str]:
    """Return the titles of records that came as Dublin Core."""
    return [one.text or "" for one in answer.iter(f"{DC}title")]


def found(query: str, /, **parameters: str) -> list[str]:
    return titles(retrieve(query, recordSchema="dc", **parameters))


def diagnostic(answer: ElementTree.Element) -> str:
    stated = answer.find(f".//{DIAGNOSTIC}uri")
    return (stated.text or "").rpartition("/")[2] if stated is not None else ""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize("transport", ["get", "post"])
def test_zoomsh_searches_and_shows(live_server, root, version, transport):
    for number in range(12):
        make_record(root, f"红楼梦卷{number}")
    make_record(root, "三体", isbn="978-7-5366-9293-0")
    indexing.index_posted(at=AT)
    said = subprocess.run(
        [
            program("zoomsh"),
            f"set sru {transport}",
            f"set sru_version {version}",
            "set preferredRecordSyntax xml",
            f"connect {live_server.url}/sru",
            "search cql:dc.title=红楼梦",
            "show 0 12",
            "search cql:bath.isbn=9787536692930",
            "show 0 1",
            "search cql:dc.colour=red",
            "quit",
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout

    assert f"{live_server.url}/sru: 12 hits" in said
    assert all(f"红楼梦卷{number}<" in said for number in range(12))
    assert f"{live_server.url}/sru: 1 hits" in said
    assert '<subfield code="a">三体</subfield>' in said
    assert "Unsupported index" in said


@pytest.mark.django_db
def test_a_search_answers_with_numbers_records_and_where_to_go_on(root):
    for number in range(5):
        make_record(root, f"红楼梦卷{number}")
    indexing.index_posted(at=AT)

    answer = retrieve("dc.title = 红楼梦", startRecord="2", maximumRecords="2")

    assert answer.findtext(f"{SRW}version") == "1.2"
    assert answer.findtext(f"{SRW}numberOfRecords") == "5"
    assert answer.findtext(f"{SRW}nextRecordPosition") == "4"
    records = answer.findall(f"{SRW}records/{SRW}record")
    assert [one.findtext(f"{SRW}recordPosition") for one in records] == ["2", "3"]
    assert records[0].findtext(f"{SRW}recordSchema") == "info:srw/schema/1/marcxml-v1.1"
    assert records[0].find(f"{SRW}recordData/{SLIM}record") is not None


@pytest.mark.django_db
def test_every_record_stands_on_one_place_however_the_span_is_cut(root):
    for number in range(7):
        make_record(root, f"红楼梦卷{number}")
    indexing.index_posted(at=AT)

    whole = found("红楼梦", maximumRecords="100")

    assert len(set(whole)) == 7
    for start in range(1, 8):
        for most in (1, 2, 3, 5):
            assert found("红楼梦", startRecord=str(start), maximumRecords=str(most)) == whole[start - 1 :][:most]


@pytest.mark.django_db
def test_indexes_relations_and_order_are_the_catalogues_own(root):
    make_record(root, "三体", author="刘慈欣", year="2008", isbn="978-7-5366-9293-0", class_number="I247.55")
    make_record(root, "三体全集", author="刘慈欣", year="2012", class_number="I247.55")
    make_record(root, "呐喊", author="鲁迅", year="1923", class_number="I210.6")
    indexing.index_posted(at=AT)

    assert sorted(found("dc.creator = 刘慈欣")) == ["三体", "三体全集"]
    assert found("title=三体 and dc.date >= 2010") == ["三体全集"]
    assert found('dc.date within "1900 1950"') == ["呐喊"]
    assert found("isbn = 978-7-5366-9293-0") == ["三体"]
    assert found("cql.allRecords = 1 sortBy dc.date/sort.descending") == ["三体全集", "三体", "呐喊"]
    assert found("cql.allRecords = 1 and wenlan.class = I21") == ["呐喊"]
    assert found("cql.anywhere = 没有这本书") == []
    assert found("dc.title = 三体 and dc.creator = 刘慈欣 and dc.date < 2010") == ["三体"]
    assert sorted(found("dc.creator = 鲁迅 or (dc.title = 全集 and dc.creator = 刘慈欣)")) == ["三体全集", "呐喊"]
    assert found("dc.creator = 刘慈欣 not dc.title = 全集") == ["三体"]
    assert found("cql.allRecords = 1 not dc.creator = 刘慈欣") == ["呐喊"]
    assert sorted(found('dc.title any "呐喊 全集"')) == ["三体全集", "呐喊"]
    assert found("dc.date = 1923 or dc.date > 2010 sortBy dc.date") == ["呐喊", "三体全集"]
    assert found('dc.title = "title:三体 OR -呐喊 (("') == []


@pytest.mark.django_db
def test_a_record_packed_as_text_is_markup_inside_text(root):
    make_record(root, "三体")
    indexing.index_posted(at=AT)

    answer = retrieve("三体", recordPacking="string")

    inside = ElementTree.fromstring(answer.findtext(f".//{SRW}recordData") or "")
    assert inside.tag == f"{SLIM}record"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"operation": "destroy", "version": "1.2"}, "4"),
        ({"operation": "searchRetrieve", "version": "9.9", "query": "x"}, "5"),
        ({"operation": "searchRetrieve", "query": "x"}, "7"),
        ({"operation": "searchRetrieve", "version": "1.2"}, "7"),
        ({"version": "1.2", "query": "x"}, "7"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "x", "colour": "red"}, "8"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "x", "startRecord": "0"}, "6"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "x", "maximumRecords": "many"}, "6"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "(x"}, "10"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "marc.245=x"}, "15"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "dc.colour=x"}, "16"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "dc.title near x"}, "19"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "dc.title =/stem x"}, "20"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "dc.title < x"}, "22"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": '""'}, "27"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "三*"}, "28"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "dc.date = spring"}, "36"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "a prox b"}, "39"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "cql.resultSetId = 1"}, "50"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "x", "startRecord": "7"}, "61"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "x", "startRecord": "99999"}, "61"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "x", "recordSchema": "mods"}, "66"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "x", "recordPacking": "zip"}, "71"),
        ({"operation": "searchRetrieve", "version": "1.1", "query": "x", "sortKeys": "date"}, "80"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "x sortBy dc.title"}, "82"),
        ({"operation": "searchRetrieve", "version": "1.2", "query": "x", "stylesheet": "http://x"}, "110"),
        ({"operation": "scan", "version": "1.2"}, "7"),
        ({"operation": "scan", "version": "1.2", "scanClause": "dc.subject = x"}, "16"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_a_diagnostic_of_the_standard(root, parameters, code):
    indexing.index_posted(at=AT)

    for method in ("get", "post"):
        assert diagnostic(ask(method, **parameters)) == code


@pytest.mark.django_db
def test_without_an_index_the_server_says_so(root):
    make_record(root, "三体")

    assert diagnostic(retrieve("三体")) == "2"


@pytest.mark.django_db
def test_nothing_asked_is_answered_by_the_explanation(root):
    answer = ask()

    zeerex = "{http://explain.z3950.org/dtd/2.0/}"
    assert answer.tag == f"{SRW}explainResponse"
    assert {one.get("name") for one in answer.iter(f"{zeerex}schema")} == {"marcxml", "dc"}
    assert {one.get("name") for one in answer.iter(f"{zeerex}set")} == {"cql", "dc", "bath", "rec", "wenlan"}


@pytest.mark.django_db
def test_a_scan_shows_the_titles_around_a_term(root):
    for title in ("甲", "乙", "乙", "丙", "丁"):
        make_record(root, title)

    def scanned(**parameters: str) -> list[tuple[str, str]]:
        answer = ask(operation="scan", version="1.2", scanClause="dc.title = 乙", **parameters)
        return [
            (one.findtext(f"{SRW}value") or "", one.findtext(f"{SRW}numberOfRecords") or "")
            for one in answer.iter(f"{SRW}term")
        ]

    everything = scanned(responsePosition="5", maximumTerms="9")
    place = everything.index(("乙", "2"))
    assert {title for title, _records in everything} == {"甲", "乙", "丙", "丁"}
    assert scanned(maximumTerms="1") == [("乙", "2")]
    assert scanned(responsePosition="2", maximumTerms="3") == everything[max(place - 1, 0) : place + 2]
    assert scanned(responsePosition="0") == everything[place + 1 :]


@pytest.mark.django_db
def test_a_page_of_many_costs_as_many_statements_as_a_page_of_one(root):
    for _number in range(6):
        make_record(root, "三体")
    indexing.index_posted(at=AT)
    counts = []
    for most in ("1", "6"):
        with CaptureQueriesContext(connection) as statements:
            retrieve("三体", maximumRecords=most)
        counts.append(len(statements))

    assert counts == [3, 3]


@pytest.mark.django_db
def test_a_record_that_readers_see_no_more_is_a_diagnostic_in_its_place(root):
    made = make_record(root, "三体")
    indexing.index_posted(at=AT)
    catalogue.set_condition(make_act(root), records=[made.id], condition=Condition.HIDDEN)

    answer = retrieve("三体")

    assert answer.find(f".//{SLIM}record") is None
    assert diagnostic(answer) in ("64", "")
