"""The editor's pages, as a cataloguer meets them."""

import json
from dataclasses import replace
from datetime import datetime

import pytest
from django.test import Client

from wenlan.catalogue import indexing, operations, queries
from wenlan.catalogue.authorities import operations as authorities
from wenlan.catalogue.authorities.types import AuthorityKind
from wenlan.catalogue.editing import history
from wenlan.catalogue.editing.drafts import draft_of
from wenlan.catalogue.models import BibRecord
from wenlan.catalogue.testing import AT, make_act, make_marc, make_record
from wenlan.catalogue.types import Condition, SearchQuery
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.staff.testing import make_member, signed_in

pytestmark = pytest.mark.django_db

HOME = "/desk/catalogue/"
ISBN = "978-7-5366-9293-0"


@pytest.fixture
def root(tmp_path, settings):
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    return make_network("EAST", "WEST")[0].id


def send(client, address, **body):
    return client.post(f"{HOME}edit/{address}/", json.dumps(body), content_type="application/json")


def save(client, record, draft, **more):
    stored = queries.stored(record.id)
    return send(client, "save", record=record.id, draft=draft, **{"hash": stored.content_hash, **more})


def test_a_scanned_isbn_opens_its_record_or_begins_a_book(root):
    record = make_record(root, "三体", isbn=ISBN)
    desk = signed_in(root, "cataloguer")

    known = desk.get(f"{HOME}edit/", {"q": "9787536692930"})
    new = desk.get(f"{HOME}edit/", {"q": "978-7-02-000220-7"}, follow=True)

    assert known.headers["Location"] == f"{HOME}edit/{record.id}/"
    assert new.context["opened"]["fields"][0] == ["010", "  ", [["a", "9787020002207"], ["d", "CNY"]]]


def test_a_number_nobody_carries_leads_to_the_templates(root):
    page = signed_in(root, "cataloguer").get(f"{HOME}edit/", {"q": "JXG-001"})

    assert page.context["found"] == ()
    assert [code for code, _name in page.context["templates"]][:3] == ["book", "volume", "serial"]


def test_a_book_is_catalogued_from_its_template(root):
    desk = signed_in(root, "cataloguer")
    opened = desk.get(f"{HOME}edit/new/book/").context["opened"]
    fields = [
        ["200", "1 ", [["a", "三体"], ["9", "san ti"], ["f", "刘慈欣著"]]] if one[0] == "200" else one
        for one in opened["fields"]
    ]

    answer = send(desk, "save", key="k1", template="book", record=None, draft={**opened, "fields": fields}).json()
    again = send(desk, "save", key="k1", template="book", record=None, draft={**opened, "fields": fields}).json()

    kept = queries.record(answer["record"])
    assert answer == again
    assert (kept.title_proper, kept.control_number[4:]) == ("三体", "000001")
    assert "".join(one.tag for one in kept.marc.fields) == "001005100101102105106200210801"
    assert [one.kind for one in history.versions(kept.id)] == ["created"]


def test_a_change_is_saved_and_stands_in_the_history(root):
    record = make_record(root, "三体", isbn=ISBN)
    desk = signed_in(root, "cataloguer")
    draft = draft_of(make_marc("三体全集", isbn=ISBN))

    answer = save(desk, record, draft, note="据题名页")
    page = desk.get(f"{HOME}{record.id}/history/")

    assert answer.json()["title"] == "三体全集"
    assert [(row["number"], row["tags"], row["note"]) for row in page.context["rows"]] == [
        (2, "200", "据题名页"),
        (1, "", ""),
    ]


