"""Making transfer slips and signing them twice; the second signature moves the items, and their owner by a voucher."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction
from django.db.models import Q

from wenlan.holdings import policies as states
from wenlan.holdings import telling
from wenlan.holdings.ancient.queries import graded
from wenlan.holdings.errors import (
    AncientKeepsOwner,
    DepositWithoutDay,
    NotPacked,
    SameSigner,
    TransferClosed,
    TransferElsewhere,
    TransferNowhere,
    TransferTwice,
    TransferWhole,
    VoucherDiffers,
)
from wenlan.holdings.models import Item, Transfer, TransferLine, WeedingLine
from wenlan.holdings.states import CHUNK, change, lock_items, refuse
from wenlan.holdings.transfers import counting
from wenlan.holdings.transfers.owners import change_owner
from wenlan.holdings.transfers.policies import may_go, voucher_agrees
from wenlan.holdings.transfers.queries import TransferView, transfer
from wenlan.holdings.transfers.types import Outcome, Purpose
from wenlan.holdings.types import ItemStatus, Transition
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit

RECEIVED, REFUSED, MISSING = Outcome.RECEIVED.value, Outcome.REFUSED.value, Outcome.MISSING.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """From where to where, why, and to whom. A new owner comes with the number and the sum (in fen) of the voucher.

    A deposit says until when (`due_on`), and may name the institution that answers for it (`holder`).
    """

    from_node: int
    purpose: str = Purpose.TRANSFER
    due_on: date | None = None
    holder: int | None = None
    to_node: int | None = None
    to_department: int | None = None
    old_owner: int | None = None
    new_owner: int | None = None
    voucher: str = ""
    voucher_sum_fen: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What is not as the list says when somebody signs for it: items to the reason, and what lay beside the list.

    What is refused goes back to its shelf, what is missing is lost between libraries until it is found.
    """

    refused: Mapping[int, str] = field(default_factory=dict)
    missing: Mapping[int, str] = field(default_factory=dict)
    extra: Collection[int] = ()


ALL_CAME = Differences()


@transaction.atomic
def make(act: Act, *, route: Route, items: Collection[int] = ()) -> TransferView:
    """Make a slip; its items still stand where they stood and may be lent.

    Raises TransferNowhere, ItemUnknown, StatusNotAllowed for what cannot be transferred, TransferTwice for what
    stands on another open slip, TransferElsewhere. Repeating `act.key` returns the slip made first.
    """
    row = Transfer.objects.filter(key=act.key).first()
    if row is None:
        _refuse_nowhere(route)
        number = jobs.next_number("transfer", str(act.day.year))
        row = Transfer.objects.create(
            number=f"{act.day.year}-{number:04d}",
            purpose=route.purpose,
            due_on=route.due_on,
            holder_id=route.holder,
            from_node_id=route.from_node,
            to_node_id=route.to_node,
            to_department_id=route.to_department,
            old_owner_id=route.old_owner,
            new_owner_id=route.new_owner,
            voucher=route.voucher.strip()[:60],
            voucher_sum_fen=route.voucher_sum_fen,
            note=route.note[:200],
            made_at=act.at,
            made_by=act.operator,
            key=act.key,
        )
        _add(row, items)
    return transfer(row.pk)


def _refuse_nowhere(route: Route) -> None:
    is_deposit = route.purpose == Purpose.DEPOSIT
    if is_deposit != (route.due_on is not None) or (route.holder is not None and not is_deposit):
        raise DepositWithoutDay()
    if route.purpose != Purpose.TRANSFER and (route.new_owner is not None or route.to_node in {None, route.from_node}):
        raise TransferNowhere()
    if route.new_owner is not None:
        by_voucher = bool(route.voucher.strip()) and route.voucher_sum_fen is not None
        if not by_voucher or route.old_owner in {None, route.new_owner}:
            raise TransferNowhere()
    elif route.to_node is None or (route.to_node == route.from_node and route.to_department is None):
        raise TransferNowhere()


@transaction.atomic
def add_items(act: Act, *, transfer_id: int, items: Collection[int], box: str = "") -> TransferView:
    """Put further items on a slip that nobody has signed; with `box` they are packed, also those that stood on it.

    Raises as `make` does, and TransferClosed.
    """
    row = _open(transfer_id)
    _add(row, items)
    if box:
        row.lines.filter(item__in=items).update(box=box[:10])
    return transfer(row.pk)


@transaction.atomic
def drop_unpacked(act: Act, *, transfer_id: int, search: bool) -> TransferView:
    """Take off the slip what is in no box; with `search` it was not on its shelf and is searched for from now on.

    Raises TransferClosed.
    """
    row = _open(transfer_id)
    left = row.lines.filter(box="")
    if search:
        items = lock_items(left.values_list("item", flat=True))
        there = [one for one in items.values() if states.may_take(Transition.SEARCH, one.status)]
        change(act, there, Transition.SEARCH, reason=row.number)
    left.delete()
    return transfer(row.pk)


