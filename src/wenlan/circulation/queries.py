"""Reads of loans. Titles, barcodes and loans cost three statements, however many there are."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.models import OPEN, Loan, LoanRule, Renewal, Transit
from wenlan.circulation.rulebook import rule_view
from wenlan.circulation.types import LoanRuleView, LoanView, OverdueLoan, TransitView, UndoneAct
from wenlan.holdings import queries as holdings


def open_loans(patron: int, *, limit: int = 500) -> tuple[LoanView, ...]:
    """Return what a reader has at home, the next due first."""
    return views_of(Loan.objects.filter(OPEN, patron=patron).order_by("due_on", "id")[:limit])


def loan_history(patron: int, *, before: int | None = None, limit: int = 50) -> tuple[LoanView, ...]:
    """Return a reader's loans, newest first, as far as they are remembered; `before` is the last id seen."""
    rows = Loan.objects.filter(patron=patron)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return views_of(rows.order_by("-id")[:limit])


def loan_of_item(item: int) -> LoanView | None:
    """Return the open loan of an item, None when it is not on loan."""
    found = views_of(Loan.objects.filter(OPEN, item=item))
    return found[0] if found else None


def loans_of_item(item: int, *, limit: int = 20) -> tuple[LoanView, ...]:
    """Return an item's loans, newest first."""
    return views_of(Loan.objects.filter(item=item).order_by("-lent_at")[:limit])


def loan_by_key(key: str) -> LoanView | None:
    """Return the loan that was made or returned with a key."""
    found = views_of(Loan.objects.filter(Q(out_key=key) | Q(in_key=key)))
    return found[0] if found else None


def open_loans_by_uid(uids: Collection[UUID]) -> tuple[LoanView, ...]:
    """Return those of the loans that are still out, the longest due first."""
    return views_of(Loan.objects.filter(OPEN, uid__in=uids).order_by("due_on", "id"))


def loans_by_id(ids: Collection[int]) -> tuple[LoanView, ...]:
    """Return several loans, in the order of the shelves."""
    return tuple(sorted(views_of(Loan.objects.filter(pk__in=ids)), key=lambda loan: (loan.call_number, loan.id)))


def overdue_loans(
    nodes: Collection[int], on: date, *, after: tuple[date, int] | None = None, limit: int = 50
) -> tuple[OverdueLoan, ...]:
    """Return what was lent at the nodes and is overdue, the longest first; `after` is (due_on, id) of the last seen."""
    rows = Loan.objects.filter(OPEN, lent_node__in=nodes, due_on__lt=on)
    if after is not None:
        rows = rows.filter(Q(due_on__gt=after[0]) | Q(due_on=after[0], id__gt=after[1]))
    views = views_of(rows.order_by("due_on", "id")[:limit])
    return tuple(OverdueLoan(loan=view, days=(on - view.due_on).days) for view in views)


def act_of_key(key: str) -> UndoneAct | None:
    """Return which act was done with a key, None when none was (two statements)."""
    found = Loan.objects.filter(Q(out_key=key) | Q(in_key=key)).values_list("out_key", flat=True).first()
    if found is not None:
        return UndoneAct.CHECK_OUT if found == key else UndoneAct.CHECK_IN
    return UndoneAct.RENEW if Renewal.objects.filter(key=key).exists() else None


def place_of(loan: LoanView) -> str:
    """Return where a page of overdue loans ends, as an address carries it."""
    return f"{loan.due_on.isoformat()}.{loan.id}"


def loans_by_reader(patrons: Collection[int]) -> dict[int, int]:
    """Return how many open loans each reader has (one statement)."""
    rows = Loan.objects.filter(OPEN, patron__in=patrons).values_list("patron_id")
    return {patron: count for patron, count in rows.annotate(n=Count("id")).order_by() if patron is not None}


def expected(node: int, *, limit: int = 100) -> tuple[TransitView, ...]:
    """Return what is on its way to a node, the longest on the way first."""
    rows = Transit.objects.filter(to_node=node, arrived_at=None, cancelled_at=None).order_by("sent_at", "id")
    return tuple(
        TransitView(item=row.item_id, from_node=row.from_node_id, to_node=row.to_node_id, sent_at=row.sent_at)
        for row in rows[:limit]
    )


def rules(on: date) -> tuple[LoanRuleView, ...]:
    """Return the lending rules in force on a day."""
    rows = LoanRule.objects.filter(Q(until_day=None) | Q(until_day__gt=on), from_day__lte=on)
    return tuple(rule_view(row) for row in rows.order_by("node_id", "code"))


def views_of(loans: Iterable[Loan]) -> tuple[LoanView, ...]:
    rows = list(loans)
    items = holdings.items_by_id({row.item_id for row in rows}) if rows else {}
    titles = catalogue.titles({item.record for item in items.values()}) if rows else {}
    return tuple(
        LoanView(
            id=row.pk,
            uid=row.uid,
            item=row.item_id,
            record=items[row.item_id].record,
            barcode=items[row.item_id].barcode,
            scope=items[row.item_id].barcode_scope,
            call_number=items[row.item_id].call_number,
            title=titles.get(items[row.item_id].record, ""),
            patron=row.patron_id,
            lent_at=row.lent_at,
            lent_on=row.lent_on,
            lent_node=row.lent_node_id,
            due_on=row.due_on,
            renewals=row.renewals,
            returned_on=row.returned_on,
            returned_node=row.returned_node_id,
            overdue_days=row.overdue_days,
            is_cancelled=row.cancelled_at is not None,
            ended_as=row.ended_as,
            claimed_on=row.claimed_on,
        )
        for row in rows
    )
