"""Why somebody cannot come in, or book."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class NotCapped(DomainError):
    """Everybody may simply come."""

    code = "facilities.not_capped"
    message = _("Admission is not capped there at that time: nobody needs a booking.")


class SlotFull(DomainError):
    """As many people as may come in are in, or have booked."""

    code = "facilities.slot_full"
    message = _("All %(most)d places of this slot are taken; %(free)d are left for those who have not booked.")


class SlotOver(DomainError):
    """The slot has begun or is none."""

    code = "facilities.slot_over"
    message = _("This time has passed or is none of the slots. Please choose another.")


class BookedAlready(DomainError):
    """One admission a reader and day."""

    code = "facilities.entry_booked_already"
    message = _("You have booked for that day already. Give it back to choose another time.")


class PersonsWrong(DomainError):
    """Too few or too many at once."""

    code = "facilities.entry_persons_wrong"
    message = _("Between 1 and %(most)d people at a time.")
