"""The cashier's days: deposits, what was lost, paid and replaced; each day is counted and closed."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from wenlan.circulation import losing
from wenlan.circulation import operations as circulation
from wenlan.circulation import queries as loans
from wenlan.circulation.compensating import operations as compensating
from wenlan.circulation.compensating.types import NewCopy
from wenlan.circulation.types import CardRef
from wenlan.credit.money import deposits
from wenlan.credit.money import operations as money
from wenlan.credit.money import queries as accounts
from wenlan.credit.money.operations import Taking, Wish
from wenlan.credit.money.types import ApprovalKind, ChargeView, Means
from wenlan.credit.till import closing, receipts, shifts
from wenlan.credit.till.shifts import Leaving
from wenlan.demo import collections
from wenlan.demo.credit import DEPOSIT_FEN
from wenlan.demo.guests import PAYERS, card, reader_id
from wenlan.demo.stage import Deed, Stage
from wenlan.holdings import queries as items
from wenlan.kernel.acts import Act

DRAWER = "总服务台"
DAYS = 15
CHANGE_FEN, CARD_FEN = 20_000, 500
OPENS, TAKES, COUNTS, CLOSES, RECEIVES = 8 * 3600 + 2100, 10 * 3600, 17 * 3600 + 1500, 17 * 3600 + 1700, 9 * 3600
SHORT_ON, SHORT_FEN = 11, 100  # one evening a yuan is missing
BROUGHT_BARCODE = "CZL0009001"
LOSERS = (9, 8, 7, 6)  # which guest has which of the books that get lost: paid, replaced, claimed to be back, unpaid
PAID, REPLACED, CLAIMED, UNPAID = range(4)


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield the days of the drawer with what happens between its counts, and what came before them."""
    last = stage.last
    yield last(DAYS + 1), partial(set_up, stage)
    yield last(18), partial(lend, stage)
    for which in range(DAYS, 0, -1):
        yield last(which), partial(sign_on, stage)
        for deed in BETWEEN.get(which, ()):
            yield last(which), partial(deed, stage)
        yield last(which), partial(sign_off, stage, SHORT_FEN if which == SHORT_ON else 0)
        if which > 1:
            yield last(which - 1), partial(receive, stage, last(which))


def cashier(stage: Stage, day: date, second: int, key: str) -> Act:
    """Return what the cashier does at the main library's desk."""
    return stage.act(day, second, f"till:{key}", by="circulation", place="CZ-GENERAL")


def set_up(stage: Stage, day: date) -> None:
    """Set up the drawer, and hand it the receipts that came from the printer."""
    drawer = shifts.add_drawer(cashier(stage, day, OPENS, "drawer"), name=DRAWER)
    book = receipts.enter_book(stage.act(day, OPENS, "till:receipts", by="finance"), prefix="示例", first=1, last=500)
    receipts.hand_book(stage.act(day, OPENS + 60, "till:handed", by="finance"), book_id=book.id, drawer_id=drawer.id)


def sign_on(stage: Stage, day: date) -> None:
    """Count the drawer and take it over."""
    (drawer,) = shifts.drawers([stage.library])
    counted = CHANGE_FEN if drawer.left_fen is None else drawer.left_fen
    act = cashier(stage, day, OPENS, f"on:{day}")
    shifts.sign_on(act, drawer_id=drawer.id, counted_fen=counted, reason="备用金" if drawer.left_fen is None else "")


def sign_off(stage: Stage, short_fen: int, day: date) -> None:
    """Count the drawer, leave the change in it, hand in the rest, and close the day."""
    act = cashier(stage, day, COUNTS, f"off:{day}")
    counted = shifts.cash_in(shifts.of_operator(act)) - short_fen
    reason = "找零差错" if short_fen else ""
    left = min(counted, CHANGE_FEN)
    shifts.sign_off(act, leaving=Leaving(counted_fen=counted, handed_in_fen=counted - left, reason=reason))
    closing.close_day(cashier(stage, day, CLOSES, f"closed:{day}"), day=day)


def receive(stage: Stage, before: date, day: date) -> None:
    """Sign as finance for the cash of the day before."""
    close = closing.close_day(cashier(stage, before, CLOSES, f"closed:{before}"), day=before)
    act = stage.act(day, RECEIVES, f"till:received:{before}", by="finance")
    closing.receive(act, close_id=close.id, received_fen=close.cash_fen)


def take_deposit(number: int, means: str, stage: Stage, day: date) -> None:
    """Take a deposit from a reader from outside."""
    act = cashier(stage, day, TAKES + 60 * number, f"deposit:{number}")
    money.take(act, patron=reader_id(number), taking=Taking(deposit_fen=DEPOSIT_FEN, means=means))


def spoil(stage: Stage, day: date) -> None:
    """Void a receipt on which the paper jammed."""
    receipts.spoil(cashier(stage, day, TAKES, f"spoilt:{day}"), reason="打印卡纸作废")


def pay_for_card(stage: Stage, day: date) -> None:
    """Charge a reader for a card, and take it at once."""
    charge = money.charge(cashier(stage, day, TAKES, "card"), patron=reader_id(3), amount_fen=CARD_FEN)
    pay(stage, day, 3, charge)


