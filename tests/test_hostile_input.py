"""What no person would send: it is refused with a reason, nothing is written, and nothing crashes."""

import json
from datetime import UTC, datetime, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from wenlan.activities.testing import make_held_session, make_programme
from wenlan.circulation.testing import A_DAY, lend, make_act, make_rule
from wenlan.facilities.testing import make_gate, make_room
from wenlan.holdings.testing import make_item
from wenlan.ledger.models import ServiceEvent
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.registers import operations as registers
from wenlan.registers.testing import make_patrol
from wenlan.staff.models import AuditEntry
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db

ROLES = ("branch_manager", "cataloguer", "office", "director", "activities")
HOSTILE = {"nul": "a\0b", "long": "长" * 10_000, "signs": "'\"><script>%s{{7*7}}\u202e\ufffe", "number": "9" * 400}
FIELDS = (
    "name", "key", "reason", "number", "category", "card_number", "birth_date", "phone", "id_number", "until", "status",
    "kind", "code_name", "programme", "day", "starts", "ends", "node", "title", "persons", "tally", "mode", "host",
    "sign_up-card", "sign_up-key", "check_in-card", "check_in-key", "place", "people", "items", "found", "level",
    "year", "shape", "text", "note", "step", "finding", "username", "password", "code", "next", "card", "barcode",
    "scope", "transition", "outcome", "work", "cost", "call_number", "price", "scans", "to", "month", "owner", "record",
    "kept", "plan", "rule", "years", "class_start", "opinion", "paper", "way", "resolution", "position",
    "form-TOTAL_FORMS", "form-INITIAL_FORMS", "gate-1", "room-1", "old", "new", "again",
)  # fmt: skip


@pytest.fixture
def library(monkeypatch) -> dict[str, object]:
    """A library with one of everything, and the addresses that take a form."""
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(A_DAY, time(2), UTC))
    root, east = make_network("EAST")
    make_rule(root.id)
    registers.declare_shipped()
    reader, item = make_patron(node=east.id, card="R1"), make_item(node=east.id, barcode="B1")
    lend(item, reader, make_act(east.id))
    make_gate(east.id), make_room(east.id)
    session = make_held_session(make_programme(east.id), east.id)
    patrol = make_patrol(east.id, A_DAY)
    forms = (
        "readers/register/", f"readers/{reader.id}/suspend", f"readers/{reader.id}/extend", f"readers/{reader.id}/card",
        f"readers/{reader.id}/cards/{reader.cards[0].id}/replace",
        *(f"items/{item.id}/{act}" for act in ("state", "treatment", "treatment/end", "call-number", "price")),
        *(f"items/{act}" for act in ("batches/new/", "handovers/new/", "handovers/allocate/", "handovers/plans/new/",
        "weeding/new/", "counts/new/", "registers/lock", "call-numbers/reserve", "call-numbers/take")),
        "activities/new/", "activities/programmes/new/",
        *(f"activities/{session}/{act}/" for act in ("attendance", "correct", "sign-up", "check-in")),
        "visits/", "registers/declare/", "registers/safety_patrols/new/",
        f"registers/safety_patrols/{patrol.uid}/amend/", f"registers/safety_patrols/{patrol.uid}/strike/",
        "registers/safety_patrols/sheet/enter/", "items/incoming/", "report/compose/",
        f"report/texts/{east.id}/2019/opening/", "sit/", "password/", "sign-in/",
    )  # fmt: skip
    return {"node": east.id, "forms": [f"/desk/{form}" for form in forms]}


@pytest.mark.slow
@pytest.mark.parametrize("sort", ["nul", "long", "number"])
def test_a_form_of_rubbish_is_refused_and_writes_nothing(library, sort):
    client = signed_in(library["node"], *ROLES)
    client.raise_request_exception = False
    before = (ServiceEvent.objects.count(), AuditEntry.objects.count())

    answered = {
        address: client.post(address, dict.fromkeys(FIELDS, HOSTILE[sort])).status_code for address in library["forms"]
    }

    assert {address: status for address, status in answered.items() if status >= 500} == {}
    assert sort != "nul" or set(answered.values()) == {400}
    assert (ServiceEvent.objects.count(), AuditEntry.objects.count()) == before


@pytest.mark.slow
@pytest.mark.parametrize("sort", HOSTILE)
def test_an_address_of_rubbish_is_answered(library, sort):
    client = signed_in(library["node"], *ROLES)
    client.raise_request_exception = False
    asked = (
        "owner",
        "year",
        "class",
        "book",
        "kind",
        "q",
        "after",
        "before",
        "node",
        "month",
        "start",
        "last",
        "by",
        "scope",
        "page",
        "day",
        "text",
        "c_node",
    )
    rubbish = dict.fromkeys(asked, HOSTILE[sort])
    lists = (
        "readers/", "readers/1/", "items/", "items/registers/", "items/call-numbers/", "items/counts/1/",
        "catalogue/", "catalogue/suggest/", "catalogue/imports/", "activities/",
        "activities/programmes/", "circulation/overdue/", "circulation/readers/1/loans", "visits/", "figures/",
        "figures/loans/", "figures/loans/acts/", "registers/safety_patrols/", "registers/safety_patrols/sheet/",
        "report/", f"readers/{'9' * 30}/", f"items/{'9' * 30}/", f"report/{'9' * 30}/", f"catalogue/{'9' * 30}/",
    )  # fmt: skip
    pages = [*(f"/desk/{page}" for page in lists), "/", "/search/", "/search/suggest/", "/figures/", "/activities/"]

    answered = {page: client.get(page, rubbish).status_code for page in pages}

    assert {page: status for page, status in answered.items() if status >= 500} == {}
    assert sort != "nul" or set(answered.values()) == {400}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\xff\xfe", b"[]", b"null", b"7", b'{"key": 1}', b"[" * 100_000,
        *(json.dumps({"key": "k", "mode": "auto", "code": code}).encode() for code in ("", "a\0b", "9" * 10_000, None)),
        json.dumps({"key": "k" * 81, "mode": "auto", "code": "B1"}).encode(),
        json.dumps({"key": "k", "mode": "auto", "code": "B1", "overrides": [{}], "reason": "x" * 10_000}).encode(),
    ],
)  # fmt: skip
def test_what_is_no_scan_is_unreadable_and_does_nothing(library, body):
    client = signed_in(library["node"], "circulation")
    before = ServiceEvent.objects.count()

    for address in ("/desk/circulation/scan", "/desk/circulation/undo"):
        answer = client.post(address, body, content_type="application/json")
        assert (answer.status_code, answer.json()) == (400, {"error": "unreadable"})

    assert ServiceEvent.objects.count() == before


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b"PK\x03\x04" + b"\xff" * 5000, "号,\0\n".encode() * 100])
def test_a_file_of_rubbish_is_refused(library, content):
    client: Client = signed_in(library["node"], *ROLES)
    before = ServiceEvent.objects.count()

    sheet = client.post("/desk/registers/safety_patrols/sheet/enter/", {"sheet": SimpleUploadedFile("a.xlsx", content)})
    records = client.post("/desk/items/incoming/", {"file": SimpleUploadedFile("../a\x01.iso", content)})

    assert sheet.status_code == 422
    assert records.status_code in {302, 422}
    assert ServiceEvent.objects.count() == before
