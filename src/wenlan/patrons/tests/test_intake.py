"""Files of readers: a class list, and the readers of an old system from the first trial to the switching night."""

import json
from argparse import ArgumentParser
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from wenlan.circulation.testing import make_act
from wenlan.credit.verification import differences as money_differences
from wenlan.network.testing import make_network
from wenlan.patrons import commands
from wenlan.patrons import operations as patrons
from wenlan.patrons import queries as readers
from wenlan.patrons.errors import FileUnreadable
from wenlan.patrons.intake import operations, queries, reading
from wenlan.patrons.intake.models import IntakeLine
from wenlan.patrons.intake.profiles import profile, profiles
from wenlan.patrons.intake.types import Source
from wenlan.patrons.models import Patron
from wenlan.patrons.testing import make_patron
from wenlan.patrons.tests.test_policies import id_number
from wenlan.patrons.types import CardStatus, PatronStatus
from wenlan.patrons.verification import differences

pytestmark = pytest.mark.django_db
ServiceEvent = apps.get_model("ledger", "ServiceEvent")
LI, WANG, CHILD = (id_number(date(year, 5, 1), 13) for year in (1990, 1985, 2012))
OLD = {"成人读者": "adult", "少儿读者": "child"}
INTERLIB = f"""rdid,rdname,rdsex,rdcertify,rdtype,rdlib,rdstartdate,rdenddate,rdcfstate,rdphone,rddeposit
A001,李明,1,{LI},成人读者,东馆,2015-03-01,2029-03-01,1,13903551234,100
A002,王芳,0,{WANG},成人读者,东馆,2016/05/02,2018/05/02,3,,
A003,小明,1,{CHILD},少儿读者,西馆,20170601,20300601,1,,
A004,赵六,1,140400900101123,成人读者,东馆,2014-01-01,2029-01-01,4,,50.5
A005,李明,1,{LI},成人读者,东馆,2019-01-01,2029-01-01,1,,
A006,孙七,1,,成人读者,东馆,2014-01-01,2016-01-01,5,,
A007,,1,,成人读者,东馆,2014-01-01,2029-01-01,1,,
A008,周八,1,,军人,东馆,2014-01-01,2029-01-01,1,,
A001,李明,1,{LI},成人读者,东馆,2015-03-01,2029-03-01,1,13903551234,100
"""


@pytest.fixture
def places() -> tuple[int, int]:
    patrons.load_categories()
    _, east, west = make_network("EAST", "WEST")
    return east.id, west.id


def source(places, code="interlib", **more) -> Source:
    east, west = places
    facts = {"name": "old", "profile": code, "categories": OLD, "places": {"东馆": east, "西馆": west}}
    return Source(**(facts | more))


def read(text: str, code="interlib", encoding="gb18030") -> reading.ReaderFile:
    return reading.read("readers.csv", text.encode(encoding), profile(code))


def taken_in(places, text: str, *, key: str, **more) -> operations.Report:
    act = make_act(places[0], key=key)
    made = operations.prepare(act, file=read(text), file_name="readers.csv", source=source(places, **more))
    return operations.run(make_act(places[0], key=f"{key}-run"), intake=made)


def test_a_sum_below_nothing_is_named_and_does_not_stop_the_others(places):
    text = INTERLIB.replace(",13903551234,100\n", ",13903551234,-100\n", 1).replace(",50.5\n", ",NaN\n")

    report = taken_in(places, text, key="minus", with_money=True)

    assert report.outcomes["new"] == 5
    assert report.problems["sum_unreadable"] == 2
    assert Patron.objects.filter(deposit_fen__gt=0).count() == 0
    assert money_differences() == []


def test_a_trial_says_what_would_become_of_every_line_and_writes_nothing(places):
    report, lines = operations.trial(make_act(places[0]), file=read(INTERLIB), source=source(places))

    assert [line.outcome for line in lines] == [
        "new", "new", "new", "new", "new", "skipped", "rejected", "rejected", "rejected",
    ]  # fmt: skip
    assert report.outcomes == {"new": 5, "skipped": 1, "rejected": 3}
    assert report.problems["document_left_out"] == report.problems["document_taken"] == 1
    assert report.problems["contradicts"] == 1
    assert report.unknown_categories == {"军人": 1}
    assert (report.stated.readers, report.stated.deposit_fen, report.before.readers) == (5, 15050, 0)
    assert (Patron.objects.count(), IntakeLine.objects.count()) == (0, 0)


