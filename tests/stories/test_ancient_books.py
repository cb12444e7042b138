"""Ancient books carry their grade; what is rare follows from it, and a facsimile is never one."""

from datetime import date

import pytest

from wenlan.facilities.testing import make_act, make_library
from wenlan.indicators import operations as cubes
from wenlan.indicators.queries import figures
from wenlan.kernel.errors import DomainError
from wenlan.kernel.periods import Period
from wenlan.registers import operations as registers

DAY = date(2019, 3, 4)
GAZETTEER = {
    "title": "潞安府志四十卷首一卷",
    "accession": "G0001-G0024",
    "period": "qing_early",
    "edition": "清乾隆三十五年刻本",
    "edition_type": "block_print",
    "frame": "20.1×14.3；9行20字",
    "binding": "thread",
    "grade": "ancient.rare.3a",
    "volumes": 24,
    "works": 1,
    "cases": 4,
    "damage": "damage_4",
}


@pytest.mark.django_db
@pytest.mark.capability("V28")
def test_story_of_the_register_of_ancient_books():
    # A gazetteer of grade three and a late reader of grade four are registered; two volumes of the reader are
    # given to the provincial library. A facsimile and a book of the Republic find no place in the register.
    library = make_library()
    registers.declare_shipped()
    reader = GAZETTEER | {
        "title": "古文观止",
        "period": "qing_late",
        "grade": "ancient.plain.4",
        "volumes": 6,
        "cases": 1,
    }

    registers.enter(make_act(library, DAY), book="ancient_book", day=DAY, values=GAZETTEER)
    registers.enter(make_act(library, DAY), book="ancient_book", day=DAY, values=reader)
    given = reader | {"volumes": -2, "works": 0, "cases": 0}
    registers.enter(make_act(library, DAY), book="ancient_book", day=DAY, values=given)
    for wrong in ({"edition_type": "facsimile"}, {"period": "republic"}, {"grade": "rare"}, {"grade": ""}):
        with pytest.raises(DomainError):
            registers.enter(make_act(library, DAY), book="ancient_book", day=DAY, values=GAZETTEER | wrong)

    cubes.fold()
    found = figures(("ancient_volumes", "rare_volumes", "ancient_works"), node=library, period=Period.year(2019))
    assert {code: one.value for code, one in found.items()} == {
        "ancient_volumes": 28,
        "rare_volumes": 24,
        "ancient_works": 2,
    }
