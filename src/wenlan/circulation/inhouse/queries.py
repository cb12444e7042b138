"""What was used in the house on a day."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count

from wenlan.circulation.inhouse.models import InHouseUse


def tallies(departments: Collection[int], day: date) -> dict[int, int]:
    """Return the tallies of a day by department (one statement)."""
    rows = InHouseUse.objects.filter(item=None, department__in=departments, day=day, replaced_at=None)
    return {
        department: quantity for department, quantity in rows.values_list("department_id", "quantity") if department
    }


def scanned(node: int, day: date) -> int:
    """Return how many items were scanned at a place on a day."""
    found = InHouseUse.objects.filter(node=node, day=day, item__isnull=False, replaced_at=None)
    return int(found.aggregate(n=Count("id"))["n"])
