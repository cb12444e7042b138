"""States of items: each change is an act, its history stays, and what must never be false is kept by the tables."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from wenlan.circulation.testing import lend, make_act, make_rule
from wenlan.holdings import operations, policies, queries
from wenlan.holdings.errors import ReasonMissing, StatusNotAllowed
from wenlan.holdings.models import Item, StateChange, Treatment
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import ItemStatus, NewTreatment, Transition, TreatmentKind, TreatmentOutcome
from wenlan.holdings.verification import differences
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db
ServiceEvent = apps.get_model("ledger", "ServiceEvent")


@pytest.fixture
def east() -> int:
    return make_network("EAST")[1].id


def states(item: int) -> list[tuple[str, str, str]]:
    return [(one.before, one.after, one.reason) for one in reversed(queries.state_changes(item))]


def test_every_state_is_reached_and_left_by_some_act():
    by_circulation = {ItemStatus.ON_LOAN, ItemStatus.IN_TRANSIT, ItemStatus.ON_HOLD_SHELF}
    reached = {step.target for step in policies.STEPS.values()} | by_circulation
    left = {status for step in policies.STEPS.values() for status in step.sources} | {ItemStatus.ON_LOAN}

    assert reached == set(ItemStatus)
    assert left == set(ItemStatus) - {ItemStatus.WITHDRAWN}
    assert set(policies.STEPS) == set(Transition)
    assert not any(step.target in step.sources for step in policies.STEPS.values())


def test_story_of_a_book_that_is_looked_for_and_mended(east):
    # A reader does not find it; the stacks search, give up, and a month later it stands behind the shelf, torn.
    # It goes to the mender, comes back, and is lent again.
    make_rule(east)
    item = make_item(node=east)
    for day, transition, reason in (
        (4, Transition.SEARCH, ""),
        (5, Transition.MISS, "searched twice"),
        (28, Transition.FIND, ""),
        (28, Transition.DAMAGE, "cover torn"),
    ):
        operations.change_state(make_act(east, date(2019, 3, day)), item=item.id, transition=transition, reason=reason)
    work = NewTreatment(
        kind=TreatmentKind.REPAIR, work="new cover", sent_to="青龙装订厂", expected_on=date(2019, 4, 20)
    )
    operations.send_for_treatment(make_act(east, date(2019, 3, 29)), item=item.id, treatment=work)

    assert [one.item for one in queries.open_treatments([east])] == [item.id]
    operations.end_treatment(
        make_act(east, date(2019, 4, 18)), item=item.id, outcome=TreatmentOutcome.DONE, cost_fen=1500, note=""
    )
    lend(item, make_patron(node=east), make_act(east, date(2019, 4, 19)))

    assert states(item.id) == [
        ("available", "searched_for", ""),
        ("searched_for", "missing", "searched twice"),
        ("missing", "available", ""),
        ("available", "damaged", "cover torn"),
        ("damaged", "in_repair", "new cover"),
        ("in_repair", "available", ""),
    ]
    (treatment,) = queries.treatments(item.id)
    assert (treatment.outcome, treatment.returned_on, treatment.cost_fen) == ("done", date(2019, 4, 18), 1500)
    assert queries.open_treatments([east]) == ()
    assert queries.stock([east], date(2019, 4, 20)) == {"book": 1}
    assert differences() == []


@pytest.mark.capability("D17")
def test_a_repair_ticket_ends_repaired_or_beyond_repair(east):
    mended, given_up = make_item(node=east), make_item(node=east)
    for item in (mended, given_up):
        operations.change_state(make_act(east), item=item.id, transition=Transition.DAMAGE, reason="wet")
        work = NewTreatment(kind=TreatmentKind.REPAIR, work="dry and press")
        operations.send_for_treatment(make_act(east), item=item.id, treatment=work)

    operations.end_treatment(make_act(east), item=mended.id, outcome=TreatmentOutcome.DONE)
    operations.end_treatment(make_act(east), item=given_up.id, outcome=TreatmentOutcome.BEYOND_REPAIR, note="mould")

    assert (queries.item(mended.id).status, queries.item(given_up.id).status) == ("available", "damaged")
    assert [queries.treatments(item.id)[0].outcome for item in (mended, given_up)] == ["done", "beyond_repair"]


def test_an_act_that_does_not_fit_is_refused_and_writes_nothing(east):
    make_rule(east)
    item = make_item(node=east)
    lend(item, make_patron(node=east), make_act(east))

    for transition, error in ((Transition.MISS, StatusNotAllowed), (Transition.WITHDRAW, StatusNotAllowed)):
        with pytest.raises(error):
            operations.change_state(make_act(east), item=item.id, transition=transition, reason="x")
    with pytest.raises(ReasonMissing):
        operations.change_state(make_act(east), item=make_item(node=east).id, transition=Transition.LOCK)

    assert StateChange.objects.count() == 0


def test_an_act_repeated_with_its_key_is_as_once(east):
    item = make_item(node=east)

    for transition in (Transition.SEARCH, Transition.SEARCH):
        act = make_act(east, key="search-1")
        operations.change_state(act, item=item.id, transition=transition)
    operations.change_state(make_act(east), item=item.id, transition=Transition.FIND)
    found = operations.change_state(make_act(east, key="search-1"), item=item.id, transition=Transition.SEARCH)

    assert found.status == ItemStatus.AVAILABLE
    assert [(before, after) for before, after, _ in states(item.id)] == [
        ("available", "searched_for"),
        ("searched_for", "available"),
    ]


def test_the_tables_refuse_what_must_never_be(east):
    item = make_item(node=east)
    wrong = (
        lambda: Item.objects.filter(pk=item.id).update(status="somewhere"),
        lambda: Item.objects.filter(pk=item.id).update(status="withdrawn"),
        lambda: StateChange.objects.create(
            item_id=item.id, at=make_act(east).at, node_id=east, before="lost", after="lost", transition="lose", key="k"
        ),
        lambda: [
            Treatment.objects.create(item_id=item.id, kind="repair", sent_on=date(2019, 3, 4), work="x", key=key)
            for key in "ab"
        ],
    )

    for write in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_the_items_page_shows_the_history_and_acts_only_for_those_with_the_right(east, django_assert_max_num_queries):
    item = make_item(node=east)
    stacks = signed_in(east, "stacks")

    refused = signed_in(east, "circulation").post(f"/desk/items/{item.id}/state", {"transition": "miss"})
    unsaid = stacks.post(f"/desk/items/{item.id}/state", {"transition": "lose"})
    done = stacks.post(f"/desk/items/{item.id}/state", {"transition": "miss", "reason": "not on the shelf"})
    with django_assert_max_num_queries(25):
        page = stacks.get(f"/desk/items/{item.id}/").content.decode()

    assert (refused.status_code, unsaid.status_code, done.status_code) == (403, 422, 302)
    assert queries.item(item.id).status == ItemStatus.MISSING
    assert ("not on the shelf" in page, "Record it as missing" in page) == (True, True)


def test_the_bindery_page_lists_what_is_away(east):
    item = make_item(node=east)
    stacks = signed_in(east, "stacks")
    empty = stacks.get("/desk/items/treatments/").content.decode()
    sent = {"kind": "binding", "work": "2018年合订本", "sent_to": "新华装订"}

    stacks.post(f"/desk/items/{item.id}/treatment", sent)
    page = stacks.get("/desk/items/treatments/").content.decode()
    stacks.post(f"/desk/items/{item.id}/treatment/end", {"outcome": "done", "cost": "12.50"})

    assert (item.barcode in empty, item.barcode in page) == (False, True)
    assert queries.treatments(item.id)[0].cost_fen == 1250
    assert queries.item(item.id).status == ItemStatus.AVAILABLE


def test_a_barcode_of_two_old_branches_is_asked_about_at_the_desk(east):
    one, other = make_item(node=east, barcode="00012", scope="CW"), make_item(node=east, barcode="00012")
    alone = make_item(node=east, barcode="00013", scope="CW")
    client = signed_in(east, "stacks")

    asked = client.get("/desk/items/", {"q": "00012"}).content.decode()
    opened = client.get("/desk/items/", {"q": "00013"})

    assert [f"/desk/items/{item.id}/" in asked for item in (one, other)] == [True, True]
    assert opened.headers["Location"] == f"/desk/items/{alone.id}/"
