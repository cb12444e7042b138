"""Numbered receipts (票据): ranges handed to a drawer, used in order, voided only with the paper in hand."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from wenlan.credit import accounts
from wenlan.credit.errors import ReasonMissing
from wenlan.credit.money import journal
from wenlan.credit.money.models import Charge, MoneyEntry
from wenlan.credit.money.types import Means, MoneyKind
from wenlan.credit.till import shifts
from wenlan.credit.till.errors import NoReceipts, RangeTaken, ReceiptClosed, ReceiptNotInHand
from wenlan.credit.till.models import Drawer, Receipt, ReceiptBook, Shift
from wenlan.credit.till.types import BookView, ReceiptState, ReceiptView
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.staff.operations import audit

MOST_IN_A_BOOK = 100_000


@transaction.atomic
def enter_book(act: Act, *, prefix: str, first: int, last: int, width: int = 8) -> BookView:
    """Enter a range of receipts that came from the printer of receipts, at the place of the act.

    Raises RangeTaken for an empty range and for numbers that were entered before.
    """
    prefix = prefix.strip()[:20]
    if not 0 < first <= last or last - first >= MOST_IN_A_BOOK or len(str(last)) > width:
        raise RangeTaken()
    if ReceiptBook.objects.filter(prefix=prefix, width=width, first__lte=last, last__gte=first).exists():
        raise RangeTaken()
    row = ReceiptBook.objects.create(
        node_id=act.node, prefix=prefix, width=width, first=first, last=last, next=first, entered_at=act.at,
        entered_by=act.operator,
    )  # fmt: skip
    audit(act, "credit.receipts_entered", f"receipts:{row.pk}", after={"first": first, "last": last})
    return book_view(row)


@transaction.atomic
def hand_book(act: Act, *, book_id: int, drawer_id: int) -> BookView:
    """Hand a range to a drawer of the same place. Raises NotFound."""
    row = ReceiptBook.objects.select_for_update().filter(pk=book_id).first()
    if row is None or not Drawer.objects.filter(pk=drawer_id, node=row.node_id).exists():
        raise NotFound(what=str(book_id))
    row.drawer_id, row.handed_at, row.handed_by = drawer_id, act.at, act.operator
    row.save(update_fields=["drawer", "handed_at", "handed_by"])
    audit(act, "credit.receipts_handed", f"receipts:{row.pk}", after={"drawer": drawer_id})
    return book_view(row)


def issue(act: Act, shift: Shift, *, patron: int | None, money_fen: int) -> Receipt:
    """Take the drawer's next receipt for a sum, in the caller's transaction. Locks the book. Raises NoReceipts."""
    row = _next_book(shift)
    receipt = Receipt.objects.create(
        book=row,
        number=row.next,
        text=book_view(row).text_of(row.next),
        issued_at=act.at,
        day=act.day,
        operator=act.operator,
        patron_id=patron,
        money_fen=money_fen,
    )
    ReceiptBook.objects.filter(pk=row.pk).update(next=F("next") + 1)
    return receipt


def _next_book(shift: Shift) -> ReceiptBook:
    unused = ReceiptBook.objects.select_for_update().filter(drawer=shift.drawer_id, next__lte=F("last"))
    row = unused.order_by("handed_at", "id").first()
    if row is None:
        raise NoReceipts()
    return row


@transaction.atomic
def spoil(act: Act, *, reason: str) -> ReceiptView:
    """Void the drawer's next number before it was used: the paper tore. Raises NoShift, NoReceipts, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing()
    receipt = issue(act, shifts.of_operator(act), patron=None, money_fen=0)
    _set_voided(act, receipt, reason)
    return view(receipt)


@transaction.atomic
def void(act: Act, *, receipt_id: int, reason: str, is_in_hand: bool) -> ReceiptView:
    """Void a receipt whose every copy lies before whoever acts: each of its lines is reversed, the cash goes back.

    Locks the reader's row first. Raises ReceiptNotInHand, ReceiptClosed once its day is closed or it is voided,
    ReasonMissing, NoShift, NotEnoughCash. The number stays used and is handed in with the day.
    """
    if not is_in_hand:
        raise ReceiptNotInHand()
    if not reason.strip():
        raise ReasonMissing()
    known = _receipt(receipt_id)
    account = accounts.locked(act, known.patron_id) if known.patron_id is not None else None
    receipt = Receipt.objects.select_for_update().get(pk=receipt_id)
    if receipt.state != ReceiptState.ISSUED or receipt.close_id is not None:
        raise ReceiptClosed()
    shift = shifts.of_operator(act)
    lines = list(MoneyEntry.objects.filter(receipt=receipt).select_related("charge").order_by("id"))
    if any(_is_spent(account, line) for line in lines):
        raise ReceiptClosed()
    shifts.insist_on_cash(shift, sum(line.money_fen for line in lines if line.means == Means.CASH))
    for line in lines:
        _reverse(act, account, line, shift, reason)
    _set_voided(act, receipt, reason)
    audit(act, "credit.receipt_voided", f"receipt:{receipt.text}", after={"fen": receipt.money_fen}, reason=reason)
    return view(receipt)


