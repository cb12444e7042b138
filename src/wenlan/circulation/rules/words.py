"""What the fields of a rule are called, and how their values read."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.circulation.types import FixedDue, RenewFrom
from wenlan.network import queries as network

LABELS = {
    "loan_days": gettext_lazy("Days of a loan"),
    "renewals": gettext_lazy("Number of renewals"),
    "renewal_days": gettext_lazy("Days of a renewal"),
    "renew_from": gettext_lazy("A renewal runs"),
    "renews_itself": gettext_lazy("Renews by itself"),
    "fixed_due_on": gettext_lazy("Fixed due date"),
    "fixed_due": gettext_lazy("The fixed day means"),
    "loan_limit": gettext_lazy("Most items at once"),
    "credit_floor": gettext_lazy("Least credit points"),
    "owed_limit_fen": gettext_lazy("Most unpaid sum in yuan"),
    "hold_days": gettext_lazy("Open days on the hold shelf"),
    "reservations": gettext_lazy("Most reservations at once"),
    "recall_days": gettext_lazy("Days after a recall"),
    "floats": gettext_lazy("What is returned stays"),
    "float_limit": gettext_lazy("Most copies of a title that stay"),
    "hub": gettext_lazy("What goes home travels by"),
}


def field_text(name: str, value: Any) -> str:
    """Return what a rule says in one field, as people read it."""
    if name == "renew_from":
        return str(RenewFrom(value).label)
    if name == "fixed_due":
        return str(FixedDue(value).label)
    if name == "hub":
        return network.node(value).name
    if name == "owed_limit_fen":
        return f"{value / 100:.2f}"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