def test_a_second_cataloguer_is_shown_what_the_first_one_saved(root):
    record = make_record(root, "三体")
    opened = queries.stored(record.id).content_hash
    operations.change_record(make_act(root), record=record.uid, marc=make_marc("三体全集"))

    answer = save(signed_in(root, "cataloguer"), record, draft_of(make_marc("三体Ⅰ")), hash=opened)

    said = answer.json()
    assert (answer.status_code, said["code"]) == (409, "record_changed_meanwhile")
    assert {one["sign"] + one["text"][:15] for one in said["lines"] if one["text"].startswith("200")} == {
        "-200 1# $a三体全集$f",
        "+200 1# $a三体Ⅰ$f刘",
    }
    assert said["hash"] == queries.stored(record.id).content_hash
    assert queries.record(record.id).title_proper == "三体全集"


def test_the_rules_answer_while_typing(root):
    desk = signed_in(root, "cataloguer")
    draft = draft_of(make_marc("三体", isbn="978-7-5366-9293-1"))

    found = send(desk, "check", record=None, draft=draft).json()["findings"]

    wrong = next(one for one in found if one["rule"] == "isbn_check")
    assert (wrong["tag"], wrong["field"], wrong["subfield"]) == ("010", 0, 0)
    assert wrong["repair"]["edits"][0][2][2][0] == ["a", "978-7-5366-9293-0"]


def test_records_that_may_be_the_same_are_shown_the_surest_first(root):
    other_year = make_record(root, "三体", isbn="978-7-229-03093-1", year="2010")
    same_number = make_record(root, "地球往事", isbn=ISBN)
    make_record(root, "三体", author="王晋康")
    same_work = make_record(root, "三体")
    draft = draft_of(make_marc("三 体", isbn=ISBN))

    found = send(signed_in(root, "cataloguer"), "check", record=None, draft=draft).json()["duplicates"]

    assert [one["id"] for one in found] == [same_number.id, same_work.id, other_year.id]
    assert [one["sure"] for one in found] == [True, True, False]


@pytest.mark.parametrize("count", [1, 3])
def test_looking_for_the_same_costs_the_same_for_one_and_three(root, count, django_assert_max_num_queries):
    for _number in range(count):
        make_record(root, "三体", isbn=ISBN)
    desk = signed_in(root, "cataloguer")
    send(desk, "check", record=None, draft=draft_of(make_marc("三体", isbn=ISBN)))

    with django_assert_max_num_queries(11):
        answer = send(desk, "check", record=None, draft=draft_of(make_marc("三体", isbn=ISBN)))

    assert len(answer.json()["duplicates"]) == count


def test_a_record_is_not_its_own_duplicate(root):
    record = make_record(root, "三体", isbn=ISBN)

    answer = send(signed_in(root, "cataloguer"), "check", record=record.id, draft=draft_of(record.marc))

    assert answer.json()["duplicates"] == []


def test_characters_with_several_readings_are_asked_for(root):
    desk = signed_in(root, "cataloguer")

    title = send(desk, "readings", text="朝花夕拾，重庆").json()["readings"]
    name = send(desk, "readings", text="曾国藩", name=True).json()["readings"]

    assert [one["text"] for one in title] == ["朝", "花", "夕", "拾", "重", "庆"]
    assert title[0]["readings"][:2] == ["chao", "zhao"]
    assert title[4]["readings"] == ["chong"]
    assert name[0]["readings"][0] == "zeng"


@pytest.mark.parametrize("body", [b"no json", b"[]", b"{}", b'{"draft": {"leader": 7}}'])
@pytest.mark.parametrize("address", ["check", "save"])
def test_what_cannot_be_read_is_refused_and_writes_nothing(root, address, body):
    answer = signed_in(root, "cataloguer").post(f"{HOME}edit/{address}/", body, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "draft_unreadable")
    assert BibRecord.objects.count() == 0


def test_a_version_is_shown_beside_the_one_before_and_comes_back(root):
    record = make_record(root, "三体")
    operations.change_record(make_act(root), record=record.uid, marc=make_marc("三休"))
    desk = signed_in(root, "cataloguer")

    page = desk.get(f"{HOME}{record.id}/history/2/")
    answer = desk.post(f"{HOME}{record.id}/history/1/restore/", {"hash": queries.stored(record.id).content_hash})

    changed = [
        (line.sign, line.parts[0][1:]) for line, _indicators, _parts in page.context["lines"] if line.tag == "200"
    ]
    assert changed == [("-", ("三体", True)), ("+", ("三休", True))]
    assert answer.headers["Location"] == f"{HOME}{record.id}/history/"
    assert queries.record(record.id).title_proper == "三体"
    assert len(history.versions(record.id)) == 3


