"""What the catalogue refuses."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class RecordUnwritable(DomainError):
    """A record that cannot be kept: it says nothing at all."""

    code = "record_unwritable"
    message = _("The record has no field and cannot be kept.")


class FileUnreadable(DomainError):
    """An import file that cannot be opened."""

    code = "import_file_unreadable"
    message = _("%(file)s cannot be read: %(reason)s.")


class EncodingUnknown(DomainError):
    """An encoding nobody knows by this name."""

    code = "encoding_unknown"
    message = _("The encoding %(encoding)s is not known. Try auto, utf-8, gb18030, big5 or marc-8.")


class RecordChangedMeanwhile(DomainError):
    """Somebody saved the record after it was opened here."""

    code = "record_changed_meanwhile"
    message = _("“%(title)s” was changed by somebody else meanwhile. Look at the difference, then decide.")


class DraftUnreadable(DomainError):
    """What the editor sent is no record: a tag, an indicator or a character that no file can carry."""

    code = "draft_unreadable"
    message = _("The field %(what)s cannot be saved: its tag, a code or a character in it is not allowed.")


class LineCrooked(DomainError):
    """A line of a record in its mnemonic form that says no field; `reason` is one of `cnmarc.notes`."""

    code = "marc_line_crooked"
    message = _("Line %(line)d: %(reason)s.")

    def __str__(self) -> str:
        return str(self.message) % {**self.params, "reason": gettext(str(self.params["reason"]))}


class RejectSetAside(DomainError):
    """Bytes that somebody has set aside already."""

    code = "reject_set_aside"
    message = _("This was set aside already: %(reason)s")


class RejectWithoutReason(DomainError):
    """Nothing is set aside without a reason."""

    code = "reject_without_reason"
    message = _("Please say why.")


class TitleMissing(DomainError):
    """A record without a title is found by nobody."""

    code = "title_missing"
    message = _("Write the title as it stands on the title page.")