def _add(row: Transfer, items: Collection[int]) -> None:
    rows = lock_items(items)
    here = set(row.lines.values_list("item", flat=True))
    fresh = [one for one in rows.values() if one.pk not in here]
    _refuse_twice(row, {one.pk: one for one in fresh})
    for one in fresh:
        if one.shelved_at_id != row.from_node_id or (row.old_owner_id and one.owner_node_id != row.old_owner_id):
            raise TransferElsewhere(barcode=one.barcode)
        if not may_go(one.status, moves=row.to_node_id is not None):
            raise refuse(one, Transition.TRANSFER)
    lines = [TransferLine(transfer=row, item=one, from_department_id=one.department_id) for one in fresh]
    TransferLine.objects.bulk_create(lines, batch_size=CHUNK)


def _refuse_twice(row: Transfer, items: Mapping[int, Item]) -> None:
    """An item on another open slip or out on a deposit; for a new owner also one to be weeded, or an ancient book."""
    standing = Q(is_open=True) | Q(is_out=True) if row.to_node_id else Q(is_open=True)
    lines = TransferLine.objects.filter(standing, item__in=list(items)).exclude(transfer=row)
    taken = list(lines.values_list("item", "transfer__number"))
    if row.new_owner_id:
        proposed = WeedingLine.objects.filter(item__in=list(items), is_open=True)
        taken += proposed.values_list("item", "weeding__number")
        for item in sorted(graded(list(items))):
            raise AncientKeepsOwner(barcode=items[item].barcode)
    for item, number in taken:
        raise TransferTwice(barcode=items[item].barcode, number=number)


@transaction.atomic
def remove_item(act: Act, *, transfer_id: int, item: int) -> TransferView:
    """Take an item off a slip that nobody has signed. Raises TransferClosed."""
    row = _open(transfer_id)
    row.lines.filter(item=item).delete()
    return transfer(row.pk)


@transaction.atomic
def correct_voucher(act: Act, *, transfer_id: int, voucher: str, sum_fen: int) -> TransferView:
    """Put the voucher right while nobody has signed. Raises TransferClosed, TransferNowhere for a slip without one."""
    row = _open(transfer_id)
    if row.new_owner_id is None or not voucher.strip():
        raise TransferNowhere()
    Transfer.objects.filter(pk=row.pk).update(voucher=voucher.strip()[:60], voucher_sum_fen=sum_fen)
    return transfer(row.pk)


def _locked(transfer_id: int) -> Transfer:
    return Transfer.objects.select_for_update().get(pk=transfer(transfer_id).id)


def _open(transfer_id: int) -> Transfer:
    row = _locked(transfer_id)
    if row.sent_at or row.cancelled_at:
        raise TransferClosed(number=row.number)
    return row


@transaction.atomic
def cancel(act: Act, *, transfer_id: int) -> TransferView:
    """Give up a slip that nobody has signed; its items stay. Raises TransferClosed. Twice is as once."""
    row = _locked(transfer_id)
    if row.cancelled_at is None:
        row = _open(transfer_id)
        row.lines.update(is_open=False)
        Transfer.objects.filter(pk=row.pk).update(cancelled_at=act.at)
        audit(act, "holdings.transfer_cancelled", f"transfer:{row.pk}")
    return transfer(transfer_id)


@transaction.atomic
def sign_over(act: Act, *, transfer_id: int) -> TransferView:
    """Sign as who gives: what moves is on its way and nobody's to lend from now on.

    Raises TransferClosed for a cancelled or empty slip, NotPacked when boxes are used and an item is in none,
    VoucherDiffers, StatusNotAllowed when an item was lent meanwhile: take it off. Signing twice is as once.
    """
    row = _locked(transfer_id)
    if row.sent_at is None:
        items = lock_items(row.lines.values_list("item", flat=True))
        if row.cancelled_at or not items:
            raise TransferClosed(number=row.number)
        _refuse_unpacked(row)
        _refuse_voucher(row, items.values())
        _refuse_twice(row, items)
        if row.to_node_id is not None:
            change(act, list(items.values()), Transition.TRANSFER, reason=row.number)
        Transfer.objects.filter(pk=row.pk).update(sent_at=act.at, sent_by=act.operator)
        audit(act, "holdings.transfer_sent", f"transfer:{row.pk}", after={"items": len(items)})
    return transfer(transfer_id)


def _refuse_unpacked(row: Transfer) -> None:
    left = row.lines.filter(box="").count()
    if left and row.lines.exclude(box="").exists():
        raise NotPacked(count=left)


def _refuse_voucher(row: Transfer, items: Collection[Item]) -> None:
    total = sum(item.list_price_fen or 0 for item in items)
    if not voucher_agrees(row.voucher_sum_fen, total):
        raise VoucherDiffers(voucher=f"{(row.voucher_sum_fen or 0) / 100:.2f}", items=f"{total / 100:.2f}")


