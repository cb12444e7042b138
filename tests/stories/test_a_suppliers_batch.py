"""300 books of a supplier, from the files to the labels, by somebody who would rather read."""

import csv
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from wenlan.acquisitions import operations, queries
from wenlan.acquisitions.testing import make_act, make_supplier, marc_file, receive, supplied
from wenlan.acquisitions.types import BatchState, Outcome
from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.catalogue.models import BibRecord
from wenlan.catalogue.testing import make_record
from wenlan.holdings import queries as holdings
from wenlan.holdings.models import Item
from wenlan.holdings.tracing import trace
from wenlan.indicators import operations as cubes
from wenlan.indicators import queries as indicators
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network
from wenlan.staff.testing import PASSWORD, make_member
from wenlan.ui import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BOOKS, PARCELS = 300, 6
HEADINGS = ["序号", "书名", "著者", "出版社", "定价", "册数", "条码", "包号", "实洋"]


def works() -> list[dict[str, str]]:
    """Return real works that the project states itself; none has an ISBN that somebody made up."""
    text = files("wenlan.demo").joinpath("data/works.csv").read_text(encoding="utf-8")
    by_title = {work["title"]: work for work in csv.DictReader(text.splitlines())}
    return list(by_title.values())[:BOOKS]


def record_of(number: int, work: dict[str, str]) -> MarcRecord:
    """Return the supplier's record of a work, its barcode in 986."""
    author = work["authors"].split(" ")[0]
    stated = {"publisher": work["publisher"], "class_number": work["class_number"], "author": author}
    return supplied(work["title"], f"CZ{number:07d}", **stated)


def packing_list(all_works: list[dict[str, str]]) -> bytes:
    """Return the list that came with the parcels: 50 books in each."""
    book = Workbook()
    sheet = book.active
    sheet.append(["新华书店馆配中心发货清单"])
    sheet.append(HEADINGS)
    for number, work in enumerate(all_works, start=1):
        parcel = f"B{(number - 1) * PARCELS // BOOKS + 1}"
        line = [number, work["title"], work["authors"], work["publisher"], 23, 1, f"CZ{number:07d}", parcel, 16.91]
        sheet.append(line)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


SANTI, QIUZHUANG, TONGSHI = "9787536692930", "9787536693968", "9787010000077"
HELD = (
    ("三体", SANTI, {"price": "CNY23.00"}),
    ("球状闪电", QIUZHUANG, {"price": "CNY20.00"}),
    ("中国通史", TONGSHI, {"volume": "第一册"}),
)
ARRIVED = (
    supplied("三体", "XH1", isbn=SANTI, price="CNY23.00"),
    supplied("球状闪电", "XH2", isbn=QIUZHUANG, price="CNY28.00"),
    supplied("中国通史", "XH3", isbn=TONGSHI, volume="第二册"),
    supplied("示例新书", "XH4"),
)


class Hands:
    """A cataloguer whose keys and clicks are counted."""

    def __init__(self, page: Any) -> None:
        self.page, self.acts = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.acts += 1

    def choose(self, *uploads: dict[str, Any]) -> None:
        self.page.set_input_files("[name=uploads]", uploads)
        self.acts += 2 + len(uploads)  # open the dialogue, mark the files, confirm


def scans() -> Iterator[tuple[str, str]]:
    """Yield every barcode with its parcel, but for one book that is not there."""
    for number in range(1, BOOKS + 1):
        if number != 17:
            yield f"B{(number - 1) * PARCELS // BOOKS + 1}", f"CZ{number:07d}"


def sign_in(page: Any, server: Any) -> None:
    """Let Sun sit down at the acquisitions desk."""
    page.goto(f"{server.url}/desk/sign-in/")
    page.fill("[name=username]", "sun")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.url}/desk/")


