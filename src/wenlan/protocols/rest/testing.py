"""A program that speaks REST, for tests."""

from typing import Any

from django.test import Client

from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.ids import new_uid
from wenlan.patrons import passwords
from wenlan.patrons.types import PatronView
from wenlan.staff.testing import PASSWORD, make_member
from wenlan.ui import clock

ROOT = "/api/v1"


class Program:
    """Sends JSON with a token; without one it is a stranger."""

    def __init__(self, token: str = "") -> None:
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.client = Client(headers=self.headers)

    def get(self, path: str, **query: Any) -> Any:
        """Ask."""
        return self.client.get(ROOT + path, query)

    def post(self, path: str, body: Any = None, *, key: str = "") -> Any:
        """Act; `key` makes it safe to repeat."""
        headers = {"Idempotency-Key": key} if key else {}
        return self.client.post(ROOT + path, body or {}, content_type="application/json", headers=headers)

    def delete(self, path: str) -> Any:
        """End."""
        return self.client.delete(ROOT + path)


def program_of_staff(home: int, *roles: str, **asked: Any) -> Program:
    """Return a program that a member of staff with the roles at home signed in."""
    member = make_member(home, *roles)
    answer = Program().post("/tokens", {"username": member.username, "password": PASSWORD, **asked})
    assert answer.status_code == 201, answer.json()
    return Program(answer.json()["token"])


def program_of_reader(reader: PatronView) -> Program:
    """Return a program that the reader signed in."""
    give_password(reader)
    answer = Program().post("/tokens", {"card": reader.cards[0].number, "password": PASSWORD})
    assert answer.status_code == 201, answer.json()
    return Program(answer.json()["token"])


def give_password(reader: PatronView, password: str = PASSWORD) -> None:
    """Let the desk give a reader a password."""
    act = Act(at=clock.now(), node=reader.home_node, channel=Channel.DESK, key=str(new_uid()))
    passwords.set_password(act, patron=reader.id, password=password)