@pytest.mark.slow
def test_story_of_moving_in_from_the_first_trial_to_the_switching_night(places):
    east, west = places

    # In March the first trial is run for good: five readers, none of them counted as registered this year.
    first = taken_in(places, INTERLIB, key="1")
    assert (first.before.readers, first.after.readers, first.money_moved) == (0, 5, False)
    assert {event.channel for event in ServiceEvent.objects.filter(kind="patron.registered")} == {"import"}
    li, wang, child = (readers.patron_by_card(card) for card in ("a001", "A002", "A003"))
    assert (li.home_node, li.valid_until, li.has_id_number, li.phone) == (east, date(2029, 3, 1), True, "13903551234")
    assert (wang.cards[0].status, wang.valid_from, child.home_node) == (CardStatus.LOST, date(2016, 5, 2), west)
    assert readers.patron_by_card("A004").status == PatronStatus.SUSPENDED

    # The same file again changes nothing.
    again = taken_in(places, INTERLIB, key="2")
    assert (again.outcomes["same"], again.after.readers) == (5, 5)

    # Until the switch Wang found her card and verified it, Li has a new telephone, and one more reader came.
    night = INTERLIB.replace("2018/05/02,3,,", "2031/05/02,1,,").replace("13903551234", "13803550000")
    night += "A010,钱九,1,,成人读者,东馆,2019-02-01,2029-02-01,1,,\n"
    last = taken_in(places, night, key="3", with_money=True)
    assert (last.outcomes["new"], last.outcomes["changed"], last.outcomes["same"]) == (1, 2, 3)
    wang = readers.patron_by_card("A002")
    assert (wang.valid_until, wang.cards[0].status) == (date(2031, 5, 2), CardStatus.VALID)
    assert readers.patron_by_card("A001").phone == "13803550000"

    # Deposits came over on that night, once: what the file states is what the network has.
    assert (last.after.readers, last.after.deposit_fen) == (last.stated.readers, last.stated.deposit_fen) == (6, 15050)
    assert taken_in(places, night, key="4", with_money=True).after.deposit_fen == 15050
    assert (differences(), money_differences()) == ([], [])


def test_what_is_kept_of_a_file_is_encrypted_and_the_rejected_lines_come_back_as_they_stood(places):
    act = make_act(places[0], key="1")
    made = operations.prepare(act, file=read(INTERLIB), file_name="readers.csv", source=source(places))
    again = operations.prepare(act, file=read(INTERLIB), file_name="readers.csv", source=source(places))

    headings, rows = queries.rejected_cells(made)
    sheet = load_workbook(BytesIO(reading.written([*headings, "原因"], rows))).worksheets[0]

    assert again == made
    assert LI.encode() not in b"".join(bytes(row.said) for row in IntakeLine.objects.all())
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["A006", "A007", "A008", "A001"]
    assert headings[0] == "rdid"


def test_what_old_files_said_is_forgotten_and_their_readers_are_still_known(places):
    taken_in(places, INTERLIB, key="1")

    early = operations.tidy_up(at=datetime(2019, 4, 1, tzinfo=UTC))
    late = operations.tidy_up(at=datetime(2019, 6, 1, tzinfo=UTC))

    assert (early, late) == (0, 9)
    assert not IntakeLine.objects.filter(said__isnull=False).exists()
    assert taken_in(places, INTERLIB, key="2").outcomes["same"] == 5


def test_a_reader_deregistered_here_stays_so(places):
    taken_in(places, INTERLIB, key="1")
    patrons.deregister(make_act(places[0]), patron=readers.patron_by_card("A001").id)

    report = taken_in(places, INTERLIB.replace("13903551234", "1"), key="2")

    assert report.problems["closed_here"] == 1
    assert Patron.objects.filter(status=PatronStatus.DEREGISTERED).count() == 1


