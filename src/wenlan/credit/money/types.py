"""Words of the journal of money."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.credit.types import ChargeKind


class Means(models.TextChoices):
    """How money changes hands."""

    CASH = "cash", pgettext_lazy("means of payment", "Cash")
    WECHAT = "wechat", pgettext_lazy("means of payment", "WeChat Pay")
    ALIPAY = "alipay", pgettext_lazy("means of payment", "Alipay")
    CARD = "card", pgettext_lazy("means of payment", "Bank card")


class MoneyKind(models.TextChoices):
    """What a line of the journal is."""

    DEPOSIT_TAKEN = "deposit_taken", _("Deposit taken")
    DEPOSIT_RAISED = "deposit_raised", _("Deposit raised")
    DEPOSIT_REFUNDED = "deposit_refunded", _("Deposit refunded")
    DEPOSIT_FORFEITED = "deposit_forfeited", _("Deposit forfeited")
    DEPOSIT_IMPORTED = "deposit_imported", _("Deposit taken over")
    CHARGED = "charged", _("Charged")
    PAID = "paid", _("Paid")
    WAIVED = "waived", _("Waived")
    UNDONE = "undone", _("Charge undone with its act")
    SETTLED_BY_ITEM = "settled_by_item", _("Settled by an item of the same kind")
    CHARGE_REFUNDED = "charge_refunded", _("Payment refunded")
    FLOAT_ADDED = "float_added", _("Change put into the drawer")
    HANDED_IN = "handed_in", _("Cash handed in")
    DIFFERENCE = "difference", _("Difference on counting")
    REVERSED = "reversed", _("Reversed with its receipt")


class ApprovalKind(models.TextChoices):
    """What one person asks for and another approves."""

    REFUND_DEPOSIT = "refund_deposit", _("Refund the deposit")
    REFUND_CHARGE = "refund_charge", _("Refund what was paid")
    WAIVE = "waive", _("Waive a charge")
    FORFEIT = "forfeit", _("Forfeit the deposit against what is owed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeView:
    """One charge; `open_fen` is neither paid nor waived. `item` names title and barcode while it may be asked about."""

    id: int
    patron: int
    kind: str
    amount_fen: int
    open_fen: int
    paid_fen: int
    days_late: int | None
    day: date
    node: int
    item: str
    rule: int | None

    @property
    def kind_label(self) -> str:
        """The kind in the language being spoken."""
        return str(ChargeKind(self.kind).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """One line of the journal; each column says by how much a balance moved. `receipt` is a number, empty if none."""

    id: int
    at: datetime
    kind: str
    means: str
    money_fen: int
    deposit_fen: int
    owed_fen: int
    patron: int | None
    charge: int | None
    operator: str
    node: int
    receipt: str
    voucher: str
    reason: str
    is_reversed: bool

    @property
    def kind_label(self) -> str:
        """The kind in the language being spoken."""
        return str(MoneyKind(self.kind).label)

    @property
    def means_label(self) -> str:
        """The means of payment in the language being spoken."""
        return str(Means(self.means).label) if self.means else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalView:
    """What was asked for and how it was decided; `done_at` once it has taken effect."""

    id: int
    kind: str
    patron: int
    charge: int | None
    amount_fen: int
    reason: str
    node: int
    asked_at: datetime
    asked_by: str
    decided_at: datetime | None
    decided_by: str
    is_granted: bool | None
    answer: str
    done_at: datetime | None

    @property
    def kind_label(self) -> str:
        """The kind in the language being spoken."""
        return str(ApprovalKind(self.kind).label)
