"""Two accounts of one person become one."""

from datetime import date

import pytest
from django.apps import apps

from wenlan.activities import operations as activities
from wenlan.activities.testing import make_programme, make_session
from wenlan.circulation import queries as loans
from wenlan.circulation.reserving import queries as reservations
from wenlan.circulation.reserving.operations import reserve
from wenlan.circulation.reserving.types import ReservationState, Wish
from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.circulation.verification import differences as loan_differences
from wenlan.credit import operations as credit
from wenlan.credit.money.opening import OldBalance, take_over
from wenlan.credit.testing import make_rule as make_rule_of_points
from wenlan.credit.verification import differences as credit_differences
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons import belongings, operations, passwords, queries
from wenlan.patrons.errors import CannotMerge
from wenlan.patrons.merging.operations import merge, preview
from wenlan.patrons.models import Patron
from wenlan.patrons.testing import make_patron
from wenlan.patrons.tests.test_policies import id_number
from wenlan.patrons.types import MergeRefusal, NewReader, PatronStatus
from wenlan.patrons.verification import differences
from wenlan.staff import queries as staff

pytestmark = pytest.mark.django_db
ServiceEvent = apps.get_model("ledger", "ServiceEvent")
NUMBER = id_number(date(1990, 5, 1), 13)


@pytest.fixture
def east() -> int:
    operations.load_categories()
    root, east = make_network("EAST")
    make_rule(root.id)
    return east.id


def test_every_package_with_a_key_to_a_reader_says_what_becomes_of_it_in_a_merge():
    keys = {
        model._meta.app_label
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.is_relation and field.related_model is Patron
    }

    assert keys - {"patrons"} == set(belongings.packages())


def registered_twice(east):
    """Register Li years ago, and again at a branch with identity card and telephone; both accounts are used."""
    old = make_patron(node=east, name="李明", card="OLD", birth_date=None, sex="", on=date(2017, 1, 2))
    new = operations.register(
        make_act(east, date(2019, 1, 2)),
        reader=NewReader(name="李明", category="adult", card_number="NEW", id_number=NUMBER, phone="13903551234"),
    )
    first, second, back = (make_item(node=east) for _ in range(3))
    lend(first, old, make_act(east))
    lend(second, new, make_act(east))
    lend(back, new, make_act(east))
    take_back(back, make_act(east))
    session = make_session(make_programme(east), east, on=date(2019, 3, 20))
    for reader in (old, new):
        activities.sign_up(make_act(east), session=session, patron=reader.id)
    passwords.set_password(make_act(east), patron=new.id, password="三里湾2019")
    return old, new, first, second


def test_story_of_a_reader_who_was_registered_twice(east):
    # Li registered years ago, and again at a branch without saying so.
    old, new, first, second = registered_twice(east)
    rows = list(ServiceEvent.objects.order_by("id").values_list())

    # The preview tells what stands with the newer account, and what the older one lacks; nothing is written.
    shown = preview(kept=old.id, gone=new.id)
    assert shown.refusals == ()
    assert sorted(one.count for one in shown.moves) == [1, 1, 1]
    assert shown.fills == ("sex", "birth_date", "phone", "phone_tail", "id_number")

    # Merged: both cards open the older account, which has both books, the history, the number and the password.
    act = make_act(east, key="merge")
    kept = merge(act, kept=old.id, gone=new.id, reason="重复办证")
    assert merge(act, kept=old.id, gone=new.id).id == kept.id
    assert (kept.uid, kept.open_loans, kept.has_id_number, kept.phone) == (old.uid, 2, True, "13903551234")
    assert {queries.patron_by_card(card).id for card in ("OLD", "NEW")} == {old.id}
    assert {loan.barcode for loan in loans.open_loans(old.id)} == {first.barcode, second.barcode}
    assert len(loans.loan_history(old.id)) == 3
    assert passwords.check_sign_in(card="OLD", password="三里湾2019", at=act.at).id == old.id
    assert operations.id_number(make_act(east), patron=old.id, reason="x") == NUMBER

    # The book that the newer account had comes back as any other, and every act of the past stands as it was.
    take_back(second, make_act(east))
    assert queries.patron(old.id).open_loans == 1
    assert list(ServiceEvent.objects.order_by("id").values_list())[: len(rows)] == rows
    assert (differences(), loan_differences()) == ([], [])

    # The other account is closed and holds no person any more; the trail of both says who did it.
    gone = queries.patron(new.id)
    assert (gone.status, gone.name, gone.cards, gone.merged_into) == (PatronStatus.DEREGISTERED, "", (), old.id)
    assert {staff.audit_trail(f"patron:{one}")[-1]["action"] for one in (old.id, new.id)} == {"patrons.register"}
    assert "patrons.merge" in {line["action"] for line in staff.audit_trail(f"patron:{new.id}")}


