"""An installation to lend in: `python -m tools.bench.stage` fills the one in WENLAN_HOME.

Readers and items are numbered without a gap, and what is scanned is the number, so that every program of the
bench, in whatever language, knows pair `k` without asking.
"""

import json
import os
import sys
from datetime import UTC, date, datetime

import django

READERS = 2_000
ITEMS = 60_000
FIRST_CARD = 1_000_000
FIRST_BARCODE = 5_000_000
OPENED = date(2015, 1, 1)
TERMINAL, PASSWORD = "BENCH", "bench-terminal"


def card(pair: int) -> str:
    """Return the card of a pair."""
    return str(FIRST_CARD + pair % READERS)


def barcode(pair: int) -> str:
    """Return the barcode of a pair."""
    return str(FIRST_BARCODE + pair)


def fill() -> int:
    """Register readers, items, a rule and a terminal; return the id of the place where they stand."""
    from wenlan.catalogue.testing import make_record
    from wenlan.circulation.testing import make_rule
    from wenlan.holdings import operations as holdings
    from wenlan.holdings.types import NewItem
    from wenlan.indicators import operations as indicators
    from wenlan.kernel.acts import Act, Channel
    from wenlan.network import queries as network
    from wenlan.patrons import operations as patrons
    from wenlan.patrons.testing import make_category
    from wenlan.patrons.types import NewReader
    from wenlan.protocols.sip2.terminals import enrol

    place = network.root().id
    make_rule(place, since=OPENED)
    make_category("bench", loan_limit=10_000)
    enrol(code=TERMINAL, password=PASSWORD, node=place)
    record = make_record(place).id
    act = Act(at=datetime(2015, 1, 2, 2, tzinfo=UTC), node=place, channel=Channel.IMPORT, key="bench")
    readers = [
        NewReader(name="读者", category="bench", card_number=card(pair), key=f"r{pair}") for pair in range(READERS)
    ]
    patrons.register_many(act, readers=readers)
    items = [NewItem(record=record, barcode=barcode(pair), key=f"i{pair}") for pair in range(ITEMS)]
    for start in range(0, ITEMS, 2_000):
        holdings.accession_many(act, items=items[start : start + 2_000])
    indicators.fold_all()  # an installation at work is not still summing up the stock it began with
    return place


def main() -> int:
    """Fill the installation; print what was made."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    django.setup()
    print(json.dumps({"place": fill()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
