"""Items compared with the stock of the ledger, and the registers with themselves and with the items."""

from datetime import date

from django.db.models import Count, F, Sum

from wenlan.holdings import comparing_statements as statements
from wenlan.holdings import queries as items
from wenlan.holdings.accounts import operations, queries
from wenlan.holdings.accounts.models import LockedLine, LockedMonth
from wenlan.holdings.accounts.queries import Sums
from wenlan.holdings.ancient import queries as ancient
from wenlan.holdings.models import AncientVolume, Item, TransferLine
from wenlan.kernel.differences import Difference

MOST = 200


def differences() -> list[Difference]:
    """Return where items and ledger part, and where a register does not say what it said or does not balance."""
    return [
        *_stock_in_ledger(),
        *_stock_told_elsewhere(),
        *_slips(),
        *_states(),
        *_ancient(),
        *_deposits(),
        *(one for owner in items.owners() for one in _registers(owner)),
    ]


def _stock_in_ledger() -> list[Difference]:
    return [
        Difference(check="holdings.stock_in_ledger", place=f"owner {owner}, {material}", expected=items, found=units)
        for owner, material, items, units in statements.found(statements.DIFFERING_STOCK, MOST)
    ]


def _stock_told_elsewhere() -> list[Difference]:
    """Acts of stock that an earlier version told where the books were catalogued, not at their owner."""
    return [
        Difference(
            check="holdings.stock_told_elsewhere",
            place=f"owner {owner}",
            expected=0,
            found=acts,
            remedy="wenlan rebuild stock",
        )
        for owner, acts in statements.found(statements.BY_OWNER, MOST)
    ]


def _slips() -> list[Difference]:
    """What was transferred, rotated, handed out or deposited is what signed slips say; their lines end with them."""
    in_ledger = [
        Difference(
            check="holdings.slips_in_ledger",
            place=f"slip {slip}" if slip else "no slip",
            expected=units,
            found=told,
            rows=(f"node {node}, {kind} {subject}",),
        )
        for slip, node, kind, subject, units, told in statements.found(statements.DIFFERING_SLIPS, MOST)
    ]
    lines = [
        Difference(
            check="holdings.slip_lines", place=f"slip {number}", expected=slip, found=line, rows=(f"item {item}",)
        )
        for number, slip, line, item in statements.found(statements.DIFFERING_LINES, MOST)
    ]
    return in_ledger + lines


def _states() -> list[Difference]:
    """An item is as the last change of its state says, and under way only on a slip that somebody signed."""
    changed = [
        Difference(check="holdings.state_of_item", place=f"item {item}", expected=last, found=status, rows=(str(item),))
        for item, last, status in statements.found(statements.DIFFERING_STATES, MOST)
    ]
    under_way = [
        Difference(check="holdings.under_way", place=f"item {item}", expected="a signed slip", found=status)
        for item, status in statements.found(statements.DIFFERING_UNDER_WAY, MOST)
    ]
    return changed + under_way


def _ancient() -> list[Difference]:
    """A work stands in the register, has no fewer volumes there than items here, and its items are its owner's."""
    found = []
    for work in ancient.works():
        place = f"entry {work.entry}"
        if not work.stands:
            found.append(Difference(check="holdings.ancient_entry", place=place, expected="stands", found="struck"))
        elif work.values.get("volumes", 0) < len(work.items):
            found.append(
                Difference(
                    check="holdings.ancient_volumes",
                    place=place,
                    expected=len(work.items),
                    found=work.values["volumes"],
                )
            )
    elsewhere = AncientVolume.objects.exclude(item__owner_node=F("work__owner_node"), item__withdrawn_on=None)
    if rows := tuple(elsewhere.values_list("item__barcode", flat=True)[:MOST]):
        found.append(Difference(check="holdings.ancient_owner", place="", expected=0, found=len(rows), rows=rows))
    return found


def _deposits() -> list[Difference]:
    """What is out on a bulk deposit has its shelf at the point, and is no less than a volume of the stock."""
    out = TransferLine.objects.filter(is_out=True)
    elsewhere = out.exclude(item__shelved_at=F("transfer__to_node"), item__withdrawn_on=None)
    rows = tuple(elsewhere.values_list("item__barcode", flat=True)[:MOST])
    if not rows:
        return []
    return [Difference(check="holdings.deposits", place="", expected=0, found=len(rows), rows=rows)]


def _registers(owner: int) -> list[Difference]:
    """Each locked month says what it said, begins as the last one ended, and the balance is what there is."""
    found = []
    months = list(LockedMonth.objects.filter(owner_node=owner).order_by("month"))
    for before, month in zip([None, *months], months, strict=False):
        place = f"owner {owner}, {month.month:%Y-%m}"
        lines = LockedLine.objects.filter(month=month)
        said = operations.digest(month, lines.iterator(), before.digest if before else operations.NOTHING_BEFORE)
        if said != month.digest:
            found.append(
                Difference(check="holdings.locked_month", place=place, expected=month.digest[:12], found=said[:12])
            )
        opening = (month.opening_units, month.opening_fen)
        if before and opening != (before.closing_units, before.closing_fen):
            ended = (before.closing_units, before.closing_fen)
            found.append(Difference(check="holdings.carried_forward", place=place, expected=ended, found=opening))
    balance, there = queries.stock_before(owner, date.max), _there(owner)
    if balance != there:
        found.append(
            Difference(check="holdings.register_balance", place=f"owner {owner}", expected=balance, found=there)
        )
    without = Item.objects.filter(owner_node=owner, entered_in=None).values_list("barcode", flat=True)[:MOST]
    if rows := tuple(without):
        found.append(
            Difference(check="holdings.without_entry", place=f"owner {owner}", expected=0, found=len(rows), rows=rows)
        )
    return found


def _there(owner: int) -> Sums:
    rows = Item.objects.filter(owner_node=owner, withdrawn_on=None)
    counted = rows.aggregate(units=Count("id"), fen=Sum("list_price_fen"))
    return Sums(units=counted["units"], fen=counted["fen"] or 0)
