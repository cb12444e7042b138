"""What can go wrong at the shelves."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class AreaWrong(DomainError):
    """No name, or the end before the beginning."""

    code = "shelving.area_wrong"
    message = _("An area has a name, and its last call number does not come before its first.")


class TaskClosed(DomainError):
    """Finished already."""

    code = "shelving.task_closed"
    message = _("This task is closed: %(state)s.")


class TaskTaken(DomainError):
    """Somebody else has it."""

    code = "shelving.task_taken"
    message = _("Somebody else has taken this task already.")


class WorkWrong(DomainError):
    """No time, or more than a day."""

    code = "shelving.work_wrong"
    message = _("Work lasts from one minute to a day, and no fewer than no volumes are put away.")


class NothingRead(DomainError):
    """An empty list."""

    code = "shelving.nothing_read"
    message = _("Scan the barcodes along the shelf, one after another.")
