"""300 books of a supplier, from the files to the labels, by somebody who would rather read."""

import csv
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from wenlan.acquisitions import operations, queries
from wenlan.acquisitions.testing import make_act, make_supplier, marc_file, supplied
from wenlan.acquisitions.types import BatchState
from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.catalogue.testing import make_record
from wenlan.holdings import queries as holdings
from wenlan.indicators import operations as cubes
from wenlan.indicators import queries as indicators
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network
from wenlan.staff.testing import PASSWORD, make_member
from wenlan.ui import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BOOKS, PARCELS = 300, 6
HEADINGS = ["序号", "书名", "著者", "出版社", "定价", "册数", "条码", "包号"]


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
        line = [number, work["title"], work["authors"], work["publisher"], 23, 1, f"CZ{number:07d}", parcel]
        sheet.append(line)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


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
    page.goto(f"{live_server.url}/desk/sign-in/")
    page.fill("[name=username]", "sun")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/desk/")

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