def test_a_class_list_registers_children_whose_guardians_consented(places):
    make_patron(node=places[0], card="TAKEN")
    text = f"""姓名,证号,身份证号,监护人,监护人电话,监护人同意
小明,C1,{CHILD},李明,13903551234,是
小红,C2,{id_number(date(2012, 6, 1), 22)},王芳,,
小刚,taken,{id_number(date(2012, 7, 1), 31)},孙七,,是
小丽,C4,140400900101123,周八,,是
"""
    kind = source(places, "plain", categories={"*": "child"})
    file = read(text, "plain", "utf-8-sig")

    _, lines = operations.trial(make_act(places[0]), file=file, source=kind)
    made = operations.prepare(make_act(places[0], key="k"), file=file, file_name="x.csv", source=kind)
    operations.run(make_act(places[0]), intake=made)

    assert [line.outcome for line in lines] == ["new", "rejected", "rejected", "rejected"]
    assert readers.patron_by_card("C1").guardian is not None
    assert [event.channel for event in ServiceEvent.objects.filter(kind="patron.registered")] == ["desk", "desk"]


def test_the_same_number_of_statements_for_one_and_three_lines_of_a_trial(places, django_assert_max_num_queries):
    lines = INTERLIB.splitlines(keepends=True)
    for text in (lines[0] + lines[1], "".join(lines[:4])):
        with django_assert_max_num_queries(12):
            operations.trial(make_act(places[0]), file=read(text), source=source(places))


@pytest.mark.parametrize(
    "content", [b"", b"\0\1\2", b"PK\3\4nonsense", "书名,价格\n红楼梦,10\n".encode(), b"\xd0\xcf\x11\xe0"]
)
def test_what_is_no_list_of_readers_is_said_to_be_none(content):
    with pytest.raises(FileUnreadable):
        reading.read("x", content, profile("plain"))


@given(content=st.binary(max_size=300))
def test_nothing_that_is_brought_in_breaks_the_reading(content):
    try:
        file = reading.read("x", content, profile("plain"))
    except FileUnreadable:
        return
    assert file.lines is not None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("interlib", "rdid,rdname,rdtype,rdenddate,rdcfstate\nA1,李明,成人读者,2029-03-01,3\n"),
        ("ilas", "读者条码\t姓名\t读者级别\t失效日期\t证状态\nA1\t李明\t成人读者\t2029.3.1\t挂失\n"),
        ("dp2", 'barcode;name;readerType;expireDate;state\nA1;李明;成人读者;"Thu, 01 Mar 2029 00:00:00 +0800";挂失\n'),
        ("plain", "证号,姓名,读者类型,有效期至,状态\nA1,李明,成人读者,2029年3月1日,挂失\n"),
    ],
)
def test_each_source_says_the_same_reader_in_its_own_way(places, code, text):
    (line,) = operations.trial(make_act(places[0]), file=read(text, code), source=source(places, code))[1]

    assert (line.outcome, line.state, line.problems) == ("new", "lost", ())
    assert (line.reader.name, line.reader.card_number, line.reader.category) == ("李明", "A1", "adult")
    assert line.reader.term.last == date(2029, 3, 1)


def test_every_shipped_profile_names_reader_and_card():
    assert set(profiles()) >= {"plain", "interlib", "ilas", "dp2"}
    assert all({"name", "card"} <= set(one.columns) for one in profiles().values())


def test_the_command_tries_and_takes_in_and_writes_the_rejected_beside(places, tmp_path, capsys):
    file = tmp_path / "readers.csv"
    file.write_text(INTERLIB, encoding="utf-8-sig")
    given = [str(file), "--profile", "interlib", "--json", "--place", "东馆=EAST"]
    given += ["--place", "西馆=WEST", "--category", "成人读者=adult", "--category", "少儿读者=child"]
    parser = ArgumentParser()
    commands.arguments(parser)

    tried = (commands.run(parser.parse_args([*given, "--dry-run"])), json.loads(capsys.readouterr().out))
    taken = (commands.run(parser.parse_args(given)), json.loads(capsys.readouterr().out))

    assert (tried[0], taken[0]) == (0, 0)
    assert (tried[1]["after"]["readers"], taken[1]["after"]["readers"]) == (0, 5)
    assert load_workbook(taken[1]["rejects"]).worksheets[0].max_row == 5
