"""Every automatic refusal says why, and how to ask that a person looks again: desk, portal, machine, program."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from wenlan.circulation.errors import CheckoutRefused, RenewalRefused
from wenlan.circulation.reserving.errors import ReservationRefused
from wenlan.circulation.testing import lend, make_act, make_rule, make_special_rule
from wenlan.circulation.types import Refusal
from wenlan.credit import operations as credit
from wenlan.credit import queries, reviews
from wenlan.credit.testing import make_rule as make_credit_rule
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons import passwords
from wenlan.patrons import queries as patrons
from wenlan.patrons.testing import make_patron
from wenlan.protocols.rest.testing import program_of_staff
from wenlan.protocols.sip2 import codec, handlers, terminals
from wenlan.staff.testing import PASSWORD, make_member, signed_in
from wenlan.ui import clock

NOW = datetime(2019, 3, 4, 2, tzinfo=UTC)
WAY = "If you think this is wrong, ask at any desk or under “My account”: a librarian will look again."
CHECKOUT = f"11YN20190304    101500{' ' * 18}AOkiosk|AAR1|ABNEW|AC|"


@pytest.fixture
def branch(db, monkeypatch) -> int:
    """A branch where nothing is renewed, nothing is lent under sixty points, and Li (R1) has fifty."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    root, branch = make_network("EAST")
    make_rule(root.id, renewals=0)
    make_special_rule(root.id, code="floor", credit_floor=60)
    make_credit_rule(root.id)
    li = make_patron(node=branch.id, name="李明", card="R1")
    lend(make_item(node=branch.id, barcode="OLD"), li, make_act(branch.id))
    make_item(node=branch.id, barcode="NEW")
    credit.correct(make_act(branch.id), patron=li.id, points=-50, reason="旧系统余额")
    passwords.set_password(make_act(branch.id), patron=li.id, password=PASSWORD)
    return branch.id


def at_the_machine(branch: int):
    """Let Li borrow at a machine, and return its answer."""
    terminals.enrol(code="K1", password="kiosk", node=branch)
    terminal = terminals.sign_in(code="K1", password="kiosk")
    return handlers.answer(codec.decode(CHECKOUT.encode(), "utf-8"), terminal=terminal, at=NOW).response


@pytest.mark.parametrize("kind", [CheckoutRefused, RenewalRefused, ReservationRefused])
@pytest.mark.parametrize("reason", list(Refusal))
def test_every_refusal_of_lending_says_why_and_how_to_ask(kind, reason):
    assert kind([reason]).sentences == (str(reason.label), WAY)


def test_the_desk_says_where_to_write_it_down(branch):
    desk = signed_in(branch, "circulation")
    scan = {"key": "k", "mode": "out", "code": "NEW", "reader": "R1"}

    said = desk.post("/desk/circulation/scan", json.dumps(scan), content_type="application/json").json()

    assert [one["code"] for one in said["refusals"]] == ["credit_too_low"]
    assert "“Ask to look again” on the reader's account" in said["lines"][0]


def test_a_machine_and_a_program_say_it_in_a_field_of_its_own(branch):
    machine = at_the_machine(branch)
    asked = {"card": "R1", "barcode": "NEW"}
    program = program_of_staff(branch, "circulation").post("/desk/check-outs", asked, key="p").json()

    assert (machine.ok, len(machine.screen_messages), "我的账户" in machine.screen_messages[1]) == ("0", 2, True)
    assert (program["params"]["refusals"], program["look_again"]) == (["credit_too_low"], WAY)


def test_story_of_a_reader_who_asks_on_line_and_borrows_again(branch):
    # Li may not renew and is told whom to ask; Li asks, the director gives fifteen points back, and Li borrows.
    phone, li = Client(), patrons.patron_id_by_card("R1")
    phone.post("/my/sign-in/", {"card": "R1", "password": PASSWORD})
    refused = phone.post("/my/renew/", {"barcode": "OLD", "key": "r"}, follow=True).content.decode()
    page = phone.get("/my/account/").content.decode()
    phone.post("/my/account/look-again/", {"words": "积分是旧系统的错误", "key": "1"})
    (asked,) = reviews.of_reader(li)
    director = make_act(branch, staff=make_member(branch, "director").id)
    reviews.decide(director, review_id=asked.id, answer="属实", points=15)

    machine = at_the_machine(branch)

    assert WAY in refused
    assert "I cannot borrow and think that is wrong" in page
    assert (machine.ok, queries.account(li, NOW.date()).points) == ("1", 65)


def test_who_is_in_no_scheme_of_points_may_ask_too(db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    _, branch = make_network("EAST")
    reader = make_patron(node=branch.id, card="R1")
    passwords.set_password(make_act(branch.id), patron=reader.id, password=PASSWORD)
    phone = Client()
    phone.post("/my/sign-in/", {"card": "R1", "password": PASSWORD})

    assert "I cannot borrow and think that is wrong" in phone.get("/my/account/").content.decode()
