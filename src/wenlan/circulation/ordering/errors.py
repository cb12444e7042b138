"""What can go wrong with orders of readers."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from wenlan.circulation.ordering.types import OrderRefusal
from wenlan.kernel.errors import DomainError


class OrderRefused(DomainError):
    """The order cannot be taken as it is written; `refusals` gives every reason."""

    code = "circulation.order_refused"
    message = _("The order cannot be taken as it is written.")

    def __init__(self, refusals: Iterable[OrderRefusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(refusals=[str(refusal.value) for refusal in self.refusals])

    def __str__(self) -> str:
        return " ".join(str(refusal.label) for refusal in self.refusals)


class OrderOver(DomainError):
    """The order has ended, or has gone on meanwhile."""

    code = "circulation.order_over"
    message = _("The order %(number)s is %(state)s. Please look at it again.")


class ReasonMissing(DomainError):
    """Who asked hears why it is not possible."""

    code = "circulation.order_reason_missing"
    message = _("Please say why: the reader is told.")


class NothingReady(DomainError):
    """An order is ready when something is set aside for it."""

    code = "circulation.order_nothing_ready"
    message = _("Nothing is set aside for this order yet. Bring the books from the shelves and scan them first.")


class SetWrong(DomainError):
    """A themed set has a name and titles."""

    code = "circulation.themed_set_wrong"
    message = _("A themed set needs a name, a span of days in order, and one to 500 volumes of titles we know.")
