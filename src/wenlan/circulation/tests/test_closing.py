"""Due dates across an emergency closure: the spring of 2020, told as a librarian would, and the laws of a move."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.apps import apps

from wenlan.circulation.closing import operations, queries
from wenlan.circulation.closing.models import DueDateMove
from wenlan.circulation.closing.operations import BATCH, carry_on, move_due_dates, undo_move
from wenlan.circulation.closing.types import Span
from wenlan.circulation.errors import AlreadyUndone, ClosureWrong
from wenlan.circulation.models import Loan
from wenlan.circulation.operations import renew
from wenlan.circulation.testing import lend, make_act, make_rule, scan, take_back
from wenlan.circulation.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.network import queries as network
from wenlan.network.testing import make_network, open_every_day
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
NIGHT = datetime(2020, 1, 24, 12, tzinfo=UTC)
SHUT, OPENS, OPENS_LATER = date(2020, 1, 24), date(2020, 3, 16), date(2020, 4, 6)
Posted = apps.get_model("jobs", "Posted")


@pytest.fixture
def county() -> tuple[int, int, int]:
    """A county with a town and a village branch, and one rule of thirty days."""
    root, town, village = make_network("TOWN", "VILLAGE")
    make_rule(root.id)
    return root.id, town.id, village.id


def work_off() -> int:
    """Carry on until nothing is left, and return how many loans were changed."""
    return sum(iter(lambda: carry_on(NIGHT), 0))


def due(loan) -> date:
    return Loan.objects.get(uid=loan.loan).due_on


def lent_before_the_closure(county):
    """Lend a book each to Li and Zhao in the town, and to Wang in the village, which is shut on Mondays."""
    _, town, village = county
    open_every_day(village, 1, 2, 3, 4, 5, 6)
    li, wang, zhao = (make_patron(node=town, name=name) for name in ("李雷", "王芳", "赵敏"))
    book, picture_book, late = make_item(node=town), make_item(node=village), make_item(node=town)
    lis = lend(book, li, make_act(town, date(2019, 12, 31)))
    wangs = lend(picture_book, wang, make_act(village, date(2020, 1, 6)))
    zhaos = lend(late, zhao, make_act(town, date(2019, 12, 21)))
    return (li, wang), (book, late), (lis, wangs, zhaos)


def test_story_of_the_closure_of_2020(county):
    # The county shuts on 24 January. Li's book is due on the 30th, Wang's in the village on 5 February; Zhao's was
    # due on the 20th and is four days late already.
    root, town, village = county
    (li, wang), (book, late), (lis, wangs, zhaos) = lent_before_the_closure(county)
    closure = Span(node=root, start=SHUT, end=OPENS, due_again=OPENS)

    # The preview names two loans: of the town until Monday 16 March, of the village until Tuesday.
    before = queries.preview(closure)
    assert (before.loans, before.readers) == (2, 2)
    assert {place.node: place.due_on for place in before.places} == {town: OPENS, village: date(2020, 3, 17)}

    # One operation moves them, writes the closure into the calendar and lets the two readers know.
    move = move_due_dates(make_act(root, SHUT, key="shut"), span=closure, reason="疫情闭馆")
    assert move_due_dates(make_act(root, SHUT, key="shut"), span=closure, reason="疫情闭馆") == move
    assert work_off() == 2
    assert (due(lis), due(wangs), due(zhaos)) == (OPENS, date(2020, 3, 17), date(2020, 1, 20))
    told = {row.payload["patron"]: row.payload["facts"] for row in Posted.objects.filter(topic="notices")}
    assert told == {
        li.id: {"items": 1, "due_on": "2020-03-16"},
        wang.id: {"items": 1, "due_on": "2020-03-17"},
    }

    # It stays shut three weeks longer, so the same is done again: what is due on the first day moves on.
    longer = Span(node=root, start=OPENS, end=OPENS_LATER, due_again=OPENS_LATER)
    again = move_due_dates(make_act(root, date(2020, 3, 10)), span=longer, reason="延长闭馆")
    work_off()
    assert (due(lis), due(wangs)) == (OPENS_LATER, date(2020, 4, 7))

    # On the first day Li is in time; Zhao is late by the days that were open, three before the closure and one after.
    assert take_back(book, make_act(town, OPENS_LATER)).overdue_days == 0
    assert take_back(late, make_act(town, OPENS_LATER)).overdue_days == 4

    # The extension was a mistake for the village: taking it back leaves Li, who has returned, alone.
    undo_move(make_act(root, OPENS_LATER), move=again, reason="误操作")
    work_off()
    undone = queries.move(again)
    assert due(wangs) == date(2020, 3, 17)
    assert (undone.moved, undone.restored, undone.left) == (2, 1, 1)
    assert differences() == []


def test_a_loan_that_was_renewed_since_keeps_its_due_date_when_the_move_is_taken_back(county):
    root, town, _ = county
    item = make_item(node=town)
    loan = lend(item, make_patron(node=town), make_act(town, date(2019, 12, 31)))
    move = move_due_dates(
        make_act(root, SHUT), span=Span(node=town, start=SHUT, end=OPENS, due_again=OPENS), reason="x"
    )
    work_off()
    renew(make_act(town, OPENS), item=scan(item))

    undo_move(make_act(root, OPENS), move=move, reason="x")
    work_off()

    assert due(loan) == OPENS + timedelta(days=30)
    with pytest.raises(AlreadyUndone):
        undo_move(make_act(root, OPENS), move=move, reason="x")


def test_a_closure_entered_by_mistake_leaves_the_calendar_again_and_an_earlier_one_stands(county):
    root, town, _ = county
    longer = OPENS + timedelta(days=30)
    moves = []
    for end in (OPENS, longer):
        moves.append(
            move_due_dates(
                make_act(root, SHUT), span=Span(node=root, start=SHUT, end=end, due_again=end), reason="疫情闭馆"
            )
        )
        work_off()

    def open_days() -> tuple[bool, bool]:
        is_open = network.calendar_of(town)
        return is_open(SHUT), is_open(OPENS)

    found = [open_days()]
    for move in reversed(moves):
        undo_move(make_act(root, SHUT), move=move, reason="误操作", reopen=True)
        work_off()
        found.append(open_days())

    assert found == [(False, False), (False, True), (True, True)]


def test_a_loan_of_a_place_that_is_shut_for_years_is_renewed_until_it_opens(county):
    root, town, village = county
    loan_of = make_item(node=town)
    lend(loan_of, make_patron(node=town), make_act(town, date(2020, 1, 1)))
    opens = date(2022, 6, 1)
    rebuilt = Span(node=town, start=SHUT, end=opens, due_again=opens)
    move_due_dates(make_act(root, SHUT), span=rebuilt, reason="闭馆改造")
    work_off()

    assert queries.preview(rebuilt).loans == 0
    assert renew(make_act(village, SHUT), item=scan(loan_of)).due_on == opens + timedelta(days=30)


def test_only_what_was_lent_under_the_node_is_moved_and_grace_counts_from_the_day_given(county):
    root, town, village = county
    there, here = (
        lend(make_item(node=place), make_patron(node=town), make_act(place, date(2020, 1, 1)))
        for place in (village, town)
    )

    span = Span(node=village, start=SHUT, end=OPENS, due_again=OPENS + timedelta(days=7))
    move_due_dates(make_act(root, SHUT), span=span, reason="停电", close=False)
    work_off()

    assert (due(there), due(here)) == (date(2020, 3, 23), date(2020, 1, 31))


def test_a_move_is_done_in_batches_and_carried_on_by_the_clock(county, monkeypatch):
    root, town, _ = county
    monkeypatch.setattr(operations, "BATCH", 2)
    for _ in range(5):
        lend(make_item(node=town), make_patron(node=town), make_act(town, date(2020, 1, 1)))
    move = move_due_dates(
        make_act(root, SHUT), span=Span(node=root, start=SHUT, end=OPENS, due_again=OPENS), reason="x"
    )

    done = [carry_on(NIGHT) for _ in range(5)]

    assert done == [2, 2, 1, 0, 0]
    assert queries.move(move).finished_at == NIGHT
    with pytest.raises(ClosureWrong):
        move_due_dates(make_act(root), span=Span(node=root, start=OPENS, end=SHUT, due_again=OPENS), reason="x")
    assert BATCH == 200


def test_the_page_previews_moves_and_takes_back(county, monkeypatch):
    root, town, _ = county
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(SHUT, time(2), UTC))
    loan = lend(make_item(node=town), make_patron(node=town), make_act(town, date(2019, 12, 31)))
    client = signed_in(root, "deputy_director", "circulation")
    said = {"node": root, "start": "2020-01-24", "end": "2020-03-16", "reason": "疫情闭馆", "close": "on", "key": "k"}

    preview = client.get("/desk/circulation/closures/", said).content.decode()
    untouched = due(loan)
    client.post("/desk/circulation/closures/", said)
    client.post("/desk/circulation/closures/", said)
    moved, row = due(loan), DueDateMove.objects.get()
    client.post(f"/desk/circulation/closures/{row.pk}/undo", {"reason": "x", "reopen": "on"})

    assert network.calendar_of(town)(OPENS - timedelta(days=1))
    assert "2020-03-16" in preview
    assert (untouched, moved, due(loan)) == (date(2020, 1, 30), OPENS, date(2020, 1, 30))
    for end in ("2020-01-01", "2202-03-16"):
        assert client.get("/desk/circulation/closures/", said | {"end": end}).status_code == 422
    assert signed_in(town, "circulation").get("/desk/circulation/closures/").status_code == 403
