"""Signing in over REST: who gets a token, what it reaches, and what ends it."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from wenlan.network.testing import make_network
from wenlan.patrons import operations as patrons
from wenlan.patrons.testing import make_patron
from wenlan.protocols.models import ApiToken
from wenlan.protocols.rest import tokens
from wenlan.protocols.rest.testing import Program, give_password, program_of_reader, program_of_staff
from wenlan.staff import operations as staff
from wenlan.staff.testing import PASSWORD, make_member
from wenlan.ui import clock

pytestmark = pytest.mark.django_db


def test_staff_get_a_token_for_their_place_with_every_scope_of_staff():
    _root, east = make_network("EAST")
    member = make_member(east.id, "circulation")

    answer = Program().post("/tokens", {"username": member.username, "password": PASSWORD})

    given = answer.json()
    assert answer.status_code == 201
    assert (given["scopes"], given["node"]) == (["desk", "figures"], "EAST")
    assert Program(given["token"]).get("/tokens/current").json()["node"] == "EAST"


def test_the_token_itself_is_not_kept():
    _root, east = make_network("EAST")
    member = make_member(east.id, "circulation")

    secret = Program().post("/tokens", {"username": member.username, "password": PASSWORD}).json()["token"]

    kept = ApiToken.objects.get()
    assert kept.digest == tokens.digest_of(secret)
    assert secret not in str(kept.__dict__)


def test_a_reader_gets_a_token_for_the_own_account_only():
    _root, east = make_network("EAST")
    reader = make_patron(node=east.id, card="R1")
    give_password(reader)

    answer = Program().post("/tokens", {"card": "R1", "password": PASSWORD})

    assert answer.status_code == 201
    assert answer.json()["scopes"] == ["reader"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"username": "wang", "password": "wrong"}, 401, "staff.sign_in_refused"),
        ({"username": "nobody", "password": PASSWORD}, 401, "staff.sign_in_refused"),
        ({"card": "R1", "password": "wrong"}, 401, "patrons.sign_in_refused"),
        ({"card": "R404", "password": PASSWORD}, 401, "patrons.sign_in_refused"),
        ({"username": "wang", "card": "R1", "password": PASSWORD}, 422, "rest.request_invalid"),
        ({"username": "wang"}, 422, "rest.request_invalid"),
        ({"username": "wang", "password": "a\x00b"}, 422, "rest.request_invalid"),
        ({"username": "wang", "password": PASSWORD, "node": "NOWHERE"}, 404, "not_found"),
        ({"username": "wang", "password": PASSWORD, "node": "WEST"}, 403, "rest.beyond_token"),
    ],
)
def test_a_sign_in_that_is_not_right_is_refused_in_the_one_shape(body, status, code):
    _root, east, _west = make_network("EAST", "WEST")
    make_member(east.id, "circulation", username="wang")
    give_password(make_patron(node=east.id, card="R1"))

    answer = Program().post("/tokens", body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == {"code", "message", "params"}
    assert ApiToken.objects.count() == 0


def test_a_token_may_be_asked_for_a_part_of_the_tree_and_of_the_scopes():
    root, _east = make_network("EAST")

    program = program_of_staff(root.id, "circulation", node="EAST", scopes=["figures"])

    assert program.get("/tokens/current").json()["scopes"] == ["figures"]
    refused = program.post("/desk/check-ins", {"barcode": "B1"})
    assert (refused.status_code, refused.json()["code"]) == (403, "rest.scope_missing")


@pytest.mark.parametrize("token", ["", "wl_unknown", "一"])
def test_without_a_valid_token_nothing_is_answered(token):
    answer = Program(token.encode().decode("latin-1")).get("/me")

    assert (answer.status_code, answer.json()["code"]) == (401, "rest.not_signed_in")
    assert answer.headers.get("WWW-Authenticate", "Bearer") == "Bearer"


def test_a_token_ends_when_it_is_signed_out():
    _root, east = make_network("EAST")
    program = program_of_staff(east.id, "circulation")

    assert program.delete("/tokens/current").status_code == 204

    assert program.get("/tokens/current").status_code == 401


def test_a_token_ends_with_its_time():
    _root, east = make_network("EAST")
    program = program_of_staff(east.id, "circulation", hours=1)

    ApiToken.objects.update(expires_at=clock.now(), created_at=clock.now() - timedelta(hours=1))

    assert program.get("/tokens/current").status_code == 401


def test_a_token_of_staff_ends_with_the_password_and_with_the_account():
    _root, east = make_network("EAST")
    first, second = program_of_staff(east.id, "circulation"), program_of_staff(east.id, "circulation")
    owners = list(ApiToken.objects.order_by("id").values_list("staff", flat=True))

    staff.set_password(tokens.reader_act(make_patron(node=east.id), None), staff=owners[0], password="another one 12")
    get_user_model().objects.filter(pk=owners[1]).update(is_active=False)

    assert first.get("/tokens/current").status_code == 401
    assert second.get("/tokens/current").status_code == 401


def test_a_readers_token_ends_with_the_password_and_with_the_account():
    _root, east = make_network("EAST")
    changes, leaves = make_patron(node=east.id), make_patron(node=east.id)
    first, second = program_of_reader(changes), program_of_reader(leaves)

    give_password(changes, "another one 12")
    patrons.deregister(tokens.reader_act(leaves, None), patron=leaves.id)

    assert first.get("/me").status_code == 401
    assert second.get("/me").status_code == 401


def test_an_address_that_guesses_is_made_to_wait(monkeypatch):
    monkeypatch.setattr(tokens, "FREE_REFUSALS", 3)
    _root, east = make_network("EAST")
    member = make_member(east.id, "circulation")

    guesses = [Program().post("/tokens", {"username": f"guess{n}", "password": "x"}).status_code for n in range(4)]
    right = Program().post("/tokens", {"username": member.username, "password": PASSWORD})

    assert guesses == [401, 401, 401, 429]
    assert (right.status_code, right.json()["code"]) == (429, "rest.too_many_refusals")


def test_a_token_given_to_staff_stands_in_the_audit_trail():
    _root, east = make_network("EAST")

    program_of_staff(east.id, "circulation")

    entries = apps.get_model("staff", "AuditEntry").objects.filter(action="rest.token_issued")
    assert [entry.node_id for entry in entries] == [east.id]
