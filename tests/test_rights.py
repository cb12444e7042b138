"""Who may open which page of the desk, tried on every address there is: a new page cannot be forgotten."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from wenlan.activities import operations as activities
from wenlan.activities.testing import make_programme, make_session
from wenlan.circulation.testing import lend, make_act, make_rule
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.network.types import NodeView
from wenlan.patrons import queries as readers
from wenlan.patrons.testing import make_patron
from wenlan.patrons.types import PatronStatus
from wenlan.registers import operations as registers
from wenlan.registers.testing import make_patrol
from wenlan.staff.models import StaffMember
from wenlan.staff.testing import make_member, signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db

TODAY = date(2019, 3, 4)
OPEN = {"/desk/sign-in/", "/desk/sign-out/", "/desk/unlock/"}
FOR_ANY_STAFF = {
    *("/desk/", "/desk/lock/", "/desk/sit/", "/desk/password/"),
    *("/desk/agent/", "/desk/agent/wenlan-agent.pyz"),
}
FOR_THE_PAGES_SCRIPT = {
    f"/desk/circulation/{address}" for address in ("scan", "undo", "off-line/acts", "off-line/snapshot")
}
VALUES = {"int": "1", "uuid": "0190163d-8694-739b-aea5-966c26f8ad91", "slug": "safety_patrols", "str": "loans"}


def addresses(patterns: list[URLPattern | URLResolver], start: str = "/") -> Iterator[str]:
    """Yield an address for every pattern, with a value for every place in it."""
    for pattern in patterns:
        written = str(pattern.pattern).removeprefix("^").removesuffix("$")
        written = re.sub(r"\(\?P<\w+>\\d\+\)", "1", written)
        written = re.sub(r"\(\?P<\w+>(\w+)[|\w]*\)", r"\1", written)
        address = start + re.sub(r"<(\w+):\w+>", lambda found: VALUES.get(found[1], "x"), written)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, address)
        else:
            yield address


DESK = sorted(one for one in set(addresses(get_resolver().url_patterns)) if one.startswith("/desk/"))
GUARDED = [one for one in DESK if one not in OPEN]


def answers(client: Client, address: str) -> list[tuple[int, str]]:
    """Return status and target of the methods that an address takes."""
    sent = (client.get(address), client.post(address))
    return [(got.status_code, got.headers.get("Location", "")) for got in sent if got.status_code != 405]


@pytest.fixture
def places(monkeypatch) -> tuple[NodeView, NodeView]:
    """Two branches on a Monday morning, with a record book."""
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(TODAY, time(2), UTC))
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    registers.declare_shipped()
    return east, west


def test_every_package_with_pages_is_among_the_addresses():
    packages = {address.split("/")[2] for address in GUARDED if address.count("/") > 2}

    assert packages >= {"activities", "catalogue", "circulation", "figures", "items", "readers", "registers", "visits"}


@pytest.mark.parametrize("address", GUARDED)
def test_a_stranger_is_sent_to_the_sign_in(address):
    found = answers(Client(), address)

    assert found
    for status, target in found:
        if address in FOR_THE_PAGES_SCRIPT:
            assert status == 401
        else:
            assert (status, target.split("?")[0]) == (302, "/desk/sign-in/")


def test_a_member_without_a_role_opens_only_what_everybody_may(places):
    east, _ = places
    newcomer = StaffMember.objects.get(pk=make_member(east.id).id)
    opened = {}
    for address in GUARDED:
        client = Client()
        client.force_login(newcomer)
        opened[address] = {status for status, _target in answers(client, address)}

    assert {address for address, found in opened.items() if found != {403}} == FOR_ANY_STAFF


def test_lists_show_only_what_lies_under_the_own_branch(places):
    east, west = places
    shown = {}
    for place in (east, west):
        reader = make_patron(node=place.id, name=f"Reader{place.code}")
        lend(make_item(node=place.id, barcode=f"B-{place.code}"), reader, make_act(place.id, date(2019, 1, 2)))
        make_session(make_programme(place.id, f"lecture.{place.code.lower()}"), place.id, on=TODAY)
        make_patrol(place.id, TODAY, key=place.code, place=f"Stack{place.code}")
    client = signed_in(east.id, "branch_manager")

    for address in (
        "/desk/circulation/overdue/",
        "/desk/activities/?month=2019-03",
        "/desk/activities/programmes/",
        "/desk/registers/safety_patrols/",
    ):
        page = client.get(address).content.decode().lower()
        shown[address] = ("east" in page, "west" in page)

    assert set(shown.values()) == {(True, False)}


@pytest.mark.capability("V19")
def test_a_reader_of_another_branch_is_masked_and_cannot_be_changed(places):
    east, west = places
    ours, theirs = make_patron(node=east.id, name="王小明"), make_patron(node=west.id, name="李小红")
    client = signed_in(east.id, "circulation")
    their_card = theirs.cards[0].id

    page = client.get(f"/desk/readers/{theirs.id}/").content.decode()
    refused = [
        client.post(f"/desk/readers/{theirs.id}/suspend", {"reason": "x"}).status_code,
        client.post(f"/desk/readers/{theirs.id}/cards/{their_card}/stop").status_code,
        client.post(f"/desk/readers/{ours.id}/cards/{their_card}/lost").status_code,
    ]

    assert ("李小红" in page, "李**" in page, "suspend" in page) == (False, True, False)
    assert refused == [403, 403, 404]
    assert readers.patron(theirs.id).status == PatronStatus.VALID
    assert readers.patron_by_card(theirs.cards[0].number).id == theirs.id
    assert client.post(f"/desk/readers/{ours.id}/suspend", {"reason": "x"}).status_code == 302
    assert readers.patron(ours.id).status == PatronStatus.SUSPENDED


def test_names_on_a_sign_up_list_follow_the_readers_own_library(places):
    east, west = places
    uid = make_session(make_programme(east.id), east.id, on=TODAY)
    for place, name in ((east, "王小明"), (west, "李小红")):
        activities.sign_up(make_act(east.id, TODAY), session=uid, patron=make_patron(node=place.id, name=name).id)

    page = signed_in(east.id, "branch_manager").get(f"/desk/activities/{uid}/").content.decode()

    assert ("王小明" in page, "李小红" in page, "李**" in page) == (True, False, True)
