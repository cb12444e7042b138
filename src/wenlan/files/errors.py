"""What can go wrong with files."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError, NotFound


class FileTooLarge(DomainError):
    """More than is kept."""

    code = "files.too_large"
    message = _("The file has more than %(most)s MB. Take a smaller picture.")


class FileKindUnknown(DomainError):
    """Its first bytes are none that we know."""

    code = "files.kind_unknown"
    message = _("Only photographs (JPEG, PNG, WebP) and PDF can be kept.")


class FileGone(NotFound):
    """Its time was over, or its bytes are lost."""

    code = "files.gone"
    message = _("The file %(what)s is no longer kept.")
