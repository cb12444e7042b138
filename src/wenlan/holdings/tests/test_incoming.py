"""Files with copies taken in: records to the catalogue, copies to the stock, twice as once."""

import json
from argparse import ArgumentParser
from datetime import UTC, datetime

import pytest

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.cnmarc import ControlField, MarcRecord, encode, field
from wenlan.catalogue.testing import make_marc, make_record
from wenlan.holdings import operations, queries, statements
from wenlan.holdings.commands import COMMANDS
from wenlan.holdings.errors import AccessionNumberTaken
from wenlan.holdings.incoming import Reading, import_with_items, preview
from wenlan.holdings.models import Item
from wenlan.holdings.profiles import all_profiles, copy_lines, profile
from wenlan.holdings.profiles.errors import ProfileMisdeclared, ProfileUnknown
from wenlan.holdings.profiles.reading import expanded
from wenlan.holdings.types import NewItem
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import NotFound
from wenlan.network.testing import make_network

AT = datetime(2020, 5, 6, 2, tzinfo=UTC)


def with_fields(*fields, title="三体", number="1", **stated):
    """Return a record with these holdings fields at its end."""
    plain = make_marc(title, number=number, **stated)
    return MarcRecord(plain.leader, (*plain.fields, *fields))


def written(folder, *records, name="batch.iso", codec="gb18030"):
    path = folder / name
    path.write_bytes(b"".join(encode(one, codec) for one in records))
    return path


def act_at(node):
    return Act(at=AT, node=node, channel=Channel.IMPORT, key="import")


def counts(report):
    return (report.copies, report.made, report.present, report.refused)


def run(name, *arguments):
    (command,) = [one for one in COMMANDS if one.name == name]
    parser = ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args([str(one) for one in arguments]))