def test_a_hidden_record_is_for_the_desk_only(root):
    record = make_record(root, "三体", isbn=ISBN)
    desk = signed_in(root, "cataloguer")

    desk.post(f"{HOME}edit/conditions/", {"lines": ISBN, "wanted": "hidden", "reason": "待核", "act": "do"})
    indexing.index_posted(at=AT)

    assert queries.conditions([record.id]) == {record.id: Condition.HIDDEN}
    assert queries.search(SearchQuery(text="三体")).hits == ()
    assert Client().get(f"/records/{record.uid}/").status_code == 404
    assert desk.get(f"{HOME}edit/{record.id}/").context["condition"] == Condition.HIDDEN

    desk.post(f"{HOME}edit/conditions/", {"lines": ISBN, "wanted": "shown", "act": "do"})
    indexing.index_posted(at=AT)
    assert [hit.id for hit in queries.search(SearchQuery(text="三体")).hits] == [record.id]


def test_a_record_with_items_is_not_deleted_and_says_why(root):
    held = make_record(root, "三体", isbn=ISBN)
    make_item(node=root, record=held.id)
    free = make_record(root, "球状闪电", number="X-1")
    desk = signed_in(root, "cataloguer")
    lines = f"{ISBN}\nX-1\nnothing"

    looked = desk.post(f"{HOME}edit/conditions/", {"lines": lines, "wanted": "deleted", "act": "look"})
    desk.post(f"{HOME}edit/conditions/", {"lines": lines, "wanted": "deleted", "reason": "重复", "act": "do"})

    assert [(one.id, bool(words)) for one, words, _state in looked.context["rows"]] == [
        (held.id, True),
        (free.id, False),
    ]
    assert looked.context["unknown"] == ("nothing",)
    assert queries.conditions([held.id, free.id]) == {free.id: Condition.DELETED}


