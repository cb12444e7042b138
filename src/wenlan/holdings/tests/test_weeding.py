"""Weeding after the rule of 2022: four eyes, last copies and gifts looked at, nothing deleted, three days kept."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue.testing import make_record
from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as items
from wenlan.holdings.accounts import queries as accounts
from wenlan.holdings.errors import SameSigner, WeedingOutOfOrder, WeedingTwice
from wenlan.holdings.models import Item, WeedingList
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import ItemStatus, NewItem, Transition, WithdrawalWay
from wenlan.holdings.verification import differences
from wenlan.holdings.weeding import operations, queries
from wenlan.holdings.weeding.policies import obstacles
from wenlan.holdings.weeding.types import Obstacle, WeedingFacts, WeedingReason
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import make_member, signed_in

ServiceEvent = apps.get_model("ledger", "ServiceEvent")
FACTS = st.builds(
    WeedingFacts,
    is_ancient=st.booleans(),
    may_be_set_aside=st.booleans(),
    others=st.integers(0, 5),
    is_gift=st.booleans(),
    reason=st.sampled_from(WeedingReason.values),
)


@given(FACTS)
def test_an_ancient_book_never_goes_and_more_copies_never_stand_against_it(facts):
    found = obstacles(facts)
    more = WeedingFacts(
        is_ancient=facts.is_ancient,
        may_be_set_aside=facts.may_be_set_aside,
        others=facts.others + 1,
        is_gift=facts.is_gift,
        reason=facts.reason,
    )

    assert (Obstacle.ANCIENT in found) == facts.is_ancient
    assert set(obstacles(more)) <= set(found)


@pytest.fixture
def library(db) -> dict[str, int]:
    root, main, east = make_network("MAIN", "EAST")
    make_rule(root.id)
    return {
        "main": main.id,
        "east": east.id,
        "stacks": make_member(main.id, "stacks").id,
        "deputy": make_member(main.id, "stacks").id,
        "director": make_member(main.id, "director").id,
    }


@pytest.fixture
def volumes(library) -> dict[str, int]:
    """Five volumes of the main library: one that stays with a worn and a lent copy, a last copy, and a gift of two."""
    main = library["main"]
    record = make_record(main, "三体").id
    stays, worn, lent = (make_item(node=main, record=record).id for _ in range(3))
    last = make_item(node=main).id
    gift = holdings.accession(
        make_act(main, date(2019, 1, 3)),
        item=NewItem(record=make_record(main, "赠书").id, barcode="GIFT", origin="gift"),
    )
    make_item(node=main, record=gift.record)
    return {"stays": stays, "worn": worn, "lent": lent, "last": last, "gift": gift.id}


def proposed(library, volumes, key: str = "p") -> queries.ListView:
    """The list of March: the worn copy, the last copy of a title, the gift, and the one that will be lent."""
    act = make_act(library["main"], date(2019, 3, 4), key=key, staff=library["stacks"])
    asked = {volumes[name]: WeedingReason.WORN for name in ("worn", "lent", "last", "gift")}
    return operations.propose(act, owner=library["main"], items=asked, subject="2019年春季剔旧")


def reviewed(library, volumes) -> queries.ListView:
    """The list after the review, which notes that the donor of the gift agreed."""
    return operations.review(
        make_act(library["main"], date(2019, 3, 11), staff=library["deputy"]),
        list_id=proposed(library, volumes).id,
        opinion="馆务会同意",
        notes={volumes["gift"]: "捐赠人同意处置"},
    )


def approved(library, list_id: int) -> queries.ListView:
    act = make_act(library["main"], date(2019, 4, 2), staff=library["director"])
    return operations.decide(act, list_id=list_id, approve=True, paper="馆批〔2019〕1号")


def test_a_proposal_says_what_stands_against_it_and_each_step_is_another_persons(library, volumes):
    main, made = library["main"], proposed(library, volumes)

    assert proposed(library, volumes).id == made.id
    with pytest.raises(WeedingTwice):
        operations.propose(make_act(main), owner=main, items={volumes["worn"]: WeedingReason.WORN})
    with pytest.raises(WeedingOutOfOrder):
        operations.decide(make_act(main, staff=library["director"]), list_id=made.id, approve=True, paper="1号")
    with pytest.raises(SameSigner):
        operations.review(make_act(main, staff=library["stacks"]), list_id=made.id, opinion="同意")
    assert {line.item: line.obstacles for line in queries.lines(made.id)} == {
        volumes["worn"]: (),
        volumes["lent"]: (),
        volumes["last"]: (Obstacle.LAST_COPY,),
        volumes["gift"]: (Obstacle.GIFT,),
    }
    reviewed(library, volumes)
    for signer in ("stacks", "deputy"):
        with pytest.raises(SameSigner):
            operations.decide(make_act(main, staff=library[signer]), list_id=made.id, approve=True, paper="1号")


@pytest.mark.capability("V08")
def test_story_of_a_weeding_list(library, volumes):
    # Four volumes are proposed in March. The review notes that the donor of one agreed; another is lent before the
    # decision, a third is the last copy. The director approves; in May the two that may go are given to a school.
    main, made = library["main"], reviewed(library, volumes)
    lend(items.item(volumes["lent"]), make_patron(node=main), make_act(main, date(2019, 4, 1)))
    decided = approved(library, made.id)

    assert (decided.state, decided.units) == ("approved", 2)
    assert [items.item(volumes[name]).status for name in ("worn", "gift", "last", "lent")] == [
        "set_aside", "set_aside", "available", "on_loan",
    ]  # fmt: skip
    disposal = make_act(main, date(2019, 5, 6), key="d", staff=library["stacks"])
    done = operations.dispose(disposal, list_id=made.id, way=WithdrawalWay.DONATE, recipient="崇文小学")
    operations.dispose(disposal, list_id=made.id, way=WithdrawalWay.DONATE)

    days = (done.proposed_on, done.decided_on, done.disposed_on)
    assert days == (date(2019, 3, 4), date(2019, 4, 2), date(2019, 5, 6))
    assert ServiceEvent.objects.filter(kind="stock.deregistered").count() == 2
    year = accounts.entries(main, Period(date(2019, 1, 1), date(2020, 1, 1)))
    (line,) = [one for one in year if one.direction == "out"]
    assert (line.way, line.voucher, line.sums.units) == ("donate", "馆批〔2019〕1号", 2)
    assert Item.objects.filter(pk__in=[volumes["worn"], volumes["gift"]]).count() == 2
    assert items.item(volumes["stays"]).status == ItemStatus.AVAILABLE
    take_back(items.item(volumes["lent"]), make_act(main, date(2019, 5, 7)))
    assert differences() == []


def test_a_rejected_list_changes_nothing_and_its_volumes_may_be_proposed_again(library):
    main = library["main"]
    item = make_item(node=main)
    made = operations.propose(make_act(main), owner=main, items={item.id: WeedingReason.OUTDATED})
    operations.review(make_act(main, staff=library["deputy"]), list_id=made.id, opinion="不同意")

    rejected = operations.decide(make_act(main, staff=library["director"]), list_id=made.id, approve=False)
    with pytest.raises(WeedingOutOfOrder):
        operations.dispose(make_act(main), list_id=made.id, way=WithdrawalWay.SCRAP)
    second = operations.propose(make_act(main), owner=main, items={item.id: WeedingReason.WORN})

    assert (rejected.state, second.state) == ("rejected", "proposed")
    assert items.item(item.id).status == ItemStatus.AVAILABLE


def test_ancient_books_are_not_even_proposed(library):
    item = make_item(node=library["main"], material="ancient")

    with pytest.raises(WeedingOutOfOrder):
        operations.propose(make_act(library["main"]), owner=library["main"], items={item.id: WeedingReason.WORN})
    assert WeedingList.objects.count() == 0


def test_candidates_are_found_by_rule(library):
    main = library["main"]
    record = make_record(main, "复本书").id
    copies = [make_item(node=main, record=record, on=date(2012, 1, 2)) for _ in range(5)]
    torn = make_item(node=main)
    holdings.change_state(make_act(main), item=torn.id, transition=Transition.DAMAGE, reason="撕破")
    lost = make_item(node=main, status=ItemStatus.LOST, on=date(2012, 1, 2))
    reader = make_patron(node=main)
    lend(copies[0], reader, make_act(main))
    take_back(copies[0], make_act(main))
    on = date(2019, 3, 4)

    assert queries.candidates(main, rule="worn", on=on) == (torn.id,)
    assert queries.candidates(main, rule="lost", on=on) == (lost.id,)
    assert set(queries.candidates(main, rule="surplus", on=on)) == {copies[4].id, copies[3].id}
    assert set(queries.candidates(main, rule="unused", on=on)) == {one.id for one in copies[1:]}


def test_the_tables_want_order_a_paper_and_two_people(library):
    main = library["main"]
    made = operations.propose(
        make_act(main, staff=library["stacks"]), owner=main, items={make_item(node=main).id: WeedingReason.WORN}
    )
    rows, day = WeedingList.objects.filter(pk=made.id), date(2019, 3, 5)

    for wrong in (
        {"decided_on": day, "decided_by": "staff:9", "approved": False},
        {"disposed_on": day},
        {"reviewed_on": day, "decided_on": day, "decided_by": made.proposed_by, "approved": False},
        {"reviewed_on": day, "decided_on": day, "decided_by": "staff:9", "approved": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_the_pages_lead_from_proposal_to_disposal_by_three_people(library):
    main = library["main"]
    record = make_record(main, "三体").id
    make_item(node=main, record=record)
    worn = make_item(node=main, record=record, barcode="W1")
    stacks, deputy, director = (signed_in(main, role) for role in ("stacks", "stacks", "director"))

    empty = stacks.get("/desk/items/weeding/").content.decode()
    made = stacks.post("/desk/items/weeding/new/", {"rule": "scan", "scans": "W1", "reason": "worn", "years": "5"})
    page = made.headers["Location"]
    own_review = stacks.get(page).content.decode()
    deputy.post(f"{page}review", {"opinion": "同意"})
    refused = deputy.post(f"{page}decide", {"decision": "approve", "paper": "1号"}).status_code
    director.post(f"{page}decide", {"decision": "approve", "paper": "馆批1号"})
    stacks.post(f"{page}dispose", {"way": "scrap"})
    paper = stacks.get(f"{page}print/").content.decode()

    assert ("Propose for weeding" in empty, "Give the opinion" in own_review, refused) == (True, False, 403)
    assert items.item(worn.id).status == ItemStatus.WITHDRAWN
    assert "W1" in paper
