"""Writing the plan of a year."""

from django.db import transaction

from wenlan.activities import queries as activities
from wenlan.activities.planning import queries
from wenlan.activities.planning.errors import PlanItemWrong
from wenlan.activities.planning.models import PlanItem
from wenlan.activities.planning.types import LONGEST_TITLE, NewItem, PlanItemView
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.staff.operations import audit


@transaction.atomic
def plan(act: Act, *, item: NewItem) -> PlanItemView:
    """Put an item into the plan of the act's place.

    Raises PlanItemWrong, and KindUnknown for a kind of activity that there is not. Repeating `act.key` returns the
    first.
    """
    if not item.title.strip() or item.target_sessions < 1:
        raise PlanItemWrong()
    row, is_new = PlanItem.objects.get_or_create(
        key=act.key,
        defaults={
            "node_id": act.node,
            "title": item.title.strip()[:LONGEST_TITLE],
            "kind": activities.kind(item.kind).code,
            "due_on": item.due_on,
            "target_sessions": item.target_sessions,
            "target_persons": item.target_persons,
            "carried_by": item.carried_by.strip()[:60],
        },
    )
    if is_new:
        after = {"title": row.title, "sessions": row.target_sessions, "due_on": row.due_on.isoformat()}
        audit(act, "activities.plan", f"plan:{row.pk}", after=after)
    return queries.item(row.pk, on=act.day)


@transaction.atomic
def drop(act: Act, *, item: int, reason: str) -> PlanItemView:
    """Take an item out of the plan; it stays readable. Twice is as once. Raises NotFound. Locks the item."""
    row = PlanItem.objects.select_for_update().filter(pk=item).first()
    if row is None:
        raise NotFound(what=str(item))
    if row.dropped_on is None:
        row.dropped_on = act.day
        row.save(update_fields=["dropped_on"])
        audit(act, "activities.plan", f"plan:{row.pk}", after={"dropped": True}, reason=reason)
    return queries.item(item, on=act.day)
