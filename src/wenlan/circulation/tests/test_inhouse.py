"""Use in the house, by scan and by tally, down to the figures; and a class that borrows on one card."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from wenlan.circulation.errors import ItemNotHere
from wenlan.circulation.inhouse import queries
from wenlan.circulation.inhouse.operations import enter_tally, scan_use
from wenlan.circulation.testing import A_DAY, lend, make_act, make_rule, scan
from wenlan.circulation.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as indicators
from wenlan.indicators import queries as figures
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_department, make_network
from wenlan.patrons.testing import make_category, make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db


def of(node: int, *codes: str) -> list[object]:
    indicators.fold()
    found = figures.figures(list(codes), node=node, period=Period.year(2019))
    return [found[code].value for code in codes]


def test_story_of_a_day_in_the_reading_rooms():
    # The periodicals are scanned from the tables, the children's room is tallied; a typing error is put right.
    root, branch = make_network("EAST")
    make_rule(root.id)
    periodicals, children = make_department(branch.id, "PERIODICALS"), make_department(branch.id, "CHILDREN")
    issue, lent = make_item(node=branch.id, material="serial"), make_item(node=branch.id)
    lend(lent, make_patron(node=branch.id), make_act(branch.id))
    at_the_tables = replace(make_act(branch.id, key="scan-1"), department=periodicals.id)

    for _ in range(2):  # the second is a resend
        scan_use(at_the_tables, item=scan(issue))
    with pytest.raises(ItemNotHere):
        scan_use(make_act(branch.id), item=scan(lent))
    assert enter_tally(make_act(branch.id), department=children.id, day=A_DAY, quantity=680)
    assert enter_tally(make_act(branch.id), department=children.id, day=A_DAY, quantity=68)
    assert not enter_tally(make_act(branch.id), department=children.id, day=A_DAY, quantity=68)

    assert of(branch.id, "in_house_uses", "loans") == [69, 1]
    cells = figures.breakdown("in_house_uses", node=branch.id, period=Period.year(2019), by=("department",))
    assert {cell.keys: cell.value for cell in cells} == {(periodicals.id,): 1, (children.id,): 68}
    assert (queries.scanned(branch.id, A_DAY), queries.tallies([children.id], A_DAY)) == (1, {children.id: 68})
    assert differences() == []


def test_story_of_a_school_class():
    # The teacher borrows thirty books for the class on the class's card: thirty loans, one visit of a borrower.
    root, branch = make_network("EAST")
    make_rule(root.id)
    make_category("class", loan_limit=60)
    card = make_patron(node=branch.id, category="class", name="三年级二班", birth_date=None, sex="")
    for _ in range(30):
        lend(make_item(node=branch.id), card, make_act(branch.id))
    lend(make_item(node=branch.id), card, make_act(branch.id, A_DAY + timedelta(days=7)))

    assert of(branch.id, "loans", "borrowing_visits", "borrowers") == [31, 2, 1]


def test_the_page_scans_and_takes_tallies(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(A_DAY, time(2), UTC))
    _, branch = make_network("EAST")
    room, item = make_department(branch.id), make_item(node=branch.id)
    client = signed_in(branch.id, "circulation")
    page = "/desk/circulation/in-house/"

    client.post(f"{page}scan", {"barcode": item.barcode})
    said = client.post(f"{page}scan", {"barcode": "nothing"}, follow=True).content.decode()
    client.post(f"{page}?day=2019-03-01", {f"room-{room.id}": "12"})

    assert (queries.scanned(branch.id, A_DAY), queries.tallies([room.id], date(2019, 3, 1))) == (1, {room.id: 12})
    assert "nothing" in said
    assert client.post(page, {f"room-{room.id}": "-3"}).status_code == 422
    assert signed_in(branch.id, "finance").get(page).status_code == 403
