"""Names and subjects: one heading for one thing, and nothing lost when two turn out to be one."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue import indexing
from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.authorities import errors, following, headings, operations, queries
from wenlan.catalogue.authorities.types import AuthorityKind, ExtraWords
from wenlan.catalogue.authorities.words import extra_words
from wenlan.catalogue.cnmarc import EMPTY_LEADER, ControlField, MarcRecord, encode, field
from wenlan.catalogue.editing import history
from wenlan.catalogue.models import Authority, BibRecord
from wenlan.catalogue.operations import add_record, add_records, import_marc
from wenlan.catalogue.policies import Outcome
from wenlan.catalogue.testing import AT, make_act, make_marc, make_record
from wenlan.catalogue.types import MarcFormat, SearchQuery
from wenlan.kernel.errors import NotFound
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

LU_XUN = (("a", "鲁迅"), ("f", "1881-1936"))


@pytest.fixture
def node(tmp_path, settings):
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    return make_network()[0].id


def found(node, *subfields, kind=AuthorityKind.PERSON, see=()):
    return operations.found_authority(make_act(node), kind=kind, subfields=subfields, see=see)


def people_of(record_id):
    return [one.subfields for one in catalogue.record(record_id).marc.all("701")]


@pytest.mark.django_db
def test_story_of_a_name(node):
    # Two books stand under 鲁迅, one under 周树人. The cataloguer founds an authority for 鲁迅 and links the two.
    # Later 周树人 turns out to be an authority too; merged, its book moves over, and undone, it moves back.
    novel = make_record(node, "呐喊", author="鲁迅")
    essays = make_record(node, "野草", author="鲁迅")
    history_ = make_record(node, "中国小说史略", author="周树人")
    lu_xun = found(node, *LU_XUN)
    zhou = found(node, ("a", "周树人"), see=["周豫才"])

    assert operations.link_records(make_act(node), authority=lu_xun.uid, records=[novel.id, essays.id]) == 2
    operations.link_records(make_act(node), authority=zhou.uid, records=[history_.id])
    assert people_of(novel.id) == [(("a", "鲁迅"), ("f", "1881-1936"), ("3", lu_xun.number), ("4", "著"))]

    before = people_of(history_.id)
    preview = queries.merge_preview(lu_xun.uid, zhou.uid)
    assert (preview.records, preview.forms) == ((history_.id,), ("周树人", "周豫才"))
    merged = operations.merge(make_act(node, key="m"), kept=lu_xun.uid, gone=zhou.uid)
    assert operations.merge(make_act(node, key="m"), kept=lu_xun.uid, gone=zhou.uid) == merged
    assert people_of(history_.id) == people_of(novel.id)
    assert [one.id for one in queries.records_of(lu_xun.id)] == [novel.id, essays.id, history_.id]
    assert queries.authority(zhou.uid).merged_into == lu_xun.uid
    assert queries.authority(lu_xun.uid).see == ("周树人", "周豫才")
    assert extra_words([history_.id]) == {history_.id: ExtraWords(("周树人", "周豫才"), ())}

    operations.undo_merge(make_act(node), merge=merged.uid)
    assert people_of(history_.id) == before
    assert [one.id for one in queries.records_of(zhou.id)] == [history_.id]
    assert queries.authority(lu_xun.uid).see == ()
    assert [one.kind for one in history.versions(history_.id)] == ["edited", "edited", "edited", "created"]
    with pytest.raises(errors.MergeSettled):
        operations.undo_merge(make_act(node), merge=merged.uid)


@pytest.mark.django_db
def test_a_heading_changed_in_one_place_shows_in_all_records_that_link_to_it(node):
    books = [make_record(node, title, author="老舍") for title in ("骆驼祥子", "茶馆", "四世同堂")]
    lao_she = found(node, ("a", "老舍"))
    operations.link_records(make_act(node), authority=lao_she.uid, records=[one.id for one in books])

    operations.change_heading(
        make_act(node), authority=lao_she.uid, subfields=(("a", "老舍"), ("f", "1899-1966")), see=["舒庆春"]
    )

    assert {people_of(one.id)[0][:2] for one in books} == {(("a", "老舍"), ("f", "1899-1966"))}
    assert queries.authority(lao_she.uid).heading == "老舍 (1899-1966)"
    assert [one.heading for one in queries.search_authorities("舒庆春")] == ["老舍 (1899-1966)"]


@pytest.mark.django_db
def test_headings_that_match_exactly_are_suggested_and_nothing_else(node):
    lu_xun = found(node, *LU_XUN, see=["周树人"])
    found(node, ("a", "鲁迅研究"), kind=AuthorityKind.SUBJECT)

    def suggested(author, subject=""):
        marc = make_marc("书", author=author, subject=subject)
        return [(one.tag, one.relation, one.authority.number) for one in queries.suggestions(marc, MarcFormat.CNMARC)]

    assert suggested("鲁迅") == [("701", "heading", lu_xun.number)]
    assert suggested("周树人") == [("701", "see", lu_xun.number)]
    assert suggested("鲁迅研究") == []
    assert [tag for tag, *_rest in suggested("鲁", "鲁迅研究")] == ["606"]


@pytest.mark.django_db
def test_a_number_that_nobody_knows_yet_finds_its_authority_when_it_comes(node):
    marc = make_marc("朝花夕拾", author="鲁迅")
    fields = [
        one._replace(subfields=(*one.subfields, ("3", "A0001"))) if one.tag == "701" else one for one in marc.fields
    ]
    record = add_record(make_act(node), marc=MarcRecord(marc.leader, tuple(fields)))
    assert [authority for *_rest, authority in queries.links_of_record(record)] == [None]

    arrived = headings.new_authority(AuthorityKind.PERSON, "A0001", LU_XUN, "20260101000000")
    assert operations.import_authorities(make_act(node), [(arrived, MarcFormat.CNMARC)]) == ("created",)
    assert operations.import_authorities(make_act(node), [(arrived, MarcFormat.CNMARC)]) == ("unchanged",)

    assert [authority.heading for *_rest, authority in queries.links_of_record(record)] == ["鲁迅 (1881-1936)"]


@pytest.mark.django_db
def test_a_field_changed_since_the_merge_is_left_alone_when_it_is_undone(node):
    book = make_record(node, "呐喊", author="周树人")
    lu_xun, zhou = found(node, *LU_XUN), found(node, ("a", "周树人"))
    operations.link_records(make_act(node), authority=zhou.uid, records=[book.id])
    merged = operations.merge(make_act(node), kept=lu_xun.uid, gone=zhou.uid)
    operations.change_heading(make_act(node), authority=lu_xun.uid, subfields=(("a", "鲁迅"),), see=["周树人"])

    operations.undo_merge(make_act(node), merge=merged.uid)

    assert people_of(book.id) == [(("a", "鲁迅"), ("3", lu_xun.number), ("4", "著"))]
    assert [one.id for one in queries.records_of(lu_xun.id)] == [book.id]
    assert queries.authority(zhou.uid).merged_into is None


@pytest.mark.django_db
def test_unlike_things_are_not_merged_and_nothing_is_written(node):
    person, topic = found(node, *LU_XUN), found(node, ("a", "小说史"), kind=AuthorityKind.SUBJECT)

    with pytest.raises(errors.AuthoritiesUnlike):
        operations.merge(make_act(node), kept=person.uid, gone=topic.uid)
    with pytest.raises(errors.AuthoritiesUnlike):
        operations.merge(make_act(node), kept=person.uid, gone=person.uid)
    with pytest.raises(errors.HeadingTaken):
        found(node, *LU_XUN)
    with pytest.raises(errors.HeadingMissing):
        found(node, ("a", " "))
    with pytest.raises(NotFound):
        operations.merge(make_act(node), kept=person.uid, gone=catalogue.record(make_record(node).id).uid)

    assert [one.heading for one in queries.search_authorities("")] == [topic.heading, person.heading]


@pytest.mark.django_db
def test_two_headings_refer_to_each_other(node):
    one, other = found(node, *LU_XUN), found(node, ("a", "周作人"))

    for _again in range(2):
        operations.relate(make_act(node), authority=one.uid, other=other.uid)

    assert [(text, seen.number) for text, seen in queries.see_also(queries.authority(one.uid))] == [
        ("周作人", other.number)
    ]
    assert [text for text, _seen in queries.see_also(queries.authority(other.uid))] == ["鲁迅 (1881-1936)"]


@pytest.mark.django_db
def test_a_see_also_is_taken_away_on_both_sides(node):
    one, other = found(node, *LU_XUN), found(node, ("a", "周作人"))
    operations.relate(make_act(node), authority=one.uid, other=other.uid)

    assert operations.unrelate(make_act(node), authority=one.uid, text="周作人") is True
    assert operations.unrelate(make_act(node), authority=one.uid, text="周作人") is False

    assert [queries.see_also(queries.authority(each.uid)) for each in (one, other)] == [(), ()]
    assert not {"500"} & queries.authority(other.uid).marc.tags


def with_linked_books(node, lu_xun, count: int, monkeypatch) -> list[int]:
    """Make books linked to an authority, so many that they follow in the background."""
    monkeypatch.setattr(following, "AT_ONCE", count - 1)
    books = [make_record(node, f"第 {nth} 种", author="鲁迅").id for nth in range(count)]
    operations.link_records(make_act(node), authority=lu_xun.uid, records=books)
    return books


@pytest.mark.django_db
def test_many_records_follow_a_heading_batch_by_batch_and_go_on_where_they_were_broken_off(node, monkeypatch):
    lu_xun = found(node, *LU_XUN)
    books = with_linked_books(node, lu_xun, 12, monkeypatch)

    operations.change_heading(make_act(node), authority=lu_xun.uid, subfields=(("a", "魯迅"),), see=())
    assert queries.following(lu_xun.id) == (0, 12)
    assert {people_of(one)[0][0] for one in books} == {("a", "鲁迅")}

    # The worker dies in the second batch: what the first one wrote stays, and the next run goes on behind it.
    kept = following.save
    calls = iter(range(100))
    monkeypatch.setattr(following, "save", lambda *told: 1 / 0 if next(calls) == 7 else kept(*told))
    with pytest.raises(ZeroDivisionError):
        following.follow_some(AT)
    assert queries.following(lu_xun.id) == (5, 12)
    monkeypatch.setattr(following, "save", kept)
    assert following.follow_some(AT) == 7
    assert {people_of(one)[0][0] for one in books} == {("a", "魯迅")}
    assert {len(history.versions(one)) for one in books} == {3}
    assert (queries.following(lu_xun.id), following.follow_some(AT)) == (None, 0)


@pytest.mark.django_db
def test_a_heading_changed_again_overtakes_the_change_that_is_being_followed(node, monkeypatch):
    lu_xun = found(node, *LU_XUN)
    books = with_linked_books(node, lu_xun, 8, monkeypatch)
    for name in ("魯迅", "鲁迅先生"):
        operations.change_heading(make_act(node), authority=lu_xun.uid, subfields=(("a", name),), see=())

    assert following.follow_some(AT) == 8
    assert {people_of(one)[0][0] for one in books} == {("a", "鲁迅先生")}
    assert {len(history.versions(one)) for one in books} == {3}


@pytest.mark.django_db
def test_a_merge_of_many_is_followed_and_taken_back_in_batches(node, monkeypatch):
    lu_xun, zhou = found(node, *LU_XUN), found(node, ("a", "周树人"))
    monkeypatch.setattr(following, "AT_ONCE", 5)
    books = [make_record(node, f"第 {nth} 种", author="周树人").id for nth in range(6)]
    operations.link_records(make_act(node), authority=zhou.uid, records=books)
    before = {one: people_of(one) for one in books}

    merged = operations.merge(make_act(node), kept=lu_xun.uid, gone=zhou.uid)
    with pytest.raises(errors.StillFollowing):
        operations.undo_merge(make_act(node), merge=merged.uid)
    assert following.follow_some(AT) == 6
    assert {people_of(one)[0][0] for one in books} == {("a", "鲁迅")}
    assert queries.merges_of(lu_xun.id)[0].records == 6

    operations.undo_merge(make_act(node), merge=merged.uid)
    following.follow_some(AT)
    assert {one: people_of(one) for one in books} == before
    assert queries.authority(zhou.uid).records == 6


@pytest.mark.django_db
def test_imported_authorities_are_kept_once_and_records_follow_a_heading_they_change(node):
    def sent(name: str) -> MarcRecord:
        return MarcRecord(
            EMPTY_LEADER,
            (ControlField("001", "A9"), field("200", " 0", ("a", name)), field("400", " 0", ("a", "周树人"))),
        )

    nameless = MarcRecord(EMPTY_LEADER, (ControlField("001", "A8"),))
    book = make_record(node, "呐喊", author="鲁迅")

    first = operations.import_authorities(
        make_act(node), [(sent("鲁迅"), MarcFormat.CNMARC), (nameless, MarcFormat.CNMARC)]
    )
    operations.link_records(make_act(node), authority=queries.authority_by_number("A9").uid, records=[book.id])
    again = operations.import_authorities(make_act(node), [(sent("鲁迅"), MarcFormat.CNMARC)])
    changed = operations.import_authorities(make_act(node), [(sent("魯迅"), MarcFormat.CNMARC)])

    assert (first, again, changed) == ((Outcome.CREATED, None), (Outcome.UNCHANGED,), (Outcome.UPDATED,))
    assert people_of(book.id)[0][:2] == (("a", "魯迅"), ("3", "A9"))


@pytest.mark.django_db
def test_importing_linked_records_costs_the_same_statements_for_one_and_for_three(node, django_assert_max_num_queries):

    def linked_marc(title):
        marc = make_marc(title)
        extra = field("702", " 0", ("a", "某人"), ("3", f"X{title}"))
        return MarcRecord(marc.leader, (*marc.fields, extra))

    with django_assert_max_num_queries(20) as few:
        add_records(make_act(node), records=[linked_marc("一")])
    with django_assert_max_num_queries(20) as many:
        add_records(make_act(node), records=[linked_marc(title) for title in "二三四"])

    assert len(many) == len(few)
    assert BibRecord.objects.filter(authority_links__number="X三").count() == 1


codes = st.sampled_from("abcdfg349pk")
subfields = st.lists(st.tuples(codes, st.text("鲁迅周树人ab1", min_size=1, max_size=4)), max_size=6)


@given(subfields, subfields)
def test_linking_keeps_what_is_the_records_own_and_linking_twice_is_linking_once(own, names):
    heading_field = field("200", " 0", ("a", "鲁迅"), *((code, value) for code, value in names if code in "bcdfg"))
    marc = MarcRecord(EMPTY_LEADER, (ControlField("001", "A1"), heading_field))
    heading = headings.heading_of(marc, headings.UNIMARC)
    one = field("701", " 0", *own)

    linked = headings.linked(one, heading, "A1", headings.UNIMARC)

    kept = "4pk"
    assert linked.values(*kept) == one.values(*kept)
    assert headings.text_of(linked, AuthorityKind.PERSON, headings.UNIMARC) == heading.text
    assert headings.number_in(linked, headings.UNIMARC) == "A1"
    assert headings.linked(linked, heading, "A1", headings.UNIMARC) == linked


def authority_file(folder):
    marc = headings.new_authority(AuthorityKind.PERSON, "A0001", LU_XUN, "20260101000000")
    path = folder / "names.iso"
    path.write_bytes(encode(marc, "utf-8"))
    return path


@pytest.mark.django_db
def test_an_authority_file_comes_in_once_and_a_heading_changed_here_stays(node, tmp_path):
    path = authority_file(tmp_path)

    import_marc(make_act(node), path=path)
    (one,) = queries.search_authorities("鲁迅")
    operations.change_heading(make_act(node), authority=one.uid, subfields=(("a", "鲁迅"),), see=["周树人"])
    import_marc(make_act(node), path=path)

    assert [(each.heading, each.see) for each in queries.search_authorities("周树人")] == [("鲁迅", ("周树人",))]
    assert queries.waiting().count() == 0


@pytest.mark.django_db
def test_records_follow_a_heading_that_a_later_authority_file_changes(node, tmp_path):
    import_marc(make_act(node), path=authority_file(tmp_path))
    book = make_record(node, "呐喊", author="鲁迅")
    lu_xun = queries.authority_by_number("A0001").uid
    operations.link_records(make_act(node), authority=lu_xun, records=[book.id])
    changed = headings.new_authority(AuthorityKind.PERSON, "A0001", (("a", "魯迅"),), "20260201000000")
    later = tmp_path / "later.iso"
    later.write_bytes(encode(changed, "utf-8"))

    import_marc(make_act(node), path=later)

    assert queries.authority_by_number("A0001").heading == "魯迅"
    assert people_of(book.id) == [(("a", "魯迅"), ("3", "A0001"), ("4", "著"))]


@pytest.mark.django_db
def test_what_earlier_imports_set_aside_is_taken_in(node, tmp_path):
    import_marc(make_act(node), path=authority_file(tmp_path))
    Authority.objects.all().delete()
    assert queries.waiting().count() == 1

    assert operations.place_waiting(make_act(node)) == 1

    assert [one.number for one in queries.search_authorities("鲁迅")] == ["A0001"]


@pytest.mark.django_db
def test_the_index_finds_a_record_by_the_other_forms_of_its_names(node):
    book = make_record(node, "呐喊", author="鲁迅")
    lu_xun = found(node, *LU_XUN, see=["周树人"])
    operations.link_records(make_act(node), authority=lu_xun.uid, records=[book.id])

    indexing.rebuild_index(at=make_act(node).at)

    assert [hit.id for hit in catalogue.search(SearchQuery(text="周树人", field="author")).hits] == [book.id]


LIST = "/desk/catalogue/authorities/"


@pytest.mark.django_db
def test_a_cataloguer_founds_links_merges_and_takes_back(node):
    desk = signed_in(node, "cataloguer")
    book = make_record(node, "中国小说史略", author="周树人")
    said = {"kind": "person", "name": "鲁迅", "dates": "1881-1936", "see": "周豫才\n周豫才\n"}
    desk.post(f"{LIST}new/", said | {"key": "one"})
    desk.post(f"{LIST}new/", {"kind": "person", "name": "周树人", "key": "two"})
    kept, gone = queries.search_authorities("鲁迅")[0], queries.search_authorities("周树人")[0]

    desk.post(f"{LIST}{gone.uid}/link/", {"record": [book.id], "back": "record"})
    preview = desk.get(f"{LIST}{kept.uid}/merge/preview/", {"number": gone.number})
    assert [one["title"] for one in preview.context["rows"]] == ["中国小说史略"]
    desk.post(f"{LIST}{kept.uid}/merge/", {"number": gone.number})
    assert [one.id for one in queries.records_of(kept.id)] == [book.id]

    (merged,) = queries.merges_of(kept.id)
    page = desk.get(f"{LIST}{kept.uid}/")
    assert [each.uid for each in page.context["merges"]] == [merged.uid]
    desk.post(f"{LIST}merges/{merged.uid}/undo/")
    assert [one.id for one in queries.records_of(gone.id)] == [book.id]
    of_record = desk.get(f"/desk/catalogue/{book.id}/authorities/")
    assert [authority.number for *_rest, authority in of_record.context["links"]] == [gone.number]


@pytest.mark.django_db
def test_a_heading_that_stands_already_is_refused_in_words_and_what_was_said_stays(node):
    found(node, *LU_XUN)

    answer = signed_in(node, "cataloguer").post(
        f"{LIST}new/", {"kind": "person", "name": "鲁迅", "dates": "1881-1936", "key": "k"}
    )

    assert answer.status_code == 422
    assert len(answer.context["form"].non_field_errors()) == 1
    assert answer.context["form"]["dates"].value() == "1881-1936"


@pytest.mark.django_db
def test_names_are_seen_by_those_who_see_the_catalogue_and_changed_by_cataloguers_only(node):
    one = found(node, *LU_XUN)
    assert Client().get(LIST).status_code == 302

    desk = signed_in(node, "circulation")
    assert desk.get(f"{LIST}{one.uid}/").status_code == 200
    for act in ("change/", "merge/", "link/", "relate/"):
        assert desk.post(f"{LIST}{one.uid}/{act}", {"name": "x", "number": "x", "key": "k"}).status_code == 403


@pytest.mark.django_db
def test_the_list_costs_the_same_statements_for_one_name_and_for_three(node, django_assert_max_num_queries):
    found(node, *LU_XUN, see=["周树人"])
    desk = signed_in(node, "cataloguer")
    desk.get(LIST)
    with django_assert_max_num_queries(30) as few:
        desk.get(LIST)
    for name in ("老舍", "茅盾"):
        found(node, ("a", name), see=["某人"])
    with django_assert_max_num_queries(30) as many:
        answer = desk.get(LIST)

    assert [one["heading"] for one in answer.context["rows"]] == ["老舍", "茅盾", "鲁迅 (1881-1936)"]
    assert len(many) == len(few)
