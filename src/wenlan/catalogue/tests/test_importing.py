"""Files taken in: every record has an outcome, and taking a file in again changes nothing."""

import csv
import gzip
import shutil

import pytest

from wenlan.catalogue import operations, queries, statements
from wenlan.catalogue.cnmarc import MarcRecord, encode, field
from wenlan.catalogue.errors import EncodingUnknown, FileUnreadable
from wenlan.catalogue.models import BibRecord, MarcImport, RecordSource, RejectedRecord, UnplacedRecord
from wenlan.catalogue.storing import INDEX_TOPIC
from wenlan.catalogue.tasks import RECURRING
from wenlan.catalogue.testing import make_act, make_marc
from wenlan.catalogue.tests.samples import MARC, needs_samples, sample_files
from wenlan.catalogue.types import SearchQuery
from wenlan.jobs.queries import posted
from wenlan.network.testing import make_network

pytestmark = pytest.mark.django_db
BROKEN = b"00040nam0 2200037   450 abc\x1eno directory\x1e\x1d"


@pytest.fixture
def act():
    return make_act(make_network()[0].id)


def written(folder, *records, name="batch.iso", codec="gb18030"):
    path = folder / name
    path.write_bytes(b"\r\n".join(one if isinstance(one, bytes) else encode(one, codec) for one in records))
    return path


def counts(report):
    return (report.read, report.created, report.updated, report.unchanged, report.kept_aside, report.rejected)


def test_a_suppliers_file_in_gbk_is_taken_in_with_its_bytes(act, tmp_path):
    path = written(tmp_path, make_marc("三体", number="1"), make_marc("球状闪电", number="2"))

    report = operations.import_marc(act, path=path)

    assert counts(report) == (2, 2, 0, 0, 0, 0)
    assert sorted(BibRecord.objects.values_list("title_proper", flat=True)) == ["三体", "球状闪电"]
    assert b"".join(bytes(one.raw) for one in RecordSource.objects.order_by("position")) == path.read_bytes().replace(
        b"\r\n", b""
    )
    assert {one.encoding for one in RecordSource.objects.all()} == {"gb18030"}


def test_taking_a_file_in_again_changes_nothing(act, tmp_path):
    path = written(tmp_path, make_marc("三体", number="1"), make_marc("球状闪电"), BROKEN)
    operations.import_marc(act, path=path)
    before = list(BibRecord.objects.order_by("pk").values())

    report = operations.import_marc(act, path=path)

    assert counts(report) == (3, 0, 0, 2, 0, 1)
    assert list(BibRecord.objects.order_by("pk").values()) == before
    assert (RecordSource.objects.count(), RejectedRecord.objects.count()) == (2, 1)


def test_the_same_records_in_another_encoding_are_unchanged(act, tmp_path):
    titles = ["三体", "球状闪电"]
    operations.import_marc(act, path=written(tmp_path, *(make_marc(one, number="7") for one in titles[:1])))

    report = operations.import_marc(
        act, path=written(tmp_path, make_marc(titles[0], number="7"), name="utf8.iso", codec="utf-8")
    )

    assert counts(report) == (1, 0, 0, 1, 0, 0)


def test_a_record_that_comes_again_with_another_price_is_updated(act, tmp_path):
    operations.import_marc(act, path=written(tmp_path, make_marc("三体", number="1", agency="NLC")))

    again = written(tmp_path, make_marc("三体", number="1", agency="NLC", class_number="I247.5"), name="later.iso")
    report = operations.import_marc(act, path=again)

    assert counts(report) == (1, 0, 1, 0, 0, 0)
    assert BibRecord.objects.get().class_number == "I247.5"
    assert RecordSource.objects.count() == 2


def test_a_number_used_for_another_work_makes_a_record_of_its_own(act, tmp_path):
    path = written(tmp_path, make_marc("三体", number="1"), make_marc("球状闪电", number="1"))

    report = operations.import_marc(act, path=path)

    assert counts(report) == (2, 2, 0, 0, 0, 0)
    assert report.notes == ((2, "another work stands under the same control number; kept as a record of its own"),)


def test_what_cannot_be_read_is_written_beside_the_file_and_kept(act, tmp_path):
    path = written(tmp_path, make_marc("三体"), BROKEN, make_marc("球状闪电"))

    report = operations.import_marc(act, path=path)

    assert counts(report) == (3, 2, 0, 0, 0, 1)
    assert (tmp_path / "batch.iso.rejects.mrc").read_bytes() == BROKEN
    with (tmp_path / "batch.iso.rejects.csv").open(encoding="utf-8-sig") as table:
        rows = list(csv.reader(table))
    assert rows[1][0] == "2"
    assert bytes(RejectedRecord.objects.get().raw) == BROKEN


