"""Tags, a pad, a gate and an identity card reader: from the first tag to the alarm at the door, in a real browser."""

import threading
from datetime import date

import pytest

from wenlan.catalogue.testing import make_record
from wenlan.circulation.models import Loan
from wenlan.circulation.testing import make_rule
from wenlan.holdings.models import ItemTag
from wenlan.holdings.testing import make_item
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network, open_every_day
from wenlan.patrons import operations as patrons
from wenlan.patrons import queries as readers
from wenlan.patrons.testing import make_patron
from wenlan.patrons.tests.test_policies import id_number
from wenlan.staff.testing import PASSWORD, make_member
from wenlan_agent import __main__ as program
from wenlan_agent import devices, server, watching
from wenlan_agent.keeping import Settings

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BOOK, DISC = "E004010000000001", "E004010000000002"


@pytest.fixture
def agent(live_server, monkeypatch):
    """An agent with fake devices that serves the test's pages, on a free port."""
    monkeypatch.setattr(watching, "EVERY_SECONDS", 0.02)
    monkeypatch.setattr(server, "show_pairing", lambda _code: None)
    settings = Settings(origins=(live_server.url,), pad="fake", gate="fake", identity="fake")
    made = program.agent_of(settings, lambda _changed: None)
    serving = server.serving(made, 0)
    made.port = serving.server_address[1]
    threading.Thread(target=serving.serve_forever, args=(0.05,), daemon=True).start()
    for pad in made.pads:
        pad.start()
    yield made
    for pad in made.pads:
        pad.stop()
    serving.shutdown()
    serving.server_close()


def the_branch():
    root, branch = make_network("CZ")
    make_rule(root.id)
    open_every_day(root.id)
    ledger.load_measures()
    patrons.load_categories()
    for barcode, title in (("ZC0000001", "三里湾"), ("ZC0000002", "太行山上的图书馆")):
        make_item(node=branch.id, record=make_record(branch.id, title).id, barcode=barcode)
    make_patron(node=branch.id, name="李明", card="R00000001")
    make_member(branch.id, "branch_manager", username="zhou")
    make_member(branch.id, "stacks", username="wu")
    return branch


def sign_in(page, server, username):
    page.context.clear_cookies()
    page.goto(f"{server.url}/desk/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.url}/desk/")


def scan(page, code):
    page.fill("[data-scan]", code)
    page.keyboard.press("Enter")


def fakes(agent):
    pad, gate = (one.reader for one in agent.pads)
    return pad, gate, agent.identity_reader()


def connect(page, server, agent):
    """Wu enters the six digits of the agent's window; this browser is connected from now on."""
    page.goto(f"{server.url}/desk/agent/")
    page.wait_for_selector("[data-pair]:visible")
    page.fill("[data-port]", str(agent.port))
    page.fill("[data-code]", agent.pairing)
    page.click("[data-pair] button")
    page.wait_for_selector("[data-devices] li:has-text('RFID')")


def write_tags(page, server, pad):
    """The old barcodes are scanned, a blank tag is laid down, and the next one waits until the pad is empty."""
    page.goto(f"{server.url}/desk/tags/")
    page.wait_for_selector("[data-lying]:has-text('没有')")
    for uid, barcode in ((BOOK, "ZC0000001"), (DISC, "ZC0000002")):
        scan(page, barcode)
        page.wait_for_selector("[data-said][data-tone=good]")
        pad.lay(uid, afi=0, dsfid=0)
        page.wait_for_selector(f"[data-done] li:has-text('{barcode}')")
        pad.take(uid)
        page.wait_for_selector("[data-lying]:has-text('没有')")
    # A tag that carries another number is left alone until somebody says so.
    scan(page, "ZC0000001")
    page.wait_for_selector("[data-said][data-tone=look]")
    pad.lay(DISC)
    page.wait_for_selector("[data-lying]:has-text('ZC0000002')")
    page.click("[data-write]")
    page.wait_for_selector("[data-over]:visible")
    pad.take(DISC)


@pytest.mark.capability("V22")
def test_story_of_a_desk_with_a_pad_and_a_gate(page, live_server, agent):
    the_branch()
    sign_in(page, live_server, "wu")
    connect(page, live_server, agent)
    pad, gate, _reader = fakes(agent)
    write_tags(page, live_server, pad)
    assert {(tag.uid, tag.item.barcode) for tag in ItemTag.objects.select_related("item")} == {
        (BOOK, "ZC0000001"), (DISC, "ZC0000002"),
    }  # fmt: skip

    # Zhou's desk: Li's card by the scanner, then both books at once on the pad. Both are lent; one tag does not hear.
    sign_in(page, live_server, "zhou")
    page.goto(f"{live_server.url}/desk/circulation/")
    scan(page, "R00000001")
    page.wait_for_selector("[data-reader] [data-slot=name]:has-text('李明')")
    pad.deaf.add(DISC)
    pad.lay(BOOK)
    page.wait_for_selector(".act.good:has-text('三里湾')")
    pad.deaf.clear()
    pad.lay(DISC)
    page.wait_for_selector(".act.good:has-text('太行山上的图书馆')")
    page.wait_for_function("document.querySelector('.pad-strip').innerText.includes('2')")
    assert [pad.tags[uid].afi for uid in (BOOK, DISC)] == [0xC2, 0xC2]

    # The last loan is undone: its tag sounds again. Lent once more, the tag hears nothing; the desk names it.
    page.keyboard.press("F8")
    page.wait_for_selector(".act.undone:has-text('太行山上的图书馆')")
    page.wait_for_function("document.querySelector('.pad-strip').innerText.includes('1')")
    assert (pad.tags[DISC].afi, Loan.objects.filter(returned_at=None, cancelled_at=None).count()) == (7, 1)
    pad.deaf.add(DISC)
    scan(page, "ZC0000002")
    page.wait_for_selector(".pad-strip li:has-text('ZC0000002')")
    pad.deaf.clear()
    page.wait_for_selector(".pad-strip li", state="detached")
    assert pad.tags[DISC].afi == 0xC2

    # Somebody carries an armed book through the gate: the desk says which.
    pad.take(BOOK)
    gate.lay("E004010000000003", pad.tags[BOOK].data, afi=7)
    page.wait_for_selector(".pad-alarms p:has-text('三里湾')")


def test_story_of_a_registration_from_an_identity_card(page, live_server, agent):
    the_branch()
    number = id_number(date(1990, 5, 1), 13)
    sign_in(page, live_server, "zhou")
    connect(page, live_server, agent)
    fakes(agent)[2].card = devices.Identity("王芳", "m", "1990-05-01", "山西省长治市潞州区示例路1号", number)

    # The card fills the form; Zhou scans a library card and adds the telephone.
    page.goto(f"{live_server.url}/desk/readers/register/")
    page.click("[data-identity] button")
    page.wait_for_function("document.querySelector('[name=id_number]').value")
    page.fill("[name=card_number]", "R00000009")
    page.fill("[name=phone]", "13800000000")
    page.press("[name=phone]", "Enter")

    page.wait_for_selector("h1:has-text('王芳')")
    made = readers.patron_by_card("R00000009")
    assert (made.sex, made.birth_date, made.address) == ("m", date(1990, 5, 1), "山西省长治市潞州区示例路1号")
    assert number not in page.inner_text("main")
