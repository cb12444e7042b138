from datetime import date, timedelta

import pyotp
import pytest
from django.test import Client

from wenlan.kernel.acts import Act, Channel
from wenlan.network.testing import make_network, make_node
from wenlan.staff import operations, queries
from wenlan.staff.errors import NameTaken, SignInRefused, TooManyTries
from wenlan.staff.models import AuditEntry, StaffMember
from wenlan.staff.roles import SHIPPED
from wenlan.staff.testing import PASSWORD, make_member, signed_in
from wenlan.staff.types import Right
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
TODAY = date(2019, 5, 1)


@pytest.mark.capability("V19")
def test_a_role_holds_for_the_node_and_all_under_it_and_nowhere_else():
    root, east, west = make_network("E", "W")
    room = make_node("R", parent=east.id)
    member = make_member(east.id, "branch_manager")

    assert queries.may(member.id, Right.CHECK_OUT, room.id, TODAY)
    assert not queries.may(member.id, Right.CHECK_OUT, west.id, TODAY)
    assert not queries.may(member.id, Right.CHECK_OUT, root.id, TODAY)
    assert queries.visible_nodes(member.id, TODAY) == {east.id, room.id}


def test_a_delegation_ends_with_its_day():
    _root, east = make_network("E")
    member = make_member(east.id)
    operations.grant(
        None, staff=member.id, role="circulation", node=east.id, from_day=TODAY, until_day=TODAY + timedelta(days=7)
    )

    may_lend = [queries.may(member.id, Right.CHECK_OUT, east.id, TODAY + timedelta(days=n)) for n in (-1, 0, 6, 7)]

    assert may_lend == [False, True, True, False]


def test_who_asks_cannot_approve_and_the_system_administrator_sees_no_reader():
    rights = {facts.code: set(facts.rights) for facts in SHIPPED}

    assert len(rights) == 17
    for asks, approves in (
        (Right.HOLDINGS_EDIT, Right.HOLDINGS_APPROVE),
        (Right.MONEY, Right.MONEY_APPROVE),
        (Right.REPORT_COMPOSE, Right.REPORT_SIGN),
    ):
        assert [code for code, held in rights.items() if asks in held and approves in held] == []
    assert rights["system"].isdisjoint({Right.PATRONS_SEE, Right.PATRONS_NAMES, Right.FIGURES_SEE_PERSONS})
    reads = {Right.CATALOGUE_SEE, Right.FIGURES_SEE, Right.AUDIT_SEE}
    assert rights["auditor"] <= reads


def test_guessing_is_slowed_down():
    (root,) = make_network()
    make_member(root.id, username="lin")
    now = clock.now()

    for _ in range(operations.FREE_TRIES):
        with pytest.raises(SignInRefused):
            operations.check_sign_in(username="lin", password="wrong", at=now)
    with pytest.raises(TooManyTries):
        operations.check_sign_in(username="Lin", password=PASSWORD, at=now)

    later = now + operations.HELD_BACK
    assert operations.check_sign_in(username="LIN", password=PASSWORD, at=later).username == "lin"


def test_a_one_time_code_is_asked_of_those_who_set_one():
    (root,) = make_network()
    member = make_member(root.id, username="lin")
    secret = pyotp.random_base32()
    act = Act(at=clock.now(), node=root.id, channel=Channel.DESK, staff=member.id, key="t")
    operations.set_totp(act, staff=member.id, secret=secret, code=pyotp.TOTP(secret).at(act.at))

    with pytest.raises(SignInRefused):
        operations.check_sign_in(username="lin", password=PASSWORD, at=act.at)
    code = pyotp.TOTP(secret).at(act.at)
    assert operations.check_sign_in(username="lin", password=PASSWORD, code=code, at=act.at).id == member.id
    assert AuditEntry.objects.get().action == "staff.totp_set"


def test_sign_in_names_are_unique_whatever_their_case():
    (root,) = make_network()
    make_member(root.id, username="lin")

    with pytest.raises(NameTaken):
        make_member(root.id, username="LIN")


def test_sign_in_lock_unlock_and_sign_out():
    (root,) = make_network()
    make_member(root.id, "circulation", username="lin")
    browser = Client()

    wrong = browser.post("/desk/sign-in/", {"username": "lin", "password": "wrong"})
    assert (wrong.status_code, "not right" in wrong.content.decode()) == (422, True)
    browser.post("/desk/sign-in/", {"username": "lin", "password": PASSWORD})
    assert browser.get("/desk/password/").status_code == 200

    browser.post("/desk/lock/")
    assert browser.get("/desk/password/").url == "/desk/unlock/?next=%2Fdesk%2Fpassword%2F"
    unlocked = browser.post("/desk/unlock/", {"password": PASSWORD, "next": "/desk/password/"})
    assert unlocked.url == "/desk/password/"

    browser.post("/desk/sign-out/")
    assert browser.get("/desk/password/").url == "/desk/sign-in/?next=%2Fdesk%2Fpassword%2F"


def test_a_desk_sits_only_where_its_person_may_see():
    _root, east, west = make_network("E", "W")
    browser = signed_in(east.id, "branch_manager")

    browser.post("/desk/sit/", {"place": str(west.id)})

    assert "desk_node" not in browser.session
    assert StaffMember.objects.get().home_node_id == east.id
