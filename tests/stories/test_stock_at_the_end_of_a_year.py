"""What the libraries hold on 31 December: by class, by place and by form, each table adding up to the whole."""

from datetime import date

import pytest

from wenlan.catalogue.testing import make_record
from wenlan.circulation.testing import make_act
from wenlan.holdings.testing import make_item, withdrawn
from wenlan.indicators import operations as indicators
from wenlan.indicators import queries as figures
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
YEAR = Period.year(2019)


def parts(node: int, dimension: str) -> dict[object, object]:
    """Return the stock at the end of the year by one dimension."""
    cells = figures.breakdown("stock_held", node=node, period=YEAR, by=(dimension,))
    return {cell.keys[0]: cell.value for cell in cells if cell.value}


@pytest.mark.capability("D21")
def test_the_stock_is_told_by_class_place_and_form():
    root, east, west = make_network("EAST", "WEST")
    novel, farming = (
        make_record(root.id, "三里湾", class_number="I247.5"),
        make_record(root.id, "养蜂", class_number="S89"),
    )
    for node, record, material in (
        (east.id, novel.id, "book"), (east.id, novel.id, "book"), (east.id, farming.id, "book"),
        (west.id, novel.id, "book"), (west.id, farming.id, "serial"),
    ):  # fmt: skip
        make_item(node=node, record=record, material=material)
    worn = make_item(node=east.id, record=novel.id)
    withdrawn(make_act(east.id, date(2019, 11, 4)), worn)
    make_item(node=west.id, record=novel.id, on=date(2020, 1, 3))
    indicators.fold_all()

    assert parts(root.id, "main_class") == {"I": 3, "S": 2}
    assert parts(root.id, "material") == {"book": 4, "serial": 1}
    assert parts(root.id, "branch") == {east.id: 3, west.id: 2}
    assert figures.figures(["stock_held"], node=root.id, period=YEAR)["stock_held"].value == 5
    page = signed_in(root.id, "director").get(
        "/desk/figures/stock_held/?start=2019-01-01&last=2019-12-31&by=main_class"
    )
    assert [(row.key, row.value) for row in page.context["breakdowns"][0]["rows"]] == [("I", 3), ("S", 2)]
