from datetime import date

import pytest

from wenlan.facilities import gate_files, operations
from wenlan.facilities.errors import GateFileUnreadable
from wenlan.facilities.testing import counted, make_act, make_gate, make_library
from wenlan.facilities.types import Direction
from wenlan.ledger.kinds import Kind

pytestmark = pytest.mark.django_db

GOOD = "gate,day,passages,method\nEAST,2019-03-01,200,\nEAST,2019/03/02,301,mean of two weeks\n"


def test_a_counters_file_enters_the_ledger_halved_once_and_repeating_it_changes_nothing(tmp_path):
    library = make_library()
    make_gate(library, "EAST", direction=Direction.TWO_WAY)
    path = tmp_path / "march.csv"
    path.write_text(GOOD, "utf-8")

    first = operations.import_gate_counts(make_act(library), path=path)
    second = operations.import_gate_counts(make_act(library), path=path)

    assert (first.read, first.created, first.rejected, first.rejects) == (2, 2, 0, None)
    assert (second.read, second.unchanged) == (2, 2)
    assert counted(Kind.VISIT_COUNTED) == 100 + 150
    assert counted(Kind.VISIT_COUNTED, estimated=True) == 150


def test_a_later_file_corrects_the_days_it_names(tmp_path):
    library = make_library()
    make_gate(library, "EAST")
    path = tmp_path / "march.csv"
    path.write_text("gate;day;persons\nEAST;2019-03-01;200\n", "utf-8")
    operations.import_gate_counts(make_act(library), path=path)

    path.write_text("gate;day;persons\nEAST;2019-03-01;210\n", "utf-8")
    done = operations.import_gate_counts(make_act(library), path=path)

    assert (done.created, done.corrected) == (0, 1)
    assert counted(Kind.VISIT_COUNTED) == 210


def test_refused_lines_stand_beside_the_file_with_their_reasons(tmp_path):
    library = make_library()
    make_gate(library, "EAST")
    lines = [
        "EAST,2019-03-01,10",
        "NOWHERE,2019-03-01,10",
        "EAST,yesterday,10",
        "EAST,2019-03-01,many",
        "EAST,2019-03-02,",
    ]
    path = tmp_path / "march.csv"
    path.write_text("通道,日期,人次\n" + "\n".join(lines), "gb18030")

    done = operations.import_gate_counts(make_act(library), path=path)

    assert (done.read, done.created, done.rejected) == (5, 1, 4)
    assert done.rejects == tmp_path / "march.csv.rejects.csv"
    assert done.rejects.read_text("utf-8-sig").splitlines() == [
        "gate,day,persons,reason",
        "NOWHERE,2019-03-01,10,Nothing was found under NOWHERE.",
        "EAST,yesterday,10,“yesterday” is not a day such as 2019-03-04.",
        "EAST,2019-03-01,many,“many” is not a count.",
        "EAST,2019-03-02,,Write either the passages or the persons.",
    ]


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00\x81", b"name,colour\na,b\n"])
def test_a_file_that_is_no_list_of_counts_is_refused_whole(tmp_path, raw):
    path = tmp_path / "march.csv"
    path.write_bytes(raw)

    with pytest.raises(GateFileUnreadable):
        list(gate_files.read(path))


def test_a_line_says_a_gate_a_day_and_one_number():
    line = gate_files.parse({"gate": " EAST ", "day": "2019-03-01", "passages": "1,200", "persons": "", "method": ""})

    assert line == gate_files.GateLine(gate="EAST", day=date(2019, 3, 1), persons=0, passages=1200, method="")