def test_rejects_of_a_read_only_folder_go_to_the_home(act, tmp_path, settings):
    settings.WENLAN_HOME = tmp_path / "home"
    folder = tmp_path / "disc"
    folder.mkdir()
    path = written(folder, BROKEN)
    folder.chmod(0o555)

    report = operations.import_marc(act, path=path)

    assert report.rejects_file == str(tmp_path / "home" / "rejects" / "batch.iso.rejects.mrc")


def test_an_authority_record_is_kept_aside(act, tmp_path):
    person = MarcRecord("00000nz  a2200000n  4500", (field("100", "1 ", ("a", "Liu, Cixin")),))
    path = written(tmp_path, person, codec="utf-8")

    first = operations.import_marc(act, path=path)
    again = operations.import_marc(act, path=path)

    assert counts(first) == counts(again) == (1, 0, 0, 0, 1, 0)
    assert UnplacedRecord.objects.get().heading == "Liu, Cixin"


def test_a_zipped_file_is_read(act, tmp_path):
    path = tmp_path / "batch.iso.gz"
    path.write_bytes(gzip.compress(encode(make_marc("三体"), "gb18030")))

    assert counts(operations.import_marc(act, path=path)) == (1, 1, 0, 0, 0, 0)


def test_a_run_that_broke_off_is_finished_by_repeating_it(act, tmp_path):
    whole = [make_marc(f"示例{number}", number=str(number)) for number in range(4)]
    operations.import_marc(act, path=written(tmp_path, *whole[:2], name="first.iso"))

    report = operations.import_marc(act, path=written(tmp_path, *whole))

    assert counts(report) == (4, 2, 0, 2, 0, 0)


def test_an_import_posts_what_the_index_must_see_and_no_more(act, tmp_path):
    path = written(tmp_path, make_marc("三体"), make_marc("球状闪电"))
    operations.import_marc(act, path=path)
    operations.import_marc(act, path=path)

    assert [payload for _, payload in posted(INDEX_TOPIC, 10)] == [
        {"ids": list(BibRecord.objects.order_by("pk").values_list("pk", flat=True))}
    ]


def test_a_missing_file_is_refused_and_leaves_no_run(act, tmp_path):
    with pytest.raises(FileUnreadable):
        operations.import_marc(act, path=tmp_path / "none.iso")

    assert MarcImport.objects.count() == 0


def test_an_unknown_encoding_is_refused_and_leaves_no_run(act, tmp_path):
    with pytest.raises(EncodingUnknown):
        operations.import_marc(act, path=written(tmp_path, make_marc()), encoding="klingon")

    assert MarcImport.objects.count() == 0


def test_records_are_found_by_their_isbn(act, tmp_path):
    operations.import_marc(act, path=written(tmp_path, make_marc("三体", isbn="7-5366-9293-5")))

    assert [one.title_proper for one in queries.records_by_number(["9787536692930"])] == ["三体"]


@needs_samples
@pytest.mark.slow
def test_every_record_of_every_sample_file_has_an_outcome(act, tmp_path):
    read = kept = 0
    for source in sample_files():
        path = tmp_path / source.name
        shutil.copyfile(source, path)

        report = operations.import_marc(act, path=path)

        assert report.accounted == report.read, source.name
        read += report.read - report.rejected
        kept += report.created + report.updated + report.unchanged + report.kept_aside
    assert (read, kept) == (19_366, 19_366)
    assert RejectedRecord.objects.count() == 2


@needs_samples
def test_the_chinese_sample_files_show_right_in_the_catalogue(act, tmp_path):
    for name in ("cnmarc_various_gbk.iso", "cnmarc_various_utf8.iso"):
        shutil.copyfile(MARC / "cnmarc" / name, tmp_path / name)
        operations.import_marc(act, path=tmp_path / name)

    assert list(BibRecord.objects.order_by("pk").values_list("title_proper", "responsibility", "main_class")) == [
        ("杜诗详注", "(唐)杜甫撰 ; (清)仇兆鳌注", "I"),
        ("小王子", "(法)安托万·德·圣·埃克苏佩里著 ; 李玉民译", ""),
        ("评说 鼓励 鞭策", "张脉峰主编", "I"),
        ("人工智能导论", "马月坤，陈昊主编", "T"),
        ("真实世界的Python仪器监控", "J.M. Hughes著 ; OBP Group译", "T"),
        ("雕虫故事", "刘畅著", "T"),
        ("中国近代建筑研究与保护", "张复合，刘亦师主编", "T"),
        ("可再生能源与建筑能源利用技术", "郝小礼等编著", "T"),
        (
            "过程管理",
            "乔尔·D. 威斯纳(Joel D.Wisner), 琳达·L. 斯坦利(Linda L. Stanley)著 ; 纪寿文, 房圆晨译注",
            "F",
        ),
    ]


