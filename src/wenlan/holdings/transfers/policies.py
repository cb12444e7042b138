"""What may go on a transfer slip, and when it may be signed."""

from wenlan.holdings import policies as states
from wenlan.holdings.types import ItemStatus, Transition

# Property that is on loan or at repair may pass to another owner; what is gone or on its way out may not.
NOT_TO_CHANGE_HANDS = states.GONE | frozenset(
    {ItemStatus.IN_HANDOVER, ItemStatus.IN_TRANSFER, ItemStatus.SET_ASIDE, ItemStatus.WITHDRAWN}
)


def may_go(status: str, *, moves: bool) -> bool:
    """Return whether an item of this state may be transferred; `moves`: to another place, not only another owner."""
    return states.may_take(Transition.TRANSFER, status) if moves else status not in NOT_TO_CHANGE_HANDS


def voucher_agrees(voucher_fen: int | None, items_fen: int) -> bool:
    """Return whether the voucher says what the items come to; without a voucher there is nothing to compare."""
    return voucher_fen is None or voucher_fen == items_fen
