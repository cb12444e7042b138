"""Digital resources are opened in the house and from home, counted by resource and way, also during a closure."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from wenlan.circulation.testing import make_act
from wenlan.digital.access import operations, policies, queries
from wenlan.digital.access.errors import CardNeeded, NetworkWrong, ResourceEnded, ResourceWrong, StatementUnreadable
from wenlan.digital.access.types import LineState, NewResource, OpenTo
from wenlan.facilities.testing import counted
from wenlan.indicators import operations as indicators
from wenlan.indicators import queries as figures
from wenlan.kernel.periods import Period
from wenlan.ledger.kinds import Kind
from wenlan.network import operations as network
from wenlan.network.testing import make_network, open_every_day
from wenlan.staff.models import Role, StaffMember
from wenlan.staff.operations import grant
from wenlan.staff.testing import make_member, signed_in
from wenlan.ui import clock
from wenlan.web.tests.test_portal import a_reader_who_signed_in

pytestmark = pytest.mark.django_db
CODES = (
    "digital_accesses",
    "digital_house",
    "digital_remote",
    "digital_remote_shut",
    "digital_requests",
    "online_clicks",
)
URL = "https://ebooks.example.cn/lib?c=1"
TABLE = """Report_Name,Platform Master Report
Release,5
Platform,Metric_Type,Reporting_Period_Total,Feb-2020,Mar-2020
云阅读,Total_Item_Requests,150,100,50
云阅读,Total_Item_Investigations,900,500,400
别家,Total_Item_Requests,7,7,0
"""


def at(monkeypatch, day: date) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(day.year, day.month, day.day, 3, tzinfo=UTC))


def of(node: int) -> list[object]:
    indicators.fold()
    found = figures.figures(list(CODES), node=node, period=Period.year(2020))
    return [found[code].value for code in CODES]


def offered(node: int, **said: object) -> str:
    words = {"zh": "云阅读", "en": "Cloud reading"}
    resource = NewResource(**({"words": words, "kind": "ebooks", "url": URL} | said))
    return operations.offer(make_act(node, date(2020, 1, 2)), resource=resource).code


def offered_at_the_desk(desk: Client, *names: str) -> None:
    """The resources are entered for readers, one after the other."""
    for name in names:
        said = {"key": name, "name": name, "kind": "ebooks", "url": URL, "open_to": "readers"}
        desk.post("/desk/digital/", said)


def closed(root: int) -> None:
    """The libraries are shut from the end of January to the twentieth of March."""
    reason = {"zh": "疫情闭馆", "en": "Epidemic"}
    network.close_days(None, node=root, start=date(2020, 1, 25), end=date(2020, 3, 20), reason=reason)


def opened_at_home(browser: Client, code: str, key: str, **said: str) -> None:
    browser.post(f"/digital/{code}/open", {"key": key}, REMOTE_ADDR="203.0.113.9", **said)


def supplied(desk: Client, *tables: str) -> None:
    """The supplier's tables are taken in, one after the other."""
    for table in tables:
        desk.post("/desk/digital/statement", {"text": table, "confirm": "1"})


