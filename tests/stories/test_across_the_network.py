"""One card in county, town and village; a detention house whose books are exchanged each quarter."""

from datetime import UTC, date, datetime

import pytest

from wenlan.catalogue.testing import make_record
from wenlan.circulation import automatic
from wenlan.circulation import queries as loans
from wenlan.circulation.operations import renew
from wenlan.circulation.reserving import queries as reservations
from wenlan.circulation.tallies import operations as tallies
from wenlan.circulation.tallies.operations import Tally
from wenlan.circulation.testing import (
    card_of,
    lend,
    make_act,
    make_rule,
    make_special_rule,
    reserve,
    scan,
    take_back,
)
from wenlan.circulation.transport import operations as crates
from wenlan.circulation.verification import differences as loans_differ
from wenlan.holdings import queries as items
from wenlan.holdings.deposits import operations as deposits
from wenlan.holdings.testing import make_item
from wenlan.holdings.transfers import operations as slips
from wenlan.holdings.transfers import queries as slip_views
from wenlan.holdings.transfers.operations import Route
from wenlan.holdings.types import ItemView
from wenlan.holdings.verification import differences as items_differ
from wenlan.indicators import operations as cubes
from wenlan.indicators.queries import figures
from wenlan.jobs import queries as posted
from wenlan.kernel.acts import Channel
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_node
from wenlan.network.types import NodeKind
from wenlan.patrons.testing import make_institution, make_patron
from wenlan.staff.testing import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
YEAR = Period.year(2019)
AGREEMENT = "统借协议 2019-3 号"


@pytest.fixture
def network() -> dict[str, int]:
    """A county library, a town branch with a village room under it, and a point in the detention house."""
    ledger.load_measures()
    root = make_node("N", kind=NodeKind.NETWORK)
    county = make_node("COUNTY", parent=root.id, kind=NodeKind.LIBRARY)
    town = make_node("TOWN", parent=root.id)
    village = make_node("VILLAGE", parent=town.id, kind=NodeKind.VILLAGE_ROOM)
    house = make_node("HOUSE", parent=root.id, kind=NodeKind.POINT)
    make_rule(root.id)
    make_special_rule(village.id, code="village", hub=town.id)
    make_special_rule(town.id, code="town", renews_itself=True)
    return {"root": root.id, "county": county.id, "town": town.id, "village": village.id, "house": house.id}


def values(*codes: str, node: int) -> tuple[int, ...]:
    cubes.fold()
    found = figures(codes, node=node, period=YEAR)
    return tuple(int(found[code].value or 0) for code in codes)


def brought(net: dict[str, int], book: ItemView, start: str, end: str, on: date) -> str:
    """Send one book in a crate of its own and sign for it; return what the receiving desk does with it."""
    crate = crates.open_crate(make_act(net[start], on), code=f"{start}-{end}", to_node=net[end])
    crates.put_in(make_act(net[start], on), crate=crate.id, item=scan(book))
    crates.send(make_act(net[start], on), crate=crate.id, run="周三下乡")
    (arrived,) = crates.receive(make_act(net[end], on), crate=crate.id)
    return arrived.next_step.value


def test_story_of_one_card_in_county_town_and_village(network):
    # Li got the card in the town. In the county library it lends a novel, at the machine; renewed on the phone.
    county, town, village = network["county"], network["town"], network["village"]
    li, wang = make_patron(node=town, name="李雷"), make_patron(node=village, name="王芳", sex="f")
    novel, local = make_item(node=county), make_item(node=town)
    at_the_machine = make_act(county, date(2019, 3, 4), channel=Channel.SIP2)
    assert lend(novel, li, at_the_machine).due_on == date(2019, 4, 3)
    on_the_phone = make_act(town, date(2019, 4, 1), channel=Channel.WEB)
    assert renew(on_the_phone, item=scan(novel), card=card_of(li), initiative="reader").due_on == date(2019, 5, 3)

    # Li brings it back in the village room. It travels by the town, the village's hub, and on to the county.
    came = take_back(novel, make_act(village, date(2019, 4, 20), channel=Channel.WECHAT))
    assert (came.next_step, came.destination) == ("send", town)
    assert brought(network, novel, "village", "town", date(2019, 4, 24)) == "send"
    assert brought(network, novel, "town", "county", date(2019, 4, 25)) == "shelve"

    # Wang of the village asks for it on line: it stands on the county's shelf and comes to the village room.
    wish = reserve(novel, wang, make_act(village, date(2019, 4, 26), channel=Channel.WEB))
    assert take_back(novel, make_act(county, date(2019, 4, 26))).destination == village
    assert brought(network, novel, "county", "village", date(2019, 4, 30)) == "hold"
    lend(novel, wang, make_act(village, date(2019, 5, 1)))
    assert reservations.of_reader(wang.id) == ()

    # What Li borrowed in the town renews itself the day before it is due, by the town's rule, and Li is told. The rule
    # holds in the village under it too: Wang keeps the novel as well.
    lend(local, li, make_act(town, date(2019, 5, 2)))
    renewed = automatic.renew_due(datetime(2019, 5, 31, 1, tzinfo=UTC))
    due = loans.loan_of_item(local.id)
    told = [one["template"] for _id, one in posted.posted("notices", 20) if one["patron"] == li.id]
    assert (renewed, due.due_on if due else None, told) == (2, date(2019, 7, 1), ["renewed_by_itself"])
    assert (reservations.reservation(wish.id).kind, items.item(novel.id).loans) == ("request", 2)

    # Each place has its own acts and those under it; an automatic renewal is no service.
    codes = ("loans", "returns", "requests", "renewals", "renewals_automatic")
    assert [values(*codes, node=network[place]) for place in ("county", "town", "village", "root")] == [
        (1, 0, 0, 0, 0), (2, 1, 1, 1, 2), (1, 1, 1, 0, 1), (3, 1, 1, 1, 2),
    ]  # fmt: skip
    assert (loans_differ(), items_differ()) == ([], [])


