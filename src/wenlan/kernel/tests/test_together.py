"""Acts that share a transaction: all are kept, or none and each is done alone."""

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.test.utils import CaptureQueriesContext

from wenlan.jobs.models import Version
from wenlan.kernel.together import in_one_transaction

pytestmark = pytest.mark.django_db(transaction=True)


def noting(name):
    def act():
        with transaction.atomic(savepoint=False):
            Version.objects.create(name=name, value=1)
        return name

    return act


def noted():
    return set(Version.objects.filter(name__startswith="t-").values_list("name", flat=True))


def fails():
    raise ValueError("broken")


def swallows_its_failure():
    try:
        noting("t-one")()  # the second of this name
    except IntegrityError:
        return "as if nothing had been"


def test_acts_share_one_transaction():
    with CaptureQueriesContext(connection) as statements:
        assert in_one_transaction([noting("t-one"), noting("t-two")]) == ["t-one", "t-two"]

    assert noted() == {"t-one", "t-two"}
    assert len([query for query in statements if query["sql"].startswith("BEGIN")]) == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="requests share a transaction on an embedded database alone")
def test_a_request_that_ends_leaves_the_transaction_to_the_others():
    def of_a_request(name):
        def act():
            close_old_connections()  # what Django does at both ends of a request
            return noting(name)()

        return act

    assert in_one_transaction([of_a_request("t-one"), of_a_request("t-two")]) == ["t-one", "t-two"]


@pytest.mark.parametrize("wrong", [fails, swallows_its_failure])
def test_of_acts_with_a_wrong_one_nothing_is_kept(wrong):
    assert in_one_transaction([noting("t-one"), wrong, noting("t-two")]) is None

    assert noted() == set()
