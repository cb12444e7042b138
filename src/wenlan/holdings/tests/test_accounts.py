"""The two registers: lines and balances, months locked for ever, and what verify finds when somebody tampers."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from wenlan.catalogue.testing import make_record
from wenlan.circulation.testing import make_act
from wenlan.holdings import operations as holdings
from wenlan.holdings.accounts import documents, operations, queries
from wenlan.holdings.accounts.models import LockedLine, LockedMonth
from wenlan.holdings.accounts.queries import Sums
from wenlan.holdings.errors import MonthLocked, MonthNotOver
from wenlan.holdings.models import Item
from wenlan.holdings.testing import withdrawn
from wenlan.holdings.types import NewItem
from wenlan.holdings.verification import differences
from wenlan.kernel.acts import Channel
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db
YEAR = Period(date(2019, 1, 1), date(2020, 1, 1))


@pytest.fixture
def east() -> int:
    return make_network("EAST")[1].id


def add(node: int, day: date, *barcodes: str, origin: str = "purchase", batch: str = "", fen: int = 2000) -> list[int]:
    record = make_record(node, f"书 {barcodes[0]}").id
    items = [
        NewItem(
            record=record,
            barcode=code,
            origin=origin,
            batch=batch,
            source="新华书店",
            list_price_fen=fen,
            paid_fen=fen * 7 // 10,
        )
        for code in barcodes
    ]
    return list(holdings.accession_many(make_act(node, day), items=items))


@pytest.mark.capability("V06", "V07")
def test_story_of_a_year_of_the_registers(east):
    # The opening stock is taken over in December; two batches come in January, a gift in March; one volume leaves.
    # January is locked; a price typed wrong then is corrected in March, and both months say what they should.
    opening = NewItem(record=make_record(east, "旧藏").id, barcode="O1", list_price_fen=500)
    holdings.accession(make_act(east, date(2018, 12, 31), channel=Channel.IMPORT), item=opening)
    first = add(east, date(2019, 1, 8), "A1", "A2", batch="XH-01")
    add(east, date(2019, 1, 8), "B1", batch="XH-02")
    add(east, date(2019, 3, 5), "G1", origin="gift")
    operations.lock_month(make_act(east, date(2019, 2, 1)), owner=east, month=date(2019, 1, 1))

    operations.correct_price(make_act(east, date(2019, 3, 6)), item=first[0], price_fen=2500, reason="误录")
    left = Item.objects.get(barcode="B1")
    withdrawn(make_act(east, date(2019, 3, 20)), holdings.queries.item(left.pk), reason="破损")
    lines = queries.entries(east, YEAR)

    assert [(one.number, one.way, one.voucher, one.titles, one.sums) for one in lines] == [
        ("2019-0001", "purchase", "XH-01", 1, Sums(units=2, fen=4000)),
        ("2019-0002", "purchase", "XH-02", 1, Sums(units=1, fen=2000)),
        ("2019-0003", "gift", "", 1, Sums(units=1, fen=2000)),
        ("", "correction", "", 0, Sums(units=0, fen=500)),
        ("2019-0001", "", "", 1, Sums(units=1, fen=2000)),
    ]
    assert [one.paid_fen for one in lines] == [2800, 1400, 1400, None, None]
    assert (lines[0].by_class, lines[0].by_material, lines[0].source) == ({"I": 2}, {"book": 2}, "新华书店")
    assert [one.balance for one in lines][-1] == Sums(units=4, fen=7000)
    volumes = list(queries.volumes(east, YEAR))
    assert [(one.accession_number, one.direction, one.entry, one.price_fen) for one in volumes] == [
        ("0000002", "in", "2019-0001", 2000),
        ("0000003", "in", "2019-0001", 2000),
        ("0000004", "in", "2019-0002", 2000),
        ("0000005", "in", "2019-0003", 2000),
        ("0000004", "out", "2019-0001", 2000),
    ]
    assert differences() == []
    operations.lock_month(make_act(east, date(2020, 1, 2)), owner=east, month=date(2019, 12, 1))
    assert queries.entries(east, YEAR) == lines
    assert list(queries.volumes(east, YEAR)) == volumes
    assert queries.locked_months(east)[0].closing == Sums(units=4, fen=7000)
    assert len(queries.locked_months(east)) == 12
    assert differences() == []


def test_a_locked_month_takes_nothing_more_and_a_month_that_runs_is_not_locked(east):
    (item,) = add(east, date(2019, 1, 8), "A1")
    with pytest.raises(MonthNotOver):
        operations.lock_month(make_act(east, date(2019, 1, 31)), owner=east, month=date(2019, 1, 1))
    locked = operations.lock_month(make_act(east, date(2019, 2, 1)), owner=east, month=date(2019, 1, 15))
    again = operations.lock_month(make_act(east, date(2019, 2, 2)), owner=east, month=date(2019, 1, 1))

    for write in (
        lambda: add(east, date(2019, 1, 31), "A2"),
        lambda: withdrawn(make_act(east, date(2019, 1, 31)), holdings.queries.item(item)),
        lambda: operations.correct_price(make_act(east, date(2019, 1, 31)), item=item, price_fen=1, reason="x"),
    ):
        with pytest.raises(MonthLocked):
            write()
    add(east, date(2019, 2, 1), "A2")

    assert locked == again
    assert Item.objects.count() == 2
    assert differences() == []


def test_verify_finds_what_somebody_changed_behind_the_books(east):
    items = add(east, date(2019, 1, 8), "A1", "A2")
    operations.lock_month(make_act(east, date(2019, 2, 1)), owner=east, month=date(2019, 1, 1))
    found = []
    for tamper, mend in (
        (lambda: Item.objects.filter(pk=items[0]).update(list_price_fen=1), {"list_price_fen": 2000}),
        (lambda: LockedLine.objects.filter(item=items[0]).update(price_fen=1), None),
        (lambda: LockedMonth.objects.update(locked_by="x", opening_units=1, closing_units=3), None),
    ):
        tamper()
        found.append([one.check for one in differences()])
        if mend:
            Item.objects.filter(pk=items[0]).update(**mend)
        LockedLine.objects.update(price_fen=2000)

    assert found[0] == ["holdings.register_balance"]
    assert found[1] == ["holdings.locked_month"]
    assert "holdings.locked_month" in found[2]


def test_the_registers_are_printed_page_by_page_with_sums_carried_forward(east):
    add(east, date(2019, 1, 8), *(f"A{n:03d}" for n in range(60)))
    lines = documents.volume_pages(queries.volumes(east, YEAR), rows=25)

    pages = PdfReader(BytesIO(documents.volumes_pdf(owner=east, period=YEAR))).pages
    batch = PdfReader(BytesIO(documents.entries_pdf(owner=east, period=YEAR))).pages

    assert [(page["brought"]["units"], page["carried"]["units"]) for page in lines] == [(0, 25), (25, 50), (50, 60)]
    assert len(pages) == 3
    assert ("0000060" in pages[2].extract_text(), "2019-0001" in batch[0].extract_text()) == (True, True)


@pytest.mark.django_db
def test_the_registers_page_shows_prints_and_locks(east):
    add(east, date(2019, 1, 8), "A1", batch="XH-01")
    client = signed_in(east, "stacks")
    asked = {"owner": east, "year": 2019}

    page = client.get("/desk/items/registers/", asked).content.decode()
    volumes = client.get("/desk/items/registers/", asked | {"book": "volumes"}).content.decode()
    pdf = client.get("/desk/items/registers/pdf/", asked)
    locked = client.post("/desk/items/registers/lock", {"owner": east, "month": "2019-01"})
    refused = signed_in(east, "circulation").post("/desk/items/registers/lock", {"owner": east, "month": "2019-01"})

    assert ("XH-01" in page, "0000001" in volumes) == (True, True)
    assert (pdf.status_code, pdf.headers["Content-Type"], pdf.content[:4]) == (200, "application/pdf", b"%PDF")
    assert (locked.status_code, refused.status_code) == (302, 403)
    assert len(queries.locked_months(east)) == 1
