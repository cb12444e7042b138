"""The catalogue's pages, as a stranger, a librarian and a cataloguer meet them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from wenlan.catalogue import indexing
from wenlan.catalogue.cnmarc import encode
from wenlan.catalogue.models import BibRecord, MarcImport, RejectedRecord
from wenlan.catalogue.testing import AT, make_marc, make_record
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


def upload(client, content, name="batch.iso"):
    return client.post(f"{HOME}import/", {"key": "k1", "file": SimpleUploadedFile(name, content)})


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


def test_a_cataloguer_imports_a_file_and_works_what_was_rejected(root):
    desk = signed_in(root, "cataloguer")

    answer = upload(desk, encode(make_marc("三体"), "gb18030") + BROKEN)
    run = MarcImport.objects.get()
    page = desk.get(f"{HOME}imports/{run.pk}/")
    desk.post(f"{HOME}imports/{run.pk}/settle/", {"position": ["2"]})

    assert answer.headers["Location"] == f"{HOME}imports/"
    assert BibRecord.objects.get().title_proper == "三体"
    assert [(one.position, one.is_settled) for one in page.context["rejected"]] == [(2, False)]
    assert RejectedRecord.objects.get().is_settled


def test_an_upload_without_a_file_is_told_so(root):
    answer = signed_in(root, "cataloguer").post(f"{HOME}import/", {"key": "k1"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]


def test_a_name_with_folders_in_it_stays_in_its_folder(root):
    upload(signed_in(root, "cataloguer"), encode(make_marc("三体"), "gb18030"), name="../../etc/batch.iso")

    assert MarcImport.objects.get().file_name == "batch.iso"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_imports_costs_the_same_for_one_and_three(root, count, django_assert_max_num_queries):
    desk = signed_in(root, "cataloguer")
    for number in range(count):
        upload(desk, encode(make_marc(f"示例{number}"), "gb18030"), name=f"{number}.iso")

    with django_assert_max_num_queries(20):
        assert len(desk.get(f"{HOME}imports/").context["rows"]) == count


def test_imports_of_another_branch_are_not_shown(root):
    east, west = node_by_code("EAST").id, node_by_code("WEST").id
    upload(signed_in(east, "cataloguer"), encode(make_marc("三体"), "gb18030"))
    run = MarcImport.objects.get()
    stranger = signed_in(west, "cataloguer")

    assert list(stranger.get(f"{HOME}imports/").context["rows"]) == []
    assert stranger.get(f"{HOME}imports/{run.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["", "suggest/", "1/", "import/", "imports/", "imports/1/"])
def test_a_stranger_is_sent_to_the_sign_in(root, address):
    answer = Client().get(HOME + address)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/desk/sign-in/")


@pytest.mark.parametrize("address", ["import/", "imports/", "imports/1/"])
def test_a_librarian_of_the_desk_may_not_import(root, address):
    assert signed_in(root, "circulation").get(HOME + address).status_code == 403


def test_an_unknown_record_is_not_found(root):
    assert signed_in(root, "circulation").get(f"{HOME}999/").status_code == 404
