"""Why a record did not arrive, in words."""

from django.utils.translation import gettext_lazy as _

from wenlan.protocols.copying.types import REASONS

BROKE_OFF, HIDDEN, OWN_RULES, UNSAYABLE = "broke_off", "hidden", "own_rules", "unsayable"

WORDS = {
    **REASONS,
    BROKE_OFF: _("sending broke off here; ask the centre before it is sent again"),
    HIDDEN: _("not sent: the record is hidden or deleted here"),
    OWN_RULES: _("not sent: it breaks the format"),
    UNSAYABLE: _("not sent: the centre's encoding lacks characters"),
}


def said(reason: str, details: str) -> str:
    """Return a reason with its details, or whichever there is."""
    words = str(WORDS.get(reason, reason))
    return f"{words}: {details}" if words and details else words or details
