"""A file at the desk: uploaded, looked at, taken in; other branches and other rights see nothing of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from wenlan.catalogue.cnmarc import encode, field
from wenlan.catalogue.models import BibRecord, MarcImport
from wenlan.holdings import queries
from wenlan.holdings.exchange.waiting import waiting
from wenlan.holdings.models import Item
from wenlan.holdings.tests.test_incoming import with_fields
from wenlan.network.queries import node_by_code
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db
HOME = "/desk/items/incoming/"
FILE = encode(
    with_fields(field("905", "  ", ("a", "旧书库"), ("b", "1-3"), ("d", "K1"), ("e", "2"))), "gb18030"
) + encode(with_fields(title="球状闪电", number="2"), "gb18030")

BROKEN = b"00040nam0 2200037   450 abc\x1eno directory\x1e\x1d"


@pytest.fixture
def root(tmp_path, settings):
    settings.WENLAN_HOME = tmp_path
    return make_network("EAST", "WEST")[0].id


def upload(desk, content=FILE, *, name="batch.iso", profile="905-per-copy"):
    return desk.post(HOME, {"file": SimpleUploadedFile(name, content), "profile": profile})


def test_a_file_is_looked_at_before_anything_is_written(root):
    desk = signed_in(root, "cataloguer")

    page = desk.get(upload(desk).headers["Location"])

    facts = dict(page.context["facts"])
    assert (facts["Records read"], facts["New"], facts["New items"]) == (2, 2, 3)
    assert [(one["words"], one["node"], one["copies"]) for one in page.context["places"]] == [("旧书库", None, 3)]
    assert [row["barcode"] for row in page.context["rows"]] == ["1", "2", "3"]
    assert (BibRecord.objects.count(), Item.objects.count(), MarcImport.objects.count()) == (0, 0, 0)


def test_a_place_is_told_and_the_file_taken_in(root):
    desk = signed_in(root, "cataloguer")
    address = upload(desk).headers["Location"]
    east = node_by_code("EAST").id

    desk.post(address, {"words": ["旧书库"], "node": [str(east)]})
    answer = desk.post(f"{address}run")

    assert answer.headers["Location"] == f"/desk/catalogue/imports/{MarcImport.objects.get().pk}/"
    assert queries.item_by_barcode("2").shelved_at == east
    assert desk.get(address).status_code == 404


def test_a_file_that_is_not_taken_in_is_gone(root):
    desk = signed_in(root, "cataloguer")
    address = upload(desk).headers["Location"]

    desk.post(f"{address}drop")

    assert desk.get(address).status_code == 404
    assert MarcImport.objects.count() == 0


def test_a_name_with_folders_stays_in_its_folder(root, tmp_path):
    desk = signed_in(root, "cataloguer")

    address = upload(desk, name="../../etc/batch.iso").headers["Location"]

    assert waiting(address.rstrip("/").rpartition("/")[2]).path.parent.parent == tmp_path / "incoming"


@pytest.mark.parametrize("name", ["said.json", "Said.JSON"])
def test_a_file_called_as_what_is_said_of_it_is_kept_whole(root, name):
    desk = signed_in(root, "cataloguer")
    address = upload(desk, name=name).headers["Location"]
    kept = waiting(address.rstrip("/").rpartition("/")[2])

    desk.post(address, {"words": ["旧书库"], "node": [str(node_by_code("EAST").id)]})

    assert (kept.name, kept.path.read_bytes()) == (name, FILE)
    assert dict(desk.get(address).context["facts"])["Records read"] == 2


def test_a_name_with_too_many_bytes_is_cut_and_the_file_taken_in_whole(root):
    desk = signed_in(root, "cataloguer")
    address = upload(desk, FILE + BROKEN, name=f"{'书' * 240}.iso").headers["Location"]
    kept = waiting(address.rstrip("/").rpartition("/")[2])

    desk.post(f"{address}run")

    assert (len(kept.name.encode()), kept.name[:2], kept.name[-6:]) == (199, "书书", "书…" + ".iso")
    run = MarcImport.objects.get()
    assert (run.file_name, run.created, run.rejected) == (kept.name, 2, 1)


def test_an_upload_without_a_file_is_told_so(root):
    answer = signed_in(root, "cataloguer").post(HOME, {"profile": ""})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]


def test_a_file_of_another_branch_is_not_shown(root):
    east, west = (signed_in(node_by_code(code).id, "cataloguer") for code in ("EAST", "WEST"))
    address = upload(east).headers["Location"]

    assert west.get(address).status_code == 404
    assert west.post(f"{address}run").status_code == 404
    assert Item.objects.count() == 0


def test_a_stranger_is_sent_to_the_sign_in_and_the_loan_desk_may_not(root):
    assert Client().get(HOME).status_code == 302
    assert signed_in(root, "circulation").get(HOME).status_code == 403
