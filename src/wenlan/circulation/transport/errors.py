"""What can go wrong with a crate."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class CrateWrong(DomainError):
    """The crate is not here, not open, or on another way."""

    code = "circulation.crate_wrong"
    message = _("The crate %(code)s is not open here, or is on its way already. Look at the list of crates.")


class NotForThisCrate(DomainError):
    """Only what travels to the crate's place, or through it, goes into the crate."""

    code = "circulation.not_for_this_crate"
    message = _("The item %(barcode)s does not travel there. Scan it as a return first: the desk says where it goes.")


class NotOnTheWay(DomainError):
    """What nobody sent is not lost between two places."""

    code = "circulation.not_on_the_way"
    message = _("This item is not on its way any more. Look at the list again.")
