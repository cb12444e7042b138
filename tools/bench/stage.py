"""An installation to lend in: `python -m tools.bench.stage` fills the one in WENLAN_HOME.

Readers and items are numbered without a gap, and what is scanned is the number, so that every program of the
bench, in whatever language, knows pair `k` without asking. How many there are, and how many loans lie behind, is told
by the environment.
"""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import django


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How large an installation is: items to lend, readers, and loans that came back long ago."""

    items: int
    readers: int
    loans: int = 0

    @property
    def environment(self) -> Mapping[str, str]:
        """What tells the programs of the bench."""
        return {"BENCH_ITEMS": str(self.items), "BENCH_READERS": str(self.readers), "BENCH_LOANS": str(self.loans)}


SMALL = Scale(items=60_000, readers=2_000)
LARGE = Scale(items=400_000, readers=50_000, loans=1_000_000)
READERS = int(os.environ.get("BENCH_READERS", SMALL.readers))
ITEMS = int(os.environ.get("BENCH_ITEMS", SMALL.items))
LOANS = int(os.environ.get("BENCH_LOANS", SMALL.loans))
FIRST_CARD = 1_000_000
FIRST_BARCODE = 5_000_000
OPENED = date(2015, 1, 1)
FIRST_LOANS, DAYS_OF_LOANS, KEPT_DAYS = "2016-01-04", 1000, 21
TERMINAL, PASSWORD = "BENCH", "bench-terminal"
LIBRARIAN, LIBRARIANS_PASSWORD = "bench", "correct horse battery staple"


def card(pair: int) -> str:
    """Return the card of a pair."""
    return str(FIRST_CARD + pair % READERS)


def barcode(pair: int) -> str:
    """Return the barcode of a pair."""
    return str(FIRST_BARCODE + pair)


def fill() -> int:
    """Make readers, items, loans of the past, a rule, a terminal and a librarian; return the id of the place."""
    from tools.bench.clones import measure_tables
    from wenlan.circulation.testing import make_rule
    from wenlan.indicators import operations as indicators
    from wenlan.network import queries as network
    from wenlan.patrons.testing import make_category
    from wenlan.protocols.sip2.terminals import enrol
    from wenlan.staff import operations as staff
    from wenlan.ui import clock

    place = network.root().id
    make_rule(place, since=OPENED)
    make_category("bench", loan_limit=10_000)
    enrol(code=TERMINAL, password=PASSWORD, node=place)
    staff.ship_roles()
    member = staff.create_member(
        None, username=LIBRARIAN, name="Bench", password=LIBRARIANS_PASSWORD, home_node=place, department=None
    )
    staff.grant(None, staff=member.id, role="circulation", node=place, from_day=clock.today())
    make_readers(place)
    make_items(place)
    if LOANS:
        make_past_loans(place)
    indicators.fold_all()  # an installation at work is not still summing up the stock it began with
    measure_tables()
    return place


def make_readers(place: int) -> None:
    """Register the first reader as the desk does, and the others like it."""
    from tools.bench.clones import clone, text, uid
    from wenlan.kernel.acts import Act, Channel
    from wenlan.patrons import operations as patrons
    from wenlan.patrons import queries
    from wenlan.patrons.types import NewReader

    act = Act(at=datetime(2015, 1, 2, 2, tzinfo=UTC), node=place, channel=Channel.IMPORT, key="bench-reader")
    patrons.register(act, reader=NewReader(name="读者", category="bench", card_number=card(0)))
    first = queries.patron_by_card(card(0))
    number = text(f"{FIRST_CARD} + n")
    clone("patrons.Patron", first.id, READERS - 1, uid=uid(), registration_key=text("n", "bench-"))
    clone(
        "patrons.Card", first.cards[0].id, READERS - 1,
        patron_id=f"{first.id} + n", number=number, number_key=number,
    )  # fmt: skip


def make_items(place: int) -> None:
    """Accession the first item as the desk does, and the others like it."""
    from tools.bench.clones import clone, text, uid
    from wenlan.catalogue.testing import make_record
    from wenlan.holdings import operations as holdings
    from wenlan.holdings.types import NewItem
    from wenlan.kernel.acts import Act, Channel

    act = Act(at=datetime(2015, 1, 2, 2, tzinfo=UTC), node=place, channel=Channel.IMPORT, key="bench-item")
    first = holdings.accession(act, item=NewItem(record=make_record(place).id, barcode=barcode(0)))
    number = text(f"{FIRST_BARCODE} + n")
    clone(
        "holdings.Item", first.id, ITEMS - 1,
        uid=uid(), barcode=number, barcode_key=number,
        accession_number=text("n", "bench-"), accession_key=text("n", "bench-"),
    )  # fmt: skip


def make_past_loans(place: int) -> None:
    """Lend and take back once as the desk does; the other loans and their ledger rows are like that one."""
    from tools.bench import clones
    from wenlan.circulation import operations as circulation
    from wenlan.circulation.models import Loan
    from wenlan.circulation.types import CardRef, ItemRef
    from wenlan.kernel.acts import Act, Channel
    from wenlan.ledger.models import ServiceEvent
    from wenlan.ledger.partitions import ensure_partitions
    from wenlan.ui import clock

    ensure_partitions(date(2016, 1, 1), date(2020, 1, 1))

    def act(key: str) -> Act:
        return Act(at=clock.now(), node=place, channel=Channel.DESK, key=key, device="D1")

    circulation.check_out(act("bench-first-out"), item=ItemRef(barcode(0)), card=CardRef(card(0)))
    circulation.check_in(act("bench-first-in"), item=ItemRef(barcode(0)))
    loan = Loan.objects.get(out_key="bench-first-out")
    out, back = f"n % {DAYS_OF_LOANS}", f"n % {DAYS_OF_LOANS} + {KEPT_DAYS}"
    clones.clone(
        "circulation.Loan", loan.pk, LOANS,
        uid=clones.uid(), item_id=f"{loan.item_id} + n % {ITEMS}",
        patron_id=f"{loan.patron_id} + (n * 7919) % {READERS}",
        lent_at=clones.morning(FIRST_LOANS, out), lent_on=clones.day(FIRST_LOANS, out),
        due_on=clones.day(FIRST_LOANS, f"{out} + 30"), out_key=clones.text("n", "bench-past-out-"),
        returned_at=clones.morning(FIRST_LOANS, back), returned_on=clones.day(FIRST_LOANS, back),
        in_key=clones.text("n", "bench-past-in-"),
    )  # fmt: skip
    for kind, days, source in (("loan.made", out, "loan:"), ("loan.returned", back, "return:")):
        at = clones.morning(FIRST_LOANS, days)
        event = ServiceEvent.objects.get(kind=kind, source=f"{source}{loan.uid}")
        clones.clone(
            "ledger.ServiceEvent", event.id, LOANS, day=clones.day(FIRST_LOANS, days), occurred_at=at, recorded_at=at,
            person_token=f"n % {READERS}", source=clones.text("n", f"{source}bench-"),
        )  # fmt: skip


def main() -> int:
    """Fill the installation; print what was made."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    django.setup()
    print(json.dumps({"place": fill()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
