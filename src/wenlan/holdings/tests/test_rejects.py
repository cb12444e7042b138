"""What an import could not read: kept, seen, mended with its copies, or set aside with a reason."""

import pytest
from django.test import Client

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.cnmarc import encode, field
from wenlan.catalogue.cnmarc.mnemonic import to_text
from wenlan.catalogue.models import BibRecord, RecordSource, RejectedRecord
from wenlan.catalogue.storing import INDEX_TOPIC
from wenlan.holdings import queries
from wenlan.holdings.models import Item
from wenlan.holdings.tests.test_incoming import run, with_fields
from wenlan.jobs.queries import posted
from wenlan.network.queries import node_by_code
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db
HOME = "/desk/items/incoming/rejected/"
SOUND = with_fields(title="球状闪电", number="2")
WANTED = with_fields(field("905", "  ", ("b", "L0001"), ("d", "I247.5"), ("e", "7")))
# This one has a field that its directory does not know, so no field can be told by its place.
BROKEN = encode(WANTED, "gb18030").replace(b"\x1e\x1d", b"\x1e" + "多余".encode("gb18030") * 60 + b"\x1e\x1d")
RUBBISH = b"00040nam0 2200037   450 abc\x1eno directory\x1e\x1d"


@pytest.fixture
def root(tmp_path, settings):
    settings.WENLAN_HOME = tmp_path
    return make_network("EAST", "WEST")[0].id


def imported(folder, *, node=None, profile="905-per-copy"):
    """Import a file with a sound record and two that cannot be read, on the command line."""
    path = folder / "batch.iso"
    path.write_bytes(encode(SOUND, "gb18030") + BROKEN + RUBBISH)
    told = ["--node", node] if node else []
    run("import marc", path, "--json", *(["--profile", profile] if profile else []), *told)
    return list(RejectedRecord.objects.order_by("position"))


def test_story_of_a_damaged_file(root, tmp_path):
    # The administrator imports a file on the command line: one record is sound, two cannot be read. They stand
    # beside the file and wait at the desk, with the reason.
    first, second = imported(tmp_path)
    desk = signed_in(root, "cataloguer")
    assert (tmp_path / "batch.iso.rejects.mrc").read_bytes() == BROKEN + RUBBISH
    assert [row["position"] for row in desk.get(HOME).context["rows"]] == [2, 3]

    # She opens the first: what can be told stands there as lines. She mends it and tries again.
    page = desk.get(f"{HOME}{first.pk}/")
    assert "$a三体" in page.context["form"]["text"].value()
    answer = desk.post(f"{HOME}{first.pk}/", {"text": to_text(WANTED)})

    # It is a record now, with its copy; the bytes as they came are its source, and the index will hear of it.
    made = BibRecord.objects.get(title_proper="三体")
    assert answer.headers["Location"] == f"{HOME}{second.pk}/"
    assert queries.item_by_barcode("L0001").record == made.pk
    assert bytes(RecordSource.objects.get(record=made).raw) == BROKEN
    assert {"ids": [made.pk]} in [payload for _, payload in posted(INDEX_TOPIC, 10)]

    # The second is nothing. She says so; it goes from the list, and its bytes stay.
    desk.post(f"{HOME}{second.pk}/set-aside", {"reason": "测试数据，不是记录"})
    assert list(desk.get(HOME).context["rows"]) == []
    kept = catalogue.rejected_record(second.pk)
    assert (kept.raw, kept.settled_as, kept.settled_reason) == (RUBBISH, "set_aside", "测试数据，不是记录")

    # Importing the file again changes nothing, and nobody has to work it again.
    imported(tmp_path)
    assert (BibRecord.objects.count(), Item.objects.count(), RejectedRecord.objects.count()) == (2, 1, 2)
    assert list(desk.get(HOME).context["rows"]) == []


def test_a_crooked_line_is_told_and_nothing_is_written(root, tmp_path):
    first, _second = imported(tmp_path)

    answer = signed_in(root, "cataloguer").post(f"{HOME}{first.pk}/", {"text": "=LDR  \n=20  1 $a三体"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["text"][0].startswith("Line 2:")
    assert BibRecord.objects.count() == 1
    assert not catalogue.rejected_record(first.pk).is_settled


def test_a_record_mended_twice_is_taken_in_once(root, tmp_path):
    first, _second = imported(tmp_path)
    desk = signed_in(root, "cataloguer")

    for _ in range(2):
        desk.post(f"{HOME}{first.pk}/", {"text": to_text(WANTED)})

    assert (BibRecord.objects.count(), Item.objects.count()) == (2, 1)


def test_what_was_set_aside_is_not_taken_in(root, tmp_path):
    first, _second = imported(tmp_path)
    desk = signed_in(root, "cataloguer")
    desk.post(f"{HOME}{first.pk}/set-aside", {"reason": "重复"})

    answer = desk.post(f"{HOME}{first.pk}/", {"text": to_text(WANTED)})

    assert answer.status_code == 422
    assert BibRecord.objects.count() == 1


def test_nothing_is_set_aside_without_a_reason(root, tmp_path):
    first, _second = imported(tmp_path)

    signed_in(root, "cataloguer").post(f"{HOME}{first.pk}/set-aside", {"reason": " "})

    assert not catalogue.rejected_record(first.pk).is_settled


def test_several_are_set_aside_on_the_page_of_their_run(root, tmp_path):
    rows = imported(tmp_path)
    address = f"/desk/catalogue/imports/{rows[0].run_id}/set-aside/"

    signed_in(root, "cataloguer").post(address, {"reject": [row.pk for row in rows], "reason": "供应商重发"})

    assert {one.settled_reason for one in catalogue.rejected(rows[0].run_id)} == {"供应商重发"}


def test_another_encoding_is_tried_by_choosing_it(root, tmp_path):
    first, _second = imported(tmp_path)
    desk = signed_in(root, "cataloguer")

    texts = [
        desk.get(f"{HOME}{first.pk}/", {"encoding": one}).context["form"]["text"].value() for one in ("gb18030", "big5")
    ]

    assert ["$a三体" in text for text in texts] == [True, False]


def test_what_another_branch_could_not_read_is_not_shown(root, tmp_path):
    first, _second = imported(tmp_path, node="EAST")
    west = signed_in(node_by_code("WEST").id, "cataloguer")

    assert list(west.get(HOME).context["rows"]) == []
    assert west.get(f"{HOME}{first.pk}/").status_code == 404
    assert west.post(f"{HOME}{first.pk}/set-aside", {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(root, count, tmp_path, django_assert_max_num_queries):
    path = tmp_path / "batch.iso"
    path.write_bytes(b"".join(RUBBISH.replace(b"abc", b"ab%d" % number) for number in range(count)))
    run("import marc", path, "--json")
    desk = signed_in(root, "cataloguer")
    desk.get(HOME)

    with django_assert_max_num_queries(20):
        assert len(desk.get(HOME).context["rows"]) == count


def test_a_stranger_is_sent_to_the_sign_in_and_the_loan_desk_may_not(root):
    assert Client().get(HOME).status_code == 302
    assert signed_in(root, "circulation").get(HOME).status_code == 403
