"""The county's records in small: what a part holds, and that only parts whose records changed are made anew."""

import gzip
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue.models import BibRecord, RecordCondition
from wenlan.catalogue.pocket import operations, queries
from wenlan.catalogue.pocket.packing import RECORDS, Described, lines_of, packed, part_of
from wenlan.catalogue.testing import make_record
from wenlan.network.testing import make_network

ISBN = "9787020002207"


def lines(part):
    return gzip.decompress(queries.content(part.number, part.digest)).decode().splitlines()


@pytest.mark.django_db
def test_a_part_holds_title_author_and_class_by_isbn_and_follows_its_records():
    root, _branch = make_network("A")
    novel = make_record(root.id, "红楼梦", isbn=ISBN)
    make_record(root.id, "无号之书")

    operations.refresh()

    (part,) = queries.parts()
    (line,) = lines(part)
    assert line.split("\t")[:3] == [ISBN, str(novel.id % RECORDS), "红楼梦"]
    assert (part.number, part.lines, part.bytes) == (
        part_of(novel.id),
        1,
        len(queries.content(part.number, part.digest)),
    )
    assert (operations.refresh(), queries.parts()) == (0, (part,))

    later = timezone.now() + timedelta(hours=1)
    BibRecord.objects.filter(pk=novel.id).update(title_proper="石头记", updated_at=later)
    assert operations.refresh() == 1
    assert lines(queries.parts()[0])[0].split("\t")[2] == "石头记"
    assert queries.content(part.number, part.digest) is None

    RecordCondition.objects.create(record_id=novel.id, condition="hidden", since=later, node_id=root.id)
    operations.refresh()
    assert queries.parts() == ()


@pytest.mark.django_db
def test_another_part_is_not_made_again_and_one_run_does_only_so_many(monkeypatch, django_assert_num_queries):
    root, _branch = make_network("A")
    monkeypatch.setattr(operations, "RECORDS", 1)
    for title, isbn in (("甲", ISBN), ("乙", "9787544291170")):
        make_record(root.id, title, isbn=isbn)
    assert [operations.refresh(most=1) for _ in range(3)] == [1, 1, 0]
    before = queries.parts()

    make_record(root.id, "丙", isbn="9787532745722")

    assert operations.refresh() == 1
    assert queries.parts()[:2] == before
    with django_assert_num_queries(1):
        assert len(queries.parts()) == 3


@given(
    st.lists(st.tuples(st.sampled_from([ISBN, "7-02-000220-X", "9791234567896", ""]), st.text(max_size=80)), max_size=5)
)
def test_a_line_is_one_line_of_five_fields_and_equal_records_make_equal_bytes(told):
    records = [Described(n, [isbn], title, "", title, "I247.5") for n, (isbn, title) in enumerate(told)]

    made = lines_of(records)

    assert [len(line.split("\t")) for line in made] == [5] * len(made)
    assert all(len(line.splitlines()) == 1 for line in made)
    assert packed(made) == packed(lines_of(reversed(records)))
