"""Acts at the desk over REST: the same operations, refusals and keys as at the counter."""

import pytest

from wenlan.circulation.models import Loan
from wenlan.circulation.testing import make_rule
from wenlan.facilities.testing import counted
from wenlan.holdings.testing import make_item
from wenlan.ledger.kinds import Kind
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_category, make_patron
from wenlan.protocols.rest.testing import Program, program_of_reader, program_of_staff

pytestmark = pytest.mark.django_db


def a_branch():
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    make_patron(node=east.id, card="R1")
    make_item(node=east.id, barcode="B1")
    return root, east, west


def test_an_item_is_lent_renewed_and_taken_back():
    _root, east, _west = a_branch()
    program = program_of_staff(east.id, "circulation")

    lent = program.post("/desk/check-outs", {"barcode": "B1", "card": "R1"})
    renewed = program.post("/desk/renewals", {"barcode": "B1", "card": "R1"})
    returned = program.post("/desk/check-ins", {"barcode": "B1"})

    assert [answer.status_code for answer in (lent, renewed, returned)] == [200, 200, 200]
    assert lent.json()["loan"] == renewed.json()["loan"] == returned.json()["loan"]
    assert renewed.json()["due_before"] == lent.json()["due_on"]
    assert (returned.json()["was_on_loan"], returned.json()["next_step"]) == (True, "shelve")
    assert (counted(Kind.LOAN_MADE, node=east.id), counted(Kind.LOAN_RETURNED, node=east.id)) == (1, 1)


def test_sent_again_with_the_same_key_an_act_is_done_once_and_answered_alike():
    _root, east, _west = a_branch()
    program = program_of_staff(east.id, "circulation")

    first, second = (program.post("/desk/check-outs", {"barcode": "B1", "card": "R1"}, key="k-1") for _ in range(2))

    assert first.json()["loan"] == second.json()["loan"]
    assert (first.json()["was_repeated"], second.json()["was_repeated"]) == (False, True)
    assert counted(Kind.LOAN_MADE) == 1


def test_the_same_key_of_another_member_of_staff_is_another_act():
    _root, east, _west = a_branch()
    make_item(node=east.id, barcode="B2")

    for barcode in ("B1", "B2"):
        program = program_of_staff(east.id, "circulation")
        program.post("/desk/check-outs", {"barcode": barcode, "card": "R1"}, key="k-1")

    assert counted(Kind.LOAN_MADE) == 2


def test_a_refusal_names_every_reason_and_writes_nothing():
    _root, east, _west = a_branch()
    make_category("adult", loan_limit=0)
    make_item(node=east.id, barcode="B3", lending="in_house")

    answer = program_of_staff(east.id, "circulation").post("/desk/check-outs", {"barcode": "B3", "card": "R1"})

    assert (answer.status_code, answer.json()["code"]) == (409, "circulation.checkout_refused")
    assert answer.json()["params"] == {"refusals": ["loan_limit_reached", "item_not_for_loan"]}
    assert Loan.objects.count() == 0


def test_staff_with_the_right_overrule_with_a_reason():
    _root, east, _west = a_branch()
    make_category("adult", loan_limit=0)
    asked = {"barcode": "B1", "card": "R1", "overrides": ["loan_limit_reached"]}
    program = program_of_staff(east.id, "circulation")

    without, with_reason = (program.post("/desk/check-outs", asked | {"reason": why}) for why in ("", "for a thesis"))

    assert (without.status_code, with_reason.status_code) == (409, 200)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/desk/check-outs", {"barcode": "B404", "card": "R1"}, 404),
        ("/desk/check-outs", {"barcode": "B1", "card": "R404"}, 404),
        ("/desk/check-outs", {"barcode": "B1"}, 422),
        ("/desk/check-outs", {"barcode": "B1", "card": "R1", "overrides": ["nonsense"]}, 422),
        ("/desk/check-outs", [1, 2], 422),
        ("/desk/check-ins", {"barcode": ""}, 422),
        ("/desk/check-ins", {"barcode": "B1", "node": "NOWHERE"}, 404),
        ("/desk/check-ins", {"barcode": "B1", "node": "WEST"}, 403),
        ("/desk/renewals", {"barcode": "B1"}, 409),
    ],
)
def test_what_cannot_be_done_is_answered_with_its_status_in_the_one_shape(path, body, status):
    _root, east, _west = a_branch()

    answer = program_of_staff(east.id, "circulation").post(path, body)

    assert answer.status_code == status
    assert set(answer.json()) - {"look_again"} == {"code", "message", "params"}
    assert Loan.objects.count() == 0


def test_a_body_that_is_no_json_is_refused_in_the_one_shape():
    _root, east, _west = a_branch()
    program = program_of_staff(east.id, "circulation")

    answer = program.client.post("/api/v1/desk/check-ins", b"\xff{", content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (400, "rest.request_unreadable")


def test_acts_happen_at_the_place_asked_for_under_the_tokens_place():
    root, _east, west = a_branch()
    program = program_of_staff(root.id, "circulation")

    program.post("/desk/check-outs", {"barcode": "B1", "card": "R1", "node": "WEST"})

    assert counted(Kind.LOAN_MADE, node=west.id) == 1


@pytest.mark.parametrize("path", ["/desk/check-outs", "/desk/check-ins", "/desk/renewals"])
def test_strangers_readers_and_staff_without_the_right_do_not_act(path):
    _root, east, _west = a_branch()
    body = {"barcode": "B1", "card": "R1"}
    reader = make_patron(node=east.id)

    stranger = Program().post(path, body)
    as_reader = program_of_reader(reader).post(path, body)
    cataloguer = program_of_staff(east.id, "cataloguer").post(path, body)

    assert [answer.status_code for answer in (stranger, as_reader, cataloguer)] == [401, 403, 403]
    assert Loan.objects.count() == 0


def test_a_librarian_of_another_branch_does_not_act_at_ours():
    _root, _east, west = a_branch()

    answer = program_of_staff(west.id, "circulation").post(
        "/desk/check-outs", {"barcode": "B1", "card": "R1", "node": "EAST"}
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "rest.beyond_token")
    assert Loan.objects.count() == 0
