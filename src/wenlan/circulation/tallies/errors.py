"""What can go wrong with a tally."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class TallyWrong(DomainError):
    """A tally is of days that are over, in order, and no span overlaps another one."""

    code = "circulation.tally_wrong"
    message = _("A tally ends today or earlier, after it begins, and its days overlap no other tally of the place.")


class TallyBesideScans(DomainError):
    """What was scanned is counted: a place either scans or tallies."""

    code = "circulation.tally_beside_scans"
    message = _("This place lent %(loans)s items by scan in these days. Enter only what was lent beside, and say so.")
