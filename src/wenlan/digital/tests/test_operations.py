from datetime import date

import pytest

from wenlan.digital import errors, operations, queries
from wenlan.digital.types import Ownership
from wenlan.facilities.testing import counted, make_act, make_library
from wenlan.ledger.kinds import Kind

pytestmark = pytest.mark.django_db

WORDS = {"zh": "电子图书包", "en": "E-books"}


def test_a_package_enters_stock_as_electronic_documents_of_its_owner_with_its_ownership():
    library = make_library()

    made = operations.add_resource_package(
        make_act(library), words=WORDS, volumes=622_786, ownership=Ownership.BOUGHT, day=date(2019, 2, 1)
    )

    assert queries.resource_packages([library]) == (made,)
    where = {"item_material": "electronic", "owner_node": library, "subject": "bought", "day": date(2019, 2, 1)}
    assert counted(Kind.STOCK_ACCESSIONED, **where) == 622_786


def test_a_package_added_twice_with_one_key_is_added_once():
    library = make_library()

    for _ in range(2):
        operations.add_resource_package(
            make_act(library, key="k1"), words=WORDS, volumes=100, ownership=Ownership.SHARED
        )

    assert counted(Kind.STOCK_ACCESSIONED) == 100


def test_an_empty_package_is_refused_and_writes_nothing():
    library = make_library()

    with pytest.raises(errors.VolumesInvalid):
        operations.add_resource_package(make_act(library), words=WORDS, volumes=0, ownership=Ownership.OWN)

    assert queries.resource_packages([library]) == ()
    assert counted(Kind.STOCK_ACCESSIONED) == 0


def test_an_ended_package_leaves_stock_once():
    library = make_library()
    made = operations.add_resource_package(make_act(library), words=WORDS, volumes=100, ownership=Ownership.TRIAL)

    ended = operations.end_resource_package(make_act(library, date(2019, 6, 1)), package=made.uid)
    with pytest.raises(errors.PackageEnded):
        operations.end_resource_package(make_act(library, date(2019, 6, 2)), package=made.uid)

    assert ended.ended_on == date(2019, 6, 1)
    assert counted(Kind.STOCK_DEREGISTERED, subject="trial", item_material="electronic") == 100
