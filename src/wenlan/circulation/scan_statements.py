"""What a scan at the desk means, in one statement: an act done before with its key, a reader's card, or an item."""

from typing import NamedTuple

from django.db import connection

MOST_OF_A_SCAN = 10  # items that share a barcode, to choose from
MEANT = """SELECT COALESCE(
    (SELECT 'check_out' FROM circulation_loan WHERE out_key = %s),
    (SELECT 'check_in' FROM circulation_loan WHERE in_key = %s),
    (SELECT 'renew' FROM circulation_renewal WHERE key = %s)),
    (SELECT c.patron_id FROM patrons_card_facts c WHERE c.number_key = %s
     ORDER BY c.until_day IS NOT NULL, c.id DESC LIMIT 1),
    i.id, i.record_id, i.barcode, i.barcode_scope, i.status, i.shelved_at_id, i.call_number
FROM (SELECT 1) one LEFT JOIN (
    SELECT * FROM holdings_facts WHERE barcode_key = %s AND (%s = '' OR barcode_scope = %s)
    ORDER BY barcode_scope LIMIT %s) i ON TRUE"""


class ScannedItem(NamedTuple):
    """What a desk shows of an item that was scanned, before it does something with it."""

    id: int
    record: int
    barcode: str
    scope: str
    status: str
    shelved_at: int
    call_number: str


class Meant(NamedTuple):
    """The act that the key stands for, if it was done; the reader whose card it may be; items that carry the code.

    The items are ordered by scope: none, one, or several that share a barcode.
    """

    done: str | None
    patron: int | None
    items: tuple[ScannedItem, ...]


def meant(*, key: str, card_key: str, barcode_key: str, scope: str) -> Meant:
    """Return what a scan may mean. With a scope only the item that has the barcode there."""
    with connection.cursor() as cursor:
        cursor.execute(MEANT, (key, key, key, card_key, barcode_key, scope, scope, MOST_OF_A_SCAN))
        rows = cursor.fetchall()
    done, patron = rows[0][:2]
    return Meant(done, patron, tuple(ScannedItem._make(row[2:]) for row in rows if row[2] is not None))
