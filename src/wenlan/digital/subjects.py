"""What the subjects of our acts in the ledger are called: by what right a resource is offered."""

from collections.abc import Collection

from django.utils.translation import pgettext_lazy

from wenlan.digital.access import queries
from wenlan.digital.access.types import Way
from wenlan.digital.types import Ownership
from wenlan.ledger.kinds import Kind

KINDS = frozenset({Kind.STOCK_ACCESSIONED, Kind.STOCK_DEREGISTERED})


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return the rights by code, and the ways of use with the names of the resources."""
    if Kind.RESOURCE_USED in kinds:
        return ways_and_names(codes)
    return {code: str(Ownership(code).label) for code in codes if KINDS & set(kinds) and code in Ownership}


WAYS = {
    Way.HOUSE: pgettext_lazy("digital resource", "in the house"),
    Way.REMOTE: pgettext_lazy("digital resource", "from outside"),
    Way.REMOTE_SHUT: pgettext_lazy("digital resource", "from outside, while closed"),
    Way.SUPPLIER: pgettext_lazy("digital resource", "as the supplier states"),
}


def ways_and_names(codes: Collection[str]) -> dict[str, str]:
    """Return what the subjects of uses are called: the resource and the way."""
    parted = {code: code.partition(".") for code in codes if code.partition(".")[0] in {way.value for way in Way}}
    names = queries.names({resource for _way, _point, resource in parted.values()})
    return {
        code: f"{names.get(resource, resource)} · {WAYS[Way(way)]}" for code, (way, _point, resource) in parted.items()
    }
