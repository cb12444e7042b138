"""Items compared with the stock of the ledger, by owner and material."""

from wenlan.holdings import comparing_statements as statements
from wenlan.kernel.differences import Difference

MOST = 200


def differences() -> list[Difference]:
    """Return where the table of items and the ledger part; one statement."""
    return [
        Difference(check="holdings.stock_in_ledger", place=f"owner {owner}, {material}", expected=items, found=units)
        for owner, material, items, units in statements.differing_stock(MOST)
    ]
