from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from wenlan.indicators.testing import make_tree
from wenlan.ledger.testing import make_act
from wenlan.registers import operations, queries, sheets
from wenlan.registers.errors import SheetUnreadable
from wenlan.registers.testing import make_patrol

pytestmark = pytest.mark.django_db

HEADINGS = ("日期", "馆点", "巡查地点", "巡查人", "检查内容", "发现隐患")


def xlsx(*lines):
    workbook = Workbook()
    for line in lines:
        workbook.active.append(line)
    stream = BytesIO()
    workbook.save(stream)
    return BytesIO(stream.getvalue())


def rows_of(content):
    return list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))


@pytest.fixture
def tree():
    return make_tree()


def enter(tree, sheet):
    nodes = {tree["MAIN"], tree["EAST"]}
    return operations.enter_sheet(make_act(node=tree["MAIN"]), book="safety_patrols", sheet=sheet, nodes=nodes)


def test_rows_are_entered_once_and_bad_ones_come_back_with_reasons(tree):
    lines = (
        HEADINGS,
        ("2019年3月4日", "EAST", "大厅", "李一、王二", "消防设施", 2),
        (date(2019, 3, 5), None, "书库", "李一", "fire", None),
        ("2019-03-06", "WEST", "书库", "李一", "fire", None),
        ("soon", "EAST", "书库", "李一", "roof", None),
        ("2019-03-07", "EAST", None, "李一", "屋顶", None),
        (None, None, None, None, None, None),
    )

    first = enter(tree, xlsx(*lines))
    again = enter(tree, xlsx(*lines))

    assert (first.read, first.entered, first.repeated, first.refused) == (5, 2, 0, 3)
    assert (again.entered, again.repeated, again.refused) == (0, 2, 3)
    refused = rows_of(first.rejects)
    assert [row[0] for row in refused[1:]] == ["2019-03-06", "soon", "2019-03-07"]
    assert all(row[-1] for row in refused[1:])
    entered = queries.entries("safety_patrols", nodes=set(tree.values())).rows
    assert [(entry.node, entry.values.get("dangers")) for entry in entered] == [(tree["MAIN"], None), (tree["EAST"], 2)]


def test_two_equal_lines_of_one_file_are_two_entries(tree):
    line = ("2019-03-04", "EAST", "大厅", "李一", "fire", None)

    assert enter(tree, xlsx(HEADINGS, line, line)).entered == 2


def test_what_was_written_is_read_again(tree):
    make_patrol(tree["EAST"], dangers=2, remark="=1+1")
    book = queries.book("safety_patrols")
    page = queries.entries("safety_patrols", nodes=set(tree.values()))

    content = sheets.write(book, page.rows)

    assert (rows_of(content)[1][0].date(), rows_of(content)[1][1]) == (date(2019, 3, 4), "EAST")
    (row,) = sheets.read(book, BytesIO(content))
    assert (row["day"], row["place"], row["dangers"]) == (date(2019, 3, 4), "三层书库", 2)
    assert "=1+1" not in rows_of(content)[1]


@pytest.mark.parametrize(
    "sheet",
    [BytesIO(b"no sheet"), xlsx(("巡查地点",), ("大厅",)), xlsx(("日期", "颜色"), ("2019-03-04", "red")), xlsx()],
)
def test_a_file_that_cannot_be_read_is_refused_whole(tree, sheet):
    with pytest.raises(SheetUnreadable):
        enter(tree, sheet)