def test_a_file_with_two_versions_of_a_record_changes_nothing_the_second_time(act, tmp_path):
    first, second = (make_marc("三体", number="1", agency="NLC", year=year) for year in ("2008", "2010"))
    path = written(tmp_path, first, second)
    assert counts(operations.import_marc(act, path=path)) == (2, 1, 1, 0, 0, 0)

    assert counts(operations.import_marc(act, path=path)) == (2, 0, 0, 2, 0, 0)
    assert BibRecord.objects.get().year == 2010


def test_taking_a_file_in_again_leaves_what_a_cataloguer_changed_since(act, tmp_path):
    path = written(tmp_path, make_marc("三体", number="1"))
    operations.import_marc(act, path=path)
    row = BibRecord.objects.get()
    operations.change_record(act, record=row.uid, marc=make_marc("三体（修订）", number="1"))

    report = operations.import_marc(act, path=path)

    assert counts(report) == (1, 0, 0, 1, 0, 0)
    assert BibRecord.objects.get().title_proper == "三体（修订）"


def test_a_new_record_with_a_known_isbn_is_doubtful(act, tmp_path):
    operations.import_marc(act, path=written(tmp_path, make_marc("三体", isbn="9787536692930", number="1")))
    same = written(tmp_path, make_marc("三体", isbn="7-5366-9293-5", number="A1"), name="other.iso")

    report = operations.import_marc(act, path=same)

    assert (report.created, report.doubtful) == (1, 1)
    assert [note for _, note in report.notes] == ["another record has this ISBN; please see whether they are the same"]


def test_a_preview_says_what_the_import_then_does_and_writes_nothing(act, tmp_path):
    old = written(tmp_path, make_marc("三体", number="1", agency="NLC"), name="old.iso")
    operations.import_marc(act, path=old)
    path = written(
        tmp_path,
        make_marc("三体", number="1", agency="NLC", year="2010"),
        make_marc("球状闪电", number="2", agency="NLC", isbn="9787536692930"),
        make_marc("球状闪电", number="2", agency="NLC", isbn="9787536692930", year="2011"),
        make_marc("黑暗森林", number="3", agency="NLC", isbn="9787536692930"),
        BROKEN,
    )

    before = operations.preview_marc(path=path)

    assert BibRecord.objects.count() == 1
    assert MarcImport.objects.count() == 1
    after = operations.import_marc(act, path=path)
    assert counts(before) == counts(after) == (5, 2, 2, 0, 0, 1)
    assert before.doubtful == after.doubtful == 1


def test_a_batch_is_matched_by_a_few_statements_however_many_records(act, tmp_path, django_assert_max_num_queries):
    path = written(tmp_path, *(make_marc(f"示例{number}", number=str(number)) for number in range(40)))

    with django_assert_max_num_queries(25):
        operations.import_marc(act, path=path)


def test_the_hand_written_insert_names_every_column_of_a_record():
    columns = {one.column for one in BibRecord._meta.concrete_fields}

    assert columns - set(statements.RECORD_COLUMNS) == {"id"}


def test_one_look_of_the_indexer_into_the_outbox_finds_what_was_saved_and_imported(act, tmp_path, settings):
    # The worker looks five times a second and without waiting for a turn, so that one look is within the second.
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    (indexer,) = (one for one in RECURRING if one.name == "catalogue.index")
    indexer.run(act.at)
    operations.add_record(act, marc=make_marc("三体"))
    operations.import_marc(act, path=written(tmp_path, make_marc("球状闪电", number="2")))

    indexer.run(act.at)

    assert (indexer.every_seconds, indexer.claimed) == (0.2, False)
    assert [queries.search(SearchQuery(text=title)).total for title in ("三体", "球状闪电")] == [1, 1]


def test_versions_of_a_record_in_one_file_are_taken_in_their_order_beside_others(act, tmp_path):
    versions = [make_marc("三体", number="1", agency="NLC", year=str(year)) for year in range(2001, 2006)]
    others = [make_marc(f"示例{number}", number=f"A{number}") for number in range(4)]
    path = written(tmp_path, *(one for pair in zip(versions, [*others, BROKEN], strict=True) for one in pair))

    report = operations.import_marc(act, path=path)

    assert counts(report) == (10, 5, 4, 0, 0, 1)
    assert BibRecord.objects.get(control_number="1").year == 2005
    assert counts(operations.import_marc(act, path=path)) == (10, 0, 0, 9, 0, 1)


def test_what_goes_wrong_while_the_next_batch_is_read_is_told(act, tmp_path):
    path = tmp_path / "batch.iso.gz"
    path.write_bytes(gzip.compress(encode(make_marc("三体"), "gb18030"))[:-12])

    with pytest.raises(FileUnreadable):
        operations.import_marc(act, path=path)
