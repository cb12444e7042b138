"""What a count finds, and what is done about it."""

from django.db import models
from django.utils.translation import pgettext_lazy


class FindingKind(models.TextChoices):
    """How shelf and record differ."""

    MISSING = "missing", pgettext_lazy("count", "Missing: should stand here, was not scanned")
    MISPLACED = "misplaced", pgettext_lazy("count", "Misplaced: belongs to another place")
    ON_LOAN = "on_loan", pgettext_lazy("count", "On loan, yet on the shelf")
    TURNED_UP = "turned_up", pgettext_lazy("count", "Turned up: was recorded as missing or lost")
    WITHDRAWN = "withdrawn", pgettext_lazy("count", "Deregistered, yet on the shelf")
    OTHER_STATE = "other_state", pgettext_lazy("count", "Recorded in another state")
    UNKNOWN = "unknown", pgettext_lazy("count", "No item has this barcode")


class Resolution(models.TextChoices):
    """What is done about a difference."""

    MISS = "miss", pgettext_lazy("resolution", "Record it as missing")
    SEARCH = "search", pgettext_lazy("resolution", "Search for it")
    THERE = "there", pgettext_lazy("resolution", "It is there after all (second pass)")
    HOME = "home", pgettext_lazy("resolution", "Send it to its place")
    STAYS = "stays", pgettext_lazy("resolution", "It stays here from now on")
    RETURN = "return", pgettext_lazy("resolution", "Take it back at the lending desk")
    FOUND = "found", pgettext_lazy("resolution", "It was found: put it back on the shelf")
    CATALOGUE = "catalogue", pgettext_lazy("resolution", "Hand it to cataloguing")
    ASIDE = "aside", pgettext_lazy("resolution", "Put it aside")
    NOTED = "noted", pgettext_lazy("resolution", "Looked at; the record is right")


OFFERED: dict[str, tuple[Resolution, ...]] = {
    FindingKind.MISSING: (Resolution.SEARCH, Resolution.MISS, Resolution.THERE),
    FindingKind.MISPLACED: (Resolution.HOME, Resolution.STAYS),
    FindingKind.ON_LOAN: (Resolution.RETURN, Resolution.NOTED),
    FindingKind.TURNED_UP: (Resolution.FOUND, Resolution.NOTED),
    FindingKind.WITHDRAWN: (Resolution.ASIDE,),
    FindingKind.OTHER_STATE: (Resolution.NOTED, Resolution.ASIDE),
    FindingKind.UNKNOWN: (Resolution.CATALOGUE, Resolution.NOTED),
}
