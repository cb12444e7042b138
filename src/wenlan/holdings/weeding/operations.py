"""The steps of weeding: each by its person, the decision by another one, the end in both registers and the ledger."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from django.db import transaction

from wenlan.holdings import operations as holdings
from wenlan.holdings import policies as states
from wenlan.holdings.errors import SameSigner, WeedingEmpty, WeedingForeign, WeedingOutOfOrder, WeedingTwice
from wenlan.holdings.models import WeedingLine, WeedingList
from wenlan.holdings.states import CHUNK, change, lock_items
from wenlan.holdings.types import Transition
from wenlan.holdings.weeding.policies import still_stand
from wenlan.holdings.weeding.queries import ListView, standing_against, weeding
from wenlan.holdings.weeding.types import HARD, WeedingReason
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit


@transaction.atomic
def propose(act: Act, *, owner: int, items: Mapping[int, str], subject: str = "") -> ListView:
    """Propose volumes of one owner for weeding, each with its reason; nothing happens to them yet.

    Ancient books are refused at once. Raises WeedingEmpty, WeedingTwice, WeedingForeign, ItemUnknown. Repeating
    `act.key` returns the list made first.
    """
    row = WeedingList.objects.filter(key=act.key).first()
    if row is None:
        if not items:
            raise WeedingEmpty()
        number = jobs.next_number("weeding", str(act.day.year))
        row = WeedingList.objects.create(
            number=f"{act.day.year}-{number:03d}",
            owner_node_id=owner,
            subject=subject[:200],
            proposed_on=act.day,
            proposed_by=act.operator,
            key=act.key,
        )
        _add(row, items)
        audit(act, "holdings.weeding_proposed", f"weeding:{row.pk}", after={"items": len(items)})
    return weeding(row.pk)


def _add(row: WeedingList, items: Mapping[int, str]) -> None:
    found = lock_items(items)
    taken = WeedingLine.objects.filter(item__in=list(items), is_open=True).values_list("item", "weeding__number")
    for item, number in taken:
        raise WeedingTwice(barcode=found[item].barcode, number=number)
    stands = standing_against(items)
    for item, one in found.items():
        if one.owner_node_id != row.owner_node_id:
            raise WeedingForeign(barcode=one.barcode)
        if barred := [obstacle for obstacle in stands[item] if obstacle in HARD]:
            raise WeedingOutOfOrder(reason=f"{one.barcode}: {barred[0].label}")
    lines = [WeedingLine(weeding=row, item=found[item], reason=WeedingReason(why)) for item, why in items.items()]
    WeedingLine.objects.bulk_create(lines, batch_size=CHUNK)


def _locked(list_id: int) -> WeedingList:
    return WeedingList.objects.select_for_update().get(pk=weeding(list_id).id)


@transaction.atomic
def review(
    act: Act, *, list_id: int, opinion: str, keep: Collection[int] = (), notes: Mapping[int, str] | None = None
) -> ListView:
    """Give the opinion of the departments: which volumes are kept, and a note where something stands against weeding.

    Raises SameSigner for who proposed, WeedingOutOfOrder after the decision. It may be given again until then.
    """
    row = _locked(list_id)
    if row.decided_on:
        raise WeedingOutOfOrder(reason=row.number)
    if row.proposed_by == act.operator:
        raise SameSigner()
    lines = list(row.lines.all())
    for line in lines:
        line.kept = line.item_id in keep
        line.note = (notes or {}).get(line.item_id, line.note)[:200]
    WeedingLine.objects.bulk_update(lines, ["kept", "note"], batch_size=CHUNK)
    WeedingList.objects.filter(pk=row.pk).update(reviewed_on=act.day, reviewed_by=act.operator, opinion=opinion[:500])
    return weeding(list_id)


@transaction.atomic
def decide(act: Act, *, list_id: int, approve: bool, paper: str = "") -> ListView:
    """Approve a reviewed list under the number of its paper (批准文号), or reject it.

    Approved volumes are set aside and wait for their disposal; one that was lent meanwhile, or against which
    something stands that no note overcomes, is kept. Raises SameSigner for who proposed or reviewed,
    WeedingOutOfOrder before the review or without a paper. Twice is as once.
    """
    row = _locked(list_id)
    if row.decided_on is None:
        if row.reviewed_on is None or (approve and not paper.strip()):
            raise WeedingOutOfOrder(reason=row.number)
        if act.operator in {row.proposed_by, row.reviewed_by}:
            raise SameSigner()
        if approve:
            _set_aside(act, row)
        else:
            row.lines.update(is_open=False)
        WeedingList.objects.filter(pk=row.pk).update(
            decided_on=act.day, decided_by=act.operator, approved=approve, paper=paper[:60]
        )
        audit(act, "holdings.weeding_decided", f"weeding:{row.pk}", after={"approved": approve, "paper": paper})
    return weeding(list_id)


def _set_aside(act: Act, row: WeedingList) -> None:
    lines = list(row.lines.filter(kept=False))
    items = lock_items([line.item_id for line in lines])
    stands = standing_against({line.item_id: line.reason for line in lines})
    for line in lines:
        blocked = still_stand(stands[line.item_id], line.note)
        line.kept = bool(blocked) or not states.may_take(Transition.SET_ASIDE, items[line.item_id].status)
    WeedingLine.objects.bulk_update(lines, ["kept"], batch_size=CHUNK)
    row.lines.filter(kept=True).update(is_open=False)
    going = [items[line.item_id] for line in lines if not line.kept]
    change(act, going, Transition.SET_ASIDE, reason=row.number)


@transaction.atomic
def dispose(act: Act, *, list_id: int, way: str, recipient: str = "") -> ListView:
    """Deregister what was approved (注销): both registers, the ledger, the day; the rows stay for ever.

    Raises WeedingOutOfOrder for a list that is not approved, MonthLocked. Twice is as once.
    """
    row = _locked(list_id)
    if row.disposed_on is None:
        if not row.approved:
            raise WeedingOutOfOrder(reason=row.number)
        lines = list(row.lines.filter(kept=False, is_open=True))
        items = lock_items([line.item_id for line in lines])
        for reason in sorted({line.reason for line in lines}):
            holdings.deregister(
                replace(act, key=f"{act.key}/{reason}"),
                [items[line.item_id] for line in lines if line.reason == reason],
                reason=f"{WeedingReason(reason).value} {row.paper}",
                way=way,
                approval=row.paper,
            )
        row.lines.update(is_open=False)
        WeedingList.objects.filter(pk=row.pk).update(
            disposed_on=act.day, disposed_by=act.operator, way=way, recipient=recipient[:100]
        )
        audit(act, "holdings.disposed", f"weeding:{row.pk}", after={"way": way, "items": len(lines)})
    return weeding(list_id)
