"""What all pages of the readers' desk share: whose readers may be seen and changed."""

from django.http import HttpRequest

from wenlan.staff.desks import Desk
from wenlan.staff.types import Right


def nodes_with(request: HttpRequest, right: Right) -> frozenset[int]:
    """Return the nodes in sight at which this desk holds a right."""
    desk: Desk = request.desk  # type: ignore[attr-defined]
    return frozenset(node for node in desk.visible if desk.may(right, node))
