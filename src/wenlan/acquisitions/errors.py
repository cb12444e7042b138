"""What can go wrong with a supplier's batch."""

from django.utils.translation import gettext_lazy as _

from wenlan.acquisitions.types import Hindrance
from wenlan.kernel.errors import DomainError, NotFound


class BatchUnknown(NotFound):
    """No batch has this number."""

    code = "acquisitions.batch_unknown"
    message = _("No batch has the number %(what)s.")


class SupplierUnknown(NotFound):
    """No supplier has this code or id."""

    code = "acquisitions.supplier_unknown"
    message = _("No supplier is known as %(what)s.")


class NothingReceived(DomainError):
    """A batch needs a file of records, a packing list, or both."""

    code = "acquisitions.nothing_received"
    message = _("Choose the supplier's file of records, the packing list, or both.")


class FileElsewhere(DomainError):
    """One of two files came before; together they would be two batches."""

    code = "acquisitions.file_elsewhere"
    message = _(
        "%(file)s came before and belongs to the batch %(number)s. Open that batch, or send the other file alone."
    )


class ListUnreadable(DomainError):
    """A packing list that cannot be read."""

    code = "acquisitions.list_unreadable"
    message = _("The packing list %(file)s cannot be read: %(reason)s.")


class RecordsUnreadable(DomainError):
    """A file in which no record was found."""

    code = "acquisitions.records_unreadable"
    message = _("No record was found in %(file)s. Is it a MARC file (ISO 2709)?")


class BatchClosed(DomainError):
    """An accepted batch, or one that was sent back, stays as it is."""

    code = "acquisitions.batch_closed"
    message = _("The batch %(number)s is closed: %(state)s.")


class BatchArriving(DomainError):
    """A batch whose taking in was interrupted has to arrive whole first."""

    code = "acquisitions.batch_arriving"
    message = _("The batch %(number)s is not here whole. Receive the same files again, or send it back.")


class NotInBatch(DomainError):
    """A title, copy or record that does not belong to this batch's question."""

    code = "acquisitions.not_in_batch"
    message = _("%(what)s does not belong to the batch %(number)s.")


class ReasonMissing(DomainError):
    """Sending back, and accepting against the rule, say why."""

    code = "acquisitions.reason_missing"
    message = _("Please say why.")


class NotAccepted(DomainError):
    """A batch cannot be accepted; `hindrances` holds every reason."""

    code = "acquisitions.not_accepted"
    message = _("The batch cannot be accepted yet: %(reasons)s")

    def __init__(self, hindrances: tuple[Hindrance, ...]) -> None:
        super().__init__(hindrances=[hindrance.value for hindrance in hindrances])
        self.hindrances = hindrances

    def __str__(self) -> str:
        return str(self.message) % {"reasons": " ".join(str(hindrance.label) for hindrance in self.hindrances)}


class PaidTwice(DomainError):
    """A sum and a discount at once would be two prices."""

    code = "acquisitions.paid_twice"
    message = _("State the sum or the discount, not both.")


class CopyHasBarcode(DomainError):
    """Only a copy without a barcode of its own gets one."""

    code = "acquisitions.copy_has_barcode"
    message = _("This copy has the barcode %(barcode)s already.")
