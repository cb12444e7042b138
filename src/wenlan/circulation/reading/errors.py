"""What can go wrong at the counter of a reading room."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from wenlan.circulation.errors import Refused
from wenlan.circulation.reading.types import Refusal
from wenlan.kernel.errors import DomainError


class NotSignedIn(DomainError):
    """The room does not take somebody in; `refusals` gives every reason."""

    code = "circulation.not_signed_in"
    message = _("The reader is not signed in.")
    look_again = Refused.look_again

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(refusals=[str(refusal.value) for refusal in self.refusals])

    def __str__(self) -> str:
        return " ".join(str(refusal.label) for refusal in self.refusals)


class BookingRefused(NotSignedIn):
    """No place is booked; `refusals` gives every reason."""

    code = "circulation.booking_refused"
    message = _("No place was booked.")


class RoomNotSet(DomainError):
    """A room takes readers in once its desk was set up."""

    code = "circulation.room_not_set"
    message = _("This room does not sign readers in. Set it up first.")


class MaterialsOut(DomainError):
    """What was handed over comes back before its reader leaves."""

    code = "circulation.materials_out"
    message = _("%(count)s items are still with the reader. Take them back first.")


class NotInTheRoom(DomainError):
    """Only who sits in the room is given something."""

    code = "circulation.not_in_the_room"
    message = _("Sign the reader in first, then hand the item over.")


class ItemNotToHand(DomainError):
    """What is lent, on its way or with another reader cannot be handed over."""

    code = "circulation.item_not_to_hand"
    message = _("The item %(barcode)s is recorded as lent, on its way or with another reader.")


class ApprovalMissing(DomainError):
    """Some materials are seen on an approved request only."""

    code = "circulation.approval_missing"
    message = _("The item %(barcode)s is handed over on an approved request. Enter one, and have it decided.")


class RequestDecided(DomainError):
    """A request is decided once, by somebody else."""

    code = "circulation.request_decided"
    message = _("This request was decided already, or you wrote it down yourself. Somebody else has to decide.")


class PlacesWrong(DomainError):
    """Places have a number each, once in a room."""

    code = "circulation.places_wrong"
    message = _("Give each place a number that no other place of the room has.")


class ReaderNotChosen(DomainError):
    """Several readers sit in the room."""

    code = "circulation.reader_not_chosen"
    message = _("Choose who gets the item, then scan it.")
