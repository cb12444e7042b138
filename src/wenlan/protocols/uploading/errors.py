"""What handing records in refuses."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class CentreNameTaken(DomainError):
    """Two centres of one name."""

    code = "protocols.centre_name_taken"
    message = _("There is already a centre called %(name)s.")


class CentreInUse(DomainError):
    """A centre that was handed records keeps them on its list."""

    code = "protocols.centre_in_use"
    message = _("%(name)s was handed records, which stay listed here. Mark it as not served instead of removing it.")


class NothingWaits(DomainError):
    """A file without a record."""

    code = "protocols.nothing_waits"
    message = _("Nothing waits for %(name)s.")
