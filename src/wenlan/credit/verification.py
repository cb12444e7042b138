"""What stands on readers' rows compared with the ledgers of points and money."""

from collections import Counter

from wenlan.credit import comparing_statements as statements
from wenlan.credit.external.types import GuaranteeState
from wenlan.credit.models import Guarantee, MoneyEntry
from wenlan.kernel.differences import Difference

MOST = 200
REBUILD = "wenlan rebuild balances"


def differences() -> list[Difference]:
    """Return the readers, charges and drawers whose figure is not the sum of its lines; one statement a check."""
    sums = [
        Difference(
            check=check,
            place=str(place),
            expected=expected,
            found=found,
            remedy=REBUILD if check in statements.REBUILT else "",
        )
        for check, sql in statements.CHECKS.items()
        for place, expected, found in statements.differing_rows(sql, MOST)
    ]
    return sums + _guarantees()


def _guarantees() -> list[Difference]:
    """A guarantee settled charges only once its harm was repaid, and by no more than the harm; two statements."""
    settled: Counter[str] = Counter()
    lines = MoneyEntry.objects.filter(key__startswith="guarantee:").values_list("key", "money_fen")
    for key, money_fen in lines.iterator():
        settled[key.split(":")[1]] += money_fen
    repaid = Guarantee.objects.filter(state=GuaranteeState.REPAID).values_list("id", "harm_fen")
    harms = {str(guarantee): harm_fen for guarantee, harm_fen in repaid}
    return [
        Difference(
            check="credit.settled_by_guarantee",
            place=f"guarantee {guarantee}",
            expected=f"0-{harms.get(guarantee, 0)}",
            found=fen,
        )
        for guarantee, fen in sorted(settled.items())
        if not 0 <= fen <= harms.get(guarantee, 0)
    ][:MOST]
