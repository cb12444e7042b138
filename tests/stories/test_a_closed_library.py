"""A library shut for seven weeks: nothing falls due or is charged, readers see when it opens, averages leave it out."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.test import Client

from wenlan.circulation.closing.operations import carry_on, move_due_dates
from wenlan.circulation.closing.types import Span
from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.credit import testing as credit
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as indicators
from wenlan.indicators import queries as figures
from wenlan.indicators.comparing import comparison
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.network.testing import make_network, open_every_day
from wenlan.patrons import queries as patrons
from wenlan.patrons.testing import make_patron
from wenlan.ui import clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SHUT, OPENS = date(2020, 1, 24), date(2020, 3, 16)


def open_days(node: int, period: Period):
    """Return on how many open days visits were counted, and how many a day."""
    (every, *_kinds) = comparison(
        figures.figures(["visits"], node=node, period=period)["visits"], until=date(2021, 1, 1)
    ).average
    return every.days, every.value


@pytest.mark.capability("A37")
def test_a_closed_library_charges_nothing_says_when_it_opens_and_leaves_its_averages_alone(monkeypatch):
    root, town = make_network("TOWN")
    make_rule(root.id)
    credit.make_rule(root.id, charge_fen=20)
    open_every_day(town.id, 0, 1, 2, 3, 4, 5, 6)
    reader, book = make_patron(node=town.id), make_item(node=town.id)
    lend(book, reader, make_act(town.id, date(2019, 12, 31)))
    for day in (date(2020, 1, 22), date(2020, 1, 23)):
        ledger.record(make_act(town.id, day), Kind.VISIT_COUNTED, quantity=46, source=f"gate:{day}")

    # On the evening of the 23rd it is decided to shut. The book was due on the 30th.
    span = Span(node=root.id, start=SHUT, end=OPENS, due_again=OPENS)
    move_due_dates(make_act(root.id, SHUT), span=span, reason="疫情闭馆")
    while carry_on(datetime.combine(SHUT, time(3), UTC)):
        pass

    # The portal says until when; the day it opens the book comes back: neither points nor money are lost.
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(date(2020, 2, 10), time(2), UTC))
    page = Client().get("/hours/").content.decode()
    assert "2020-03-16" in page
    assert "疫情闭馆" in page
    assert take_back(book, make_act(town.id, OPENS)).overdue_days == 0
    after = patrons.patron(reader.id)
    assert (after.credit_points, after.owed_fen) == (None, 0)

    # The quarter has 31 + 29 + 31 days; 52 of them are no open days, and the average is over the others.
    indicators.fold_all()
    assert open_days(town.id, Period(date(2020, 1, 1), date(2020, 4, 1))) == (39, Decimal("2.4"))
    assert open_days(town.id, Period.month(2020, 1)) == (23, Decimal("4.0"))
