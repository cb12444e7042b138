"""Proof that the ledger has what the record books say, no more and no less."""

from django.db import connection

from wenlan.kernel.differences import Difference
from wenlan.registers import statements
from wenlan.registers.models import Entry


def differences() -> list[Difference]:
    """Compare what the entries recorded with what stands in the ledger, source by source."""
    said: dict[str, int] = {}
    for recorded in Entry.objects.values_list("recorded", flat=True).iterator():
        said |= recorded
    with connection.cursor() as cursor:
        booked = statements.recorded_from_registers(cursor)
    return [
        Difference(
            check="registers.ledger",
            place=f"source={source}",
            expected=said.get(source),
            found=booked.get(source),
            rows=(source,),
        )
        for source in sorted(said.keys() | booked.keys())
        if said.get(source) != booked.get(source)
    ]
