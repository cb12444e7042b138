"""Ancient books: items of a title become a work of the register, which counts them; they are never weeded."""

from datetime import date

import pytest

from wenlan.catalogue.testing import make_record
from wenlan.circulation.testing import make_act
from wenlan.holdings import queries as items
from wenlan.holdings.ancient import operations, queries
from wenlan.holdings.errors import AncientKeepsOwner, AncientMixed, AncientTwice, WeedingOutOfOrder
from wenlan.holdings.testing import make_item
from wenlan.holdings.transfers import operations as transfers
from wenlan.holdings.transfers.operations import Route
from wenlan.holdings.verification import differences
from wenlan.holdings.weeding import operations as weeding
from wenlan.holdings.weeding import queries as weedings
from wenlan.indicators import operations as cubes
from wenlan.indicators.queries import figures
from wenlan.kernel.errors import DomainError
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network
from wenlan.registers import operations as registers
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db
SAID = {
    "period": "qing_early",
    "edition": "清乾隆三十五年刻本",
    "edition_type": "block_print",
    "frame": "20.1×14.3；9行20字",
    "binding": "thread",
    "grade": "ancient.rare.3a",
    "volumes": 24,
    "works": 1,
    "cases": 2,
    "damage": "damage_4",
}


@pytest.fixture
def shelf() -> dict[str, int]:
    """Two cases of a gazetteer and a later reader, in the east; another branch in the west."""
    _root, east, west = make_network("EAST", "WEST")
    ledger.load_measures()
    registers.declare_shipped()
    gazetteer, reader = make_record(east.id, "潞安府志四十卷").id, make_record(east.id, "古文观止").id
    return {
        "east": east.id,
        "west": west.id,
        "first": make_item(node=east.id, record=gazetteer, barcode="G1", material="ancient").id,
        "second": make_item(node=east.id, record=gazetteer, barcode="G2", material="ancient").id,
        "reader": make_item(node=east.id, record=reader, barcode="G3").id,
    }


def counted(node: int) -> tuple[int, int, int]:
    cubes.fold()
    codes = ("ancient_volumes", "rare_volumes", "ancient_works")
    found = figures(codes, node=node, period=Period.year(2019))
    return tuple(int(found[code].value or 0) for code in codes)


def test_story_of_a_gazetteer_that_is_graded(shelf):
    # Twenty-four volumes (册) in two cases (函), each case one item: one work (部) of grade three, so it is rare. Two
    # years later it is graded down and is rare no more; the register and the figures follow, the first words stay.
    east, both = shelf["east"], [shelf["first"], shelf["second"]]
    made = operations.register(make_act(east, key="a"), items=both, said=SAID)
    again = operations.register(make_act(east, key="a"), items=both, said=SAID)

    assert (made.id, made.is_rare, made.items) == (again.id, True, tuple(both))
    assert (made.values["title"], made.values["accession"]) == ("潞安府志四十卷", "0000001—0000002（2）")
    assert counted(east) == (24, 24, 1)
    lower = operations.grade_anew(
        make_act(east), work_id=made.id, said=SAID | {"grade": "ancient.plain.4"}, reason="复评"
    )
    assert (lower.is_rare, counted(east)) == (False, (24, 0, 1))
    assert differences() == []


def test_a_work_is_of_one_title_one_owner_and_no_facsimile(shelf):
    east = shelf["east"]
    foreign = make_item(node=shelf["west"], record=items.item(shelf["first"]).record).id
    for mixed in ([shelf["first"], shelf["reader"]], [shelf["first"], foreign]):
        with pytest.raises(AncientMixed):
            operations.register(make_act(east), items=mixed, said=SAID)
    for wrong in ({"edition_type": "facsimile"}, {"period": "republic"}, {"grade": "rare"}):
        with pytest.raises(DomainError):
            operations.register(make_act(east), items=[shelf["first"]], said=SAID | wrong)
    operations.register(make_act(east), items=[shelf["first"]], said=SAID)
    with pytest.raises(AncientTwice):
        operations.register(make_act(east), items=[shelf["first"], shelf["second"]], said=SAID)

    assert queries.work_of(shelf["second"]) is None
    assert counted(east) == (24, 24, 1)


def test_what_stands_in_the_register_is_never_weeded_and_keeps_its_owner(shelf):
    # The reader was catalogued as a plain book: its entry in the register bars it all the same.
    east, reader = shelf["east"], shelf["reader"]
    work = operations.register(make_act(east), items=[reader], said=SAID | {"grade": "ancient.plain.4"})
    with pytest.raises(WeedingOutOfOrder):
        weeding.propose(make_act(east), owner=east, items={reader: "worn"})
    route = Route(
        from_node=east, old_owner=east, new_owner=shelf["west"], voucher="资调〔2019〕1号", voucher_sum_fen=2300
    )
    with pytest.raises(AncientKeepsOwner):
        transfers.make(make_act(east), route=route, items=[reader])
    unused = weedings.candidates(east, rule="unused", on=date(2030, 1, 1))

    operations.take_out(make_act(east, date(2019, 4, 1)), work_id=work.id, reason="实为民国石印本")
    weeding.propose(make_act(east), owner=east, items={reader: "worn"})

    assert unused == ()
    assert (queries.work_of(reader), counted(east)) == (None, (0, 0, 0))


def test_verify_finds_a_work_whose_entry_was_struck_or_is_too_small(shelf):
    east, both = shelf["east"], [shelf["first"], shelf["second"]]
    work = operations.register(make_act(east), items=both, said=SAID)
    operations.grade_anew(make_act(east), work_id=work.id, said=SAID | {"volumes": 1}, reason="误")
    small = [one.check for one in differences()]
    registers.strike(make_act(east), entry=work.entry, reason="误登")

    assert small == ["holdings.ancient_volumes"]
    assert [one.check for one in differences()] == ["holdings.ancient_entry"]


def test_the_page_of_an_item_leads_into_the_register_and_shows_it(shelf):
    client, page = signed_in(shelf["east"], "stacks"), f"/desk/items/{shelf['first']}/"
    said = {**SAID, "items": [str(shelf["first"]), str(shelf["second"])]}

    offered = client.get(f"{page}ancient/").content.decode()
    refused = client.post(f"{page}ancient/", said | {"grade": ""})
    client.post(f"{page}ancient/", said)
    shown = client.get(page).content.decode()
    client.post(f"{page}ancient/", SAID | {"grade": "ancient.plain.4", "reason": "复评"})
    lower = client.get(page).content.decode()
    stranger = signed_in(shelf["west"], "stacks").get(f"{page}ancient/").status_code
    client.post(f"{page}ancient/take-out", {"reason": "实为影印本"})

    assert ("G2" in offered, refused.status_code, stranger) == (True, 422, 403)
    assert ("Block print" in shown, "20.1×14.3" in shown, "rare book" in shown, "rare book" in lower) == (
        True, True, True, False,
    )  # fmt: skip
    assert queries.work_of(shelf["second"]) is None
