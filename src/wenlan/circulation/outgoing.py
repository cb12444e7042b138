"""What a small room lent and has not back: read whole, the longest out first."""

from collections.abc import Collection

from wenlan.circulation.models import OPEN, Loan
from wenlan.circulation.queries import views_of
from wenlan.circulation.types import LoanView

MOST = 500


def out_of(nodes: Collection[int], *, limit: int = MOST) -> tuple[LoanView, ...]:
    """Return what was lent at the nodes and is out, the next due first (three statements)."""
    return views_of(Loan.objects.filter(OPEN, lent_node__in=nodes).order_by("due_on", "id")[:limit])


def count_out_of(nodes: Collection[int]) -> int:
    """Return how many items that were lent at the nodes are out (one statement)."""
    return Loan.objects.filter(OPEN, lent_node__in=nodes).count()
