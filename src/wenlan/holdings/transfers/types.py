"""What a transfer slip is for, and what becomes of its lines."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import pgettext_lazy


class Purpose(models.TextChoices):
    """Why stock moves. Only a transfer may pass property; only a deposit comes back; none of them is a loan."""

    TRANSFER = "transfer", pgettext_lazy("purpose of a slip", "Transfer for good")
    ROTATION = "rotation", pgettext_lazy("purpose of a slip", "Rotation of stock")
    DISTRIBUTION = "distribution", pgettext_lazy("purpose of a slip", "Distribution to a branch")
    DEPOSIT = "deposit", pgettext_lazy("purpose of a slip", "Bulk deposit at a point")


class Outcome(models.TextChoices):
    """What became of a line at the second signature; empty before it. Refused items went back to their shelf."""

    OPEN = "", pgettext_lazy("line of a slip", "Not signed yet")
    RECEIVED = "received", pgettext_lazy("line of a slip", "Received")
    REFUSED = "refused", pgettext_lazy("line of a slip", "Refused")
    MISSING = "missing", pgettext_lazy("line of a slip", "Missing on arrival")


class Back(models.TextChoices):
    """How an item's stay at a point ended; empty while it lasts."""

    OUT = "", pgettext_lazy("item of a deposit", "At the point")
    RETURNED = "returned", pgettext_lazy("item of a deposit", "Came back")
    MISSING = "missing", pgettext_lazy("item of a deposit", "Missing on return")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """What makes a slip a bulk deposit: until when, and which institution answers for it (None: the point itself)."""

    due_on: date
    holder: int | None = None
