"""Records added and changed."""

import pytest

from wenlan.catalogue import operations, queries
from wenlan.catalogue.cnmarc import EMPTY_LEADER, MarcRecord
from wenlan.catalogue.errors import RecordUnwritable
from wenlan.catalogue.models import BibRecord, RecordNumber
from wenlan.catalogue.storing import INDEX_TOPIC
from wenlan.catalogue.testing import make_act, make_marc, make_record
from wenlan.jobs.queries import posted
from wenlan.kernel.errors import NotFound
from wenlan.kernel.ids import new_uid
from wenlan.network.testing import make_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def node():
    return make_network()[0].id


def test_a_record_is_kept_whole_beside_its_columns(node):
    marc = make_marc("三体", isbn="978-7-5366-9293-0")

    kept = operations.add_record(make_act(node), marc=marc)

    assert queries.record(kept.id) == kept
    assert kept.marc == marc
    assert (kept.title_proper, kept.isbn) == ("三体", ("9787536692930",))


def test_adding_with_the_same_key_gives_the_first_answer(node):
    first = operations.add_record(make_act(node, key="k1"), marc=make_marc("三体"))

    assert operations.add_record(make_act(node, key="k1"), marc=make_marc("三体")) == first
    assert BibRecord.objects.count() == 1


def test_an_empty_record_is_refused_and_writes_nothing(node):
    with pytest.raises(RecordUnwritable):
        operations.add_record(make_act(node), marc=MarcRecord(EMPTY_LEADER, ()))

    assert BibRecord.objects.count() == 0
    assert posted(INDEX_TOPIC, 10) == []


def test_a_batch_posts_one_message_and_keeps_the_order(node):
    titles = [f"示例{number}" for number in range(5)]

    ids = operations.add_records(make_act(node), records=[make_marc(title) for title in titles])

    views = queries.records(ids)
    assert [views[one].title_proper for one in ids] == titles
    assert [payload for _, payload in posted(INDEX_TOPIC, 10)] == [{"ids": list(ids)}]


def test_changing_a_record_derives_its_columns_and_numbers_anew(node):
    record = make_record(node, "三体", isbn="978-7-5366-9293-0")

    changed = operations.change_record(
        make_act(node), record=record.uid, marc=make_marc("球状闪电", isbn="7-5366-9293-5")
    )

    assert changed.title_proper == "球状闪电"
    assert list(RecordNumber.objects.values_list("number", flat=True)) == list(changed.isbn)


def test_changing_an_unknown_record_is_not_found(node):
    with pytest.raises(NotFound):
        operations.change_record(make_act(node), record=new_uid(), marc=make_marc())


def test_a_very_long_title_is_cut_in_the_column_and_whole_in_the_record(node):
    kept = make_record(node, "长" * 700)

    assert kept.title_proper == "长" * 500
    assert queries.record(kept.id).marc.value("200", "a") == "长" * 700


@pytest.mark.parametrize("count", [1, 3])
def test_records_are_read_by_one_statement(node, count, django_assert_num_queries):
    ids = [make_record(node, f"示例{number}").id for number in range(count)]

    with django_assert_num_queries(1):
        assert len(queries.records(ids)) == count
