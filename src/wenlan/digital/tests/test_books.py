from datetime import date

import pytest

from wenlan.facilities.testing import counted, make_act, make_library
from wenlan.ledger.kinds import Kind
from wenlan.registers import operations as registers

pytestmark = pytest.mark.django_db

DAY = date(2019, 3, 4)


def test_what_was_digitised_is_counted_by_material():
    library = make_library()
    registers.declare_shipped()

    for material, quantity in (("local_documents", 4500), ("local_documents", 500), ("local_newspapers", 1200)):
        values = {"material": material, "quantity": quantity}
        registers.enter(make_act(library), book="digitisation", day=DAY, values=values)

    assert counted(Kind.OBJECT_DIGITISED, subject="local_documents") == 5000
    assert counted(Kind.OBJECT_DIGITISED, subject="local_newspapers") == 1200


def test_media_are_counted_by_type():
    library = make_library()
    registers.declare_shipped()
    film = {"type": "media.promo_film", "title": "走进图书馆", "quantity": 1}

    registers.enter(make_act(library), book="media_production", day=DAY, values=film)

    assert counted(Kind.RECORD_ENTERED, subject="media.promo_film") == 1
