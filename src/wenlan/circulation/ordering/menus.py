"""The menu (菜单): themed sets that a place offers to all who are served there and under it."""

from datetime import date

from django.db import transaction

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.models import ThemedSet, ThemedSetTitle
from wenlan.circulation.ordering import queries
from wenlan.circulation.ordering.errors import SetWrong
from wenlan.circulation.ordering.policies import MOST_VOLUMES
from wenlan.circulation.ordering.types import NewThemedSet, ThemedView
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.staff.operations import audit


@transaction.atomic
def offer(act: Act, *, themed: NewThemedSet) -> ThemedView:
    """Put a themed set on the menu of the act's place. Raises SetWrong. Repeating `act.key` returns the first."""
    row = ThemedSet.objects.filter(key=act.key).first()
    if row is None:
        row = _write(act, themed)
        audit(act, "circulation.themed_set", f"themed:{row.pk}", after={"words": dict(themed.words)})
    return queries.themed(row.pk)


def _write(act: Act, themed: NewThemedSet) -> ThemedSet:
    known = catalogue.titles({one.record for one in themed.titles})
    volumes = [one.copies for one in themed.titles]
    in_order = themed.until_day is None or themed.until_day > themed.from_day
    twice = len({one.record for one in themed.titles}) < len(volumes)
    if not in_order or twice or not any(themed.words.values()) or len(known) < len(volumes):
        raise SetWrong()
    if not volumes or min(volumes) < 1 or sum(volumes) > MOST_VOLUMES:
        raise SetWrong()
    row = ThemedSet.objects.create(
        node_id=act.node,
        words=dict(themed.words),
        about=dict(themed.about),
        from_day=themed.from_day,
        until_day=themed.until_day,
        made_by=act.operator,
        key=act.key,
    )
    ThemedSetTitle.objects.bulk_create(
        ThemedSetTitle(themed=row, record_id=one.record, copies=one.copies) for one in themed.titles
    )
    return row


@transaction.atomic
def end(act: Act, *, themed: int, until: date) -> ThemedView:
    """Take a themed set off the menu from a day on; what was ordered from it goes on. Raises NotFound, SetWrong."""
    row = ThemedSet.objects.select_for_update().filter(pk=themed).first()
    if row is None:
        raise NotFound(what=str(themed))
    if until < row.from_day:
        raise SetWrong()
    if row.until_day != until:
        row.until_day = until
        row.save(update_fields=["until_day"])
        audit(act, "circulation.themed_set_ended", f"themed:{row.pk}", after={"until": until.isoformat()})
    return queries.themed(row.pk)
