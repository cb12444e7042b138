"""The same small library as ILAS, dp2 and plain Excel write it, and what a site says on top of a profile."""

from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from wenlan.catalogue import queries as titles
from wenlan.circulation import queries as loans
from wenlan.circulation.testing import make_act
from wenlan.files import queries as files
from wenlan.holdings import queries as items
from wenlan.holdings.types import ItemStatus
from wenlan.moving import words
from wenlan.moving.errors import FolderUnreadable, ProfileMisdeclared, ProfileUnknown
from wenlan.moving.profiles import profile, profile_codes
from wenlan.moving.tests.exports import READERS, moved, written
from wenlan.moving.types import Totals
from wenlan.patrons import operations as patrons
from wenlan.patrons import queries as readers
from wenlan.patrons.portraits.queries import portrait
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db

PIXEL = b"\xff\xd8\xff\xe0picture"
ILAS = {
    "读者库.txt": "读者证条码\t姓名\t性别\t级别\t发证单位\t办证日期\t失效日期\t证状态\t押金\n"
    "D0001\t李明\t男\t成人读者\t东馆\t20150301\t20290301\t正常\t100元\n",
    "馆藏库.txt": "图书条码\t登录号\t题名\t责任者\t出版社\t分类号\t索书号\t价格\t馆藏地址\t流通类别\t"
    "馆藏状态\t流通次数\n"
    "0010001\tZ1\t骆驼祥子\t老舍\t人民文学出版社\tI246.5\tI246.5/L31\t￥25.00\t东馆\t外借\t出借\t7\n"
    "0010002\tZ2\t骆驼祥子\t老舍\t人民文学出版社\tI246.5\tI246.5/L31\t25.00\t东馆\t外借\t入藏\t2\n",
    "外借.txt": "读者条码\t图书条码\t借出日期\t应还日期\t续借次数\nD0001\t0010001\t20190220\t20190322\t1\n",
}
DP2_READERS = """<?xml version="1.0" encoding="utf-8"?>
<collection xmlns:dprms="http://dp2003.com/dprms">
<root><barcode>R0000001</barcode><name>李明</name><readerType>成人读者</readerType><gender>男</gender>
 <createDate>Sun, 01 Mar 2015 00:00:00 +0800</createDate><expireDate>Thu, 01 Mar 2029 00:00:00 +0800</expireDate>
 <foregift>CNY100.00</foregift><tel>13903551234</tel>
 <borrows><borrow barcode="0000001" no="1" borrowDate="Wed, 20 Feb 2019 10:03:01 +0800" borrowPeriod="31day"/></borrows>
 <overdues><overdue barcode="0000009" price="CNY1.50"/><overdue barcode="0000008" price="CNY1"/></overdues>
</root>
<root><barcode>R0000002</barcode><name>王芳</name><readerType>成人读者</readerType><state>挂失</state></root>
</collection>"""
DP2_ITEMS = """<?xml version="1.0" encoding="utf-8"?>
<collection>
<root><barcode>0000001</barcode><state></state><location>东馆/流通库</location><price>CNY28.80</price>
 <bookType>普通</bookType><accessNo>I247.5/W31</accessNo><registerNo>5001</registerNo><ISBN>9787530216781</ISBN></root>
<root><barcode>0000002</barcode><state>加工中</state><location>流通库</location><price>CNY10</price>
 <bookType>参考</bookType></root>
</collection>"""


def test_ilas_in_gbk_with_tabs(places, tmp_path):
    east = {"东馆": places["EAST"]}

    report = moved(written(tmp_path, ILAS), places["root"], profile="ilas", places=east, is_last=True)

    assert (report.differences, report.here) == (
        {}, Totals(readers=1, deposit_fen=10_000, items=2, price_fen=5_000, loans=1)
    )  # fmt: skip
    li = readers.patron_by_card("d0001")
    (loan,) = loans.open_loans(li.id)
    book = items.item(loan.item)
    assert (li.name, li.home_node, loan.renewals, loan.due_on) == ("李明", places["EAST"], 1, date(2019, 3, 22))
    assert (book.call_number, book.accession_number, book.loans, book.shelved_at) == (
        "I246.5/L31", "Z1", 7, places["EAST"],
    )  # fmt: skip
    (record,) = titles.records({book.record}).values()
    assert (record.title_proper, record.publisher, record.main_class) == ("骆驼祥子", "人民文学出版社", "I")
    assert report.outcomes["records"] == {"new": 1}  # two copies of one title


