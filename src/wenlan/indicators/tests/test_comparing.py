"""A figure beside the year before, beside everything since the opening, and by the open day."""

from datetime import date
from decimal import Decimal

import pytest

from wenlan.indicators import operations, queries
from wenlan.indicators.comparing import comparison
from wenlan.indicators.testing import make_tree
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.testing import make_act
from wenlan.ledger.types import MeasureView
from wenlan.network.almanac import operations as almanac
from wenlan.network.testing import open_every_day
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db
TUESDAY_TO_SUNDAY = (1, 2, 3, 4, 5, 6)


@pytest.fixture
def east() -> int:
    """A branch shut on Mondays: lent to in 2018, in the winter and in the summer of 2019, and on a Monday by bus."""
    east = make_tree()["EAST"]
    open_every_day(east, *TUESDAY_TO_SUNDAY)
    for code, kinds in (("out", ("loan.made",)), ("back", ("loan.returned",))):
        ledger.declare_measure(MeasureView(code=code, words={"zh": code, "en": code}, origin="test", kinds=kinds))
    both = MeasureView(
        code="both", words={"zh": "both", "en": "both"}, origin="test", sums="formula", plus=("out", "back")
    )
    ledger.declare_measure(both)
    done = {date(2018, 2, 6): 40, date(2019, 2, 5): 20, date(2019, 2, 9): 10, date(2019, 7, 2): 26, date(2019, 7, 8): 4}
    for number, (day, quantity) in enumerate(done.items()):
        ledger.record(make_act(day, node=east), Kind.LOAN_MADE, quantity=quantity, source=f"loan:{number}")
    ledger.record(make_act(date(2019, 2, 12), node=east), Kind.LOAN_RETURNED, quantity=30, source="return:1")
    operations.fold_all()
    return east


def of(code: str, east: int, period: Period):
    found = queries.figures([code], node=east, period=period)[code]
    return comparison(found, until=date(2019, 12, 1))


@pytest.mark.capability("C07")
def test_this_year_is_compared_with_the_year_before(east):
    found = of("out", east, Period.year(2019))

    assert (found.before.value, found.change) == (40, Decimal("50.0"))
    assert of("out", east, Period.month(2019, 2)).change == Decimal("-25.0")
    assert of("out", east, Period.year(2018)).change is None
    assert of("out", east, Period(date(2020, 2, 29), date(2020, 3, 1))).before.value == 0


@pytest.mark.capability("C04")
def test_loans_and_returns_are_summed_since_the_opening(east):
    found = of("both", east, Period.year(2019))

    assert found.altogether is not None
    assert (found.altogether.value, found.altogether.period.start) == (130, found.since)
    assert found.since <= date(2018, 2, 6)
    assert found.altogether.value == of("both", east, Period.year(2018)).altogether.value + 90


@pytest.mark.capability("C11")
def test_an_average_day_is_an_open_one_and_weekends_holidays_and_summer_stand_apart(east):
    # February 2019 has 24 days but Mondays. The Spring Festival was 4 to 10 February, and for it the Saturday and the
    # Sunday before were worked: two weekends are left, on which nothing was lent, and 30 were on six open holidays.
    february = {one.of: (one.days, one.value) for one in of("out", east, Period.month(2019, 2)).average}
    july = {one.of: (one.days, one.value) for one in of("out", east, Period.month(2019, 7)).average}

    assert february == {"all": (24, Decimal("1.3")), "weekend": (4, Decimal(0)), "holiday": (6, Decimal("5.0"))}
    assert july["summer"] == july["all"] == (26, Decimal("1.0"))
    assert of("out", east, Period.month(2020, 1)).average == ()


def test_a_place_has_its_own_summer(east):
    names = {"zh": "暑期", "en": "Summer"}
    first, last = date(2019, 7, 9), date(2019, 7, 14)
    almanac.set_season(make_act(first, node=east), node=east, code="summer", names=names, start=first, last=last)

    july = {one.of: (one.days, one.value) for one in of("out", east, Period.month(2019, 7)).average}

    assert july["summer"] == (6, Decimal(0))


def test_the_page_says_them(east):
    page = signed_in(east, "director").get("/desk/figures/out/?start=2019-01-01&last=2019-12-31")

    (before, *_others) = page.context["beside"]["rows"]
    assert (before["value"], before["change"]) == (40, "+50.0%")
    assert "+50.0%" in page.content.decode()
    assert [row["what"] for row in page.context["beside"]["rows"]][3:] == [
        "On an average open Saturday or Sunday (of 93)",
        "On an average open public holiday (of 20)",
        "On an average open day of the summer holidays (of 53)",
    ]
