"""Writes of the figures: folding acts into sums, and rebuilding the sums."""

from django.db import connection, transaction

from wenlan.indicators import statements
from wenlan.ledger import operations as ledger

BATCH = 20_000


def fold(limit: int = BATCH) -> int:
    """Add up to `limit` acts that the sums lack to every cube, in one transaction; return how many.

    Acts of any day, in any order; several workers may fold at once on PostgreSQL. Call it until it returns 0.
    """
    with ledger.take_unfolded(limit) as (cursor, taken):
        if taken:
            statements.add_batch(cursor)
    return taken


def fold_all(limit: int = 200_000) -> int:
    """Fold until nothing is left; return how many acts were added."""
    total = 0
    while taken := fold(limit):
        total += taken
    return total


def rebuild_cubes() -> int:
    """Throw the sums away and add every act again; return how many.

    While it runs figures say how far they are complete.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        statements.clear(cursor)
        ledger.unfold_all()
    return fold_all()
