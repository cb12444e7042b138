"""How a bulk deposit goes on after the point signed for it: it comes back, stays longer, or something is missing."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from wenlan.holdings import policies as states
from wenlan.holdings import telling
from wenlan.holdings.errors import DepositWithoutDay, NotOnDeposit, StillLentThere, TransferClosed
from wenlan.holdings.models import Item, Transfer, TransferLine
from wenlan.holdings.states import CHUNK, WRITTEN, change, lock_items
from wenlan.holdings.transfers.queries import TransferView, transfer
from wenlan.holdings.transfers.types import Back, Purpose
from wenlan.holdings.types import ItemStatus, Transition
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit

STAYED = frozenset({ItemStatus.ON_LOAN, ItemStatus.IN_TRANSIT, ItemStatus.ON_HOLD_SHELF})
REMINDED_DAYS = (14, 0, -14, -30)  # days before it is due; after that it stands on the list


@transaction.atomic
def bring_back(act: Act, *, items: Collection[int], node: int | None = None) -> int:
    """Take back what came from points with the van; return how many came. All of it has its shelf at home again.

    `node` is where it stands now (empty: where the act happens). Twice is as once. Raises NotOnDeposit for what was
    never deposited, and StillLentThere for what the point has not taken back from its reader; then nothing is written.
    """
    rows = lock_items(items)
    lines = _out(rows)
    for item in rows.values():
        if item.pk not in lines and not _came_back(item):
            raise NotOnDeposit(barcode=item.barcode)
        if item.pk in lines and item.status in STAYED:
            raise StillLentThere(barcode=item.barcode)
    _end(act, lines, rows, as_=Back.RETURNED)
    here = node if node is not None else act.node
    for item_id in lines:
        rows[item_id].present_node_id = here
    coming = [rows[item_id] for item_id in lines]
    Item.objects.bulk_update(coming, WRITTEN, batch_size=CHUNK)
    found = [item for item in coming if item.status in states.GONE]
    change(act, found, Transition.FIND)
    return len(coming)


@transaction.atomic
def report_missing(act: Act, *, transfer_id: int, items: Mapping[int, str]) -> TransferView:
    """Write down what did not come back from a deposit (item to the reason); its shelf is at home again.

    What stood on the point's shelf is missing from now on; what its reader lost is lost already. What its reader still
    has is not missing: StillLentThere. Raises NotOnDeposit.
    """
    slip = _deposit(transfer_id)
    rows = lock_items(items)
    lines = _out(rows, slip)
    for item in rows.values():
        if item.pk not in lines:
            raise NotOnDeposit(barcode=item.barcode)
        if item.status in STAYED:
            raise StillLentThere(barcode=item.barcode)
    _end(act, lines, rows, as_=Back.MISSING)
    Item.objects.bulk_update(list(rows.values()), WRITTEN, batch_size=CHUNK)
    for item_id, line in lines.items():
        line.reason = items[item_id][:100]
    TransferLine.objects.bulk_update(list(lines.values()), ["reason"], batch_size=CHUNK)
    there = [item for item in rows.values() if states.may_take(Transition.MISS, item.status)]
    change(act, there, Transition.MISS, reason=slip.number)
    audit(act, "holdings.deposit_missing", f"transfer:{slip.pk}", after={"items": len(rows)})
    return transfer(transfer_id)


@transaction.atomic
def extend(act: Act, *, transfer_id: int, due_on: date) -> TransferView:
    """Let what is out stay until a later day. Raises DepositWithoutDay for one that is not later, TransferClosed."""
    slip = _deposit(transfer_id)
    if slip.received_at is None or not slip.lines.filter(is_out=True).exists():
        raise TransferClosed(number=slip.number)
    before = slip.due_on
    if before is None or due_on < max(before, act.day):
        raise DepositWithoutDay()
    Transfer.objects.filter(pk=slip.pk).update(due_on=due_on)
    said = {"due_on": str(before)}, {"due_on": str(due_on)}
    audit(act, "holdings.deposit_extended", f"transfer:{slip.pk}", before=said[0], after=said[1])
    return transfer(transfer_id)


def remind(at: datetime) -> int:
    """Tell the institutions whose deposits are due soon, today or were due; return how many were told.

    The notices' key makes telling twice on a day as once. Deposits without an institution stand on the list only.
    """
    today = timezone.localdate(at)
    days = [today + timedelta(days=ahead) for ahead in REMINDED_DAYS]
    standing = TransferLine.objects.filter(is_out=True).values("transfer")
    due = Transfer.objects.filter(purpose=Purpose.DEPOSIT, holder__isnull=False, due_on__in=days, pk__in=standing)
    told = 0
    for slip in due.order_by("id"):
        out = slip.lines.filter(is_out=True).count()
        key = f"deposit:{slip.pk}:{slip.due_on}:{today}"
        facts = {"items": out, "due_on": str(slip.due_on), "number": slip.number, "node": slip.to_node_id}
        jobs.post("notices", {"template": "deposit_due", "patron": slip.holder_id, "facts": facts, "key": key})
        told += 1
    return told


def _deposit(transfer_id: int) -> Transfer:
    """Lock a deposit and return it. Raises NotFound, and TransferClosed for a slip of another purpose."""
    slip = Transfer.objects.select_for_update().get(pk=transfer(transfer_id).id)
    if slip.purpose != Purpose.DEPOSIT:
        raise TransferClosed(number=slip.number)
    return slip


def _out(rows: Mapping[int, Item], slip: Transfer | None = None) -> dict[int, TransferLine]:
    found = TransferLine.objects.filter(item__in=list(rows), is_out=True).select_related("transfer")
    if slip is not None:
        found = found.filter(transfer=slip)
    return {line.item_id: line for line in found}


def _came_back(item: Item) -> bool:
    return TransferLine.objects.filter(item=item, back_as=Back.RETURNED).exists()


def _end(act: Act, lines: Mapping[int, TransferLine], rows: Mapping[int, Item], *, as_: str) -> None:
    for line in lines.values():
        line.is_out, line.back_at, line.back_as = False, act.at, as_
        home = rows[line.item_id]
        home.shelved_at_id, home.department_id = line.transfer.from_node_id, line.from_department_id
    TransferLine.objects.bulk_update(list(lines.values()), ["is_out", "back_at", "back_as"], batch_size=CHUNK)
    telling.let_know(rows[item_id].record_id for item_id in lines)
