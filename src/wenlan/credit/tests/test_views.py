"""Pages of accounts and of the till, opened by a stranger, by who may not, and by who may."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from wenlan.credit import amnesties, operations, queries, reviews
from wenlan.credit.money import deposits
from wenlan.credit.money import queries as money
from wenlan.credit.testing import A_BOOK, make_act, make_drawer, make_rule
from wenlan.credit.till import closing, receipts, shifts
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network
from wenlan.patrons import queries as patrons
from wenlan.patrons.testing import make_patron
from wenlan.staff.models import StaffMember
from wenlan.staff.testing import make_member
from wenlan.ui import clock

READER_PAGES = ("credit:home", "credit:rules", "credit:amnesties", "credit:reviews", "till:home", "till:approvals",
                "till:receipts", "till:deposits", "till:days")  # fmt: skip


@pytest.fixture
def library(db) -> dict[str, int]:
    root, main, east = make_network("MAIN", "EAST")
    make_rule(root.id, charge_fen=20, deposit_fen=10_000, refund_days=30)
    return {
        "root": root.id,
        "main": main.id,
        "east": east.id,
        "reader": make_patron(node=main.id, name="张三丰", card="R1").id,
        "desk": make_member(main.id, "circulation").id,
        "director": make_member(root.id, "director").id,
        "finance": make_member(root.id, "finance").id,
        "elsewhere": make_member(east.id, "circulation").id,
    }


def browser(library, who) -> Client:
    client = Client()
    client.force_login(StaffMember.objects.get(pk=library[who]), backend="django.contrib.auth.backends.ModelBackend")
    return client


def late(library, days=10, source="return:u1"):
    act = make_act(library["main"], clock.today(), staff=library["desk"])
    return operations.after_return(act, patron=library["reader"], source=source, days_late=days, item=A_BOOK)


def text(response) -> str:
    return response.content.decode()


def test_strangers_and_those_without_the_right_are_turned_away(library):
    keeper = make_member(library["main"], "cataloguer").id

    for page in READER_PAGES:
        stranger = Client().get(reverse(page))
        assert (stranger.status_code, stranger.url.startswith("/desk/sign-in/")) == (302, True)
    refused = [browser(library | {"keeper": keeper}, "keeper").get(reverse(page)).status_code for page in READER_PAGES]
    opened = [browser(library, "director").get(reverse(page)).status_code for page in READER_PAGES[:4]]

    assert refused == [403] * 9
    assert opened == [200] * 4


def test_a_librarian_of_another_branch_sees_no_name_and_changes_nothing(library):
    late(library)
    other = browser(library, "elsewhere")

    page = other.get(reverse("credit:account", args=[library["reader"]]))
    asked = other.post(reverse("credit:ask", args=[library["reader"]]), {"words": "请复核"})
    corrected = other.post(reverse("credit:correct", args=[library["reader"]]), {"points": 5, "reason": "x"})

    assert ("张三丰" in text(page), "张" in text(page)) == (False, True)
    assert (asked.status_code, corrected.status_code) == (403, 403)
    assert reviews.of_reader(library["reader"]) == ()


def test_a_card_leads_to_the_account_with_every_reason(library):
    late(library)
    desk = browser(library, "desk")

    found = desk.get(reverse("credit:home"), {"q": "R1"}, follow=True)
    unknown = desk.get(reverse("credit:home"), {"q": "R9"})
    panel = desk.get(reverse("credit:panel", args=[library["reader"]]))

    for part in ("张三丰", "Late return", "-10", "Overdue charge", "2.00 yuan", "平凡的世界 0012345"):
        assert part in text(found)
    assert "R9" in text(unknown)
    assert "2.00 yuan" in text(panel)


def test_a_readers_request_is_written_down_and_decided_by_another(library):
    late(library)
    line = queries.points(library["reader"])[0]
    desk, director = browser(library, "desk"), browser(library, "director")

    desk.post(reverse("credit:ask", args=[library["reader"]]), {"words": "住院", "entry": line.id})
    waiting = text(director.get(reverse("credit:reviews")))
    review = reviews.queue([library["main"]])[0]
    director.post(reverse("credit:decide", args=[review.id, "grant"]), {"points": 4, "answer": "情况属实"})

    assert "住院" in waiting
    assert (reviews.review(review.id).state, patrons.patron(library["reader"]).credit_points) == ("granted", 94)


def test_points_are_corrected_by_the_director(library):
    director = browser(library, "director")

    director.post(reverse("credit:correct", args=[library["reader"]]), {"points": "-7", "reason": "核对"})
    director.post(reverse("credit:correct", args=[library["reader"]]), {"points": "", "reason": "核对"})

    assert [line.points for line in queries.points(library["reader"])] == [-7, 100]


def test_an_amnesty_is_previewed_proposed_approved_and_run(library):
    late(library)
    deputy, director = (browser(library | {"d": make_member(library["root"], "deputy_director").id}, "d"),
                        browser(library, "director"))  # fmt: skip
    said = {
        "name": "疫情免扣积分", "node": library["root"], "from_day": clock.today() - timedelta(days=30),
        "last_day": clock.today() + timedelta(days=30), "restores": "on", "waives_charges": "on", "basis": "馆务会",
    }  # fmt: skip

    shown = text(deputy.post(reverse("credit:amnesty_new"), said))
    wrong = deputy.post(reverse("credit:amnesty_new"), said | {"last_day": "2001-01-01"})
    endless = deputy.post(reverse("credit:amnesty_new"), said | {"last_day": "9999-12-31"})
    page = deputy.post(reverse("credit:amnesty_new"), said | {"propose": "1"}, follow=True)
    (made,) = amnesties.amnesties([library["root"]])
    own = deputy.post(reverse("credit:amnesty_approve", args=[made.id]))
    director.post(reverse("credit:amnesty_approve", args=[made.id]))
    director.post(reverse("credit:amnesty_move", args=[made.id]), {"last_day": clock.today(), "reason": "提前恢复"})
    director.post(reverse("credit:amnesty_run", args=[made.id]))
    done = text(director.get(reverse("credit:amnesty", args=[made.id])))

    assert "Propose it" in shown
    assert (wrong.status_code, endless.status_code, page.status_code, own.status_code) == (422, 422, 200, 403)
    assert (patrons.patron(library["reader"]).credit_points, patrons.patron(library["reader"]).owed_fen) == (100, 0)
    assert "提前恢复" in done
    assert "疫情免扣积分" in text(director.get(reverse("credit:amnesties")))


def test_a_rule_is_made_and_amended_as_a_new_version(library):
    director = browser(library, "director")
    said = {
        "name": "少儿读者规则", "node": library["main"], "category": "adult", "from_day": "2020-01-01",
        "start_points": 80, "late_points": -2, "late_each": 30, "charge": "0.10", "charge_cap": "15", "deposit": "50",
        "percent0": 200, "since1": 2000, "percent1": 150, "days0": 7, "how0": "notice", "days1": 30, "how1": "slip",
    }  # fmt: skip

    director.post(reverse("credit:rule_new"), said)
    (made,) = queries.rules(clock.today(), [library["main"]])
    page = text(director.get(reverse("credit:rule", args=[made.id])))
    director.post(reverse("credit:rule", args=[made.id]), said | {"from_day": "2021-01-01", "charge": "0.20"})
    refused = director.post(reverse("credit:rule", args=[made.id]), said | {"from_day": "2019-01-01"})
    listed = text(director.get(reverse("credit:rules")))

    versions = queries.versions(made.code)
    assert [(one.charge_fen, one.charge_cap_fen, one.deposit_fen) for one in versions] == [
        (20, 1_500, 5_000), (10, 1_500, 5_000),
    ]  # fmt: skip
    assert versions[1].until_day == date(2021, 1, 1)
    assert (made.points["late"].points, made.compensation.factors) == (-2, ((0, 200), (2000, 150)))
    assert [(step.days, step.how) for step in made.reminders] == [(7, "notice"), (30, "slip")]
    assert (refused.status_code, 'value="0.10"' in page) == (422, True)
    assert "30 days after the due date: Printed slip" in listed


def test_a_cashier_takes_money_voids_a_receipt_and_leaves_the_drawer(library):
    late(library)
    desk, reader = browser(library, "desk"), library["reader"]
    before = text(desk.get(reverse("till:take", args=[reader])))
    desk.post(reverse("till:add_drawer"), {"name": "总台"})
    (drawer,) = shifts.drawers([library["main"]])
    desk.post(reverse("till:receipts"), {"letters": "A", "first": 1, "last": 50, "width": 4, "drawer": drawer.id})
    desk.post(reverse("till:sign_on", args=[drawer.id]), {"counted": "50"})
    desk.get(reverse("till:home"), {"q": "R1"})
    charge = money.charges(reader)[0]
    paid = desk.post(
        reverse("till:take", args=[reader]), {"deposit": "100", f"charge{charge.id}": "2.00", "means": "cash"}
    )
    too_much = desk.post(reverse("till:take", args=[reader]), {f"charge{charge.id}": "2.00", "means": "cash"})
    first = receipts.receipt_by_text("A0001")
    shown = text(desk.get(paid.url))
    printed = text(desk.get(paid.url + "?print=1"))
    desk.post(reverse("till:void", args=[first.id]), {"reason": "金额错"})
    kept = receipts.receipt(first.id).state
    desk.post(reverse("till:void", args=[first.id]), {"reason": "金额错", "is_in_hand": "on"})
    desk.post(reverse("till:spoil"), {"reason": "卡纸"})
    listed = text(desk.get(reverse("till:receipts")))
    short = desk.post(reverse("till:sign_off"), {"counted": "48"})
    left = desk.post(reverse("till:sign_off"), {"counted": "48", "reason": "找零有误"}, follow=True)

    assert "signs on" not in before
    assert "holds a drawer" in before
    assert too_much.status_code == 422
    assert all(part in shown for part in ("102.00 yuan", "平凡的世界 0012345", "Deposit taken"))
    assert "(stamp)" in printed
    assert (kept, receipts.receipt(first.id).state) == ("issued", "voided")
    assert all(part in listed for part in ("A0001", "A0002", "金额错", "卡纸", "48"))
    assert (short.status_code, "differs by -2.00 yuan" in text(short)) == (422, True)
    assert all(part in text(left) for part in ("Slip of the shift", "48.00 yuan", "-2.00 yuan", "找零有误"))


def work_of_a_shift(library, desk) -> None:
    """Lend, take back, renew and register at the desk; take a deposit in cash, a charge and a loss by other means."""
    act = {"node": library["main"], "on": clock.today(), "staff": library["desk"]}
    for kind, count in (("loan.made", 12), ("loan.returned", 9), ("loan.renewed", 2), ("patron.registered", 1)):
        ledger.record(replace(make_act(**act), at=clock.now()), kind, source=f"w:{kind}", quantity=count)
    late(library)
    operations.after_loss(make_act(**act), patron=library["reader"], source="loss:1", item=A_BOOK)
    due = {charge.kind: charge for charge in money.charges(library["reader"])}
    page = reverse("till:take", args=[library["reader"]])
    desk.post(page, {"deposit": "100", "means": "cash"})
    for kind, means in (("late", "wechat"), ("loss", "cash")):
        desk.post(page, {f"charge{due[kind].id}": f"{due[kind].open_fen / 100:.2f}", "means": means})


@pytest.mark.capability("V20")
def test_the_sheet_of_a_shift_has_acts_money_by_means_and_two_signatures(library):
    # One takes the drawer, works, and leaves two yuan short with a reason; the next counts and signs by that; the
    # day is closed and finance signs for what was handed in.
    colleague = make_member(library["main"], "circulation").id
    desk, following = browser(library, "desk"), browser(library | {"next": colleague}, "next")
    desk.post(reverse("till:add_drawer"), {"name": "总台"})
    (drawer,) = shifts.drawers([library["main"]])
    desk.post(reverse("till:receipts"), {"letters": "A", "first": 1, "last": 50, "width": 4, "drawer": drawer.id})
    desk.post(reverse("till:sign_on", args=[drawer.id]), {"counted": "50"})
    work_of_a_shift(library, desk)
    held = shifts.my_shift(f"staff:{library['desk']}")
    counted = held.system_fen - 200
    desk.post(reverse("till:sign_off"), {"counted": f"{counted / 100:.2f}", "handed_in": "100", "reason": "找零有误"})
    left = counted - 10_000
    following.post(reverse("till:sign_on", args=[drawer.id]), {"counted": f"{left / 100:.2f}"})

    sheet = desk.get(reverse("till:shift", args=[held.id])).context

    assert dict(sheet["counts"]) == {
        "Loan": 12, "Return": 9, "Renewal": 2, "Registration": 1, "Account closed": 0, "Accession": 0,
    }  # fmt: skip
    moved = {(line["kind"], line["means"]): line["fen"] for line in sheet["sums"]}
    assert moved["Deposit taken", "Cash"] == 10_000
    assert moved["Paid · Overdue charge", "WeChat Pay"] == 200
    assert ("Paid · Compensation for a loss", "Cash") in moved
    shift = sheet["shift"]
    assert (shift.difference_fen, shift.reason, sheet["handed_in_fen"]) == (-200, "找零有误", 10_000)
    assert (shift.signed_by, sheet["who"][shift.signed_by]) == (
        f"staff:{colleague}",
        sheet["who"][f"staff:{colleague}"],
    )
    following.post(reverse("till:sign_off"), {"counted": f"{left / 100:.2f}"})
    following.post(reverse("till:close"))
    (day,) = closing.days([library["main"]])
    browser(library, "finance").post(reverse("till:receive", args=[day.id]), {"received": "100"})
    assert (closing.day(day.id).cash_fen, closing.day(day.id).received_fen) == (10_000, 10_000)


def test_a_refund_goes_through_two_people_and_a_day_to_finance(library):
    today, reader = clock.today(), library["reader"]
    make_drawer(make_act(library["main"], today, staff=library["desk"]), counted_fen=10_000)
    desk, finance = browser(library, "desk"), browser(library, "finance")
    desk.post(reverse("till:take", args=[reader]), {"deposit": "100", "means": "cash"})

    asked = desk.post(
        reverse("till:ask", args=[reader, "refund_deposit"]), {"amount": "100", "reason": "退证"}, follow=True
    )
    unknown = desk.get(reverse("till:ask", args=[reader, "give_all"]))
    waiting = text(finance.get(reverse("till:approvals")))
    (approval,) = money.undecided([library["main"]])
    finance.post(reverse("till:decide", args=[approval.id, "grant"]))
    home = text(desk.get(reverse("till:home")))
    desk.post(reverse("till:pay_out", args=[approval.id]), {"means": "cash", "voucher": "退1"})
    voucher = text(desk.get(reverse("till:voucher", args=[approval.id]), headers={"accept-language": "zh-Hans"}))
    desk.post(reverse("till:close"))
    open_still = closing.days([library["main"]])
    desk.post(reverse("till:sign_off"), {"counted": "100", "handed_in": "20"})
    desk.post(reverse("till:close"))
    (day,) = closing.days([library["main"]])
    page = text(finance.get(reverse("till:day", args=[day.id])))
    finance.post(reverse("till:receive", args=[day.id]), {"received": "20"})
    printed = text(desk.get(reverse("till:day", args=[day.id]) + "?print=1"))
    other = browser(library, "elsewhere").get(reverse("till:day", args=[day.id]))

    assert "waits for a decision" in text(asked)
    assert (unknown.status_code, "退证" in waiting, "Pay out" in home, "退1" in voucher) == (404, True, True, True)
    assert '<td colspan="2">壹佰元整</td>' in voucher
    assert (open_still, patrons.patron(reader).deposit_fen, day.cash_fen) == ((), 0, 2_000)
    assert "Sign for the cash" in page
    assert "20.00 yuan" in printed
    assert (closing.day(day.id).received_fen, other.status_code) == (2_000, 403)


def test_readers_with_a_deposit_are_told_and_the_list_costs_the_same_for_many(library, django_assert_num_queries):
    today = clock.today()
    desk = browser(library, "desk")
    make_drawer(make_act(library["main"], today, staff=library["desk"]))
    for reader in (library["reader"], *(make_patron(node=library["main"]).id for _ in range(2))):
        desk.post(reverse("till:take", args=[reader]), {"deposit": "100", "means": "wechat"})

    desk.post(reverse("till:told", args=[library["reader"]]), {"how": "call", "note": "无人接听"})
    listed = text(desk.get(reverse("till:deposits")))
    with django_assert_num_queries(3):
        found = deposits.held([library["main"]], on=today)
    with django_assert_num_queries(3):
        long_after = deposits.held([library["main"]], on=today + timedelta(days=4 * 365), limit=1)

    assert [(one.deposit_fen, one.told, one.is_long) for one in found] == [
        (10_000, 1, False), (10_000, 0, False), (10_000, 0, False),
    ]  # fmt: skip
    assert [one.is_long for one in long_after] == [True]
    assert "张三丰" in listed
    assert deposits.notices(library["reader"])[0]["note"] == "无人接听"


def test_a_deposit_scheme_is_ended_on_its_page(library):
    desk, director = browser(library, "desk"), browser(library, "director")
    deputy = browser(library | {"d": make_member(library["root"], "deputy_director").id}, "d")
    make_drawer(make_act(library["main"], clock.today(), staff=library["desk"]))
    desk.post(reverse("till:take", args=[library["reader"]]), {"deposit": "100", "means": "wechat"})

    deputy.post(reverse("till:schemes"), {"name": "押金清退", "node": library["root"], "basis": "馆务会"})
    (closing,) = deposits.closings([library["root"]], on=clock.today())
    early = text(desk.get(reverse("till:schemes")))
    director.post(reverse("till:scheme_approve", args=[closing.id]))
    desk.post(reverse("till:scheme_run", args=[closing.id]))
    stranger = browser(library | {"k": make_member(library["main"], "cataloguer").id}, "k").get(reverse("till:schemes"))

    (done,) = deposits.closings([library["root"]], on=clock.today())
    assert ("Tell the readers" in early, stranger.status_code) == (False, 403)
    assert (done.told, done.left_fen, len(money.unpaid([library["main"]]))) == (1, 10_000, 1)
