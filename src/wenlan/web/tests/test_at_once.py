"""Two people who send the same in the same moment, on PostgreSQL, and what a fault that stays one does."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from wenlan.network.testing import make_network
from wenlan.patrons import operations, registering
from wenlan.patrons import views as desk
from wenlan.patrons.models import Patron
from wenlan.staff.testing import signed_in

NEW = {"card_kind": "barcode", "category": "adult", "birth_date": "1990-05-01", "name": "李𠮷·买买提"}


def send_together(clients: list[Client], said: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let each send its form; each has judged before any of them writes. Return the statuses."""
    meet, judge = threading.Barrier(len(clients)), registering.judge
    judged: set[int] = set()

    def and_wait(*args: object, **kwargs: object) -> object:
        found = judge(*args, **kwargs)
        if threading.get_ident() not in judged:
            judged.add(threading.get_ident())
            meet.wait(10)
        return found

    def post(number: int) -> int:
        with closing(connection):
            return clients[number].post("/desk/readers/register/", said[number]).status_code

    monkeypatch.setattr(registering, "judge", and_wait)
    with ThreadPoolExecutor(len(clients)) as pool:
        return sorted(pool.map(post, range(len(clients))))


@pytest.mark.postgresql
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("keys", "statuses"), [(("k", "k"), [302, 302]), (("k1", "k2"), [302, 422])], ids=["one form", "one card"]
)
def test_a_card_given_out_at_two_desks_at_once_serves_one_reader(keys, statuses, monkeypatch):
    operations.load_categories()
    (root,) = make_network()
    clients = [signed_in(root.id, "circulation") for _ in keys]
    said = [NEW | {"key": key, "card_number": "R1", "anyway": "on"} for key in keys]

    found = send_together(clients, said, monkeypatch)

    assert found == statuses
    assert [(row.name, row.birth_date) for row in Patron.objects.all()] == [("李𠮷·买买提", date(1990, 5, 1))]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "get"])
def test_what_fails_again_is_a_fault_and_is_asked_no_third_time(method, monkeypatch):
    (root,) = make_network()
    client, asked = signed_in(root.id, "circulation"), []

    def contradict(*_args: object) -> None:
        asked.append(1)
        raise IntegrityError("two rows where one may be")

    monkeypatch.setattr(desk, "RegisterForm", contradict)

    with pytest.raises(IntegrityError):
        getattr(client, method)("/desk/readers/register/")

    assert len(asked) == {"post": 2, "get": 1}[method]