def test_dp2_xml_of_readers_with_their_loans_and_of_items(places, tmp_path):
    files = {"readers.xml": DP2_READERS, "items.xml": DP2_ITEMS}
    kinds = {"profile": "dp2", "places": {"东馆": places["EAST"]}, "is_last": True}

    report = moved(written(tmp_path, files, "utf-8"), places["root"], **kinds)

    assert report.here == Totals(readers=2, deposit_fen=10_000, owed_fen=250)
    assert report.problems["items"] == {"place_unknown": 1, "kind_unknown": 1, "no_record": 2}
    assert report.problems["loans"] == {"item_unknown": 1}
    files["items.xml"] = DP2_ITEMS.replace("<ISBN>", "<title>平凡的世界</title><ISBN>")
    again = moved(written(tmp_path, files, "utf-8"), places["root"], **kinds)
    assert (again.here.items, again.here.loans) == (1, 1)
    (loan,) = loans.open_loans(readers.patron_by_card("R0000001").id)
    assert (loan.lent_on, loan.due_on, loan.renewals) == (date(2019, 2, 20), date(2019, 3, 23), 1)


def test_plain_excel_with_a_title_line_above_the_headings(places, tmp_path):
    book = Workbook()
    for row in (
        ["东馆藏书清单"],
        ["条码", "书名", "作者", "定价", "状态"],
        ["A1", "家", "巴金", 22.5, "在馆"],
        [10002, "春", "巴金", 30, "在馆"],
    ):
        book.active.append(row)
    book.save(tmp_path / "藏书.xlsx")

    report = moved(tmp_path, places["EAST"], profile="plain")

    assert (report.differences, report.here.items, report.here.price_fen) == ({}, 2, 5_250)
    assert [one.shelved_at for one in items.items_with_barcode("10002")] == [places["EAST"]]


def test_words_that_nobody_knew_are_asked_for_in_a_sheet_and_understood_in_the_next_trial(places, tmp_path):
    text = "barcode,书名,orglib,state\nB1,家,TSG,77\nB2,春,TSG,77\n"
    first = moved(written(tmp_path, {"items.csv": text}), places["root"])
    words.write(tmp_path, first.unknown, words.read(tmp_path))
    assert first.unknown == {"place": {"TSG": 2}, "state": {"77": 2}}
    (book,) = items.items_with_barcode("B1")
    assert book.status == ItemStatus.LOCKED

    sheet = load_workbook(tmp_path / words.FILE)
    for row in sheet.worksheets[0].iter_rows(min_row=2):
        row[4].value = {"place": "WEST", "state": "lost"}[row[0].value]
    sheet.save(tmp_path / words.FILE)
    again = moved(tmp_path, places["root"])

    (book,) = items.items_with_barcode("B1")
    assert (again.unknown, book.status, book.shelved_at) == ({}, ItemStatus.LOST, places["WEST"])


def test_a_site_says_only_what_is_different_in_a_profile_of_its_own(tmp_path):
    said = 'based_on = "interlib"\n[items.states]\n"15" = "locked"\n[places]\n"001" = "EAST"\n'
    (tmp_path / "ours.toml").write_text(said, encoding="utf-8")
    (tmp_path / "odd.toml").write_text('based_on = "interlib"\n[shelves]\n', encoding="utf-8")

    found = profile("ours", tmp_path)

    states = found.form("items").of("states")
    assert (states["15"], states["3"], found.places, found.readers) == (
        "locked",
        "on_loan",
        {"001": "EAST"},
        "interlib",
    )
    assert profile_codes() == ("dp2", "ilas", "interlib", "plain")
    with pytest.raises(ProfileMisdeclared):
        profile("odd", tmp_path)
    with pytest.raises(ProfileUnknown):
        profile("nobody")


def test_a_folder_without_exports_is_refused(places, tmp_path):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(FolderUnreadable):
            moved(folder, places["root"])


def test_photographs_lie_beside_the_readers_and_come_once(places, tmp_path):
    photos = written(tmp_path, {"readers.csv": READERS}) / "photos"
    photos.mkdir()
    for name, content in (("A001.jpg", PIXEL), ("A777.jpg", PIXEL), ("A002.png", b"no picture")):
        (photos / name).write_bytes(content)

    trial = moved(tmp_path, places["root"], run=False)
    real = moved(tmp_path, places["root"])
    again = moved(tmp_path, places["root"])

    li = readers.patron_by_card("A001")
    assert [one.outcomes["photographs"] for one in (trial, real, again)] == [
        {"new": 2, "rejected": 1}, {"new": 1, "rejected": 2}, {"same": 1, "rejected": 2},
    ]  # fmt: skip
    assert files.content(portrait(li.uid)) == PIXEL
    desk, stranger = signed_in(places["root"], "circulation"), signed_in(places["root"], "cataloguer")
    assert f"/desk/readers/{li.id}/portrait" in desk.get(f"/desk/readers/{li.id}/").content.decode()
    assert desk.get(f"/desk/readers/{li.id}/portrait").content == PIXEL
    assert stranger.get(f"/desk/readers/{li.id}/portrait").status_code == 403

    patrons.deregister(make_act(places["root"]), patron=li.id)
    patrons.erase(make_act(places["root"]), patron=li.id)
    assert portrait(li.uid) is None
