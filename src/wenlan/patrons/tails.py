"""Readers found by their document: by its whole number, or by its end among the few of one room.

Numbers are kept encrypted, and no part of one is kept beside it: the readers of a village are few enough to look at
each. Among many nobody is looked for this way.
"""

from collections.abc import Collection

from wenlan.patrons.identity import cipher, lookup_hash
from wenlan.patrons.models import Patron
from wenlan.patrons.policies import is_id_number, tidy
from wenlan.patrons.types import PatronStatus

SHORTEST, LONGEST = 4, 8
MOST_READERS = 3000


def readers_by_document(number: str, homes: Collection[int], *, limit: int = 10) -> tuple[int, ...]:
    """Return the ids of readers with this whole identity number, or of the nodes whose document ends so.

    In order of registration; one statement. An end has 4 to 8 places; by another, and among more than 3,000 readers,
    nobody is found.
    """
    wanted = tidy(number)
    if is_id_number(wanted):
        whole = Patron.objects.filter(id_number_hash=lookup_hash(wanted)).exclude(status=PatronStatus.DEREGISTERED)
        return tuple(whole.order_by("id").values_list("id", flat=True)[:limit])
    if not SHORTEST <= len(wanted) <= LONGEST or not wanted.isalnum():
        return ()
    rows = Patron.objects.filter(home_node__in=homes, erased_at=None).exclude(id_number_cipher=None)
    known = list(rows.exclude(status=PatronStatus.DEREGISTERED).order_by("id")[: MOST_READERS + 1])
    if len(known) > MOST_READERS:
        return ()
    found = []
    for row in known:
        number = cipher(row.id_key_version).decrypt(bytes(row.id_number_cipher or b""), bound_to=row.uid.bytes)
        if tidy(number).endswith(wanted):
            found.append(row.pk)
    return tuple(found[:limit])