@pytest.mark.capability("C25")
def test_story_of_a_library_that_is_closed_and_read_at_home(monkeypatch):
    # 陵川 2020: e-books and audio books are offered; the house has a network of its own.
    root, east = make_network("EAST")
    open_every_day(root.id)
    at(monkeypatch, date(2020, 1, 20))
    desk, page = signed_in(east.id, "branch_manager"), "/desk/digital/"
    offered_at_the_desk(desk, "云阅读", "有声听书")
    desk.post(f"{page}networks", {"range": "10.1.2.0/24"})
    books, audio = (one.code for one in queries.resources(date(2020, 1, 20)))

    # A stranger in the house may open them; one at home is sent to the sign-in, and nothing is counted.
    stranger = Client()
    for _twice in range(2):
        sent = stranger.post(f"/digital/{books}/open", {"key": "h"}, REMOTE_ADDR="10.1.2.7")
    refused = stranger.post(f"/digital/{books}/open", {"key": "x"}, REMOTE_ADDR="203.0.113.9")
    assert (sent.url, refused.url) == (URL, "/my/sign-in/")

    # The library closes. A reader at home goes on reading, on the web and in WeChat; the page says that it stays open.
    at(monkeypatch, date(2020, 2, 10))
    closed(root.id)
    _reader, browser = a_reader_who_signed_in(east.id)
    assert "stay open" in browser.get("/digital/").content.decode()
    opened_at_home(browser, books, "1")
    opened_at_home(browser, audio, "2", HTTP_USER_AGENT="Mozilla/5.0 MicroMessenger/7.0")
    at(monkeypatch, date(2020, 4, 1))
    opened_at_home(browser, audio, "3")

    # The supplier's table is looked at, then taken in; taken in again it changes nothing, corrected it replaces.
    looked = desk.post(f"{page}statement", {"text": TABLE}).content.decode()
    assert "Numbers that would change: 2" in looked
    assert counted(Kind.RESOURCE_USED, subject=f"supplier.{books}") == 0
    supplied(desk, TABLE, TABLE, TABLE.replace("100,50", "120,50"))

    # Four accesses: one in the house, three from outside, two of these while closed; 170 items as the supplier says;
    # none is a click. By resource and by channel they add up.
    assert of(root.id) == [4, 1, 3, 2, 170, 0]
    by_channel = {one: counted(Kind.RESOURCE_USED, channel=one) for one in ("web", "wechat", "import")}
    assert by_channel == {"web": 3, "wechat": 1, "import": 170}
    by_way = {f"{way}.{code}": 1 for way, code in (("house", books), ("remote_shut", books), ("remote_shut", audio))}
    assert {subject: counted(Kind.RESOURCE_USED, subject=subject) for subject in by_way} == by_way


def test_a_signed_link_says_who_without_saying_who():
    _root, east = make_network("EAST")
    code = offered(east.id, signs=True, open_to=OpenTo.ALL)
    act = make_act(east.id, date(2020, 2, 1))

    parts = urlsplit(operations.open_resource(act, code=code, address="203.0.113.9"))

    said = {name: values[0] for name, values in parse_qs(parts.query).items()}
    secret = operations.secret_of(queries.resource(code))
    assert said["c"] == "1"
    expected = policies.signature(secret, reader=said["wl_reader"], expires=int(said["wl_expires"]))
    assert (said["wl_sign"], int(said["wl_expires"]) - int(act.at.timestamp())) == (expected, 600)


def test_what_cannot_be_opened_or_read_is_refused_and_counts_nothing():
    _root, east, west = make_network("EAST", "WEST")
    code, act = offered(east.id), make_act(east.id, date(2020, 2, 1))
    with pytest.raises(ResourceWrong):
        offered(east.id, url="ftp://x")
    with pytest.raises(NetworkWrong):
        operations.add_network(act, range_="10.1.2")
    with pytest.raises(CardNeeded):
        operations.open_resource(act, code=code, address="203.0.113.9")
    with pytest.raises(StatementUnreadable):
        operations.take_statement(act, text="a,b\n1,2", nodes=[east.id])
    assert [one.state for one in queries.statement(TABLE, [west.id])] == [LineState.UNKNOWN] * 4
    assert signed_in(west.id, "branch_manager").post(f"/desk/digital/{code}/end").status_code == 403
    operations.end(act, code=code)
    with pytest.raises(ResourceEnded):
        operations.open_resource(make_act(east.id, date(2020, 2, 2)), code=code, address="10.0.0.1")

    assert counted(Kind.RESOURCE_USED) == 0


def test_two_names_of_one_resource_in_a_table_are_added_up():
    _root, east = make_network("EAST")
    code, act = offered(east.id), make_act(east.id, date(2020, 4, 1))
    table = "Platform,Metric_Type,Mar-2020\nCloud Reading,Total_Item_Requests,30\n云阅读,Total_Item_Requests,20\n"

    for _twice in range(2):
        lines = operations.take_statement(act, text=table, nodes=[east.id])

    assert [(one.items, one.before, one.state) for one in lines] == [(50, 50, LineState.SAME)]
    assert counted(Kind.RESOURCE_USED, subject=f"supplier.{code}") == 50


