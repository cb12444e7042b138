"""How the pages name those who ask and those who serve."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from wenlan.circulation.ordering.types import OrderView
from wenlan.circulation.reserving.views import card_end
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.staff import queries as staff
from wenlan.staff.types import Right
from wenlan.ui import clock


def order_lines(request: HttpRequest, found: Iterable[OrderView]) -> list[dict[str, Any]]:
    """Return orders as a list shows them; the reader is masked where the desk may not see names."""
    rows = list(found)
    readers = patrons.patrons_by_id({one.patron for one in rows if one.patron})
    names, today = network.node_names(), clock.today()
    shown = []
    for one in rows:
        reader = readers.get(one.patron or 0)
        may_see = reader is not None and request.desk.may(Right.PATRONS_NAMES, reader.home_node)
        shown.append(
            {
                "one": one,
                "reader": (reader if may_see else reader.masked()) if reader else None,
                "may_see": may_see,
                "card_end": card_end(reader),
                "place": names.get(one.place, ""),
                "is_late": one.is_open and one.wanted_on is not None and one.wanted_on < today,
            }
        )
    return shown


def stood_by(operators: Iterable[str]) -> dict[str, str]:
    """Return the names of who did something, by operator; none for a reader or the clock (one statement)."""
    known = {one: int(one[6:]) for one in operators if one.startswith("staff:") and one[6:].isdigit()}
    names = staff.names(set(known.values())) if known else {}
    return {one: names.get(number, "") for one, number in known.items()}