SAMPLES = [
    (
        "905-per-copy",
        [
            field("905", "  ", ("a", "东馆"), ("b", "L0001"), ("d", "K86"), ("e", "1"), ("v", "2020:3")),
            field("905", "  ", ("a", "东馆"), ("b", "L0002"), ("s", "K86/1")),
        ],
        [("L0001", "东馆", "K86/1", "2020:3", None), ("L0002", "东馆", "K86/1", "", None)],
    ),
    (
        "905-per-copy",
        [field("905", "  ", ("b", "20295403-5408"), ("d", "D2-6"), ("e", "8"), ("f", ""))],
        [(str(number), "", "D2-6/8", "", None) for number in range(20295403, 20295409)],
    ),
    (
        "905-groups",
        [
            field(
                "905", "  ",
                ("a", "1"), ("b", "T002267"), ("c", "0"), ("d", "K86"), ("e", "1"), ("f", "2"), ("s", "K86/1:0"),
                ("a", "1"), ("b", "T002269"), ("c", "0"), ("d", "K86"), ("e", "1"), ("f", "2"), ("s", "K86/1:0"),
            )
        ],
        [("T002267", "1", "K86/1:0", "", None), ("T002269", "1", "K86/1:0", "", None)],
    ),
    (
        "905-groups",
        [field("905", "  ", ("a", "TSG"), ("b", "D001669"), ("b", "D040394-5"), ("d", "21.1"), ("e", "3"))],
        [(one, "TSG", "21.1/3", "", None) for one in ("D001669", "D040394", "D040395")],
    ),
    (
        "905-982-985",
        [
            field("905", "  ", ("b", "20295403-5404"), ("d", "D2-6"), ("e", "8"), ("f", "")),
            field("982", "  ", ("a", "图书")),
            field("985", "  ", ("a", "202954035"), ("b", "样本书库"), ("d", "0.38"), ("h", "20295403"), ("m", "订购")),
            field("985", "  ", ("a", "202954044"), ("b", "样本书库"), ("d", "0.38"), ("h", "20295404"), ("m", "订购")),
        ],
        [("202954035", "样本书库", "D2-6/8", "", 38), ("202954044", "样本书库", "D2-6/8", "", 38)],
    ),
    (
        "905-982-985",
        [
            field("982", "  ", ("a", "中文图书")),
            field(
                "985", "  ",
                ("a", "t0001"), ("b", "北校区第一外借室"), ("d", "14.80"), ("h", "94060"), ("m", "直采"), ("n", ""),
                ("a", "t0002"), ("b", "北校区第二外借室"), ("d", "14.80"), ("h", "94061"), ("m", "直采"), ("n", ""),
            ),
        ],
        [("t0001", "北校区第一外借室", "", "", 1480), ("t0002", "北校区第二外借室", "", "", 1480)],
    ),
    (
        "906-986-dt1000",
        [
            field("905", "  ", ("d", "I247.5"), ("e", "7")),
            field("960", "  ", ("a", "P1"), ("e", "2")),
            field("986", "  ", ("a", "0034501")),
            field("986", "  ", ("a", "0034502")),
        ],
        [("0034501", "", "I247.5/7", "", None), ("0034502", "", "I247.5/7", "", None)],
    ),
    (
        "906-986-dt1000",
        [field("906", "  ", ("h", "0034503"))],
        [("0034503", "", "", "", None)],
    ),
    ("801-905-shared", [field("905", "  ", ("a", "天津图书馆"), ("d", "I712.45"))], []),
    (
        "920-906-calis",
        [
            field("906", "  ", ("a", "211260"), ("b", "1683011"), ("d", "F124"), ("e", "26"), ("x", "912")),
            field("906", "  ", ("a", "211260"), ("b", "1683012"), ("d", "F124"), ("e", "26"), ("r", "CNY")),
            field("920", "  ", ("a", "211260"), ("z", "1")),
        ],
        [("1683011", "211260", "F124/26", "", None), ("1683012", "211260", "F124/26", "", None)],
    ),
    (
        "852-marc21",
        [field("852", "0 ", ("b", "MAIN"), ("h", "PS3556"), ("i", ".R3"), ("p", "31234"))],
        [("31234", "MAIN", "PS3556/.R3", "", None)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "fields", "expected"), SAMPLES)
def test_each_profile_reads_the_copies_of_its_source(code, fields, expected):
    found = copy_lines(profile(code), with_fields(*fields))

    assert [(one.barcode, one.place, one.mark, one.volume, one.price_fen) for one in found.lines] == expected
    assert found.problems == ()


def test_a_range_that_does_not_agree_with_its_copies_is_a_problem():
    fields = (field("905", "  ", ("b", "100-105")), field("985", "  ", ("a", "1"), ("h", "100")))

    found = copy_lines(profile("905-982-985"), with_fields(*fields))

    assert [one.barcode for one in found.lines] == ["1"]
    assert found.problems == ("the range of numbers and the copies are not as many",)


def test_copies_counted_without_numbers_are_a_problem_and_no_items():
    found = copy_lines(profile("905-per-copy"), with_fields(field("905", "  ", ("a", "TSG"), ("f", "3"))))

    assert found.lines == ()
    assert found.problems == ("the number of copies is stated, but not their numbers",)


@pytest.mark.parametrize(
    ("stated", "numbers"),
    [
        ("1683011-3", ("1683011", "1683012", "1683013")),
        ("0098-0101", ("0098", "0099", "0100", "0101")),
        ("A1、A5", ("A1", "A5")),
        ("LC-2020-17", ("LC-2020-17",)),
        ("12-11", None),
        ("1-9999999", None),
        ("", ()),
    ],
)
def test_ranges_of_numbers(stated, numbers):
    assert expanded(stated) == numbers


def test_every_profile_that_comes_with_wenlan_can_be_read_and_has_both_names():
    found = all_profiles()

    assert {one.code for one in found} >= {code for code, _, _ in SAMPLES}
    assert [one.code for one in found if not {"zh", "en"} <= one.name.keys()] == []


def test_the_librarys_own_profile_wins_and_a_wrong_one_is_refused(settings, tmp_path):
    settings.WENLAN_HOME = tmp_path
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "ours.toml").write_text('source = "us"\n[name]\nzh = "本馆"\n', encoding="utf-8")
    (tmp_path / "profiles" / "wrong.toml").write_text('source = "us"\nbooks = 1\n', encoding="utf-8")

    assert profile("ours").name == {"zh": "本馆"}
    with pytest.raises(ProfileMisdeclared):
        profile("wrong")
    with pytest.raises(ProfileUnknown):
        profile("../ours")


