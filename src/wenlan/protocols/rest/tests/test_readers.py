"""A reader's own account over REST, and nobody else's."""

from uuid import uuid4

import pytest

from wenlan.circulation.testing import lend, make_act, make_rule
from wenlan.facilities.testing import counted
from wenlan.holdings.testing import make_item
from wenlan.ledger.kinds import Kind
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.protocols.rest.testing import Program, program_of_reader, program_of_staff
from wenlan.ui import clock

pytestmark = pytest.mark.django_db


def a_reader_with_a_loan():
    root, east = make_network("EAST")
    make_rule(root.id)
    reader = make_patron(node=east.id, card="R1", name="李明")
    loan = lend(make_item(node=east.id, barcode="B1"), reader, make_act(east.id, clock.today()))
    return east, reader, loan


def test_a_reader_sees_the_own_account_and_loans():
    _east, reader, loan = a_reader_with_a_loan()
    program = program_of_reader(reader)

    account, loans = program.get("/me").json(), program.get("/me/loans").json()

    assert (account["name"], account["home"], account["open_loans"]) == ("李明", "EAST", 1)
    assert [(each["loan"], each["barcode"], each["is_overdue"]) for each in loans] == [(str(loan.loan), "B1", False)]


def test_a_reader_renews_an_own_loan_once_under_one_key_and_is_counted_as_asking():
    _east, reader, loan = a_reader_with_a_loan()
    program = program_of_reader(reader)

    first, second = (program.post(f"/me/loans/{loan.loan}/renewal", key="k-1") for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert (first.json()["renewals"], second.json()["was_repeated"]) == (1, True)
    assert counted(Kind.LOAN_RENEWED, subject="reader", channel="web") == 1


def test_a_second_renewal_is_refused_with_the_reason():
    _east, reader, loan = a_reader_with_a_loan()
    program = program_of_reader(reader)
    program.post(f"/me/loans/{loan.loan}/renewal")

    answer = program.post(f"/me/loans/{loan.loan}/renewal")

    assert (answer.status_code, answer.json()["params"]) == (409, {"refusals": ["renewals_used"]})


def test_the_loan_of_another_reader_is_not_there():
    east, _reader, loan = a_reader_with_a_loan()
    other = program_of_reader(make_patron(node=east.id))

    answers = [other.post(f"/me/loans/{uid}/renewal") for uid in (loan.loan, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert other.get("/me/loans").json() == []


@pytest.mark.parametrize("path", ["/me", "/me/loans"])
def test_strangers_and_staff_have_no_readers_account(path):
    east, _reader, _loan = a_reader_with_a_loan()

    stranger, staff = Program().get(path), program_of_staff(east.id, "circulation").get(path)

    assert (stranger.status_code, staff.status_code) == (401, 403)
