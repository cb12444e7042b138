"""Reads of group loans."""

from collections.abc import Collection

from django.db.models import Count, Max, Min, Q, QuerySet

from wenlan.circulation import queries as circulation
from wenlan.circulation.groups.types import GroupView
from wenlan.circulation.models import GroupLoan, GroupLoanItem
from wenlan.circulation.types import LoanView
from wenlan.kernel.errors import NotFound

STILL_OUT = Q(items__loan__returned_at__isnull=True, items__loan__cancelled_at__isnull=True, items__isnull=False)


def group(group_id: int) -> GroupView:
    """Return a group loan. Raises NotFound."""
    found = _views(GroupLoan.objects.filter(pk=group_id))
    if not found:
        raise NotFound(what=str(group_id))
    return found[0]


def groups(nodes: Collection[int], *, only_out: bool = False, limit: int = 100) -> tuple[GroupView, ...]:
    """Return the group loans of the places, the latest first; `only_out` leaves out what is back (one statement)."""
    rows = GroupLoan.objects.filter(node__in=nodes)
    if only_out:
        still_out = GroupLoanItem.objects.filter(loan__returned_at=None, loan__cancelled_at=None)
        rows = rows.filter(pk__in=still_out.values("group"))
    return _views(rows.order_by("-id"), limit)


def loans(group_id: int) -> tuple[LoanView, ...]:
    """Return the loans of a group loan that were not taken back at the desk, in the order of the shelves."""
    ids = GroupLoanItem.objects.filter(group=group_id, loan__cancelled_at=None).values_list("loan_id", flat=True)
    return circulation.loans_by_id(list(ids))


def _views(rows: QuerySet[GroupLoan], limit: int = 1) -> tuple[GroupView, ...]:
    counted = rows.annotate(
        lent=Count("items", filter=Q(items__loan__cancelled_at__isnull=True)),
        out=Count("items", filter=STILL_OUT),
        due_on=Min("items__loan__due_on", filter=STILL_OUT),
        patron=Max("items__loan__patron_id"),
    )
    names = ("name", "persons", "made_at", "made_on", "made_by", "lent", "out", "due_on", "patron")
    return tuple(
        GroupView(id=row.pk, node=row.node_id, **{name: getattr(row, name) for name in names})
        for row in counted[:limit]
    )
