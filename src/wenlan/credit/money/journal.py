"""Lines of the journal on a locked account: each moves the balances it names, on the reader's row too.

Everything here expects the caller's transaction.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from wenlan.credit import statements
from wenlan.credit.accounts import Account
from wenlan.credit.money.models import Charge, MoneyEntry
from wenlan.credit.money.types import MoneyKind
from wenlan.credit.types import EndedItem
from wenlan.kernel.acts import Act

NO_ITEM = EndedItem(barcode="", title="")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCharge:
    """What is charged; `source` and `item` name the loan that ended, if one did."""

    kind: str
    amount_fen: int
    source: str = ""
    item: EndedItem = NO_ITEM
    days_late: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """How a charge is settled otherwise than by paying."""

    kind: MoneyKind
    amnesty: int | None = None
    approval: int | None = None
    reason: str = ""


def write(act: Act, account: Account | None, kind: str, *, key: str, **columns: Any) -> MoneyEntry:
    """Add a line, and move the sums on the locked reader's row by what it says."""
    owed, deposit = columns.get("owed_fen", 0), columns.get("deposit_fen", 0)
    entry = MoneyEntry.objects.create(
        at=act.at,
        day=act.day,
        node_id=act.node,
        operator=act.operator,
        kind=kind,
        patron_id=account.reader.id if account else None,
        key=key,
        **columns,
    )
    if account is not None and (owed or deposit):
        statements.move_sums(account.reader.id, owed_fen=owed, deposit_fen=deposit)
        reader = account.reader
        account.reader = reader._replace(owed_fen=reader.owed_fen + owed, deposit_fen=reader.deposit_fen + deposit)
    return entry


def charge(act: Act, account: Account, new: NewCharge) -> Charge | None:
    """Charge a reader; nothing for a sum of nought."""
    if new.amount_fen <= 0:
        return None
    key = f"{new.source or act.key}/{new.kind}"
    row = Charge.objects.create(
        patron_id=account.reader.id,
        kind=new.kind,
        amount_fen=new.amount_fen,
        open_fen=new.amount_fen,
        price_fen=new.item.price_fen,
        days_late=new.days_late,
        at=act.at,
        day=act.day,
        node_id=act.node,
        operator=act.operator,
        rule_id=account.rule.id if account.rule else None,
        source=new.source,
        item=new.item.words,
        key=key,
    )
    write(act, account, MoneyKind.CHARGED, key=f"{key}/charged", owed_fen=new.amount_fen, charge=row)
    return row


def settle(act: Act, account: Account, row: Charge, sum_fen: int, how: Settlement, *, key: str) -> MoneyEntry:
    """Take a sum off what is open of a charge, otherwise than by paying."""
    Charge.objects.filter(pk=row.pk).update(open_fen=F("open_fen") - sum_fen)
    row.open_fen -= sum_fen
    return write(
        act,
        account,
        how.kind,
        key=key,
        owed_fen=-sum_fen,
        charge=row,
        amnesty_id=how.amnesty,
        approval_id=how.approval,
        reason=how.reason[:200],
    )
