"""The history of a record: nothing that was ever saved is lost, and nobody's change is written over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue import operations, queries
from wenlan.catalogue.cnmarc import EMPTY_LEADER, ControlField, MarcRecord, field
from wenlan.catalogue.editing import history
from wenlan.catalogue.errors import RecordChangedMeanwhile
from wenlan.catalogue.models import BibRecord, RecordCondition
from wenlan.catalogue.storing import INDEX_TOPIC
from wenlan.catalogue.testing import make_act, make_marc, make_record
from wenlan.catalogue.types import Condition, VersionKind
from wenlan.jobs.queries import posted
from wenlan.network.testing import make_network


@pytest.fixture
def node():
    return make_network()[0].id


def without_stamp(marc: MarcRecord) -> MarcRecord:
    return MarcRecord(marc.leader, tuple(one for one in marc.fields if one.tag != "005"))


@pytest.mark.django_db
def test_a_record_catalogued_here_has_a_number_a_stamp_and_a_first_version(node):
    made = operations.catalogue_record(make_act(node, key="k1"), marc=make_marc("三体"))

    (first,) = history.versions(made.id)
    assert made.marc.control("001") == "2019000001"
    assert made.marc.control("005") == "20190304090000.0"
    assert (first.number, first.kind, first.marc) == (1, VersionKind.CREATED, made.marc)
    assert operations.catalogue_record(make_act(node, key="k1"), marc=make_marc("三体")) == made


@pytest.mark.django_db
def test_every_form_a_record_had_stands_in_its_history(node):
    record = make_record(node, "三体")
    operations.change_record(make_act(node), record=record.uid, marc=make_marc("三体全集"))
    operations.change_record(make_act(node), record=record.uid, marc=make_marc("三体：地球往事"), note="封面")

    kept = history.versions(record.id)

    assert [one.marc.value("200", "a") for one in kept] == ["三体：地球往事", "三体全集", "三体"]
    assert [(one.number, one.kind, one.note) for one in kept] == [
        (3, VersionKind.EDITED, "封面"),
        (2, VersionKind.EDITED, ""),
        (1, VersionKind.CREATED, ""),
    ]
    assert kept[0].marc == queries.record(record.id).marc


@pytest.mark.django_db
def test_a_change_that_changes_nothing_makes_no_version(node):
    record = make_record(node, "三体")

    operations.change_record(make_act(node), record=record.uid, marc=record.marc)

    assert history.versions(record.id) == ()


@pytest.mark.django_db
def test_two_cataloguers_do_not_write_over_each_other(node):
    record = make_record(node, "三体")
    opened = queries.stored(record.id).content_hash
    operations.change_record(make_act(node), record=record.uid, marc=make_marc("三体全集"), based_on=opened)

    with pytest.raises(RecordChangedMeanwhile):
        operations.change_record(make_act(node), record=record.uid, marc=make_marc("三体Ⅰ"), based_on=opened)

    assert queries.record(record.id).title_proper == "三体全集"
    assert len(history.versions(record.id)) == 2


@pytest.mark.django_db
def test_an_older_version_comes_back_as_a_new_one(node):
    record = make_record(node, "三体")
    operations.change_record(make_act(node), record=record.uid, marc=make_marc("错"))

    back = operations.restore_version(make_act(node), record=record.uid, number=1)

    assert back.title_proper == "三体"
    newest = history.versions(record.id)[0]
    assert (newest.number, newest.kind, newest.note) == (3, VersionKind.RESTORED, "1")


@pytest.mark.django_db
def test_a_hidden_record_is_out_of_sight_and_comes_back(node):
    record = make_record(node, "三体")

    operations.set_condition(make_act(node), records=[record.id], condition=Condition.HIDDEN, reason="待核")
    hidden = queries.stored(record.id)
    operations.set_condition(make_act(node), records=[record.id], condition=None)

    assert (hidden.condition, hidden.reason) == (Condition.HIDDEN, "待核")
    assert not RecordCondition.objects.exists()
    assert [payload for _, payload in posted(INDEX_TOPIC, 10)] == [{"ids": [record.id]}] * 3


@pytest.mark.django_db
def test_a_deleted_record_keeps_its_row_and_its_history(node):
    record = make_record(node, "三体")

    report = operations.set_condition(make_act(node), records=[record.id], condition=Condition.DELETED, reason="重复")

    assert (report.done, dict(report.refused)) == ((record.id,), {})
    assert BibRecord.objects.filter(pk=record.id).exists()


values = st.text(st.characters(blacklist_characters="\x1d\x1e\x1f", blacklist_categories=["Cs"]), max_size=8)
codes = st.sampled_from("abcdef9A")
data_fields = st.builds(
    lambda tag, subfields: field(tag, "  ", *subfields),
    st.sampled_from(["200", "205", "606", "701", "905"]),
    st.lists(st.tuples(codes, values), max_size=4),
)
control_fields = st.builds(ControlField, st.sampled_from(["001", "005"]), values)
marcs = st.builds(MarcRecord, st.just(EMPTY_LEADER), st.lists(control_fields | data_fields, max_size=8).map(tuple))


def read_back(lines, signs):
    return [
        (line.tag, line.indicators, tuple((code, value) for code, value, _ in line.parts))
        for line in lines
        if line.sign in signs
    ]


def shown(marc):
    return [("LDR", "", (("", marc.leader),))] + [
        (one.tag, "", (("", one.data),))
        if isinstance(one, ControlField)
        else (one.tag, one.indicators, tuple((code, value) for code, value in one.subfields))
        for one in marc.fields
    ]


@given(marcs, marcs)
def test_a_comparison_holds_both_records_whole(before, after):
    lines = history.compare(before, after)

    assert read_back(lines, "=-") == shown(before)
    assert read_back(lines, "=+") == shown(after)


@given(marcs)
def test_a_record_does_not_differ_from_itself(marc):
    assert history.changed_tags(marc, marc) == ()
