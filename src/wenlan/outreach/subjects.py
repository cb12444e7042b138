"""What the subjects of our acts in the ledger are called: what is counted of books brought to the door."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from wenlan.ledger.kinds import Kind
from wenlan.outreach.doorstep.types import Ground
from wenlan.outreach.doorstep.visiting import COLLECTED, DELIVERY, PERSONS, VOLUMES


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return whom a delivery served, and what else a visit counts, by code."""
    if Kind.RECORD_ENTERED not in kinds:
        return {}
    found = {f"{DELIVERY}:{ground.value}": str(ground.label) for ground in Ground}
    found |= {
        VOLUMES: _("Volumes lent at the door"),
        COLLECTED: _("Volumes collected at the door"),
        PERSONS: _("Persons served at the door"),
    }
    return {code: words for code, words in found.items() if code in codes}
