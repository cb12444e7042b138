import threading

import pytest
from django.db import connection, transaction

from wenlan.jobs.models import Counter

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the lane is SQLite's"),
    pytest.mark.slow,
]
THREADS, TIMES = 4, 50


def add_one():
    with transaction.atomic():
        row = Counter.objects.get(scheme="lane", key="k")
        row.value += 1
        row.save(update_fields=["value"])


@transaction.atomic
def add_one_and_fail():
    add_one()
    raise ZeroDivisionError


def work(errors):
    try:
        for _ in range(TIMES):
            add_one()
    except Exception as error:
        errors.append(error)
    finally:
        connection.close()


def test_threads_write_one_after_the_other_and_none_is_told_the_database_is_locked():
    Counter.objects.create(scheme="lane", key="k")
    errors = []
    threads = [threading.Thread(target=work, args=(errors,)) for _ in range(THREADS)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert Counter.objects.get(scheme="lane").value == THREADS * TIMES


def test_what_runs_on_commit_may_write_and_the_lane_is_free_afterwards():
    Counter.objects.create(scheme="lane", key="k")
    with transaction.atomic():
        transaction.on_commit(add_one)

    worker = threading.Thread(target=work, args=([],))
    worker.start()
    worker.join(timeout=20)

    assert not worker.is_alive()
    assert Counter.objects.get(scheme="lane").value == TIMES + 1


def test_a_failed_transaction_leaves_the_lane():
    Counter.objects.create(scheme="lane", key="k")
    with pytest.raises(ZeroDivisionError):
        add_one_and_fail()

    worker = threading.Thread(target=work, args=([],))
    worker.start()
    worker.join(timeout=20)

    assert Counter.objects.get(scheme="lane").value == TIMES
