"""The catalogue's pages, as a stranger, a librarian and a cataloguer meet them."""

import pytest
from django.test import Client

from wenlan.catalogue import indexing, operations
from wenlan.catalogue.cnmarc import encode
from wenlan.catalogue.testing import AT, make_act, make_marc, make_record
from wenlan.network.queries import node_by_code
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db

HOME = "/desk/catalogue/"
BROKEN = b"00040nam0 2200037   450 abc\x1eno directory\x1e\x1d"


@pytest.fixture
def root(tmp_path, settings):
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    return make_network("EAST", "WEST")[0].id


def taken_in(node, content, folder, name="batch.iso"):
    """Take a file in and return its run."""
    (folder / name).write_bytes(content)
    return operations.import_marc(make_act(node), path=folder / name).run


def test_a_librarian_searches_and_opens_a_record(root):
    made = make_record(root, "三体", isbn="978-7-5366-9293-0")
    make_record(root, "三体全集")
    indexing.index_posted(at=AT)
    desk = signed_in(root, "circulation")

    listed = desk.get(HOME, {"q": "三体"})
    page = desk.get(f"{HOME}{made.id}/")

    assert [row["title"] for row in listed.context["rows"]] == ["三体", "三体全集"]
    assert page.context["card"][0] == "三体 ／ 刘慈欣著. — 重庆：重庆出版社，2008"
    assert ("200", "1#", [("a", "三体"), ("f", "刘慈欣著")]) in page.context["fields"]


def test_a_scanned_isbn_opens_the_record(root):
    made = make_record(root, "三体", isbn="978-7-5366-9293-0")
    indexing.index_posted(at=AT)

    answer = signed_in(root, "circulation").get(HOME, {"q": "9787536692930"})

    assert answer.headers["Location"] == f"{HOME}{made.id}/"


def test_filters_of_the_sentence_narrow_the_list(root):
    make_record(root, "世界通史", class_number="K109")
    make_record(root, "平凡的世界", class_number="I247.5")
    indexing.index_posted(at=AT)

    answer = signed_in(root, "circulation").get(HOME, {"q": "世界", "main_class": "K"})

    assert [row["title"] for row in answer.context["rows"]] == ["世界通史"]


def test_a_narrowed_search_without_hits_leads_to_the_same_words_without_narrowing(root):
    make_record(root, "世界通史", class_number="K109")
    indexing.index_posted(at=AT)
    desk = signed_in(root, "circulation")

    narrowed = desk.get(HOME, {"q": "世界", "main_class": "I", "sort": "newest"})
    widened = desk.get(f"{HOME}{narrowed.context['widened_url']}")
    nowhere = desk.get(HOME, {"q": "无此书", "field": "any", "material": ""})

    assert 'href="?q=%E4%B8%96%E7%95%8C&amp;sort=newest"' in narrowed.content.decode()
    assert [row["title"] for row in widened.context["rows"]] == ["世界通史"]
    assert [one.context["widened_url"] for one in (widened, nowhere)] == ["", ""]


@pytest.mark.parametrize("page", ["99999", "abc", "-1"])
def test_a_page_number_that_is_none_shows_the_first(root, page):
    make_record(root, "三体")
    indexing.index_posted(at=AT)

    answer = signed_in(root, "circulation").get(HOME, {"q": "三体", "page": page})

    assert [row["title"] for row in answer.context["rows"]] == ["三体"]


def test_suggestions_lead_to_the_search(root):
    make_record(root, "三体")
    indexing.index_posted(at=AT)

    answer = signed_in(root, "circulation").get(f"{HOME}suggest/", {"q": "三"})

    assert answer.json() == {"suggestions": [{"text": "三体", "url": f"{HOME}?q=%E4%B8%89%E4%BD%93"}]}


def test_the_page_of_a_run_shows_what_was_rejected(root, tmp_path):
    run = taken_in(root, encode(make_marc("三体"), "gb18030") + BROKEN, tmp_path)

    page = signed_in(root, "cataloguer").get(f"{HOME}imports/{run}/")

    assert [(one.position, one.is_settled) for one in page.context["rejected"]] == [(2, False)]


def test_the_old_address_of_imports_leads_to_the_new_one(root):
    assert signed_in(root, "cataloguer").get(f"{HOME}import/").headers["Location"] == "/desk/items/incoming/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_imports_costs_the_same_for_one_and_three(root, count, tmp_path, django_assert_max_num_queries):
    desk = signed_in(root, "cataloguer")
    for number in range(count):
        taken_in(root, encode(make_marc(f"示例{number}"), "gb18030"), tmp_path, name=f"{number}.iso")

    with django_assert_max_num_queries(20):
        assert len(desk.get(f"{HOME}imports/").context["rows"]) == count


def test_imports_of_another_branch_are_not_shown(root, tmp_path):
    east, west = node_by_code("EAST").id, node_by_code("WEST").id
    run = taken_in(east, encode(make_marc("三体"), "gb18030"), tmp_path)
    stranger = signed_in(west, "cataloguer")

    assert list(stranger.get(f"{HOME}imports/").context["rows"]) == []
    assert stranger.get(f"{HOME}imports/{run}/").status_code == 404


@pytest.mark.parametrize("address", ["", "suggest/", "1/", "imports/", "imports/1/"])
def test_a_stranger_is_sent_to_the_sign_in(root, address):
    answer = Client().get(HOME + address)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/desk/sign-in/")


@pytest.mark.parametrize("address", ["imports/", "imports/1/"])
def test_a_librarian_of_the_desk_may_not_import(root, address):
    assert signed_in(root, "circulation").get(HOME + address).status_code == 403


def test_an_unknown_record_is_not_found(root):
    assert signed_in(root, "circulation").get(f"{HOME}999/").status_code == 404
