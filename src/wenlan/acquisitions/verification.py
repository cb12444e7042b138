"""Chosen books compared with the ledger, the campaigns' sums and the statements."""

from wenlan.acquisitions.bookshop.comparing import campaigns_that_differ, settlements_that_differ
from wenlan.acquisitions.bookshop.statements import differing_days
from wenlan.kernel.differences import Difference

MOST = 200


def differences() -> list[Difference]:
    """Return where choices part from what the ledger counts, a campaign has spent or a statement sums up."""
    in_ledger = [
        Difference(
            check="acquisitions.chosen_in_ledger", place=f"node {node}, {day}, {part}", expected=chosen, found=told
        )
        for node, day, part, chosen, told in differing_days(MOST)
    ]
    spent = [
        Difference(check="acquisitions.campaign_spent", place=f"campaign {campaign}", expected=sums, found=spent)
        for campaign, sums, spent in campaigns_that_differ(MOST)
    ]
    settled = [
        Difference(check="acquisitions.settlement_sums", place=number, expected=lines, found=said)
        for number, lines, said in settlements_that_differ(MOST)
    ]
    return in_ledger + spent + settled