@pytest.mark.parametrize(
    "table",
    [
        "Platform,Metric_Type,Jan-0000,0000-01\n云阅读,Total_Item_Requests,5,5\n",
        f"Platform,Metric_Type,Mar-2020\n云阅读,Total_Item_Requests,{'9' * 30}\n",
        f"Platform,Metric_Type,Mar-2020\n{'云' * 200_000},Total_Item_Requests,5\n",
    ],
)
def test_a_table_of_nonsense_counts_nothing(table):
    _root, east = make_network("EAST")
    offered(east.id)

    answer = signed_in(east.id, "branch_manager").post("/desk/digital/statement", {"text": table, "confirm": "1"})

    assert (answer.status_code, counted(Kind.RESOURCE_USED)) == (302, 0)


def test_a_file_is_read_whole_in_any_writing_or_refused():
    _root, east = make_network("EAST")
    offered(east.id)
    desk = signed_in(east.id, "branch_manager")

    for writing in ("utf-8", "gb18030", "utf-16"):
        file = SimpleUploadedFile("t.csv", TABLE.encode(writing))
        assert "would change: 2" in desk.post("/desk/digital/statement", {"file": file}).content.decode()
    too_long = SimpleUploadedFile("t.csv", TABLE.encode() + b"x,y,z\n" * 100_000)
    answer = desk.post("/desk/digital/statement", {"file": too_long}, follow=True)

    assert "larger than 500 kB" in answer.content.decode()


def test_a_secret_is_shown_where_the_network_is_kept():
    root, east, west = make_network("EAST", "WEST")
    secrets = {operations.secret_of(queries.resource(offered(node, signs=True))) for node in (east.id, west.id)}
    member = make_member(east.id, "branch_manager", username="wang").id
    grant(None, staff=member, role="branch_manager", node=west.id, from_day=date(2019, 1, 1))
    keeper = Role.objects.create(code="keeper", names={"zh": "网"}, rights=["network.edit"])
    grant(None, staff=member, role=keeper.code, node=east.id, from_day=date(2019, 1, 1))
    browser = Client()
    browser.force_login(StaffMember.objects.get(pk=member), backend="django.contrib.auth.backends.ModelBackend")

    page = browser.get("/desk/digital/").content.decode()

    assert sorted(secret.decode() in page for secret in secrets) == [False, True]
    assert root.id not in {one.node for one in queries.resources(date(2020, 2, 1))}


def test_a_reader_in_the_house_is_known_through_a_socket_of_version_6():
    assert policies.house_of("::ffff:10.1.2.7", [(7, "10.1.2.0/24")]) == 7
    assert policies.house_of("2001:db8::1", [(7, "10.1.2.0/24"), (8, "2001:db8::/32")]) == 8


@given(st.integers(0, 2**32 - 1), st.integers(0, 32))
def test_an_address_lies_in_the_range_that_is_made_of_it(number, length):
    address = ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))

    assert policies.house_of(address, [(7, f"{address}/{length}")]) == 7
    assert policies.house_of(address, [(7, f"{address}/{length}"), (8, f"{address}/32")]) in {7, 8}
    assert policies.house_of("nonsense", [(7, "0.0.0.0/0")]) is None


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.integers(0, 10**6)), min_size=1, max_size=6))
def test_a_suppliers_numbers_add_up_however_the_lines_are_parted(lines):
    head = "Title\tMetric_Type\tJan-2020\n"
    found = policies.stated(head + "".join(f"{name}\tTotal_Item_Requests\t{items}\n" for name, items in lines))

    assert sum(one.items for one in found) == sum(items for _name, items in lines)
    assert {one.named for one in found} == {name for name, _items in lines}
