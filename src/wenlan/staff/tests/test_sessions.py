"""What ended or was taken away elsewhere is seen by the very next request of a desk."""

from datetime import date

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wenlan.network import queries as network
from wenlan.network.testing import LONG_AGO, make_network, make_node
from wenlan.staff import operations
from wenlan.staff.models import Grant, Role, StaffMember
from wenlan.staff.sessions import SessionStore
from wenlan.staff.testing import PASSWORD, make_member
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
PAGE = "/desk/circulation/scan"


def sit_down(node: int, *roles: str) -> tuple[Client, int]:
    """Return the browser of a member who signed in, and the member."""
    member = make_member(node, *roles)
    client = Client()
    client.force_login(StaffMember.objects.get(pk=member.id), backend="django.contrib.auth.backends.ModelBackend")
    return client, member.id


def knock(client: Client) -> int:
    """Return how the desk answers a scan that says nothing: 400 is the answer of an open door."""
    return client.post(PAGE, "{}", content_type="application/json").status_code


def forget_here() -> None:
    """Be another process, which has not met the session before."""
    SessionStore._openers.clear()


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_right_taken_away_is_gone_at_the_next_scan(elsewhere):
    _root, east = make_network("E")
    client, member = sit_down(east.id, "circulation")
    before = knock(client)

    operations.grant(None, staff=member, role="circulation", node=east.id, from_day=LONG_AGO, until_day=clock.today())
    if elsewhere:
        forget_here()

    assert (before, knock(client)) == (400, 403)


def test_a_right_given_is_there_at_the_next_scan_and_so_is_a_role_changed_by_hand():
    _root, east = make_network("E")
    client, member = sit_down(east.id)
    seen = [knock(client)]

    operations.grant(None, staff=member, role="circulation", node=east.id, from_day=LONG_AGO)
    seen.append(knock(client))
    Role.objects.filter(code="circulation").update(rights=[])
    seen.append(knock(client))

    assert seen == [403, 400, 403]


def test_roles_at_several_nodes_add_up():
    root, east = make_network("E")
    room = make_node("R", parent=east.id)
    client, member = sit_down(east.id, "circulation")
    for role, node in (("office", root.id), ("branch_manager", room.id)):
        operations.grant(None, staff=member, role=role, node=node, from_day=LONG_AGO)
    expected = {
        row.node_id: frozenset(row.role.rights) for row in Grant.objects.filter(staff=member).select_related("role")
    }

    desk = client.get("/desk/").wsgi_request.desk

    assert (desk.rights, desk.visible) == (expected, network.subtree(root.id, clock.today()))


@pytest.mark.parametrize("end", ["signed out elsewhere", "expired", "new password", "account closed"])
def test_a_session_that_ended_elsewhere_serves_no_more(end):
    _root, east = make_network("E")
    client, member = sit_down(east.id, "circulation")
    account = StaffMember.objects.filter(pk=member)
    ends = {
        "signed out elsewhere": lambda: Session.objects.all().delete(),
        "expired": lambda: Session.objects.update(expire_date="2001-01-01T00:00Z"),
        "new password": lambda: account.update(password=make_password("another one, longer")),
        "account closed": lambda: account.update(is_active=False),
    }
    before = knock(client)

    ends[end]()

    assert (before, knock(client)) == (400, 401)
    assert client.get("/desk/circulation/").headers["Location"].startswith("/desk/sign-in/")


def test_another_account_in_the_same_browser_has_its_own_rights():
    _root, east = make_network("E")
    client, _ = sit_down(east.id, "circulation")
    other = make_member(east.id, username="other")
    seen = [knock(client)]

    client.post("/desk/sign-in/", {"username": other.username, "password": PASSWORD})
    seen.append(knock(client))

    assert seen == [400, 403]


@pytest.mark.parametrize("first", [True, False])
def test_who_sits_there_and_what_they_may_do_is_one_statement(first):
    _root, east = make_network("E")
    client, _ = sit_down(east.id, "circulation", "branch_manager")
    knock(client)
    if first:
        forget_here()

    with CaptureQueriesContext(connection) as spent:
        knock(client)

    assert len(spent) == (2 if first else 1)


def test_a_delegation_holds_on_its_days(monkeypatch):
    _root, east = make_network("E")
    client, member = sit_down(east.id)
    seen = []
    operations.grant(
        None,
        staff=member,
        role="circulation",
        node=east.id,
        from_day=date(2019, 5, 2),
        until_day=date(2019, 5, 4),
    )
    for day in (1, 2, 3, 4):
        monkeypatch.setattr(clock, "today", lambda day=day: date(2019, 5, day))
        seen.append(knock(client))

    assert seen == [403, 400, 400, 403]


def test_what_a_request_does_with_a_list_in_its_session_stays_with_it_until_it_is_saved():
    session = SessionStore()
    session["seen"] = ["CN-01"]
    session.create()

    SessionStore(session.session_key)["seen"].append("CN-02")

    assert SessionStore(session.session_key)["seen"] == ["CN-01"]