@pytest.mark.django_db
def test_the_copies_of_a_file_become_items_at_their_places(tmp_path):
    root, _east = make_network("东馆")
    path = written(
        tmp_path,
        with_fields(
            field("905", "  ", ("a", "东馆"), ("b", "L1"), ("d", "I247"), ("e", "5")),
            field("905", "  ", ("a", "旧书库"), ("b", "L2")),
        ),
        with_fields(title="球状闪电", number="2"),
    )

    report = import_with_items(act_at(root.id), path=path, profile=profile("905-per-copy"))

    assert counts(report) == (2, 2, 0, 0)
    (record,) = {one.record for one in Item.objects.all()} and {one.record_id for one in Item.objects.all()}
    first, second = (queries.item_by_barcode(one) for one in ("L1", "L2"))
    assert first.call_number == "I247/5"
    assert second.shelved_at == root.id
    assert first.shelved_at != root.id
    assert catalogue.record(record).title_proper == "三体"
    assert [(words, count) for words, node, count in report.places if node is None] == [("旧书库", 1)]


@pytest.mark.django_db
def test_taking_a_file_in_again_makes_no_items(tmp_path):
    root, *_ = make_network()
    path = written(tmp_path, with_fields(field("905", "  ", ("b", "100-103"))))
    chosen = profile("905-per-copy")
    import_with_items(act_at(root.id), path=path, profile=chosen)
    before = list(Item.objects.order_by("pk").values())

    report = import_with_items(act_at(root.id), path=path, profile=chosen)

    assert counts(report) == (4, 0, 4, 0)
    assert list(Item.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_a_barcode_of_another_title_is_a_problem_and_the_next_copy_goes_on(tmp_path):
    root, *_ = make_network()
    path = written(
        tmp_path,
        with_fields(field("905", "  ", ("b", "L1")), number="1"),
        with_fields(field("905", "  ", ("b", "l1")), field("905", "  ", ("b", "L2")), title="球状闪电", number="2"),
    )

    report = import_with_items(act_at(root.id), path=path, profile=profile("905-per-copy"))

    assert counts(report) == (3, 2, 0, 1)
    assert report.problems == ((2, "the barcode comes twice in the file", "l1"),)


@pytest.mark.django_db
def test_the_same_barcode_in_another_scope_is_another_item(tmp_path):
    root, *_ = make_network()
    path = written(tmp_path, with_fields(field("905", "  ", ("b", "L1"))))
    chosen = profile("905-per-copy")

    for scope in ("old-east", "old-west"):
        import_with_items(act_at(root.id), path=path, profile=chosen, reading=Reading(scope=scope))

    assert list(Item.objects.order_by("pk").values_list("barcode", "barcode_scope")) == [
        ("L1", "old-east"),
        ("L1", "old-west"),
    ]


@pytest.mark.django_db
def test_a_preview_tells_what_then_happens(tmp_path):
    root, *_ = make_network("东馆")
    path = written(
        tmp_path,
        with_fields(field("905", "  ", ("a", "东馆"), ("b", "L1"), ("b", ""))),
        with_fields(field("905", "  ", ("b", "L1")), title="球状闪电", number="2"),
    )
    chosen = profile("905-per-copy")

    before = preview(act_at(root.id), path=path, profile=chosen)

    assert Item.objects.count() == 0
    after = import_with_items(act_at(root.id), path=path, profile=chosen)
    assert counts(before) == counts(after) == (2, 1, 0, 1)
    assert before.problems == after.problems
    assert before.rows == after.rows
    assert before.records.created == after.records.created == 2


@pytest.mark.django_db
def test_a_place_told_by_hand_is_believed(tmp_path):
    root, east = make_network("EAST")
    path = written(tmp_path, with_fields(field("905", "  ", ("a", "样本书库"), ("b", "L1"))))

    import_with_items(act_at(root.id), path=path, profile=profile("905-per-copy"), told={"样本书库": east.id})

    assert queries.item_by_barcode("L1").shelved_at == east.id


@pytest.mark.django_db
def test_import_marc_prints_what_became_of_records_and_copies(tmp_path, capsys):
    _, east = make_network("EAST")
    path = written(tmp_path, with_fields(field("905", "  ", ("b", "1-3"))), with_fields(title="球状闪电", number="2"))

    status = run("import marc", path, "--node", "EAST", "--profile", "905-per-copy", "--json")

    told = json.loads(capsys.readouterr().out)
    assert status == 0
    assert (told["read"], told["created"], told["rejected"]) == (2, 2, 0)
    assert (told["items"]["made"], told["items"]["present"]) == (3, 0)
    assert set(Item.objects.values_list("owner_node_id", flat=True)) == {east.id}


@pytest.mark.django_db
def test_a_dry_run_writes_nothing_and_tells_places_and_problems(tmp_path, capsys):
    make_network()
    path = written(tmp_path, with_fields(field("905", "  ", ("a", "旧书库"), ("b", "9-1"))), codec="utf-8")

    run("import marc", path, "--profile", "905-per-copy", "--dry-run")

    told = capsys.readouterr().out
    assert "New items: 0" in told
    assert "the range of numbers cannot be read" in told
    assert Item.objects.count() == 0


@pytest.mark.django_db
def test_import_marc_for_people_names_the_reject_files(tmp_path, capsys):
    make_network()
    path = written(tmp_path, make_marc("三体"))
    path.write_bytes(path.read_bytes() + b"00040nam0 2200037   450 abc\x1eno directory\x1e\x1d")

    run("import marc", path)

    told = capsys.readouterr().out
    assert "Rejected: 1" in told
    assert "batch.iso.rejects.csv" in told


@pytest.mark.django_db
def test_import_marc_into_an_unknown_node_is_refused(tmp_path):
    make_network()

    with pytest.raises(NotFound):
        run("import marc", tmp_path / "batch.iso", "--node", "NOWHERE")


def test_a_marc21_profile_leaves_chinese_records_alone():
    record = MarcRecord("00000nam a2200000 a 4500", (ControlField("001", "1"), field("852", "  ", ("p", "7"))))

    assert [one.barcode for one in copy_lines(profile("852-marc21"), record).lines] == ["7"]


def numbered(*numbers, title="三体", control="1"):
    """Return a record with a copy for each (barcode, accession number)."""
    copies = (field("905", "  ", ("b", code), *([("h", number)] if number else [])) for code, number in numbers)
    return with_fields(*copies, title=title, number=control)


@pytest.mark.django_db
def test_accession_numbers_of_the_file_are_kept_and_the_library_goes_on_behind_them(tmp_path):
    root, *_ = make_network()
    path = written(tmp_path, numbered(("A1", "0000107"), ("A2", "乙-20"), ("A3", "")))

    report = import_with_items(act_at(root.id), path=path, profile=profile("905-per-copy"))

    kept = [queries.item_by_barcode(code).accession_number for code in ("A1", "A2", "A3")]
    assert counts(report) == (3, 3, 0, 0)
    assert kept == ["0000107", "乙-20", "0000108"]
    assert counts(import_with_items(act_at(root.id), path=path, profile=profile("905-per-copy"))) == (3, 0, 3, 0)


@pytest.mark.django_db
def test_an_accession_number_that_comes_again_is_a_problem_of_its_copy_alone(tmp_path):
    root, *_ = make_network()
    first = written(tmp_path, numbered(("A1", "D001")), name="first.iso")
    import_with_items(act_at(root.id), path=first, profile=profile("905-per-copy"))
    other = [("B1", "D001"), ("B2", "D002"), ("B3", "D002")]
    path = written(tmp_path, numbered(*other, title="球状闪电", control="2"))

    report = import_with_items(act_at(root.id), path=path, profile=profile("905-per-copy"))

    assert counts(report) == (3, 1, 0, 2)
    assert report.problems == (
        (1, "the accession number is already on another item", "B1"),
        (1, "the accession number comes twice in the file", "B3"),
    )
    assert queries.item_by_barcode("B2").accession_number == "D002"


@pytest.mark.django_db
def test_an_item_with_the_number_of_another_is_refused_and_nothing_is_written():
    root, *_ = make_network()
    record = make_record(root.id, "三体").id
    act = act_at(root.id)
    operations.accession(act, item=NewItem(record=record, barcode="A1", accession_number="D001", key="1"))

    with pytest.raises(AccessionNumberTaken):
        operations.accession(act, item=NewItem(record=record, barcode="A2", accession_number="D001", key="2"))

    assert Item.objects.count() == 1


def test_the_hand_written_insert_names_every_column_of_an_item_that_may_not_be_empty():
    needed = {one.column for one in Item._meta.concrete_fields if not one.null and not one.has_db_default()}

    assert needed - set(statements.ITEM_COLUMNS) == {"id"}
