"""Rules about items, as pure functions."""

import unicodedata

from wenlan.holdings.types import ItemStatus

# What staff may do by hand. Loans, returns and transits are circulation's; withdrawal is an operation of its own.
CHANGES: dict[str, frozenset[str]] = {
    ItemStatus.IN_PROCESSING: frozenset({ItemStatus.AVAILABLE, ItemStatus.DAMAGED, ItemStatus.MISSING}),
    ItemStatus.AVAILABLE: frozenset(
        {
            ItemStatus.IN_PROCESSING,
            ItemStatus.MISSING,
            ItemStatus.LOST,
            ItemStatus.DAMAGED,
            ItemStatus.IN_REPAIR,
        }
    ),
    ItemStatus.ON_LOAN: frozenset(),
    ItemStatus.IN_TRANSIT: frozenset({ItemStatus.MISSING}),
    ItemStatus.ON_HOLD_SHELF: frozenset({ItemStatus.MISSING}),
    ItemStatus.MISSING: frozenset({ItemStatus.AVAILABLE, ItemStatus.IN_PROCESSING, ItemStatus.LOST}),
    ItemStatus.LOST: frozenset({ItemStatus.AVAILABLE, ItemStatus.IN_PROCESSING}),
    ItemStatus.DAMAGED: frozenset({ItemStatus.IN_REPAIR, ItemStatus.AVAILABLE, ItemStatus.IN_PROCESSING}),
    ItemStatus.IN_REPAIR: frozenset({ItemStatus.AVAILABLE, ItemStatus.IN_PROCESSING, ItemStatus.DAMAGED}),
    ItemStatus.WITHDRAWN: frozenset(),
}
OUT_OF_HOUSE = frozenset({ItemStatus.ON_LOAN, ItemStatus.IN_TRANSIT})


def barcode_key(barcode: str) -> str:
    """Return what a barcode is matched with: half-width, upper case, without spaces."""
    upper = "".join(unicodedata.normalize("NFKC", barcode).split()).upper()
    return unicodedata.normalize("NFKC", upper)


def may_become(present: str, wanted: str) -> bool:
    """Return whether staff may set the status by hand."""
    return wanted in CHANGES[present]


def may_withdraw(present: str) -> bool:
    """Return whether an item of this status can leave the stock."""
    return present not in OUT_OF_HOUSE and present != ItemStatus.WITHDRAWN


def call_number(class_number: str, running: int) -> str:
    """Return the shelf mark: class and running number of the title within the class (种次号)."""
    return f"{class_number}/{running}" if class_number else ""


def accession_number(number: int) -> str:
    """Return a number of the property register as it is stamped: at least seven places."""
    return f"{number:07d}"
