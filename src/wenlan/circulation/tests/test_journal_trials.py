"""A journal is tried in small parts, and says of it what would become of it."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.circulation.journals import files
from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.operations import replay
from wenlan.circulation.journals.parting import parts
from wenlan.circulation.journals.reading import read_line
from wenlan.circulation.models import Loan
from wenlan.circulation.testing import make_act, make_rule
from wenlan.holdings.testing import make_item
from wenlan.network import queries as network
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_category, make_patron

NOON = datetime(2019, 3, 4, 4, tzinfo=UTC)
LATER = date(2019, 3, 7)


def text(number: int, act: str, **more: object) -> str:
    """A line of a journal, a minute after the one before."""
    told = {
        "uuid": str(UUID(int=0x0190163D_8694_739B_AEA5_000000000000 + number)), "act": act, "node": "EAST", "offset": 0,
        "at": (NOON + timedelta(minutes=number)).isoformat(),
    }  # fmt: skip
    return json.dumps(told | more)


lines_of_few = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("123456")), max_size=30)


@given(lines_of_few, st.integers(1, 8))
def test_no_part_is_longer_than_it_may_be_and_what_hangs_together_is_never_parted(pairs, most):
    told = [read_line("D", text(place, "checkout", item=item, card=card)) for place, (item, card) in enumerate(pairs)]

    found = parts(told, most)

    places = [place for part in found for place in part]
    assert len(places) == len(set(places))
    assert all(len(part) <= most and part == sorted(part) for part in found)
    part_of = {place: number for number, part in enumerate(found) for place in part}
    for one, (item, card) in enumerate(pairs):
        beside = [two for two, other in enumerate(pairs) if item == other[0] or card == other[1]]
        assert len({part_of[place] for place in (one, *beside) if place in part_of}) <= 1
    if most >= len(pairs):
        assert sorted(places) == list(range(len(pairs)))


@pytest.fixture
def journal(db) -> bytes:
    """Three readers with a limit of one book; each borrows, and the second borrows again without bringing back."""
    root, east = make_network("EAST")
    make_rule(root.id)
    make_category("one", loan_limit=1)
    lines = []
    for reader in range(3):
        card = make_patron(node=east.id, category="one").cards[0].number
        books = [make_item(node=east.id).barcode for _ in range(2)]
        lines += [text(3 * reader, "checkout", card=card, item=books[0])]
        lines += [text(3 * reader + 1, "checkin", item=books[0])] if reader != 1 else []
        lines += [text(3 * reader + 2, "checkout", card=card, item=books[1])]
    return "\n".join([*lines, text(90, "visit", persons=3), "no act"]).encode()


def test_a_trial_in_parts_says_what_taking_it_in_does_and_leaves_nothing(journal, monkeypatch):
    act = make_act(place(), LATER)
    monkeypatch.setattr(files, "TRIED_AT_ONCE", 4)

    tried = files.trial(act, name="j", content=journal)
    assert (JournalLine.objects.count(), Loan.objects.count()) == (0, 0)
    done = files.take_in(act, name="j", content=journal)

    assert tried == done
    assert (tried.lines, tried.untold, tried.conflicts) == (10, 0, {"reader_blocked": 1, "unreadable": 1})


def test_what_hangs_together_with_too_many_others_is_said_not_to_have_been_tried(journal, monkeypatch):
    monkeypatch.setattr(files, "TRIED_AT_ONCE", 2)

    tried = files.trial(make_act(place(), LATER), name="j", content=journal)

    assert (tried.lines, tried.untold, tried.recorded) == (8, 2, 6)


def place() -> int:
    return network.node_by_code("EAST").id


@pytest.mark.parametrize(
    "more", ['"note": "\\ud842"', '"note": "\\u0000"', '"note": NaN', '"note": 1e999', '"reader": "\ud842**"']
)
@pytest.mark.django_db
def test_a_line_that_no_database_takes_waits_by_itself_and_holds_up_nobody(more):
    root, east = make_network("EAST")
    make_rule(root.id)
    make_item(node=east.id, barcode="B1")
    bad = text(1, "checkin", item="B1")[:-1] + f", {more}}}"
    good = text(2, "checkin", item="B1")

    rows = replay(make_act(east.id, LATER), device="D", lines=[bad, good, bad])

    assert [row.problem for row in rows] == ["unreadable", "", "unreadable"]
    assert rows[0].pk == rows[2].pk