def test_points_and_money_of_both_accounts_stand_with_the_one_that_stays(east):
    kept, gone = make_patron(node=east, birth_date=None), make_patron(node=east, birth_date=None)
    make_rule_of_points(east, start_points=100)
    for reader, points in ((kept, -10), (gone, -30)):
        credit.correct(make_act(east), patron=reader.id, points=points, reason="污损")
    take_over(make_act(east), balances=[OldBalance(patron=gone.id, deposit_fen=10000, owed_fen=250)])

    merged = merge(make_act(east), kept=kept.id, gone=gone.id)

    assert (merged.credit_points, merged.deposit_fen, merged.owed_fen) == (70, 10000, 250)
    assert (credit_differences(), differences()) == ([], [])


def test_of_two_places_in_one_queue_that_of_the_account_that_stays_is_kept(east):
    kept, gone, other = (make_patron(node=east, birth_date=None) for _ in range(3))
    item = make_item(node=east)
    lend(item, other, make_act(east))
    for reader in (gone, kept):
        wish = Wish(patron=reader.id, record=item.record, pickup=east)
        reserve(make_act(east), wish=wish)

    merge(make_act(east), kept=kept.id, gone=gone.id)

    assert [one.state for one in reservations.of_reader(kept.id)] == [ReservationState.WAITING]


@pytest.mark.parametrize(
    ("of_gone", "of_kept", "until"),
    [
        (date(2019, 6, 1), None, date(2019, 6, 1)),
        (date(2019, 6, 1), date(2019, 5, 1), date(2019, 6, 1)),
        (date(2019, 5, 1), date(2019, 6, 1), date(2019, 6, 1)),
        (date(2019, 1, 5), date(2019, 6, 1), date(2019, 6, 1)),
    ],
)
def test_a_suspension_is_not_escaped_by_a_merge(east, of_gone, of_kept, until):
    kept, gone = make_patron(node=east), make_patron(node=east)
    for reader, last in ((kept, of_kept), (gone, of_gone)):
        if last is not None:
            operations.suspend(make_act(east, date(2019, 1, 3)), patron=reader.id, until=last, reason="污损图书")

    merged = merge(make_act(east), kept=kept.id, gone=gone.id)

    assert (merged.status, merged.suspended_until) == (PatronStatus.SUSPENDED, until)
    assert merged.status_reason == "污损图书"


def test_a_suspension_without_end_outlives_any_other_and_one_that_is_over_none(east):
    kept, gone, other = (make_patron(node=east) for _ in range(3))
    operations.suspend(make_act(east), patron=kept.id, until=date(2019, 6, 1))
    operations.suspend(make_act(east), patron=gone.id)
    operations.suspend(make_act(east, date(2019, 1, 3)), patron=other.id, until=date(2019, 1, 5))
    free = make_patron(node=east)

    stopped = merge(make_act(east), kept=kept.id, gone=gone.id)
    untouched = merge(make_act(east), kept=free.id, gone=other.id)

    assert (stopped.status, stopped.suspended_until) == (PatronStatus.SUSPENDED, None)
    assert untouched.status == PatronStatus.VALID


def test_nobody_waits_twice_for_a_copy_or_for_what_is_at_home_under_the_other_card(east):
    kept, gone, other = (make_patron(node=east, birth_date=None) for _ in range(3))
    wanted, at_home = make_item(node=east), make_item(node=east)
    lend(wanted, other, make_act(east))
    lend(at_home, gone, make_act(east))
    for reader in (gone, kept):
        reserve(make_act(east), wish=Wish(patron=reader.id, record=wanted.record, pickup=east, item=wanted.id))
    reserve(make_act(east), wish=Wish(patron=kept.id, record=at_home.record, pickup=east))

    merge(make_act(east), kept=kept.id, gone=gone.id)

    states = sorted((one.record == wanted.record, one.state) for one in reservations.of_reader(kept.id))
    assert [state for state in states if state[1] == ReservationState.WAITING] == [(True, ReservationState.WAITING)]
    assert loan_differences() == []


def test_two_people_are_not_merged(east):
    one = operations.register(
        make_act(east), reader=NewReader(name="李明", category="adult", card_number="A", id_number=NUMBER)
    )
    other = operations.register(
        make_act(east),
        reader=NewReader(name="李明", category="adult", card_number="B", id_number=id_number(date(1991, 5, 1), 13)),
    )
    school = make_patron(node=east, category="institution", birth_date=None)
    closed = make_patron(node=east)
    operations.deregister(make_act(east), patron=closed.id)

    def refusals(kept: int, gone: int) -> tuple[MergeRefusal, ...]:
        with pytest.raises(CannotMerge) as caught:
            merge(make_act(east), kept=kept, gone=gone)
        return caught.value.refusals

    assert refusals(one.id, one.id) == (MergeRefusal.SAME,)
    assert refusals(one.id, other.id) == (MergeRefusal.DOCUMENTS_DIFFER, MergeRefusal.BIRTHS_DIFFER)
    assert refusals(one.id, school.id) == (MergeRefusal.INSTITUTION,)
    assert refusals(one.id, closed.id) == (MergeRefusal.CLOSED,)
    assert Patron.objects.filter(merged_into__isnull=False).count() == 0
