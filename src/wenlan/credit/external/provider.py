"""What an outside credit has to offer, whichever it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class ProviderFailed(DomainError):
    """The outside service cannot be reached or answers something else than it published."""

    code = "credit.provider_failed"
    message = _("The outside credit service did not answer as agreed (%(what)s). Please try again later.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an order stands with the outside credit.

    `is_admitted` is None while the reader has not decided; `is_in_force` from the reader's consent to its end;
    `paid_fen` is what the reader has paid of a reported harm, None when it is not paid.
    """

    order: str
    is_admitted: bool | None
    is_in_force: bool
    is_ended: bool
    paid_fen: int | None = None


class CreditProvider(Protocol):
    """An outside credit. Every call may raise ProviderFailed; repeating one with the same order is as once."""

    @property
    def code(self) -> str:
        """The short name that the books carry."""

    def address(self, *, own_order: str, deposit_fen: int, until: datetime, back_to: str) -> str:
        """Return where the reader's phone goes to consent; `own_order` is our number of the order."""

    def standing(self, *, own_order: str) -> Standing | None:
        """Return how an order stands; None while the service has not heard of it."""

    def end(self, *, order: str, at: datetime, harm_fen: int = 0) -> None:
        """End an order: without harm the reader is free, with harm the service asks the reader to pay that sum."""

    def cancel(self, *, order: str) -> None:
        """Give an order up that came to nothing."""