def _is_spent(account: accounts.Account | None, line: MoneyEntry) -> bool:
    """Return whether the money of a line has gone back already: the deposit was refunded, or the payment."""
    if account is not None and line.deposit_fen > account.reader.deposit_fen:
        return True
    return line.charge is not None and line.charge.paid_fen < -line.owed_fen


def _reverse(act: Act, account: accounts.Account | None, line: MoneyEntry, shift: Shift, reason: str) -> None:
    if line.charge_id is not None:
        Charge.objects.filter(pk=line.charge_id).update(
            open_fen=F("open_fen") - line.owed_fen, paid_fen=F("paid_fen") + line.owed_fen
        )
    columns: dict[str, Any] = {
        "money_fen": -line.money_fen, "deposit_fen": -line.deposit_fen, "owed_fen": -line.owed_fen,
    }  # fmt: skip
    journal.write(
        act, account, MoneyKind.REVERSED, key=f"void:{line.pk}", means=line.means, shift=shift, charge=line.charge,
        receipt_id=line.receipt_id, reverses=line, reason=reason.strip()[:200], **columns,
    )  # fmt: skip


def _set_voided(act: Act, receipt: Receipt, reason: str) -> None:
    receipt.state, receipt.voided_at, receipt.voided_by = ReceiptState.VOIDED, act.at, act.operator
    receipt.void_reason = reason.strip()[:200]
    receipt.save(update_fields=["state", "voided_at", "voided_by", "void_reason"])


def _receipt(receipt_id: int) -> Receipt:
    row = Receipt.objects.select_related("book").filter(pk=receipt_id).first()
    if row is None:
        raise NotFound(what=str(receipt_id))
    return row


def of_key(key: str) -> ReceiptView | None:
    """Return the receipt of a taking that was done with this key before."""
    line = MoneyEntry.objects.filter(key__startswith=f"{key}/", receipt__isnull=False).select_related("receipt").first()
    return view(line.receipt) if line is not None and line.receipt is not None else None


def receipt(receipt_id: int) -> ReceiptView:
    """Return a receipt. Raises NotFound."""
    return view(_receipt(receipt_id))


def receipt_by_text(text: str) -> ReceiptView | None:
    """Return the receipt with a printed number, None when it was not issued."""
    row = Receipt.objects.select_related("book").filter(text=text.strip()).first()
    return view(row) if row else None


def receipts_of(node: int, on: date) -> tuple[ReceiptView, ...]:
    """Return the receipts that a place issued or spoiled on a day, in order (one statement)."""
    rows = Receipt.objects.filter(book__node=node, day=on).select_related("book").order_by("book", "number")
    return tuple(view(row) for row in rows)


def books(nodes: Collection[int]) -> tuple[BookView, ...]:
    """Return the ranges of the places, unused ones first (one statement)."""
    rows = ReceiptBook.objects.filter(node__in=nodes).order_by("-id")
    return tuple(sorted((book_view(row) for row in rows), key=lambda book: book.left == 0))


def view(row: Receipt) -> ReceiptView:
    """Return the public side of a receipt."""
    return ReceiptView(
        id=row.pk,
        node=row.book.node_id,
        text=row.text,
        state=row.state,
        issued_at=row.issued_at,
        day=row.day,
        operator=row.operator,
        patron=row.patron_id,
        money_fen=row.money_fen,
        void_reason=row.void_reason,
        is_handed_in=row.close_id is not None,
    )


def book_view(row: ReceiptBook) -> BookView:
    """Return the public side of a range."""
    return BookView(
        id=row.pk,
        node=row.node_id,
        drawer=row.drawer_id,
        prefix=row.prefix,
        width=row.width,
        first=row.first,
        last=row.last,
        next=row.next,
    )
