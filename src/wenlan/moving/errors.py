"""What can go wrong with moving in as a whole; what does not fit of single lines is listed instead."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class FolderUnreadable(DomainError):
    """There is no such folder, or no file in it that a profile knows."""

    code = "moving.folder_unreadable"
    message = _("%(folder)s: %(reason)s.")


class ProfileUnknown(DomainError):
    """No profile has this name."""

    code = "moving.profile_unknown"
    message = _("There is no profile “%(code)s”. Known are: %(known)s.")


class ProfileMisdeclared(DomainError):
    """A profile's file does not say what a profile says."""

    code = "moving.profile_misdeclared"
    message = _("The profile file %(file)s cannot be used: %(fault)s.")


class ExportUnreadable(DomainError):
    """A file of the folder is damaged, or of a form that is not read."""

    code = "moving.export_unreadable"
    message = _("%(file)s cannot be read: %(reason)s.")


class LastRunDone(DomainError):
    """Readers borrow here by now: the old system has nothing more to say."""

    code = "moving.last_run_done"
    message = _("“%(source)s” was switched off on %(day)s. What it exports now is no longer taken in.")
