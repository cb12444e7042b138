"""Stocktaking: scanned while lending goes on, differences told apart and resolved, closed with a statement."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as items
from wenlan.holdings.errors import CountClosed, CountUnresolved, ResolutionNotOffered
from wenlan.holdings.stocktaking import operations, queries
from wenlan.holdings.stocktaking.operations import Scope
from wenlan.holdings.stocktaking.policies import CountFacts, finding
from wenlan.holdings.stocktaking.types import OFFERED, FindingKind, Resolution
from wenlan.holdings.testing import make_item, withdrawn
from wenlan.holdings.types import ItemStatus, Transition
from wenlan.holdings.verification import differences
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in

OPENED = date(2019, 3, 4)
FACTS = st.builds(
    CountFacts,
    status=st.sampled_from(ItemStatus.values),
    status_since=st.dates(date(2019, 1, 1), date(2019, 6, 1)),
    belongs_here=st.booleans(),
    stands_here=st.booleans(),
    was_scanned=st.booleans(),
)


@given(FACTS)
def test_what_agrees_is_no_difference_and_only_what_was_not_scanned_is_missing(facts):
    found = finding(facts, opened_on=OPENED)

    if facts.belongs_here and facts.was_scanned and facts.status == ItemStatus.AVAILABLE:
        assert found is None
    assert (found == FindingKind.MISSING) <= (not facts.was_scanned and facts.status_since < OPENED)
    assert found is None or OFFERED[found]


CODES = ["E0", "e3", "E4", "E6", "W0", "X9", "E0"]
RESOLVED = (
    ("missing", Resolution.MISS), ("misplaced", Resolution.STAYS), ("on_loan", Resolution.RETURN),
    ("turned_up", Resolution.FOUND), ("withdrawn", Resolution.ASIDE), ("unknown", Resolution.CATALOGUE),
)  # fmt: skip


@pytest.fixture
def shelf(db) -> SimpleNamespace:
    """A branch with seven books of its own and one of another branch, counted once in March while lending goes on.

    E1 stands behind the shelf, E2 is really gone; E3 is on loan yet stands there; E4 was missing and turns up; E5 is
    lent while the count runs; E6 was deregistered years ago; W0 belongs to the other branch; X9 nobody knows.
    """
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    reader = make_patron(node=east.id)
    plain, behind, gone, lent, missing, during, old = (make_item(node=east.id, barcode=f"E{n}") for n in range(7))
    foreign = make_item(node=west.id, barcode="W0")
    lend(lent, reader, make_act(east.id, date(2019, 2, 1)))
    holdings.change_state(make_act(east.id, date(2019, 2, 1)), item=missing.id, transition=Transition.MISS)
    withdrawn(make_act(east.id, date(2019, 2, 1)), old)
    count = operations.open_count(make_act(east.id, key="o"), name="2019年盘点", scope=Scope(node=east.id))
    lend(during, reader, make_act(east.id, date(2019, 3, 5)))
    new = operations.take_scans(make_act(east.id, date(2019, 3, 5)), count_id=count.id, barcodes=CODES)
    take_back(during, make_act(east.id, date(2019, 3, 6)))
    operations.compare(make_act(east.id, date(2019, 3, 6)), count_id=count.id)
    books = {"plain": plain, "behind": behind, "gone": gone, "lent": lent, "missing": missing, "old": old}
    return SimpleNamespace(node=east.id, count=count, new=new, foreign=foreign, **books)


def second_pass(shelf) -> dict[str, int]:
    """Scan what stood behind the shelf and compare again; return the findings by kind."""
    act = make_act(shelf.node, date(2019, 3, 7))
    operations.take_scans(act, count_id=shelf.count.id, barcodes=["E1"])
    operations.compare(act, count_id=shelf.count.id)
    return {one.kind: one.id for one in queries.findings(shelf.count.id)}


def test_the_first_pass_tells_every_difference_apart_and_the_second_finds_one_more(shelf):
    again = operations.take_scans(make_act(shelf.node), count_id=shelf.count.id, barcodes=CODES)
    first = {one.item or one.barcode: one.kind for one in queries.findings(shelf.count.id)}
    second_pass(shelf)

    assert (shelf.new, again, shelf.count.expected) == (6, 0, 6)
    assert first == {
        shelf.behind.id: "missing", shelf.gone.id: "missing", shelf.lent.id: "on_loan",
        shelf.missing.id: "turned_up", shelf.old.id: "withdrawn", shelf.foreign.id: "misplaced", "X9": "unknown",
    }  # fmt: skip
    assert queries.count(shelf.count.id).open == 6


def test_story_of_a_count_while_lending_goes_on(shelf):
    # After the second pass every difference is resolved in its way; the count closes with a statement, and what is
    # really gone is missing, not yet out of the stock.
    of, count = second_pass(shelf), shelf.count.id
    with pytest.raises(CountUnresolved):
        operations.close_count(make_act(shelf.node), count_id=count)
    with pytest.raises(ResolutionNotOffered):
        operations.resolve(make_act(shelf.node), count_id=count, findings=[of["missing"]], resolution="home")
    for kind, resolution in RESOLVED:
        act = make_act(shelf.node, date(2019, 3, 8))
        operations.resolve(act, count_id=count, findings=[of[kind]], resolution=resolution)
    closed = operations.close_count(make_act(shelf.node, date(2019, 3, 9)), count_id=count)
    with pytest.raises(CountClosed):
        operations.take_scans(make_act(shelf.node), count_id=count, barcodes=["E2"])

    states = [items.item(one.id).status for one in (shelf.plain, shelf.gone, shelf.missing, shelf.behind)]
    assert states == ["available", "missing", "available", "available"]
    assert items.item(shelf.foreign.id).shelved_at == shelf.node
    resolutions = closed.statement.pop("resolutions")
    assert closed.statement == {
        "expected": 7,
        "scanned": 7,
        "kinds": dict.fromkeys(sorted(of), 1),
        "missing_by_class": {"I": 1},
        "missing_fen": 2300,
    }
    assert resolutions == {resolution.value: 1 for _kind, resolution in RESOLVED}
    assert items.stock([shelf.node], date(2019, 3, 9)) == {"book": 6}
    assert differences() == []


@pytest.mark.django_db
def test_the_pages_take_scans_and_files_and_end_with_a_printed_statement():
    _root, east, west = make_network("EAST", "WEST")
    for n in range(4):
        make_item(node=east.id, barcode=f"E{n}")
    client = signed_in(east.id, "stacks")

    made = client.post("/desk/items/counts/new/", {"name": "三月盘点", "place": str(east.id)})
    page = made.headers["Location"]
    client.post(f"{page}scan", {"scans": "E0 E1"})
    client.post(f"{page}scan", {"file": SimpleUploadedFile("cart.txt", b"\xef\xbb\xbfE2\r\nE1\r\n")})
    client.post(f"{page}scan", {"file": SimpleUploadedFile("bad.bin", b"\0\xff" * 50)})
    client.post(f"{page}compare")
    count = queries.counts([east.id])[0]
    finding_ids = [one.id for one in queries.findings(count.id, "missing")]
    client.post(f"{page}resolve", {"finding": finding_ids, "resolution": "search"})
    others = [one.id for one in queries.findings(count.id, "unknown")]
    client.post(f"{page}resolve", {"finding": others, "resolution": "noted"})
    shown = client.get(page).content.decode()
    client.post(f"{page}close")
    paper = client.get(f"{page}print/").content.decode()

    assert [items.item_by_barcode(f"E{n}").status for n in range(4)] == ["available"] * 3 + ["searched_for"]
    assert ("E3" in shown, "Statement" in paper, "三月盘点" in paper) == (True, True, True)
    assert signed_in(west.id, "stacks").get(page).status_code == 403