def deposit(net: dict[str, int], books: list[int], *, on: date, due_on: date, holder: int, giver: int) -> int:
    """Bring a lot to the detention house; its warden signs the printed list. Return the slip."""
    route = Route(
        from_node=net["county"], to_node=net["house"], purpose="deposit", due_on=due_on, holder=holder, note=AGREEMENT
    )
    slip = slips.make(make_act(net["county"], on), route=route)
    for box, some in (("1", books[:2]), ("2", books[2:])):
        slips.add_items(make_act(net["county"], on), transfer_id=slip.id, items=some, box=box)
    signed = [make_act(net["county"], on, staff=giver) for _ in range(2)]
    slips.sign_over(signed[0], transfer_id=slip.id)
    slips.sign_for(signed[1], transfer_id=slip.id, host="王所长")
    return slip.id


@pytest.mark.capability("A14", "C21")
def test_story_of_a_detention_house(network):
    # The house has a card as a unit. In April the county brings four books in two boxes, for the quarter.
    county, house = network["county"], network["house"]
    unit, giver = make_institution(node=house, name="示例县看守所"), make_member(county, "stacks").id
    record = make_record(county, "论语").id
    lot = [make_item(node=county, record=record, barcode=f"K{number}").id for number in range(4)]
    spring = deposit(network, lot, on=date(2019, 4, 2), due_on=date(2019, 6, 30), holder=unit.id, giver=giver)
    assert {items.item(one).shelved_at for one in lot} == {house}
    view = slip_views.transfer(spring)
    assert (view.note, view.due_on, view.out, view.holder) == (AGREEMENT, date(2019, 6, 30), 4, unit.id)
    assert values("volumes_deposited", "volumes_distributed", "deposit_batches", "loans", node=network["root"]) == (
        4, 4, 1, 0,
    )  # fmt: skip

    # The house lends them in the cells by a list on paper and tells the county each quarter: 37 books, 21 persons.
    tally = Tally(node=house, from_day=date(2019, 4, 2), day=date(2019, 6, 30), loans=37, persons=21, told_by="王所长")
    tallies.enter(make_act(county, date(2019, 7, 1)), tally=tally)

    # Two weeks before the day the house is reminded. The van brings the next lot and takes three back; one is gone.
    assert deposits.remind(datetime(2019, 6, 16, 2, tzinfo=UTC)) == 1
    (message,) = [one for _id, one in posted.posted("notices", 20)]
    assert (message["patron"], message["facts"]["items"]) == (unit.id, 4)
    next_lot = [make_item(node=county, record=record, barcode=f"L{number}").id for number in range(3)]
    summer = deposit(network, next_lot, on=date(2019, 7, 1), due_on=date(2019, 9, 30), holder=unit.id, giver=giver)
    assert deposits.bring_back(make_act(county, date(2019, 7, 1)), items=lot[:3]) == 3
    deposits.report_missing(make_act(county, date(2019, 7, 2)), transfer_id=spring, items={lot[3]: "清点未见"})

    # What is out at the house is the new lot; the old one is at home, its lost one missing.
    assert [(one.id, one.out) for one in slip_views.deposits([house])] == [(summer, 3)]
    assert [items.item(one).status for one in lot] == ["available", "available", "available", "missing"]
    assert {items.item(one).shelved_at for one in lot} == {county}
    codes = ("volumes_deposited", "deposit_batches", "loans", "loans_tallied", "borrowing_visits_tallied")
    assert values(*codes, node=network["root"]) == (7, 2, 37, 37, 21)
    assert values("loans", node=house) == (37,)
    assert (loans_differ(), items_differ()) == ([], [])
