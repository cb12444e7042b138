"""What does not fit is named with file, line and reason; nothing is dropped in silence, nothing stops the rest."""

from datetime import date

import pytest
from openpyxl import load_workbook

from wenlan.circulation import operations as circulation
from wenlan.circulation import queries as loans
from wenlan.circulation.testing import card_of, make_act, scan
from wenlan.circulation.types import ItemRef
from wenlan.holdings import queries as items
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import ItemStatus
from wenlan.indicators.commands import all_differences
from wenlan.moving import misfits
from wenlan.moving.errors import LastRunDone
from wenlan.moving.tests.exports import FILES, ITEMS, LOANS, NIGHT, READERS, moved, written
from wenlan.patrons import queries as readers
from wenlan.patrons.testing import make_patron

pytestmark = pytest.mark.django_db

ODD = {
    "marc.iso": FILES["marc.iso"],
    "readers.csv": READERS
    + "A001,李明,1,成人读者,EAST,2015-03-01,2029-03-01,1,,,\n"
    + "A010,周八,1,成人读者,EAST,2015-02-30,2029-03-01,1,,,\n"
    + "A011,吴九,1,军人,EAST,2015-03-01,00/00/0000,1,,一百,\n",
    "items.csv": ITEMS
    + "B001,,EAST,,EAST,001,2,39.80,12,,,平凡的世界,\n"
    + ",,EAST,,EAST,001,2,1,0,,,无码,\n"
    + "B007,,EAST,,EAST,001,3,免费,0,,,书七,\n"
    + "B008,9999,EAST,,EAST,001,2,1,0,,,,\n"
    + "B009,,EAST,,EAST,001,2,1,几次,,100001,书九,\n",
    "loans.csv": LOANS
    + "A001,B777,2019-02-20,2019-03-22,0,EAST\n"
    + "A777,B004,2019-02-20,2019-03-22,0,EAST\n"
    + "A004,B004,2019-02-20,2019-03-22,0,EAST\n"
    + "A001,B002,2019-02-21,2019-03-22,0,EAST\n"
    + "A001,B001,0000-00-00,2019-03-22,0,EAST\n"
    + "A001,B001,2019-02-31,2019-03-22,0,EAST\n"
    + "A003,B004,2019-02-20,2019-02-01,x,NOWHERE\n",
}


def found_in(report, part):
    return [(one.where, one.problem, one.words) for one in report.found if one.part == part]


def test_every_line_that_does_not_fit_is_named_with_its_reason(places, tmp_path):
    report = moved(written(tmp_path, ODD), places["root"])

    assert [(where, words) for where, _problem, words in found_in(report, "readers")] == [
        (5, "deregistered in the other system: not taken over"),
        (6, "the reader comes twice in the file"),
        (7, "a day cannot be read"),
        (8, "the category is not known here: say what it stands for 军人"),
        (8, "a sum cannot be read"),
    ]
    assert found_in(report, "items") == [
        (6, "withdrawn_there", ""),
        (8, "twice", ""),
        (9, "barcode_missing", ""),
        (10, "price_unreadable", "免费"),
        (12, "number_unreadable", "几次"),
        (11, "no_record", ""),
        (12, "number_taken", "100001"),
        (10, "lent_without_loan", ""),
    ]
    assert found_in(report, "loans") == [
        (8, "day_missing", ""),
        (9, "day_unreadable", "2019-02-31"),
        (10, "due_early", ""),
        (10, "number_unreadable", "x"),
        (10, "place_unknown", "NOWHERE"),
        (4, "item_unknown", ""),
        (5, "reader_unknown", ""),
        (6, "reader_unknown", ""),
        (7, "twice", ""),
    ]
    assert report.differences == {}
    assert (report.stated.items, report.kept_out.items, report.here.items) == (10, 3, 7)
    assert (report.stated.loans, report.kept_out.loans, report.here.loans) == (9, 6, 3)
    (lent,) = items.items_with_barcode("B007")
    assert (lent.status, items.items_with_barcode("B009")[0].accession_number) != (ItemStatus.AVAILABLE, "100001")
    assert list(all_differences()) == []


