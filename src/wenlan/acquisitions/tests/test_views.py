"""The acquisitions desk in a browser without a browser: what each page shows and does."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from wenlan.acquisitions import queries
from wenlan.acquisitions.testing import list_file, make_supplier, marc_file, receive, supplied
from wenlan.acquisitions.types import BatchState
from wenlan.catalogue.testing import make_record
from wenlan.holdings.models import Item
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db
SANTI = "9787536692930"
SCRIPTED = {"content_type": "application/json"}


@pytest.fixture
def places():
    return make_network("CZ", "LC")


def files(*uploads):
    return [SimpleUploadedFile(one.name, one.content) for one in uploads]


def test_both_files_are_taken_in_one_choice(places):
    node, client = places[1].id, signed_in(places[1].id, "acquisitions")
    supplier = make_supplier(node)
    listed = list_file(["三体", SANTI, 2, "ZC1、ZC2"], headings=["书名", "ISBN", "册数", "条码"])
    both = files(marc_file(supplied("三体", "ZC1", isbn=SANTI)), listed)

    sent = {"key": "k1", "supplier": supplier.id, "shelved_at": node, "uploads": both}
    answer = client.post("/desk/acquisitions/receive/", sent)

    (batch,) = queries.batches([node])
    assert answer.headers["Location"] == f"/desk/acquisitions/{batch.number}/"
    assert (batch.titles, batch.copies) == (1, 2)
    page = client.get(answer.headers["Location"]).content.decode()
    assert re.findall(r"<th scope=\"col\">(书名|ISBN|册数|条码)</th>", page) == ["ISBN", "书名", "ISBN", "册数", "条码"]


def test_a_file_that_cannot_be_read_is_said_in_the_form(places):
    client, supplier = signed_in(places[1].id, "acquisitions"), make_supplier(places[1].id)

    sent = {"key": "k1", "supplier": supplier.id, "shelved_at": places[1].id}
    broken = client.post("/desk/acquisitions/receive/", sent | {"uploads": [SimpleUploadedFile("x.iso", b"nothing")]})
    twice = files(marc_file(supplied("甲")), marc_file(supplied("乙")))
    two = client.post("/desk/acquisitions/receive/", sent | {"uploads": twice})

    assert (broken.status_code, two.status_code) == (422, 422)
    assert queries.batches([places[1].id]) == ()


def test_one_key_decides_a_doubtful_title(places):
    node, client = places[1].id, signed_in(places[1].id, "acquisitions")
    held = make_record(node, "三体", isbn=SANTI)
    number = receive(node, supplied("三体（典藏版）", "ZC1", isbn=SANTI))
    (title,) = queries.titles(number)

    page = client.get(f"/desk/acquisitions/{number}/doubtful/").content.decode()
    answer = client.post(f"/desk/acquisitions/{number}/doubtful/{title.id}", {"record": str(held.id)})

    assert f'value="{held.id}" data-choice-key="1"' in page
    assert answer.headers["Location"] == f"/desk/acquisitions/{number}/"
    assert queries.batch(number).copies_of_held == 1


def test_scans_answer_with_the_line_and_the_counts(places):
    client = signed_in(places[1].id, "acquisitions")
    number = receive(places[1].id, supplied("三体", "ZC1"))
    address = f"/desk/acquisitions/{number}/parcels/1/scan"

    found = client.post(address, json.dumps({"key": "a", "code": "ZC1"}), **SCRIPTED).json()
    strange = client.post(address, json.dumps({"key": "b", "code": "ZZ"}), **SCRIPTED).json()
    broken = [client.post(address, body, **SCRIPTED).status_code for body in ("{", "[]", '{"key": "c"}')]

    assert (found["tone"], found["title"], found["counts"]["found"]) == ("good", "三体", 1)
    assert (strange["tone"], strange["counts"]["strangers"]) == ("stop", 1)
    assert broken == [400, 400, 400]


def test_acceptance_and_its_sheet(places):
    client = signed_in(places[1].id, "acquisitions")
    number = receive(places[1].id, supplied("三体", "ZC1"), supplied("球状闪电", ""))

    client.post(f"/desk/acquisitions/{number}/accept", {"key": "k"})

    assert queries.batch(number).state == BatchState.ACCEPTED
    assert Item.objects.count() == 1
    sheet = client.get(f"/desk/acquisitions/{number}/sheet/").content.decode()
    assert number in sheet
    assert client.get(f"/desk/acquisitions/{number}/").status_code == 200


def test_sending_back_wants_a_reason(places):
    client = signed_in(places[1].id, "acquisitions")
    number = receive(places[1].id, supplied("三体", "ZC1"))

    client.post(f"/desk/acquisitions/{number}/send-back", {"reason": ""})
    assert queries.batch(number).state == BatchState.CHECKING
    client.post(f"/desk/acquisitions/{number}/send-back", {"reason": "与订单不符"})

    assert queries.batch(number).state == BatchState.SENT_BACK


def test_only_who_approves_withdrawals_accepts_against_the_rule(places):
    supplier = make_supplier(places[1].id, sample_percent=100, most_errors_permille=0).id
    number = receive(places[1].id, supplied("三体", "ZC1"), supplier=supplier)
    client = signed_in(places[1].id, "acquisitions")
    client.post(f"/desk/acquisitions/{number}/sample/draw")
    (copy,) = queries.copies(number, is_sampled=True)
    client.post(f"/desk/acquisitions/{number}/sample/{copy.id}", {"error": ["label"], "note": "无"})
    against = {"key": "k", "overrules": "on", "reason": "书店已补"}

    refused = client.post(f"/desk/acquisitions/{number}/accept", against)
    signed_in(places[1].id, "acquisitions", "director").post(f"/desk/acquisitions/{number}/accept", against)

    assert refused.status_code == 403
    assert queries.batch(number).state == BatchState.ACCEPTED


def test_another_branch_does_not_find_the_batch(places):
    number = receive(places[1].id, supplied("三体", "ZC1"))
    stranger = signed_in(places[2].id, "acquisitions")

    pages = ("", "sheet/", "doubtful/", "parcels/1/", "sample/")
    shown = [stranger.get(f"/desk/acquisitions/{number}/{page}").status_code for page in pages]
    done = stranger.post(f"/desk/acquisitions/{number}/accept", {"key": "k"}).status_code

    assert (shown, done) == ([404] * 5, 404)
    assert number not in stranger.get("/desk/acquisitions/").content.decode()


def test_a_supplier_is_written_down(places):
    client = signed_in(places[1].id, "acquisitions")
    agreed = {"code": "XH", "name": "新华书店", "sample_percent": "5", "most_errors_permille": "20", "is_active": "on"}

    client.post("/desk/acquisitions/suppliers/add/", agreed)
    client.post("/desk/acquisitions/suppliers/XH/", agreed | {"sample_percent": "10"})

    (supplier,) = queries.suppliers()
    assert (supplier.name, supplier.sample_percent, supplier.scans_parcels) == ("新华书店", 10, False)
    assert "新华书店" in client.get("/desk/acquisitions/suppliers/").content.decode()
