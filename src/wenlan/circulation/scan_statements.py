"""What a scan at the desk means, in one statement: an act that was done with its key before, or a reader's card."""

from typing import NamedTuple

from django.db import connection

MEANT = """SELECT COALESCE(
    (SELECT 'check_out' FROM circulation_loan WHERE out_key = %s),
    (SELECT 'check_in' FROM circulation_loan WHERE in_key = %s),
    (SELECT 'renew' FROM circulation_renewal WHERE key = %s)),
    (SELECT c.patron_id FROM patrons_card_facts c WHERE c.number_key = %s
     ORDER BY c.until_day IS NOT NULL, c.id DESC LIMIT 1)"""


class Meant(NamedTuple):
    """The act that the key stands for, if it was done, and the reader whose card it may be."""

    done: str | None
    patron: int | None


def meant(key: str, card_key: str) -> Meant:
    """Return what a scan may mean."""
    with connection.cursor() as cursor:
        cursor.execute(MEANT, (key, key, key, card_key))
        return Meant._make(cursor.fetchone())
