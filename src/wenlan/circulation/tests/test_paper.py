"""A village room's paper register is copied: counted on the day written, recorded when it was copied."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from wenlan.circulation import queries as loans
from wenlan.circulation.paper import errors, operations, queries
from wenlan.circulation.paper.policies import LineFacts, doubts
from wenlan.circulation.paper.reading import read_day
from wenlan.circulation.paper.types import Doubt, NewLine, Written
from wenlan.circulation.testing import make_act, make_rule
from wenlan.circulation.verification import differences
from wenlan.facilities.testing import counted
from wenlan.holdings import queries as items
from wenlan.holdings.testing import make_item
from wenlan.kernel.acts import Channel
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import make_member

MONDAY = date(2019, 3, 4)
FEBRUARY = date(2019, 2, 1)
OUT = NewLine(what=Written.OUT, day_written="2.14", reader="张大爷", item="三国演义")


@pytest.fixture
def room(db):
    """A village room that lends for thirty days, and its keeper."""
    root, room = make_network("V1")
    make_rule(root.id)
    return room.id, make_member(room.id, "village_keeper").id


@pytest.fixture
def act(room):
    """What the keeper does on a Monday in March."""
    node, keeper = room
    return lambda **more: make_act(node, MONDAY, staff=keeper, **more)


def the_row(kind):
    """Return the only row of the ledger of a kind."""
    return apps.get_model("ledger", "ServiceEvent").objects.get(kind=kind)


def test_a_line_counts_on_its_day_under_paper_and_says_when_it_was_copied(act):
    page = operations.keep_page(act(), month=FEBRUARY, number="3", photo=b"\xff\xd8\xff page")

    (line,) = operations.enter_line(act(key="one"), line=OUT, page=page.uid)
    again = operations.enter_line(act(key="one"), line=OUT, page=page.uid)

    row = the_row("loan.made")
    assert (row.day, row.channel, row.quantity) == (date(2019, 2, 14), Channel.PAPER, 1)
    assert row.recorded_at == datetime(2019, 3, 4, 2, tzinfo=UTC)
    assert ((line,), line.late_days, line.is_known) == (again, 18, False)
    assert (queries.page(page.uid).lines, queries.pages([page.node])[0].photo is not None) == (1, True)
    assert differences() == []


def test_a_loan_with_its_return_counts_both_and_one_struck_counts_neither(act):
    both = operations.enter_line(act(), line=replace(OUT, back_written="28", quantity=2))
    assert (counted("loan.made"), counted("loan.returned", day=date(2019, 2, 28))) == (2, 2)

    for line in both:
        operations.strike(act(), line=line.uid, reason="copied twice")
        operations.strike(act(), line=line.uid, reason="copied twice")

    assert (counted("loan.made"), counted("loan.returned")) == (0, 0)
    assert differences() == []


def test_a_known_book_of_a_known_reader_is_a_loan_from_its_day_on(act, room):
    book, reader = make_item(node=room[0], on=date(2019, 1, 2)), make_patron(node=room[0])
    known = replace(OUT, card=reader.cards[0].number, barcode=book.barcode)

    (line,) = operations.enter_line(act(), line=known)
    loan = loans.loan_of_item(book.id)
    back = operations.enter_line(
        act(), line=NewLine(what=Written.IN, day_written="3月1日", item="x", barcode=book.barcode)
    )

    assert (loan.lent_on, loan.due_on, loan.patron) == (date(2019, 2, 14), date(2019, 3, 16), reader.id)
    assert (line.is_known, line.problem, back[0].is_known) == (True, "", True)
    assert items.item(book.id).status == "available"
    made = the_row("loan.made")
    assert (made.channel, made.day, made.recorded_at.date()) == (Channel.PAPER, date(2019, 2, 14), MONDAY)
    assert counted("loan.returned", day=date(2019, 3, 1), channel=Channel.PAPER) == 1
    with pytest.raises(errors.LineStands):
        operations.strike(act(), line=line.uid, reason="")
    assert differences() == []


def test_a_ditto_mark_is_the_day_of_the_line_above_and_not_of_its_return(act):
    page = operations.keep_page(act(), month=FEBRUARY)
    operations.enter_line(act(), line=replace(OUT, day_written="2.3", back_written="2.17"), page=page.uid)

    (below,) = operations.enter_line(act(), line=replace(OUT, day_written="〃", reader="二小子"), page=page.uid)

    assert below.day == date(2019, 2, 3)


def test_visits_of_a_day_count_by_hand_and_are_asked_about_when_they_were_counted(act):
    visits = NewLine(what=Written.VISIT, day_written="2019-2-14", quantity=12)
    (line,) = operations.enter_line(act(), line=visits)
    with pytest.raises(errors.LineDoubtful) as caught:
        operations.enter_line(act(), line=replace(visits, quantity=3))
    operations.enter_line(act(), line=replace(visits, quantity=3), confirmed=frozenset({Doubt.COUNTED_ALREADY}))

    assert caught.value.doubts == (Doubt.COUNTED_ALREADY,)
    assert counted("visit.counted", day=date(2019, 2, 14), channel=Channel.PAPER) == 15
    operations.strike(act(), line=line.uid, reason="another room")
    assert counted("visit.counted") == 3


def test_the_same_line_again_a_day_off_the_page_and_long_ago_are_asked_about(act):
    page = operations.keep_page(act(), month=FEBRUARY)
    operations.enter_line(act(), line=OUT, page=page.uid)

    found = []
    for line in (OUT, replace(OUT, day_written="1.31"), replace(OUT, day_written="2017.2.14")):
        with pytest.raises(errors.LineDoubtful) as caught:
            operations.enter_line(act(), line=line, page=page.uid)
        found.append(caught.value.doubts)

    assert found == [(Doubt.TWICE,), (Doubt.OFF_THE_PAGE,), (Doubt.OFF_THE_PAGE, Doubt.LONG_AGO)]
    assert counted("loan.made") == 1


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        (replace(OUT, day_written="初五"), errors.DayUnreadable),
        (replace(OUT, day_written="2019.2.30"), errors.DayUnreadable),
        (replace(OUT, day_written="2019.3.5"), errors.DayAhead),
        (replace(OUT, day_written="2014.12.31"), errors.DayBeforeOpening),
        (replace(OUT, back_written="2.13"), errors.BackBeforeOut),
        (replace(OUT, item=" "), errors.LineEmpty),
        (replace(OUT, quantity=51), errors.LineEmpty),
        (NewLine(what=Written.VISIT, day_written="2.14", quantity=0), errors.LineEmpty),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_counts(act, line, refused):
    with pytest.raises(refused):
        operations.enter_line(act(), line=line)

    assert counted("loan.made") + counted("visit.counted") == 0


def test_the_county_sees_what_was_added_to_months_that_were_over(act, room):
    operations.enter_line(act(), line=replace(OUT, quantity=3))
    operations.enter_line(act(), line=replace(OUT, day_written="3.1"))

    late = queries.late_sums([room[0]], start=date(2019, 3, 1), end=date(2019, 4, 1))

    assert [(one.month, one.what, one.quantity) for one in late] == [(FEBRUARY, Written.OUT, 3)]


def test_lines_forget_who_was_written_on_them(act):
    operations.enter_line(act(), line=OUT)

    assert (operations.forget(before=MONDAY), operations.forget(before=date(2019, 6, 4))) == (0, 1)
    assert queries.lines_copied(act().node, MONDAY)[0].reader == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("3.5", (2018, 3, 5)),
        ("2.14", (2019, 2, 14)),
        ("２月１４日", (2019, 2, 14)),
        ("二月十四日", (2019, 2, 14)),
        ("18/12/3", (2018, 12, 3)),
        ("2018年12月3日", (2018, 12, 3)),
    ],
)
def test_dates_are_read_as_people_write_them(written, read):
    assert read_day(written, today=MONDAY) == date(*read)


def test_on_a_page_the_year_the_month_and_a_ditto_are_those_of_the_page():
    december, above = date(2018, 12, 1), date(2018, 12, 7)

    read = [read_day(one, today=MONDAY, month=december, above=above) for one in ("12.5", "1.2", "9日", "〃", "同上")]

    assert read == [date(2018, 12, 5), date(2019, 1, 2), date(2018, 12, 9), above, above]


@given(day=st.dates(date(2015, 1, 1), MONDAY))
def test_a_date_in_full_is_read_as_it_is_and_one_without_a_year_is_never_ahead(day):
    assert read_day(day.isoformat(), today=MONDAY) == day
    bare = read_day(f"{day.month}.{day.day}", today=MONDAY)
    assert bare is None or bare <= MONDAY


facts = st.builds(
    LineFacts,
    day=st.dates(date(2015, 1, 1), MONDAY),
    today=st.just(MONDAY),
    month=st.none() | st.just(FEBRUARY),
    same_lines=st.integers(0, 2),
    same_acts=st.integers(0, 2),
    visits_counted=st.integers(0, 2),
)


@given(facts=facts)
def test_what_is_there_already_is_always_asked_about(facts):
    asked = doubts(facts)
    assert (Doubt.TWICE in asked) == bool(facts.same_lines)
    assert set(doubts(replace(facts, same_lines=1))) >= set(asked)
