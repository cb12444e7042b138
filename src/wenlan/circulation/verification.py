"""Loans and what goes with them compared with what is kept beside them: tallies, items, journals, the ledger."""

from wenlan.circulation import comparing_statements as statements
from wenlan.circulation.compensating import queries as compensating
from wenlan.kernel.differences import Difference

CHECKS = {
    "circulation.open_loans_tally": (statements.DIFFERING_TALLIES, "reader"),
    "circulation.item_status": (statements.DIFFERING_ITEMS, "item"),
    "circulation.due_dates_moved": (statements.DIFFERING_MOVES, "loan"),
    "circulation.kept_items": (statements.DIFFERING_KEPT_ITEMS, "item"),
    "circulation.sessions_in_ledger": (statements.DIFFERING_SESSIONS, "day"),
    "circulation.computer_minutes_in_ledger": (statements.DIFFERING_MINUTES, "day"),
    "circulation.drifting_in_ledger": (statements.DIFFERING_DRIFTING, "day"),
    "circulation.compensated_items": (statements.DIFFERING_COMPENSATIONS, "item"),
    "circulation.reservations_in_ledger": (statements.DIFFERING_RESERVATIONS, "day"),
    "circulation.uses_in_house_in_ledger": (statements.DIFFERING_USES, "day"),
    "circulation.loans_in_ledger": (statements.DIFFERING_LOANS, "day"),
    "circulation.returns_in_ledger": (statements.DIFFERING_RETURNS, "day"),
    "circulation.renewals_in_ledger": (statements.DIFFERING_RENEWALS, "day"),
    "circulation.renewals_of_loan": (statements.DIFFERING_RENEWAL_COUNTS, "loan"),
    "circulation.groups_in_ledger": (statements.DIFFERING_GROUPS, "day"),
    "circulation.told_persons_in_ledger": (statements.DIFFERING_PERSONS, "day"),
    "circulation.orders_in_ledger": (statements.DIFFERING_ORDERS, "day"),
    "circulation.orders_met_in_ledger": (statements.DIFFERING_MET_ORDERS, "day"),
    "circulation.cards_of_group": (statements.DIFFERING_GROUP_CARDS, "group"),
    "circulation.lines_of_journals": (statements.DIFFERING_LINES, "line"),
    "circulation.lines_of_registers": (statements.DIFFERING_PAPER, "line"),
    "circulation.items_in_transit": (statements.DIFFERING_TRANSITS, "item"),
    "circulation.drifting_books": (statements.DIFFERING_DRIFTERS, "book"),
    "circulation.books_taken": (statements.DIFFERING_TAKINGS, "book"),
    "circulation.places_booked": (statements.DIFFERING_BOOKINGS, "place"),
    "circulation.handed_over": (statements.DIFFERING_HANDINGS, "handing"),
    "circulation.recalls": (statements.DIFFERING_RECALLS, "reservation"),
    "circulation.due_dates_restored": (statements.DIFFERING_UNDONE_MOVES, "loan"),
}
MOST = 200
REBUILD = "wenlan rebuild balances"


def differences() -> list[Difference]:
    """Return where the tables of circulation and the ledger part; a statement for each check."""
    compared = [
        Difference(check=check, place=f"{of} {place}", expected=expected, found=found, rows=(str(place),))
        for check, (sql, of) in CHECKS.items()
        for place, expected, found in statements.differing_rows(sql, MOST)
    ]
    return compared + _settled()


def _settled() -> list[Difference]:
    """What copies brought for lost ones settled is what the readers' accounts say."""
    differing, (told, said) = compensating.settled_otherwise()
    check = "circulation.settled_by_compensation"
    found = [
        Difference(check=check, place=f"compensation {pk}", expected=fen, found=own_fen, remedy=REBUILD)
        for pk, fen, own_fen in differing[:MOST]
    ]
    if told != said:
        found.append(Difference(check=check, place="forgotten loans", expected=told, found=said))
    return found
