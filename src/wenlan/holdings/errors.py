"""What can go wrong with items."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError, NotFound


class ItemUnknown(NotFound):
    """No item has this barcode or id."""

    code = "holdings.item_unknown"
    message = _("No item has the barcode %(what)s. Please check the number, or hand the item to cataloguing.")


class ItemAmbiguous(DomainError):
    """Several items carry the barcode; `scopes` says which, and the edge asks."""

    code = "holdings.item_ambiguous"
    message = _("Several items carry the barcode %(barcode)s. Please choose one: %(choices)s.")

    def __init__(self, *, barcode: str, scopes: tuple[str, ...]) -> None:
        self.scopes = scopes
        super().__init__(barcode=barcode, choices="、".join(scope or "—" for scope in scopes))


class AccessionNumberTaken(DomainError):
    """An accession number (登录号) that another item of the owner has."""

    code = "holdings.accession_number_taken"
    message = _("The accession number %(number)s is already on another item of this library.")


class BarcodeTaken(DomainError):
    """A barcode stands once in its scope."""

    code = "holdings.barcode_taken"
    message = _("The barcode %(barcode)s is already on another item.")


class BarcodeMissing(DomainError):
    """An item needs a barcode."""

    code = "holdings.barcode_missing"
    message = _("Please scan a barcode for the item.")


class StatusNotAllowed(DomainError):
    """The item cannot go from its status to the wanted one."""

    code = "holdings.status_not_allowed"
    message = _("The item %(barcode)s is “%(present)s” and cannot become “%(wanted)s”.")


class ItemInUse(DomainError):
    """An item on loan or in transit is not moved or withdrawn."""

    code = "holdings.item_in_use"
    message = _("The item %(barcode)s is not in the house. It has to come back first.")


class ReasonMissing(DomainError):
    """Such a change of state says why."""

    code = "holdings.reason_missing"
    message = _("Say why, please.")


class CallNumberTaken(DomainError):
    """Another title of the scheme has the call number."""

    code = "holdings.call_number_taken"
    message = _("The call number %(call_number)s is on “%(title)s” already. Please take another one.")


class NumberNotFree(DomainError):
    """The running number was never released, or somebody has just taken it."""

    code = "holdings.number_not_free"
    message = _("The number %(number)s of class %(class_number)s is not free. Please take another one.")


class ClassMissing(DomainError):
    """A running number runs inside a class."""

    code = "holdings.class_missing"
    message = _("The title has no class number yet. Please classify it first.")


class AuthorTableBroken(DomainError):
    """The file of author numbers cannot be read, or is not there."""

    code = "holdings.author_table_broken"
    message = _("The table of author numbers “%(name)s” cannot be read: %(reason)s.")


class BatchEmpty(DomainError):
    """A batch without an item that would change."""

    code = "holdings.batch_empty"
    message = _("No item would change. Please choose other items, or another change.")


class HandoverTwice(DomainError):
    """An item stands on one open slip at a time."""

    code = "holdings.handover_twice"
    message = _("The item %(barcode)s stands on the handover slip %(number)s already.")


class HandoverClosed(DomainError):
    """The slip was signed or cancelled, or is not signed yet."""

    code = "holdings.handover_closed"
    message = _("The slip %(number)s cannot be changed like this any more, or not yet.")


class HandoverEmpty(DomainError):
    """A slip without items is not signed."""

    code = "holdings.handover_empty"
    message = _("There is no item on the slip. Scan some first.")


class SameSigner(DomainError):
    """Who took one step cannot take the one that checks it."""

    code = "holdings.same_signer"
    message = _("You have signed an earlier step. Somebody else has to sign this one.")


class MonthLocked(DomainError):
    """The books of the month are closed."""

    code = "holdings.month_locked"
    message = _("The registers of %(month)s are closed. Enter it today; a correction is a row of the present month.")


class MonthNotOver(DomainError):
    """Only a month that is over is closed."""

    code = "holdings.month_not_over"
    message = _("The month %(month)s is not over yet.")


class WeedingEmpty(DomainError):
    """A list without a volume."""

    code = "holdings.weeding_empty"
    message = _("No volume is meant. Choose another rule, or scan the volumes.")


class WeedingTwice(DomainError):
    """A volume stands on one open list at a time."""

    code = "holdings.weeding_twice"
    message = _("The item %(barcode)s stands on the weeding list %(number)s already.")


class WeedingForeign(DomainError):
    """A list is about the stock of one owner."""

    code = "holdings.weeding_foreign"
    message = _("The item %(barcode)s belongs to another library. Make a list of its own for it.")


class WeedingOutOfOrder(DomainError):
    """The step does not come now."""

    code = "holdings.weeding_out_of_order"
    message = _("This step does not come now, or something is missing for it: %(reason)s.")


class CountClosed(DomainError):
    """A closed count takes nothing more."""

    code = "holdings.count_closed"
    message = _("The count is closed. Open a new one.")


class CountUnresolved(DomainError):
    """A count is closed when nothing is open."""

    code = "holdings.count_unresolved"
    message = _("Compare with the records and resolve every difference first. Open: %(count)s.")


class ResolutionNotOffered(DomainError):
    """The way does not fit the difference."""

    code = "holdings.resolution_not_offered"
    message = _("Such a difference cannot be resolved in this way.")


class TransferNowhere(DomainError):
    """A transfer changes the place of its items, or their owner by a voucher."""

    code = "holdings.transfer_nowhere"
    message = _("Say where the items go, or to whom they pass. A new owner needs the number and sum of the voucher.")


class TransferTwice(DomainError):
    """An item stands on one open slip at a time."""

    code = "holdings.transfer_twice"
    message = _("The item %(barcode)s stands on the slip or list %(number)s already.")


class TransferElsewhere(DomainError):
    """All items of a slip come from one place, and from one owner when that changes."""

    code = "holdings.transfer_elsewhere"
    message = _("The item %(barcode)s belongs elsewhere: a slip has one place it comes from, and one owner.")


class TransferClosed(DomainError):
    """The slip was signed or cancelled, or is not signed yet."""

    code = "holdings.transfer_closed"
    message = _("The transfer slip %(number)s cannot be changed like this any more, or not yet.")


class DepositWithoutDay(DomainError):
    """A bulk deposit is due back on a day; nothing else is, and nothing else has a holder."""

    code = "holdings.deposit_without_day"
    message = _("A bulk deposit needs the day it is due back; what goes elsewhere has none.")


class NotPacked(DomainError):
    """Where boxes are used, what leaves is in one of them."""

    code = "holdings.not_packed"
    message = _("Volumes on the slip that are in no box: %(count)s. Scan them into a box, or take them off.")


class NotOnDeposit(DomainError):
    """Only what stands at a point by a deposit comes back from it."""

    code = "holdings.not_on_deposit"
    message = _("The item %(barcode)s is not out on this deposit.")


class StillLentThere(DomainError):
    """What a reader of the point has at home comes back to the point first."""

    code = "holdings.still_lent_there"
    message = _("The item %(barcode)s is on loan. Take it back from its reader first.")


class VoucherDiffers(DomainError):
    """The voucher's sum is that of the items."""

    code = "holdings.voucher_differs"
    message = _("The voucher says %(voucher)s yuan, the items come to %(items)s. Put one of them right.")


class TransferWhole(DomainError):
    """Property passes whole: the voucher's sum holds for all items."""

    code = "holdings.transfer_whole"
    message = _("Items that change their owner are taken over all together. Send the slip back if one is missing.")


class AncientMixed(DomainError):
    """A work is made of items of one title and one owner."""

    code = "holdings.ancient_mixed"
    message = _("A work of the register is made of items of one title that belong to one library.")


class AncientTwice(DomainError):
    """An item belongs to one work of the register of ancient books."""

    code = "holdings.ancient_twice"
    message = _("The item %(barcode)s stands in the register of ancient books already.")


class AncientKeepsOwner(DomainError):
    """What stands in the register of ancient books stays with its owner."""

    code = "holdings.ancient_keeps_owner"
    message = _("The item %(barcode)s stands in the register of ancient books. Take its work out there first.")


class SchemeWrong(DomainError):
    """A scheme names classes and tables that there are."""

    code = "holdings.scheme_wrong"
    message = _("The scheme cannot be kept: %(reason)s.")