@pytest.mark.capability("V02")
def test_story_of_a_suppliers_batch(page, live_server):
    # Three of the 300 titles are in the catalogue already, under the same name and without a number to tell by.
    _root, branch = make_network("CZ")
    ledger.load_measures()
    all_works = works()
    for work in (all_works[40], all_works[120], all_works[200]):
        make_record(branch.id, work["title"], author="旧记录", year="2008")
    make_supplier(branch.id, "XH", sample_percent=1, most_errors_permille=0, scans_parcels=True)
    make_member(branch.id, "acquisitions", username="sun")
    sign_in(page, live_server)

    # Sun takes both files in one choice. GBK, 986 and the parcels are understood; only three titles ask.
    hands = Hands(page)
    page.goto(f"{live_server.url}/desk/acquisitions/")
    hands.press("n")
    page.wait_for_selector("[name=uploads]")
    records = marc_file(*(record_of(number, work) for number, work in enumerate(all_works, start=1)))
    hands.choose(
        {"name": "xh.iso", "mimeType": "application/octet-stream", "buffer": records.content},
        {"name": "装箱单.xlsx", "mimeType": "application/octet-stream", "buffer": packing_list(all_works)},
    )
    page.focus("main button.primary")
    hands.press("Enter")
    page.wait_for_selector(".compare-table")
    (batch,) = queries.batches([branch.id])
    assert (batch.titles, batch.copies, batch.new, batch.doubtful) == (BOOKS, BOOKS, BOOKS - 3, 3)

    # One is a copy of what they have; two are other editions, and new.
    for left, key in ((2, "1"), (1, "n"), (0, "n")):
        hands.press(key)
        page.wait_for_selector(f"text=还有 {left} 种待判定" if left else "text=扫描核对")
    assert queries.batch(batch.number).state == BatchState.CHECKING

    # The parcels are scanned by a helper: a stranger sounds, a book of the first parcel is not there.
    page.keyboard.press("p")
    page.wait_for_selector("[data-scan]")
    for code in ("CZ0000001", "CZ0000001", "LC0000009"):
        page.fill("[data-scan]", code)
        page.keyboard.press("Enter")
    page.wait_for_selector(".act.stop:has-text('单上没有')")
    assert page.locator(".act.look:has-text('已扫过')").count() == 1
    assert page.inner_text("[data-count=found]") == "1"
    for parcel, code in scans():
        operations.scan(make_act(branch.id), batch=batch.number, parcel=parcel, code=code)
    for _parcel in range(PARCELS):
        with page.expect_navigation():
            page.keyboard.press("F8")
    page.wait_for_selector("text=抽取样本")
    assert [(one.copies, one.found, one.missing) for one in queries.parcels(batch.number)] == [
        (50, 49, 1),
        *((50, 50, 0),) * 5,
    ]

    # Three volumes are looked at; nothing is wrong with them.
    hands.press("c")
    page.wait_for_selector("[data-scan-go]")
    for volume in queries.copies(batch.number, is_sampled=True):
        page.fill("[data-scan]", volume.barcode)
        page.keyboard.press("Enter")
        page.wait_for_selector("[name=note]")
        with page.expect_navigation():
            hands.press("Enter")

    # Accepted: one key opens the question, Enter answers it.
    page.wait_for_selector("button[data-dialog=accept]")
    hands.press("a")
    page.wait_for_selector("dialog#accept[open]")
    hands.press("Enter")
    page.wait_for_selector(".note.success")

    # At three seconds an act, which is slow, the 300 books took less than 90 seconds of Sun's time.
    assert hands.acts * 3 < 90
    accepted = queries.batch(batch.number)
    assert (accepted.state, accepted.accepted_copies, accepted.missing) == (BatchState.ACCEPTED, BOOKS - 1, 1)

    # The page of the batch number goes on: the line of the register with what was paid, and where the books are.
    followed = page.inner_text("section:has(h2:has-text('验收以后'))")
    assert "5,056.09" in followed
    assert "加工中 299" in followed
    assert trace(batch.number).entered[0].paid_fen == (BOOKS - 1) * 1691

    # The figures of the day have them, and nothing from the day of arrival; the labels wait under the batch number.
    cubes.fold()
    period = Period.day(clock.today())
    assert indicators.figures(["additions"], node=branch.id, period=period)["additions"].value == BOOKS - 1
    assert holdings.item_by_barcode("CZ0000042").accession_number == "0000041"
    with page.expect_navigation():
        page.click("text=打印标签")
    assert page.input_value("[name=batch]") == batch.number
    page.keyboard.press("F8")
    page.wait_for_selector(".label-page")
    assert f"{BOOKS - 1} 枚标签" in page.inner_text("#preview")


@pytest.mark.capability("V02")
def test_story_of_a_batch_that_goes_back(page, live_server):
    # Four books: one we have under the same ISBN, price and volume, one at another price, one another volume, one new.
    _root, branch = make_network("CZ")
    ledger.load_measures()
    for title, isbn, stated in HELD:
        make_record(branch.id, title, isbn=isbn, **stated)
    known = BibRecord.objects.count()
    supplier = make_supplier(branch.id, "XH", sample_percent=100, most_errors_permille=0, scans_parcels=False)
    make_member(branch.id, "acquisitions", username="sun")
    number = receive(branch.id, *ARRIVED, supplier=supplier.id)
    assert [(one.title, one.volume, one.outcome) for one in queries.titles(number)] == [
        ("三体", "", Outcome.COPY),
        ("球状闪电", "", Outcome.DOUBTFUL),
        ("中国通史", "第二册", Outcome.NEW),
        ("示例新书", "", Outcome.NEW),
    ]

    # Sun says the reprint is new, and looks at the sample: the second label is wrong, one book is damaged.
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/desk/acquisitions/{number}/doubtful/")
    with page.expect_navigation():
        page.keyboard.press("n")
    page.keyboard.press("c")
    page.wait_for_selector("[data-scan-go]")
    for volume, errors in zip(queries.copies(number), ("", "4", "46", ""), strict=True):
        page.fill("[data-scan]", volume.barcode)
        page.keyboard.press("Enter")
        page.wait_for_selector("[name=note]")
        for key in errors:
            page.keyboard.press(key)
        with page.expect_navigation():
            page.keyboard.press("Enter")

    # The page lists the errors and does not offer to accept. With a reason the batch goes back, as if it never came.
    page.wait_for_selector("button[data-dialog=send-back]")
    assert page.locator("button[data-dialog=accept]").count() == 0
    listed = page.inner_text("main")
    assert "书标有误或缺: 2" in listed
    assert "破损、缺页、错装: 1" in listed
    page.click("button[data-dialog=send-back]")
    page.fill("dialog#send-back [name=reason]", "书标贴错，一册破损")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert queries.batch(number).state == BatchState.SENT_BACK
    assert (BibRecord.objects.count(), Item.objects.count()) == (known, 0)
    page.goto(f"{live_server.url}/desk/acquisitions/{number}/sheet/")
    assert "书标贴错，一册破损" in page.inner_text("body")
