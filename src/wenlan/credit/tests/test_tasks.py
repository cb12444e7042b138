"""What the clock does for accounts: opening, restoring, forgetting; and the end of a deposit scheme."""

from datetime import UTC, date, datetime, timedelta

import pytest

from wenlan.credit import operations, queries, tasks
from wenlan.credit.errors import AmnestyNotApproved, ReasonMissing, SamePerson
from wenlan.credit.models import Charge, PointEntry
from wenlan.credit.money import deposits
from wenlan.credit.money import operations as money
from wenlan.credit.money import queries as journal
from wenlan.credit.money.opening import OldBalance, take_over
from wenlan.credit.testing import A_BOOK, make_act, make_drawer, make_rule
from wenlan.credit.till import closing, receipts, shifts
from wenlan.credit.verification import differences
from wenlan.jobs import queries as jobs
from wenlan.network.testing import make_network
from wenlan.patrons import queries as patrons
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import make_member

DAY = date(2021, 3, 4)
LATER = DAY + timedelta(days=4 * 365)


def at(day) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


@pytest.fixture
def library(db) -> dict[str, int]:
    root, main = make_network("MAIN")
    make_rule(root.id, charge_fen=10, restore_points=5, restore_days=30)
    return {"root": root.id, "main": main.id}


def test_the_clock_opens_accounts_and_restores_points(library):
    readers = [make_patron(node=library["main"]).id for _ in range(3)]
    opened = [tasks.open_accounts(at(DAY)), tasks.open_accounts(at(DAY))]
    operations.after_return(
        make_act(library["main"], DAY), patron=readers[0], source="return:1", days_late=9, item=A_BOOK
    )

    restored = [tasks.restore(at(DAY + timedelta(days=days))) for days in (29, 30, 30)]

    assert (opened, restored) == ([3, 0], [0, 1, 0])
    assert patrons.patron(readers[0]).credit_points == 96
    assert differences() == []


def test_lines_forget_their_loan_when_the_loan_forgets_its_reader(library):
    reader = make_patron(node=library["main"]).id
    act = make_act(library["main"], DAY, staff=make_member(library["main"], "circulation").id)
    make_drawer(act)
    done = operations.after_return(act, patron=reader, source="return:1", days_late=2, item=A_BOOK)
    open_charge = operations.after_return(act, patron=reader, source="return:2", days_late=3, item=A_BOOK)
    money.take(act, patron=reader, taking=money.Taking(charges={done.charge: 20}))

    early = tasks.forget(at(DAY + timedelta(days=90)))
    late = [tasks.forget(at(DAY + timedelta(days=91))) for _ in range(2)]

    assert (early, late) == (0, [3, 0])
    assert {(line.source, line.key.split(":")[0]) for line in PointEntry.objects.exclude(cause="started")} == {
        ("", "forgotten"),
    }  # fmt: skip
    assert [(one.item, one.source) for one in Charge.objects.order_by("id")] == [("", ""), (A_BOOK.words, "return:2")]
    assert (open_charge.charged_fen, [line.points for line in queries.points(reader)]) == (30, [-3, -2, 100])
    assert differences() == []


def test_story_of_the_end_of_a_deposit_scheme(library):
    # The library gives all deposits back. The deputy proposes it, the director approves it; every reader is told once,
    # and the refunds lie ready at the desk. Who still owes something is told, and gets it when that is settled.
    clerk = make_member(library["main"], "circulation").id
    deputy, director = (make_member(library["root"], role).id for role in ("deputy_director", "director"))
    desk = make_act(library["main"], DAY, staff=clerk)
    li, wang, owes = (make_patron(node=library["main"]).id for _ in range(3))
    take_over(desk, balances=[
        OldBalance(patron=li, deposit_fen=10_000), OldBalance(patron=wang, deposit_fen=5_000),
        OldBalance(patron=owes, deposit_fen=10_000, owed_fen=300),
    ])  # fmt: skip
    make_drawer(desk, counted_fen=20_000)
    proposed_by = make_act(library["root"], DAY, staff=deputy)
    facts = {"name": "押金清退", "node": library["root"], "from_day": DAY}
    with pytest.raises(ReasonMissing):
        deposits.propose_closing(proposed_by, basis=" ", **facts)
    closing = deposits.propose_closing(proposed_by, basis="文旅局2021年第8号文", **facts)
    with pytest.raises(AmnestyNotApproved):
        deposits.run_closing(desk, closing_id=closing.id)
    with pytest.raises(SamePerson):
        deposits.approve_closing(proposed_by, closing_id=closing.id)
    deposits.approve_closing(make_act(library["root"], DAY, staff=director), closing_id=closing.id)

    steps = [deposits.run_closing(desk, closing_id=closing.id, limit=10) for _ in range(2)]
    ready = journal.unpaid([library["main"]])
    for number, approval in enumerate(ready):
        money.pay_out(desk, approval_id=approval.id, means="cash", voucher=f"清退{number}")
    (now,) = deposits.closings([library["root"]], on=DAY)

    assert (closing.readers, closing.deposits_fen, steps) == (3, 25_000, [(3, 0), (0, 0)])
    assert sorted(one.patron for one in ready) == [li, wang]
    assert (now.told, now.paid_fen, now.left_readers, now.left_fen) == (3, 15_000, 1, 10_000)
    assert len([1 for _, one in jobs.posted("notices", 50) if one["template"] == "deposit_waits"]) == 3
    assert differences() == []


