"""Records and copies written to files, and read back: the round trips a county's data has to stand."""

import json

import pytest

from wenlan.catalogue import operations as catalogue
from wenlan.catalogue.cnmarc import ControlField, MarcRecord, encode, field, read_file
from wenlan.catalogue.models import BibRecord, Conversion
from wenlan.catalogue.testing import make_act, make_marc, make_record
from wenlan.catalogue.tests.samples import MARC, needs_samples
from wenlan.holdings import operations
from wenlan.holdings.incoming import import_with_items
from wenlan.holdings.models import Item
from wenlan.holdings.profiles import profile
from wenlan.holdings.testing import make_item
from wenlan.holdings.tests.test_incoming import act_at, run, with_fields, written
from wenlan.network.testing import make_network

pytestmark = pytest.mark.django_db


def records_in(path):
    return [one.record for one in read_file(path)]


def test_export_writes_the_subtree_in_gbk_and_reads_back(tmp_path):
    _root, east, west = make_network("EAST", "WEST")
    make_record(east.id, "三体")
    make_record(west.id, "球状闪电")

    status = run("export marc", tmp_path / "out.iso", "--node", "EAST", "--encoding", "gbk")

    assert status == 0
    assert [one.value("200", "a") for one in records_in(tmp_path / "out.iso")] == ["三体"]


def test_export_of_a_branch_has_the_records_it_holds_and_its_own_copies_only(tmp_path):
    root, east, west = make_network("EAST", "WEST")
    record = make_record(root.id, "三体")
    make_item(node=east.id, record=record.id, barcode="E1")
    make_item(node=west.id, record=record.id, barcode="W1")

    run("export marc", tmp_path / "out.iso", "--node", "EAST")

    (found,) = records_in(tmp_path / "out.iso")
    assert list(found.values("905", "b")) == ["E1"]


def test_a_character_the_encoding_lacks_is_marked_and_told(tmp_path, capsys):
    root, *_ = make_network()
    record = make_record(root.id, "𠅤氏家谱")

    run("export marc", tmp_path / "out.iso", "--encoding", "gbk", "--json")

    told = json.loads(capsys.readouterr().out)
    assert records_in(tmp_path / "out.iso")[0].value("200", "a") == "〓氏家谱"
    assert (told["replaced_records"], told["replaced"]) == (1, [[str(record.uid), "𠅤"]])


def test_gb18030_says_every_character(tmp_path, capsys):
    root, *_ = make_network()
    make_record(root.id, "𠅤氏家谱")

    run("export marc", tmp_path / "out.iso", "--encoding", "gb18030", "--json")

    assert json.loads(capsys.readouterr().out)["replaced_records"] == 0
    assert records_in(tmp_path / "out.iso")[0].value("200", "a") == "𠅤氏家谱"


def test_field_100_says_the_encoding_of_the_file(tmp_path):
    root, *_ = make_network()
    make_record(root.id, "三体")

    for encoding in ("utf-8", "gbk"):
        run("export marc", tmp_path / f"{encoding}.iso", "--encoding", encoding)

    said = [records_in(tmp_path / f"{one}.iso")[0].value("100", "a")[26:36] for one in ("utf-8", "gbk")]
    assert said == ["50      ea", "0110    ea"]


def test_marcxml_carries_every_format_as_it_is(tmp_path):
    root, *_ = make_network()
    chinese = make_record(root.id, "三体").marc
    english = MarcRecord("00000nam a2200000 a 4500", (field("245", "10", ("a", "The <three-body> problem & more")),))
    catalogue.add_record(make_act(root.id), marc=english)

    run("export marc", tmp_path / "out.xml", "--format", "marcxml")

    assert [one.fields for one in records_in(tmp_path / "out.xml")] == [chinese.fields, english.fields]


def test_records_of_the_other_format_are_converted_and_the_conversion_kept(tmp_path, capsys):
    root, *_ = make_network()
    make_record(root.id, "三体")
    english = MarcRecord(
        "00000nam a2200000 a 4500",
        (ControlField("001", "9"), field("245", "10", ("a", "Three body :"), ("b", "a novel /"), ("c", "Liu."))),
    )
    catalogue.add_record(make_act(root.id), marc=english)

    run("export marc", tmp_path / "cn.iso", "--json")
    run("export marc", tmp_path / "us.mrc", "--format", "marc21")

    assert json.loads(capsys.readouterr().out.splitlines()[0])["converted"] == 1
    assert [one.value("200", "a") for one in records_in(tmp_path / "cn.iso")] == ["三体", "Three body"]
    assert [one.value("245", "a") for one in records_in(tmp_path / "us.mrc")] == ["三体 /", "Three body :"]
    assert [one.leader[9] for one in records_in(tmp_path / "us.mrc")] == ["a", "a"]
    assert sorted(Conversion.objects.values_list("mapping", flat=True)) == ["cnmarc-marc21", "marc21-cnmarc"]


def test_a_withdrawn_item_is_not_written(tmp_path):
    root, *_ = make_network()
    record = make_record(root.id, "三体")
    item = make_item(node=root.id, record=record.id, barcode="L1")
    Item.objects.filter(pk=item.id).update(status="withdrawn", withdrawn_on=item.accessioned_on)

    run("export marc", tmp_path / "out.iso")

    assert records_in(tmp_path / "out.iso")[0].all("905") == ()


# The round trips of practice, in their order.


