"""What was counted by hand."""

from datetime import date

from django.db.models import Sum

from wenlan.facilities.tallies.models import VisitTally


def persons_on(node: int, day: date) -> int:
    """Return how many people were counted by hand at a place on a day (one statement)."""
    found = VisitTally.objects.filter(node=node, day=day, undone_at=None).aggregate(sum=Sum("persons"))
    return int(found["sum"] or 0)
