"""Records taken over: what of ours stays, what comes, and where it came from."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue import queries
from wenlan.catalogue.cnmarc import EMPTY_LEADER, ControlField, MarcRecord, encode, field
from wenlan.catalogue.editing import history
from wenlan.catalogue.errors import RecordChangedMeanwhile
from wenlan.catalogue.models import BibRecord, TakenRecord
from wenlan.catalogue.overlay import Family, Keep, LineKind, Rule, lay_over, taking
from wenlan.catalogue.overlay.merging import Signature
from wenlan.catalogue.testing import make_act, make_marc, make_record
from wenlan.catalogue.types import MarcFormat
from wenlan.network.testing import make_network
from wenlan.staff.models import AuditEntry

SIGNATURE = Signature(agency="LC", on=date(2019, 3, 4))
RULES = (Rule("316", Keep.NEVER_THEIRS, "5"), Rule("606", Keep.BOTH), Rule("690", Keep.OURS),
         Rule("801", Keep.BOTH), Rule("9XX", Keep.NEVER_THEIRS))  # fmt: skip

tags = st.sampled_from(("010", "200", "300", "316", "606", "690", "701", "905", "998"))
subfields = st.lists(st.tuples(st.sampled_from("abc5"), st.sampled_from(("甲", "乙", "丙"))), min_size=1, max_size=2)
fields = st.builds(lambda tag, subs: field(tag, "  ", *subs), tags, subfields)
records = st.lists(fields, max_size=6).map(
    lambda made: MarcRecord(EMPTY_LEADER, tuple(sorted(made, key=lambda one: one.tag)))
)
rules = st.lists(
    st.builds(Rule, tags | st.sampled_from(("6XX", "9XX")), st.sampled_from(Keep), st.sampled_from(("", "5"))),
    max_size=4,
    unique_by=lambda rule: (rule.tag, rule.having),
).map(tuple)


def laid(ours, theirs, with_rules=RULES):
    return lay_over(ours, theirs, with_rules, family=Family.UNIMARC, signature=SIGNATURE)


def record(*made) -> MarcRecord:
    return MarcRecord(EMPTY_LEADER, made)


def shown(lines) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.field.tag, getattr(one.field, "text", "")) for one in lines]


@given(records, records, rules)
def test_a_field_of_ours_with_a_rule_is_never_lost(ours, theirs, with_rules):
    outcome = laid(ours, theirs, with_rules)

    protected = [one for one in ours.fields if any(rule.covers(one) for rule in with_rules)]
    assert [one for one in protected if one not in outcome.marc.fields] == []


@given(records, records, rules)
def test_the_lines_tell_the_whole_outcome(ours, theirs, with_rules):
    outcome = laid(ours, theirs, with_rules)

    there = [one.field for one in outcome.lines if one.kind not in (LineKind.GOES, LineKind.STAYS_OUT)]
    assert {*there} == {*outcome.marc.fields}
    told = {one.field for one in outcome.lines}
    assert {*ours.fields, *theirs.fields} <= told


@given(records, records, rules)
def test_laying_the_same_over_again_changes_nothing(ours, theirs, with_rules):
    once = laid(ours, theirs, with_rules)
    again = laid(once.marc, theirs, with_rules)

    assert {*again.marc.fields} == {*once.marc.fields} or any(one.kind == LineKind.GOES for one in again.lines)
    assert sorted(one.tag for one in once.marc.fields if one.tag < "9") == sorted(
        one.tag for one in again.marc.fields if one.tag < "9"
    )


def test_own_class_subjects_and_local_fields_stay_and_theirs_do_not_come():
    ours = record(
        ControlField("001", "2019000001"),
        field("200", "1 ", ("a", "三体")),
        field("606", "0 ", ("a", "科学幻想小说")),
        field("690", "  ", ("a", "I247.55")),
        field("801", " 0", ("a", "CN"), ("b", "LC")),
        field("905", "  ", ("d", "I247.55"), ("e", "104")),
    )
    theirs = record(
        ControlField("001", "012345678"),
        field("200", "1 ", ("a", "三体"), ("9", "san ti"), ("f", "刘慈欣著")),
        field("606", "0 ", ("a", "长篇小说")),
        field("690", "  ", ("a", "I247.5")),
        field("801", " 0", ("a", "CN"), ("b", "NLC")),
        field("905", "  ", ("a", "NLC")),
    )

    outcome = laid(ours, theirs)

    assert shown(outcome.lines) == [
        ("kept", "001", ""),
        ("made", "035", "(NLC)012345678"),
        ("goes", "200", "三体"),
        ("comes", "200", "三体 san ti 刘慈欣著"),
        ("kept", "606", "科学幻想小说"),
        ("comes", "606", "长篇小说"),
        ("kept", "690", "I247.55"),
        ("stays_out", "690", "I247.5"),
        ("kept", "801", "CN LC"),
        ("comes", "801", "CN NLC"),
        ("made", "801", "CN LC 20190304"),
        ("kept", "905", "I247.55 104"),
        ("stays_out", "905", "NLC"),
    ]


def test_in_marc21_we_stand_last_in_the_one_source_field():
    theirs = record(
        ControlField("001", "ocm1"),
        ControlField("003", "DLC"),
        field("040", "  ", ("a", "DLC"), ("c", "DLC")),
        field("245", "10", ("a", "Ulysses")),
    )

    outcome = lay_over(None, theirs, (), family=Family.MARC21, signature=SIGNATURE)

    assert outcome.marc.all("040") == (field("040", "  ", ("a", "DLC"), ("c", "DLC"), ("d", "LC")),)
    assert outcome.marc.value("035", "a") == "(DLC)ocm1"


def origin(raw: bytes = b"raw") -> taking.Origin:
    return taking.Origin(name="国家图书馆", question="ISBN 9787536692930", encoding="gb18030", raw=raw)


def foreign(marc: MarcRecord) -> taking.ForeignRecord:
    found = taking.read_foreign(encode(marc, "gb18030"), "gb18030")
    assert found is not None
    return found


def of_the_national_library(shelf_mark: tuple[tuple[str, str], ...], **stated: str) -> MarcRecord:
    """Return the record as the National Library sends it, its own shelf mark with it."""
    told = {"number": "012345678", "agency": "NLC", "class_number": "I247.5"} | stated
    return MarcRecord(EMPTY_LEADER, (*make_marc("三体", **told).fields, field("905", "  ", *shelf_mark)))


def with_own_class(marc: MarcRecord) -> MarcRecord:
    """Return the record with the class, subject and shelf mark of this house."""
    own = [field("606", "0 ", ("a", "科学幻想小说")), field("690", "  ", ("a", "I247.55"), ("v", "5")),
           field("905", "  ", ("d", "I247.55"), ("e", "104"))]  # fmt: skip
    return MarcRecord(marc.leader, (*(one for one in marc.fields if one.tag != "690"), *own))


@pytest.fixture
def protected():
    """The root of a network with the rules of protection."""
    root, *_ = make_network("EAST")
    for rule in RULES:
        taking.set_rule(make_act(root.id), family=Family.UNIMARC, rule=rule)
    return root.id


@pytest.mark.django_db
def test_story_of_a_record_copied_and_copied_again(protected):
    # A cataloguer takes over a record of the National Library: it gets our number, says whose it was, and that we
    # took it; the National Library's own shelf mark stays there.
    raw = encode(of_the_national_library((("a", "NLC"), ("d", "I247.5"))), "gb18030")
    theirs = taking.read_foreign(raw, "gb18030")
    made = taking.take_over(make_act(protected, key="k1"), foreign=theirs, origin=origin(raw))
    assert made.control_number == "2019000001"
    assert made.marc.value("035", "a") == "(NLC)012345678"
    assert [one.values("b", "c") for one in made.marc.all("801")] == [("NLC",), ("N", "20190304")]
    assert "905" not in made.marc.tags

    # She gives it the class and subject of this house, and a shelf mark. A fuller record comes out; laid over ours it
    # brings its pinyin and leaves ours alone.
    taking.change_record(make_act(protected, key="k2"), record=made.uid, marc=with_own_class(made.marc))
    fuller = foreign(of_the_national_library((("a", "NLC"),), pinyin="san ti"))
    after = taking.take_over(make_act(protected, key="k3"), foreign=fuller, origin=origin(), over=made.uid)
    assert (after.id, after.control_number, after.marc.value("200", "9")) == (made.id, "2019000001", "san ti")
    assert [one.first("a") for tag in ("690", "606") for one in after.marc.all(tag)] == ["I247.55", "科学幻想小说"]
    assert [one.values("d", "e") for one in after.marc.all("905")] == [("I247.55", "104")]
    assert len(after.marc.all("035")) == 1

    # Where it came from is kept with the bytes, each form stays in its history, and sending twice does it once.
    again = taking.take_over(make_act(protected, key="k3"), foreign=fuller, origin=origin(), over=made.uid)
    assert again.id == after.id
    assert [one.kind for one in history.versions(made.id)] == ["overlaid", "edited", "created"]
    assert [(one.origin, one.is_overlay) for one in taking.taken([made.id])[made.id]] == [
        ("国家图书馆", True),
        ("国家图书馆", False),
    ]
    assert bytes(TakenRecord.objects.earliest("pk").raw) == raw
    assert "690" in TakenRecord.objects.latest("pk").protected


def of_another_family() -> taking.ForeignRecord:
    """Return a MARC 21 record of a book, with a field that CNMARC has no place for."""
    return foreign(
        record(
            ControlField("001", "ocm01"),
            ControlField("008", "080101s2008    cc            000 1 chi d"),
            field("040", "  ", ("a", "DLC"), ("c", "DLC")),
            field("245", "10", ("a", "三体 /"), ("c", "刘慈欣著.")),
            field("505", "0 ", ("a", "目次")),
            field("690", "  ", ("a", "local")),
            field("758", "  ", ("a", "resource")),
        )
    )


@pytest.mark.django_db
def test_a_record_of_another_family_is_laid_over_ours_through_the_crosswalk(protected):
    ours = make_record(protected, publisher="重庆出版社")
    with_class = taking.change_record(make_act(protected), record=ours.uid, marc=with_own_class(ours.marc))
    theirs = of_another_family()

    shown = taking.preview(make_act(protected), foreign=theirs, over=with_class)
    after = taking.take_over(make_act(protected), foreign=theirs, origin=origin(), over=ours.uid)

    assert shown.marc.fields == tuple(one for one in after.marc.fields if one.tag != "005")
    assert (after.format, after.title, after.class_number) == ("cnmarc", "三体", "I247.55")
    assert after.marc.value("327", "a") == "目次"
    assert after.marc.value("035", "a") == "(DLC)ocm01"
    assert not after.marc.tags & {"245", "886"}
    kept = TakenRecord.objects.get()
    assert (kept.mapping, kept.mapping_version) == ("marc21-cnmarc", shown.conversion.version)
    assert "758" in {tag for tag, _codes, _what in kept.warnings}
    assert MarcRecord.from_json(kept.converted) == shown.conversion.record
    assert taking.taken([ours.id])[ours.id][0].mapping == "marc21-cnmarc"


@pytest.mark.django_db
def test_a_record_of_another_family_is_taken_as_it_is_or_as_ours(protected):
    theirs = of_another_family()

    as_it_is = taking.take_over(make_act(protected, key="a"), foreign=theirs, origin=origin())
    as_ours = taking.take_over(make_act(protected, key="b"), foreign=theirs, origin=origin(), into=MarcFormat.CNMARC)

    assert (as_it_is.format, as_it_is.marc.value("245", "c")) == ("marc21", "刘慈欣著.")
    assert (as_ours.format, as_ours.marc.value("200", "f")) == ("cnmarc", "刘慈欣著")
    assert [bool(one.converted) for one in TakenRecord.objects.order_by("pk")] == [False, True]


@pytest.mark.django_db
def test_a_change_made_meanwhile_is_not_written_over():
    root, *_ = make_network()
    ours = make_record(root.id)
    seen = BibRecord.objects.get(pk=ours.id).content_hash
    taking.change_record(make_act(root.id, key="x"), record=ours.uid, marc=make_marc("三体", publisher="新社"))

    with pytest.raises(RecordChangedMeanwhile):
        taking.take_over(make_act(root.id), foreign=foreign(make_marc()), origin=origin(), over=ours.uid, based_on=seen)

    assert queries.record(ours.id).publisher == "新社"
    assert TakenRecord.objects.count() == 0


@pytest.mark.django_db
def test_what_we_have_already_is_found_by_number_and_by_title_and_year():
    root, *_ = make_network()
    by_number = make_record(root.id, "三体", isbn="978-7-5366-9293-0")
    by_title = make_record(root.id, "呐喊", year="1923")
    make_record(root.id, "呐喊", year="1973")
    asked = [foreign(make_marc("三体（典藏版）", isbn="9787536692930")), foreign(make_marc("呐喊", year="1923"))]

    found = taking.known([asked[0], asked[1], foreign(make_marc("彷徨"))])

    assert [[one.id for one in each] for each in found] == [[by_number.id], [by_title.id], []]


@pytest.mark.django_db
def test_rules_are_rows_that_are_changed_and_dropped():
    root, *_ = make_network()
    act = make_act(root.id)
    rule = Rule("300", Keep.OURS)

    taking.set_rule(act, family=Family.UNIMARC, rule=rule)
    taking.set_rule(act, family=Family.UNIMARC, rule=replace(rule, keep=Keep.BOTH))

    assert [one for one in taking.rules(Family.UNIMARC) if one.tag == "300"] == [replace(rule, keep=Keep.BOTH)]
    made = next(number for number, _family, one in taking.all_rules() if one.tag == "300")
    taking.drop_rule(act, rule=made)
    assert all(one.tag != "300" for one in taking.rules(Family.UNIMARC))
    assert AuditEntry.objects.filter(action__contains="overlay_rule").count() == 3


@pytest.mark.parametrize("raw", [b"", b"<a/>", b"no record", b"\xff" * 100, b"<!DOCTYPE a><record/>"])
def test_what_is_no_record_is_none(raw):
    assert taking.read_foreign(raw, "auto") is None