def test_nothing_is_taken_out_of_sight_without_a_reason(root):
    make_record(root, "三体", isbn=ISBN)

    answer = signed_in(root, "cataloguer").post(
        f"{HOME}edit/conditions/", {"lines": ISBN, "wanted": "hidden", "act": "do"}
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["reason"]


def test_the_last_records_of_a_cataloguer_wait_where_the_work_begins(root):
    desk = signed_in(root, "cataloguer")
    for title in ("三体", "球状闪电"):
        send(desk, "save", record=None, draft=draft_of(make_marc(title)))

    page = desk.get(f"{HOME}edit/")

    assert [title for _id, title, _version in page.context["recent"]] == ["球状闪电", "三体"]


def test_a_history_says_who(root):
    member = make_member(root, "cataloguer", username="chen")
    record = make_record(root, "三体")
    act = replace(make_act(root), staff=member.id)
    operations.change_record(act, record=record.uid, marc=make_marc("三体全集"))

    page = signed_in(root, "cataloguer").get(f"{HOME}{record.id}/history/")

    assert [row["who"] for row in page.context["rows"]] == ["Chen", ""]
    assert isinstance(page.context["rows"][0]["at"], datetime)


@pytest.mark.parametrize("address", ["edit/", "edit/new/book/", "edit/conditions/", "edit/1/"])
def test_a_librarian_of_the_desk_does_not_catalogue(root, address):
    assert signed_in(root, "circulation").get(HOME + address).status_code == 403


def test_an_unknown_template_or_record_is_not_found(root):
    desk = signed_in(root, "cataloguer")

    for address in ("edit/new/papyrus/", "edit/99/", "99/history/", "99/history/1/"):
        assert desk.get(HOME + address).status_code == 404


def founded(root, name: str, *, see=()):
    told = {"kind": AuthorityKind.PERSON, "subfields": (("a", name), ("f", "1881-1936")), "see": see}
    return authorities.found_authority(make_act(root), **told)


def test_a_heading_is_chosen_from_the_authorities_and_fills_field_and_number(root):
    lu_xun, brother = founded(root, "鲁迅", see=["周树人"]), founded(root, "周作人")
    authorities.relate(make_act(root), authority=lu_xun.uid, other=brother.uid)
    desk = signed_in(root, "cataloguer")

    found = send(desk, "headings", text="周树", tag="701", format="cnmarc").json()["found"]
    field = ["701", " 0", [["a", "周树人"], ["4", "著"]]]
    linked = send(desk, "link", field=field, authority=found[0]["uid"], format="cnmarc").json()["field"]

    founded(root, "鲁迅研究会")
    named = send(desk, "headings", text="鲁迅", tag="701", format="cnmarc").json()["found"]
    assert [one["heading"] for one in named] == ["鲁迅 (1881-1936)", "鲁迅研究会 (1881-1936)"]
    assert [(one["heading"], one["see"], one["seeAlso"]) for one in found] == [
        ("鲁迅 (1881-1936)", ["周树人"], ["周作人 (1881-1936)"])
    ]
    assert linked == ["701", " 0", [["a", "鲁迅"], ["f", "1881-1936"], ["3", lu_xun.number], ["4", "著"]]]


def test_a_heading_of_another_kind_is_not_offered_and_not_put_in(root):
    lu_xun = founded(root, "鲁迅")
    desk = signed_in(root, "cataloguer")

    none = send(desk, "headings", text="鲁迅", tag="606", format="cnmarc").json()
    refused = send(desk, "link", field=["606", "  ", [["a", "鲁迅"]]], authority=str(lu_xun.uid), format="cnmarc")

    assert none["found"] == []
    assert none["founding"].endswith("?kind=subject&name=%E9%B2%81%E8%BF%85")
    assert refused.status_code == 422
    for wrong in ([], None, ["701"], ["701", " 0", [["a"]]]):
        assert send(desk, "link", field=wrong, authority=str(lu_xun.uid), format="cnmarc").status_code == 422
    assert send(desk, "link", field=["701", " 0", []], authority="x", format="cnmarc").status_code == 422
    assert send(desk, "headings", text="x", tag="300", format="cnmarc").status_code == 422


def test_the_card_is_drawn_while_typing_and_a_marc21_record_has_its_own_captions(root):
    desk = signed_in(root, "cataloguer")

    card = send(desk, "check", record=None, draft=draft_of(make_marc("三体")), format="cnmarc").json()["card"]
    bare = send(desk, "check", record=None, draft={"leader": " " * 24, "fields": []}, format="cnmarc").json()["card"]
    format_ = desk.get(f"{HOME}edit/format/marc21/").json()

    assert card[0].startswith("三体 ／ 刘慈欣著")
    assert bare == []
    assert format_["fields"]["245"]["name"] == "Title statement"
    assert format_["fields"]["008"]["control"] is True
    assert [kind["when"][0] for kind in format_["coded"]["008"]["kinds"]][:2] == ["aa", "ab"]
    assert {"100", "650", "700"} <= set(format_["headings"])


def test_who_may_only_look_is_not_offered_to_edit(root):
    record = make_record(root, "三体")

    pages = [
        signed_in(root, role).get(f"{HOME}{record.id}/history/").content.decode() for role in ("cataloguer", "stacks")
    ]

    assert [f"{HOME}edit/{record.id}/" in page for page in pages] == [True, False]


def test_a_new_record_keeps_the_note_it_was_saved_with(root):
    desk = signed_in(root, "cataloguer")

    answer = send(desk, "save", key="n", record=None, draft=draft_of(make_marc("三体")), note="据样书").json()

    assert [one.note for one in history.versions(answer["record"])] == ["据样书"]
