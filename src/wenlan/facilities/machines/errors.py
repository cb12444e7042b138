"""Why something cannot be written into the register of machines."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class MachineNumberTaken(DomainError):
    """Another machine has the asset number."""

    code = "facilities.machine_number_taken"
    message = _("The asset number %(number)s belongs to another machine.")


class MachineTypeUnknown(DomainError):
    """There is no such type."""

    code = "facilities.machine_type_unknown"
    message = _("There is no type of machine “%(type)s”.")


class MachineDayWrong(DomainError):
    """Things are done with a machine one after the other, and not ahead of time."""

    code = "facilities.machine_day_wrong"
    message = _("The day lies before %(day)s, when something was last done with it, or has not come yet.")


class MachineGone(DomainError):
    """It was disposed of."""

    code = "facilities.machine_gone"
    message = _("This machine was disposed of. Take that back first if it was an error.")


class NothingDone(DomainError):
    """The machine stands there and so already."""

    code = "facilities.machine_nothing_done"
    message = _("The machine stands there in that state already.")


class OnlyEntered(DomainError):
    """Its entry is all there is."""

    code = "facilities.machine_only_entered"
    message = _("Nothing has been done with the machine since it was entered.")


class DeviceTaken(DomainError):
    """A device is one machine at a time."""

    code = "facilities.device_taken"
    message = _("The device %(device)s is part of %(machine)s on that day.")


class NotListable(DomainError):
    """A line of a book that cannot become single machines."""

    code = "facilities.not_listable"
    message = _("This line does not add whole machines, or was listed one by one already.")


class MachineSheetUnreadable(DomainError):
    """It is no spreadsheet of machines."""

    code = "facilities.machine_sheet_unreadable"
    message = _("The sheet cannot be read: %(reason)s.")