def test_of_two_readers_with_one_card_the_first_comes(places, tmp_path):
    text = "编号,姓名,证号,类型\n1,李明,C1,成人读者\n2,王芳,C1,成人读者\n"
    tried, done = (
        moved(written(tmp_path, {"readers.csv": text}), places["root"], run=run, profile="plain")
        for run in (False, True)
    )

    for report in (tried, done):
        assert [(one.where, one.words) for one in report.found] == [
            (3, "registration refuses it This card belongs to another reader.")
        ]
    assert (readers.patron_by_card("C1").name, done.here.readers, done.differences) == ("李明", 1, {})


def test_the_list_of_what_does_not_fit_opens_in_excel(places, tmp_path):
    report = moved(written(tmp_path, ODD), places["root"], run=False)

    path = misfits.write(tmp_path, report)

    book = load_workbook(path)
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert len(rows) == len(report.found)
    assert [row[2:] for row in rows if row[5] and row[0] == "Readers"] == [
        [6, "A001", "the reader comes twice in the file", "A001"],
        [7, "A010", "a day cannot be read", "2015-02-30"],
        [8, "A011", "a sum cannot be read", "一百"],
    ]
    assert rows[0] == ["Readers", "readers.csv", 5, "A004", "deregistered in the other system: not taken over", None]
    assert [row[0].value for row in book.worksheets[1].iter_rows(min_row=2)][:3] == ["readers", "deposit", "owed"]
    fits = {"items.csv": "barcode,书名,state,singlePrice\nB001,家,2,39.80\n"}
    assert misfits.write(tmp_path, moved(written(tmp_path, fits), places["root"])) is None


def test_a_trial_foresees_what_a_run_does(places, tmp_path):
    trial = moved(written(tmp_path, ODD), places["root"], run=False, is_last=True)

    real = moved(tmp_path, places["root"], is_last=True)

    assert (trial.outcomes, trial.here, trial.after) == (real.outcomes, real.here, real.after)
    assert sorted(map(str, trial.found)) == sorted(map(str, real.found))


def test_what_happened_here_meanwhile_is_not_undone(places, tmp_path):
    moved(written(tmp_path, FILES), places["root"])
    ours = make_item(node=places["EAST"], barcode="B500")
    other = make_patron(node=places["EAST"])
    lent = circulation.check_out(make_act(places["EAST"]), item=scan(ours), card=card_of(other))
    circulation.check_in(make_act(places["EAST"]), item=ItemRef("B002"))

    files = {**FILES, "items.csv": ITEMS + "B500,,EAST,,EAST,001,2,1,0,,,书,\n"}
    files["loans.csv"] = LOANS + "A001,B500,2019-02-20,2019-03-22,0,EAST\n"
    report = moved(written(tmp_path, files), places["root"])

    assert report.problems["items"]["other_title"] == 1
    assert report.problems["loans"] == {"ended_here": 1, "lent_here": 1}
    assert [one.uid for one in loans.open_loans(other.id)] == [lent.loan]
    assert loans.open_loans(readers.patron_by_card("A001").id) == ()
    assert list(all_differences()) == []


def test_what_the_export_no_longer_has_is_named(places, tmp_path):
    moved(written(tmp_path, FILES), places["root"])
    files = {
        "marc.iso": FILES["marc.iso"],
        "readers.csv": READERS.replace("A003,赵六", "A013,赵六"),
        "items.csv": ITEMS.replace("B004,", "B014,").replace("001,2,39.80", "001,5,39.80"),
        "loans.csv": LOANS.splitlines()[0] + "\n",
    }

    report = moved(written(tmp_path, files), places["root"])

    assert [(one.what, one.problem) for one in report.found if one.problem.startswith(("gone", "withdrawn_since"))] == [
        ("B001", "withdrawn_since"), ("B004", "gone_item"), ("A003", "gone_reader"),
    ]  # fmt: skip
    assert (report.here.loans, report.outcomes["loans"]) == (0, {"changed": 2})
    assert items.items_with_barcode("B002")[0].status == ItemStatus.SEARCHED_FOR  # lent by its state, by no loan
    assert list(all_differences()) == []


def test_after_the_switch_the_old_system_has_no_more_to_say(places, tmp_path):
    moved(written(tmp_path, FILES), places["root"], on=NIGHT, is_last=True)
    moved(tmp_path, places["root"], on=NIGHT, is_last=True)

    with pytest.raises(LastRunDone):
        moved(tmp_path, places["root"], on=date(2019, 4, 1))

    assert moved(tmp_path, places["root"], on=date(2019, 4, 1), run=False).outcomes["readers"]["same"] == 3
