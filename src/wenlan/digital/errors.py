"""What can go wrong with digital resources."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class VolumesInvalid(DomainError):
    """A package holds something."""

    code = "digital.volumes_invalid"
    message = _("A package holds at least one volume.")


class PackageEnded(DomainError):
    """What was taken back cannot be taken back again."""

    code = "digital.package_ended"
    message = _("The package has not been offered since %(day)s.")
