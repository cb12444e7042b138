"""What a guarantee looks like from outside."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import pgettext_lazy


class GuaranteeState(models.TextChoices):
    """How far an order with an outside credit has come."""

    ASKED = "asked", pgettext_lazy("guarantee", "The reader has not consented yet")
    REFUSED = "refused", pgettext_lazy("guarantee", "The credit does not suffice")
    IN_FORCE = "in_force", pgettext_lazy("guarantee", "Stands for the deposit")
    REPORTED = "reported", pgettext_lazy("guarantee", "A harm was reported and is not paid")
    REPAID = "repaid", pgettext_lazy("guarantee", "The harm was paid")
    ENDED = "ended", pgettext_lazy("guarantee", "Ended")
    CANCELLED = "cancelled", pgettext_lazy("guarantee", "Given up")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuaranteeView:
    """An order; `address` is where the reader consents, only while that is open."""

    id: int
    patron: int
    provider: str
    own_order: str
    order: str
    state: str
    amount_fen: int
    harm_fen: int
    asked_at: datetime
    consented_at: datetime | None
    expires_on: date
    address: str = ""

    @property
    def state_label(self) -> str:
        """The state in the language being spoken."""
        return str(GuaranteeState(self.state).label)
