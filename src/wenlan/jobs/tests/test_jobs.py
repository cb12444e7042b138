from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from wenlan.jobs import operations, queries, worker
from wenlan.jobs.models import Schedule
from wenlan.jobs.types import Recurring
from wenlan.kernel.errors import DomainError
from wenlan.ui import clock

pytestmark = pytest.mark.django_db


def test_a_version_grows_with_each_change():
    assert queries.version("rules") == 0

    first, second = operations.bump("rules"), operations.bump("rules")
    assert 0 < first < second == queries.version("rules")


def test_a_version_that_was_rolled_back_does_not_come_again():
    with suppress(KeyError), transaction.atomic():
        lost = operations.bump("rules")
        raise KeyError

    assert operations.bump("rules") != lost


def test_numbers_are_continuous_and_taken_once():
    taken = [operations.next_number("accession", "CN-01"), operations.next_number("accession", "CN-01", count=10)]

    assert taken == [1, 2]
    assert operations.next_number("accession", "CN-01") == 12
    assert operations.next_number("accession", "CN-02") == 1


def test_an_answer_is_kept_under_its_key_once():
    operations.remember("k1", "hold_session", {"id": 7}, at=clock.now())

    assert queries.answer("k1", "hold_session") == {"id": 7}
    assert queries.answer("k1", "other") is None
    with pytest.raises(IntegrityError), transaction.atomic():
        operations.remember("k1", "hold_session", {"id": 8}, at=clock.now())


def test_the_outbox_gives_messages_in_order_until_they_are_deleted():
    operations.post("index", {"record": 1})
    operations.post_many("index", [{"record": 2}, {"record": 3}])

    first, second = queries.posted("index", limit=2)
    operations.delete_posted([first[0], second[0]])

    assert [payload for _id, payload in queries.posted("index", limit=9)] == [{"record": 3}]


def test_a_lease_has_one_holder_until_it_runs_out():
    now = clock.now()

    assert operations.lease("indexer", holder="a", seconds=10, at=now)
    assert operations.lease("indexer", holder="a", seconds=10, at=now)
    assert not operations.lease("indexer", holder="b", seconds=10, at=now + timedelta(seconds=9))
    assert operations.lease("indexer", holder="b", seconds=10, at=now + timedelta(seconds=10))


def test_a_task_that_fails_keeps_its_error_and_lets_the_next_one_run():
    ran = []

    def fail(at):
        raise DomainError

    tasks = (
        Recurring(name="bad", every_seconds=60, run=fail),
        Recurring(name="good", every_seconds=60, run=ran.append),
    )
    now = clock.now()

    assert worker.run_due(tasks, lambda: now) == 2
    assert worker.run_due(tasks, lambda: now) == 0
    assert worker.run_due(tasks, lambda: now + timedelta(seconds=61)) == 2
    assert len(ran) == 2
    assert Schedule.objects.get(name="bad").last_error == "This cannot be done."