@transaction.atomic
def send_back(act: Act, *, transfer_id: int, reason: str = "") -> TransferView:
    """Take the first signature back: the items are on their shelf again and the slip can be changed, or given up.

    Raises TransferClosed before the first and after the second signature.
    """
    row = _locked(transfer_id)
    if row.sent_at is None or row.received_at or row.cancelled_at:
        raise TransferClosed(number=row.number)
    items = lock_items(row.lines.values_list("item", flat=True))
    going = [item for item in items.values() if states.may_take(Transition.SEND_BACK, item.status)]
    change(act, going, Transition.SEND_BACK, reason=f"{row.number} {reason}".strip())
    Transfer.objects.filter(pk=row.pk).update(sent_at=None, sent_by="")
    audit(act, "holdings.transfer_sent_back", f"transfer:{row.pk}", reason=reason)
    return transfer(transfer_id)


@transaction.atomic
def sign_for(
    act: Act, *, transfer_id: int, refused: Mapping[int, str] | None = None, but: Differences = ALL_CAME, host: str = ""
) -> TransferView:
    """Sign as who takes: the items have their new place, and by the voucher their new owner in both owners' books.

    `refused` ones (item to reason) go back to their shelf, and what `but` says is not as listed; property changes hands
    whole. With `host` somebody of the place signed on paper and whoever brought the items enters it. Raises
    TransferClosed before the first signature, SameSigner, TransferWhole, VoucherDiffers when a price was corrected
    meanwhile, MonthLocked; for what lay beside the list as `make` does. Signing twice is as once.
    """
    row = _locked(transfer_id)
    if row.received_at is None:
        if row.sent_at is None or row.cancelled_at:
            raise TransferClosed(number=row.number)
        if row.sent_by == act.operator and not (host.strip() and row.purpose != Purpose.TRANSFER):
            raise SameSigner()
        if but.extra:
            _add_beside(act, row, but.extra)
        _take_over(act, row, replace(but, refused={**but.refused, **(refused or {})}))
        row.received_at, row.received_by, row.host_signer = act.at, act.operator, host.strip()[:60]
        row.save(update_fields=["received_at", "received_by", "host_signer"])
        counting.count(act, row)
        after = {"refused": len(refused or {}), "missing": len(but.missing), "voucher": row.voucher}
        audit(act, "holdings.transfer_received", f"transfer:{row.pk}", after=after)
    return transfer(transfer_id)


def _add_beside(act: Act, row: Transfer, items: Collection[int]) -> None:
    """Put on a sent slip what lay in the boxes though the list does not name it."""
    if row.new_owner_id:
        raise TransferWhole()
    _add(row, items)
    beside = lock_items(items)
    going = [item for item in beside.values() if item.status == ItemStatus.AVAILABLE]
    change(replace(act, key=f"{act.key}/beside"), going, Transition.TRANSFER, reason=row.number)


def _take_over(act: Act, slip: Transfer, but: Differences) -> None:
    lines = list(slip.lines.order_by("item_id"))
    items = lock_items([line.item_id for line in lines])
    said = {**but.refused, **but.missing}
    came = [line for line in lines if line.item_id not in said and _came(slip, items[line.item_id])]
    if slip.new_owner_id and len(came) < len(lines):
        raise TransferWhole()
    for line in lines:
        line.is_open = False
        line.outcome = RECEIVED if line in came else MISSING if line.item_id in but.missing else REFUSED
        line.reason = said.get(line.item_id, "" if line in came else _why(items[line.item_id]))[:100]
        line.is_out = slip.purpose == Purpose.DEPOSIT and line in came
    if slip.to_node_id:
        _move(act, slip, {line: items[line.item_id] for line in lines})
    if slip.new_owner_id:
        taken = [items[line.item_id] for line in came]
        _refuse_voucher(slip, taken)
        _refuse_twice(slip, items)
        change_owner(act, slip, {line: items[line.item_id] for line in lines})
    names = ["is_open", "outcome", "reason", "old_number", "new_number", "is_out"]
    TransferLine.objects.bulk_update(lines, names, batch_size=CHUNK)


def _came(slip: Transfer, item: Item) -> bool:
    if slip.to_node_id is not None:
        return states.may_take(Transition.ARRIVE, item.status)
    return may_go(item.status, moves=False)


def _why(item: Item) -> str:
    return str(ItemStatus(item.status).label)


def _move(act: Act, slip: Transfer, lines: Mapping[TransferLine, Item]) -> None:
    """Put what came on its new shelf; what was refused goes back, what is missing is lost between the two places."""
    found = {outcome: [lines[line] for line in lines if line.outcome == outcome] for outcome in Outcome.values}
    taken = found[RECEIVED]
    for item in taken:
        item.shelved_at_id = item.present_node_id = slip.to_node_id or slip.from_node_id
        item.department_id = slip.to_department_id
    change(act, taken, Transition.ARRIVE, reason=slip.number)
    back = [one for one in found[REFUSED] if states.may_take(Transition.SEND_BACK, one.status)]
    change(replace(act, key=f"{act.key}/refused"), back, Transition.SEND_BACK, reason=slip.number)
    lost = [one for one in found[MISSING] if states.may_take(Transition.LOSE_ON_THE_WAY, one.status)]
    change(replace(act, key=f"{act.key}/missing"), lost, Transition.LOSE_ON_THE_WAY, reason=slip.number)
    telling.let_know(item.record_id for item in taken)