def raised_voided_and_forfeited(at_desk, by_director, li):
    """Take Li's 50 yuan over, raise them by 50, void a wrong receipt, forfeit 30 for a book; close the day."""
    take_over(at_desk(), balances=[OldBalance(patron=li, deposit_fen=5_000, voucher="旧-0731")])
    drawer = make_drawer(at_desk(), counted_fen=10_000)
    raised = money.take(at_desk(), patron=li, taking=money.Taking(deposit_fen=5_000))
    wrong = money.take(at_desk(), patron=li, taking=money.Taking(deposit_fen=50_000))
    receipts.void(at_desk(), receipt_id=wrong.id, reason="金额录错", is_in_hand=True)
    lost = operations.after_loss(at_desk(), patron=li, source="loss:1", item=A_BOOK)
    wish = money.Wish(kind="forfeit", patron=li, amount_fen=lost.charged_fen, reason="多次催赔无果")
    money.decide(by_director(), approval_id=money.ask(at_desk(), wish=wish).id, is_granted=True)
    shifts.sign_off(at_desk(), leaving=shifts.Leaving(counted_fen=15_000))
    closing.close_day(at_desk(), day=DAY)
    return drawer, raised, wrong


def paid_back(at_desk, drawer, node):
    """Pay the one deposit that lies ready out, and close the day."""
    shifts.sign_on(at_desk(), drawer_id=drawer, counted_fen=15_000)
    (ready,) = journal.unpaid([node])
    money.pay_out(at_desk(), approval_id=ready.id, means="cash", voucher="退-0001")
    shifts.sign_off(at_desk(), leaving=shifts.Leaving(counted_fen=8_000))
    return closing.close_day(at_desk(), day=at_desk().day)


def scheme_ended(at_desk, by_director, propose, li):
    """Write down that Li was called, and end the scheme; return how long the deposit waited, and the scheme."""
    deposits.tell(at_desk(LATER), patron=li, how="call", note="号码已停用")
    (waiting,) = deposits.held([at_desk().node], on=LATER)
    facts = {"name": "押金清退", "node": propose.node, "from_day": LATER, "basis": "馆务会"}
    scheme = deposits.propose_closing(propose, **facts)
    deposits.approve_closing(by_director(LATER), closing_id=scheme.id)
    deposits.run_closing(at_desk(LATER), closing_id=scheme.id)
    return waiting, scheme


@pytest.mark.capability("V10")
def test_story_of_a_deposit_from_the_old_system_to_the_end(library):
    # Li's 50 yuan come from the old system with the number of its receipt. The desk raises them by 50 on receipt 0001;
    # a second receipt is wrong and voided with the paper in hand. Li loses a book that costs 30 and does not answer:
    # the clerk asks, the director approves, 30 are forfeited. For years nothing moves; the list says so, and the clerk
    # writes down that he called. Then the scheme ends: the refund lies ready, Li signs for 70, the day is closed.
    clerk = make_member(library["main"], "circulation").id
    deputy, director = (make_member(library["root"], role).id for role in ("deputy_director", "director"))
    li = make_patron(node=library["main"]).id

    def at_desk(on=DAY):
        return make_act(library["main"], on, staff=clerk)

    def by_director(on=DAY):
        return make_act(library["root"], on, staff=director)

    drawer, raised, wrong = raised_voided_and_forfeited(at_desk, by_director, li)
    propose = make_act(library["root"], LATER, staff=deputy)
    waiting, scheme = scheme_ended(at_desk, by_director, propose, li)
    day = paid_back(lambda: at_desk(LATER), drawer, library["main"])

    lines = [(one.kind, one.deposit_fen, one.means, one.receipt or one.voucher) for one in journal.lines(li)]
    assert [one for one in lines if one[1]] == [
        ("deposit_refunded", -7_000, "cash", "退-0001"),
        ("deposit_forfeited", -3_000, "", ""),
        ("reversed", -50_000, "cash", wrong.text),
        ("deposit_raised", 50_000, "cash", wrong.text),
        ("deposit_raised", 5_000, "cash", raised.text),
        ("deposit_imported", 5_000, "", "旧-0731"),
    ]
    assert {(one.operator, one.node) for one in journal.lines(li)} == {
        (f"staff:{clerk}", library["main"]), (f"staff:{director}", library["root"]),
    }  # fmt: skip
    assert (waiting.is_long, waiting.deposit_fen, waiting.told) == (True, 7_000, 1)
    assert [one["how"] for one in deposits.notices(li)] == ["notice", "call"]
    assert [(one.text, one.state, one.is_handed_in) for one in receipts.receipts_of(library["main"], DAY)] == [
        (raised.text, "issued", True), (wrong.text, "voided", True),
    ]  # fmt: skip
    assert (deposits.closing(scheme.id, on=LATER).left_readers, patrons.patron(li).deposit_fen) == (0, 0)
    assert ((day.receipts, day.cash_fen), differences()) == ((0, 0), [])