@needs_samples
def test_1_gbk_to_native_to_utf8_and_back_differs_in_the_declared_sets_only(tmp_path):
    root, *_ = make_network()
    source = MARC / "cnmarc" / "cnmarc_various_gbk.iso"
    import_with_items(act_at(root.id), path=source, profile=profile("801-905-shared"))

    run("export marc", tmp_path / "utf8.iso", "--no-copies")
    BibRecord.objects.all().delete()
    import_with_items(act_at(root.id), path=tmp_path / "utf8.iso", profile=profile("801-905-shared"))
    run("export marc", tmp_path / "gbk.iso", "--encoding", "gb18030", "--no-copies")

    before, after = list(read_file(source)), list(read_file(tmp_path / "gbk.iso"))
    assert [one.record.value("100", "a")[26:34] for one in read_file(tmp_path / "utf8.iso")] == ["50      "] * 9
    for one, other in zip(before, after, strict=True):
        assert _without_sets(one.record) == _without_sets(other.record)
        assert len(one.raw) == len(other.raw)


def _without_sets(record):
    """Return the record but for 100 $a 26-33."""
    return [
        one._replace(subfields=((data := one.first("a"))[:26], data[34:])) if one.tag == "100" else one
        for one in record.fields
    ]


def test_2_pinyin_under_9_and_under_A_gives_the_same_search_keys():
    root, *_ = make_network()
    plain = make_marc("重庆", pinyin="chong qing")
    capital = MarcRecord(
        plain.leader,
        tuple(
            one._replace(subfields=tuple(sub._replace(code="A") if sub.code == "9" else sub for sub in one.subfields))
            if one.tag == "200"
            else one
            for one in plain.fields
        ),
    )

    catalogue.add_records(make_act(root.id), records=[plain, capital])

    assert list(BibRecord.objects.values_list("pinyin", "initials").distinct()) == [("chong qing", "cq")]


def test_3_embedded_links_come_back_as_they_went(tmp_path):
    root, *_ = make_network()
    links = tuple(
        field(
            tag,
            " 0",
            ("1", "001012345"),
            ("1", "2001 "),
            ("a", "中国通史"),
            ("v", "3"),
            ("1", "7010 "),
            ("a", "白寿彝"),
        )
        for tag in ("461", "462", "463")
    )
    import_with_items(act_at(root.id), path=written(tmp_path, with_fields(*links)), profile=profile("905-per-copy"))

    run("export marc", tmp_path / "out.iso")

    assert records_in(tmp_path / "out.iso")[0].all("461", "462", "463") == links


def test_4_a_range_in_905_is_expanded_into_copies_and_written_one_by_one(tmp_path):
    root, *_ = make_network()
    path = written(tmp_path, with_fields(field("905", "  ", ("b", "20295403-5408"), ("d", "D2-6"), ("e", "8"))))
    import_with_items(act_at(root.id), path=path, profile=profile("905-per-copy"))

    run("export marc", tmp_path / "out.iso", "--encoding", "gbk")
    again = import_with_items(act_at(root.id), path=tmp_path / "out.iso", profile=profile("905-per-copy"))

    (found,) = records_in(tmp_path / "out.iso")
    assert list(found.values("905", "b")) == [str(number) for number in range(20295403, 20295409)]
    assert set(found.values("905", "s")) == {"D2-6/8"}
    assert (again.copies, again.made, again.present, again.refused) == (6, 0, 6, 0)


def test_5_leader_17_and_18_stay_and_the_numbers_are_computed_anew(tmp_path):
    root, *_ = make_network()
    plain = make_marc("三体")
    record = MarcRecord("99999nam0 22999991i 450 ", plain.fields)
    import_with_items(act_at(root.id), path=written(tmp_path, record), profile=profile("905-per-copy"))

    run("export marc", tmp_path / "out.iso")

    whole = (tmp_path / "out.iso").read_bytes()
    assert whole[17:24] == b"1i 450 "
    assert int(whole[:5]) == len(whole)
    assert int(whole[12:17]) == whole.index(b"\x1e") + 1


def test_6_a_record_with_wrong_lengths_does_not_stop_the_file(tmp_path):
    root, *_ = make_network()
    good = [encode(make_marc(title, number=str(at)), "gb18030") for at, title in enumerate(("三体", "流浪地球"))]
    wrong = bytearray(encode(make_marc("球状闪电", number="7"), "gb18030"))
    wrong[27:31] = b"9999"
    path = tmp_path / "batch.iso"
    path.write_bytes(good[0] + bytes(wrong) + b"00040nam0 2200037   450 abc\x1eno directory\x1e\x1d" + good[1])

    report = import_with_items(act_at(root.id), path=path, profile=profile("905-per-copy")).records

    assert (report.read, report.created, report.rejected) == (4, 3, 1)
    assert (2, "directory lengths were wrong; fields were taken by their end marks") in report.notes


def test_7_unknown_fields_are_preserved(tmp_path):
    root, *_ = make_network()
    unknown = (
        field("886", "2 ", ("2", "usmarc"), ("a", "583"), ("b", "  "), ("a", "kept")),
        field("9Z9", "x#", ("!", "?")),
    )
    path = written(tmp_path, with_fields(*unknown), codec="utf-8")
    import_with_items(act_at(root.id), path=path, profile=profile("905-per-copy"))

    run("export marc", tmp_path / "out.iso")

    assert records_in(tmp_path / "out.iso")[0].all("886", "9Z9") == unknown


def test_8_two_titles_of_one_class_get_different_numbers():
    root, *_ = make_network()
    first, second = (
        make_item(node=root.id, record=make_record(root.id, title, class_number="I247.5").id) for title in "甲乙"
    )

    assert first.call_number != second.call_number
    assert {one.call_number.partition("/")[0] for one in (first, second)} == {"I247.5"}
    assert operations.queries.item(first.id).call_number == first.call_number