def pay(stage: Stage, day: date, number: int, charge: ChargeView) -> None:
    """Take what is open of a charge."""
    act = cashier(stage, day, OPENS + 1800, f"paid:{charge.id}")
    money.take(act, patron=reader_id(number), taking=Taking(charges={charge.id: charge.open_fen}))


def lend(stage: Stage, day: date) -> None:
    """Lend what will get lost."""
    for at, (guest, item) in enumerate(zip(LOSERS, collections.refs("lost"), strict=True)):
        act = stage.act(day, TAKES + 10 * at, f"lost:{at}:lent", by="branch", place="CZ-B01")
        circulation.check_out(act, item=item, card=CardRef(card(guest)))


def report_lost(which: int, stage: Stage, day: date) -> None:
    """Write down that a book is lost; its price stands on the reader's account."""
    (item,) = collections.ids(stage, "lost", which, which + 1)
    act = cashier(stage, day, TAKES + 900, f"lost:{which}")
    losing.report_lost(act, item=item, reason="读者自述在外地出差时遗失")


def pay_for_loss(stage: Stage, day: date) -> None:
    """Take the price of a lost book (赔款)."""
    (charge,) = accounts.charges(reader_id(LOSERS[PAID]), open_only=True)
    pay(stage, day, LOSERS[PAID], charge)


def take_copy(stage: Stage, day: date) -> None:
    """Take a copy of the same edition for a lost one (赔书)."""
    item = items.item_by_barcode(collections.barcodes("lost")[REPLACED])
    (lost,) = loans.loans_of_item(item.id)
    copy = NewCopy(record=item.record, barcode=BROUGHT_BARCODE, price_fen=collections.PRICE_FEN)
    compensating.take_copy(cashier(stage, day, TAKES + 1200, "copy"), loan=lost.id, copy=copy)


def claim(stage: Stage, day: date) -> None:
    """A reader says that a book was put into the return box: the shelves are searched."""
    (item,) = collections.ids(stage, "lost", CLAIMED, CLAIMED + 1)
    losing.report_claimed(cashier(stage, day, TAKES, "claimed"), item=item, reason="读者称已投入西门还书箱")


def ask_refund(number: int, stage: Stage, day: date) -> int:
    """Ask for a deposit back: somebody else decides."""
    wish = Wish(
        kind=ApprovalKind.REFUND_DEPOSIT, patron=reader_id(number), amount_fen=DEPOSIT_FEN, reason="读者离市退证"
    )
    return money.ask(cashier(stage, day, TAKES + 300, f"refund:{number}"), wish=wish).id


def decide_refund(stage: Stage, day: date) -> None:
    """Grant it as finance."""
    approval = ask_refund(PAYERS[0], stage, day)
    money.decide(stage.act(day, RECEIVES + 60, "till:granted", by="finance"), approval_id=approval, is_granted=True)


def pay_out(stage: Stage, day: date) -> None:
    """Pay it out against a voucher."""
    approval = ask_refund(PAYERS[0], stage, day)
    act = cashier(stage, day, TAKES + 600, "paid-out")
    money.pay_out(act, approval_id=approval, means=Means.CASH, voucher=f"TY{day.year}-0001")


def ask_waiver(stage: Stage, day: date) -> None:
    """Ask to waive the handling of a loss for a reader in need."""
    patron = reader_id(LOSERS[UNPAID])
    (charge,) = accounts.charges(patron, open_only=True)
    wish = Wish(
        kind=ApprovalKind.WAIVE, patron=patron, amount_fen=300, reason="低保家庭，申请免收加工费", charge=charge.id
    )
    money.ask(cashier(stage, day, TAKES + 900, "waiver"), wish=wish)


def end_scheme(stage: Stage, day: date) -> None:
    """Propose that the deposits go back for good; the director has not decided."""
    act = stage.act(day, TAKES, "till:scheme", by="finance")
    deposits.propose_closing(
        act, name="取消市外读者押金", node=stage.library, from_day=day, basis="馆务会会议纪要第21号"
    )


BETWEEN = {
    15: (partial(take_deposit, PAYERS[0], Means.CASH),),
    14: (partial(take_deposit, PAYERS[1], Means.WECHAT),),
    12: (partial(take_deposit, PAYERS[2], Means.CASH), spoil),
    8: (partial(take_deposit, PAYERS[3], Means.CASH),),
    7: (partial(report_lost, PAID), partial(report_lost, REPLACED)),
    6: (pay_for_card, take_copy),
    5: (pay_for_loss, claim),
    3: (partial(ask_refund, PAYERS[0]),),
    2: (decide_refund, partial(report_lost, UNPAID), end_scheme),
    1: (pay_out, partial(ask_refund, PAYERS[1]), ask_waiver),
}


def open_again(stage: Stage, day: date) -> None:
    """Open the drawer on the morning after the year."""
    sign_on(stage, day)
    charge = money.charge(cashier(stage, day, OPENS + 1200, "morning"), patron=reader_id(5), amount_fen=CARD_FEN)
    pay(stage, day, 5, charge)
