"""The items' desk and the labels in a real browser: labels chosen and looked at, and every page tried by axe."""

import re
from datetime import date
from pathlib import Path

import pytest

from wenlan.catalogue.testing import make_record
from wenlan.circulation.testing import make_act, make_rule
from wenlan.holdings import operations as holdings
from wenlan.holdings.ancient import operations as ancient
from wenlan.holdings.batches import operations as batches
from wenlan.holdings.call_numbers import operations as numbers
from wenlan.holdings.call_numbers import schemes
from wenlan.holdings.handovers import operations as handovers
from wenlan.holdings.handovers.operations import Destination
from wenlan.holdings.stocktaking import operations as stocktaking
from wenlan.holdings.stocktaking.operations import Scope
from wenlan.holdings.testing import make_item
from wenlan.holdings.transfers import operations as transfers
from wenlan.holdings.transfers.operations import Route
from wenlan.holdings.types import ClassRule, Lending, NewTreatment, Scheme, TreatmentKind
from wenlan.holdings.weeding import operations as weeding
from wenlan.network.testing import make_network
from wenlan.registers import operations as registers
from wenlan.staff.testing import PASSWORD, make_member

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (360, 1366, 1920)
GRADED = {
    "period": "ming",
    "edition": "明万历二十八年刻本",
    "edition_type": "block_print",
    "binding": "thread",
    "grade": "ancient.rare.2b",
    "volumes": 6,
    "works": 1,
    "cases": 1,
    "damage": "damage_3",
}


@pytest.fixture
def branch():
    """A branch with something on every page of the items' desk, and Qian of the stacks."""
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    registers.declare_shipped()
    make_member(root.id, "stacks", username="qian")
    node, act = east.id, make_act
    record = make_record(node, "三里湾").id
    shelf = [make_item(node=node, record=record, barcode=f"ZC{n:07d}") for n in range(8)]
    rare = make_item(node=node, record=make_record(node, "潞州志").id, material="ancient")
    ancient.register(act(node), items=[rare.id], said=GRADED)
    batch = batches.prepare(act(node), items=[shelf[0].id], changes={"lending": Lending.IN_HOUSE})
    slip = handovers.make(act(node), to=Destination(node=west.id), items=[shelf[1].id])
    route = Route(from_node=node, old_owner=node, new_owner=west.id, voucher="资调〔2019〕3号", voucher_sum_fen=1)
    moved = transfers.make(act(node), route=route, items=[shelf[2].id])
    weeded = weeding.propose(act(node), owner=node, items={shelf[3].id: "worn"})
    count = stocktaking.open_count(act(node), name="三月盘点", scope=Scope(node=node))
    stocktaking.take_scans(act(node), count_id=count.id, barcodes=["ZC0000004", "X1"])
    stocktaking.compare(act(node, date(2019, 3, 5)), count_id=count.id)
    work = NewTreatment(kind=TreatmentKind.REPAIR, work="补书脊")
    holdings.send_for_treatment(act(node), item=shelf[5].id, treatment=work)
    numbers.reserve_number(act(node), record=make_record(node, "李有才板话").id)
    rule = ClassRule(first="I", last="K", book_numbers="author", author_table="pinyin")
    schemes.keep_scheme(act(node), node=node, said=Scheme(name="东馆", rules=(rule,), with_copy=True))
    return {
        "items": ["", f"{shelf[5].id}/", f"{rare.id}/", f"{rare.id}/ancient/"],
        "lists": ["batches/", "handovers/", "transfers/", "weeding/", "counts/", "treatments/", "registers/"],
        "forms": ["batches/new/", "handovers/new/", "transfers/new/", "counts/new/", "weeding/new/"],
        "pages": [
            f"batches/{batch.id}/", f"handovers/{slip.id}/", f"transfers/{moved.id}/", f"weeding/{weeded.id}/",
            f"counts/{count.id}/", f"counts/{count.id}/phone/", "call-numbers/?class=I247.55", "call-numbers/schemes/",
            f"call-numbers/schemes/{node}/",
        ],
    }  # fmt: skip


def sign_in(page, server):
    page.goto(f"{server.url}/desk/sign-in/")
    page.fill("[name=username]", "qian")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.url}/desk/")


def faults(page, width):
    """Return what axe has against the page, and by how much it is wider than the screen."""
    found = page.evaluate("async () => (await axe.run()).violations.map(v => `${v.id} ${v.nodes[0].target}`)")
    wide = page.evaluate("document.documentElement.scrollWidth")
    return found + ([f"{wide} px wide"] if wide > width else [])


def walk(page, server, addresses):
    """Return the faults of the pages in every width, by address and width."""
    found = {}
    for address in addresses:
        assert page.goto(f"{server.url}{address}").status == 200, address
        page.add_script_tag(path=AXE)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if wrong := faults(page, width):
                found[address, width] = wrong
    return found


@pytest.mark.parametrize("kind", ["items", "lists", "forms", "pages"])
def test_every_page_of_the_items_desk_can_be_used_by_everybody(page, live_server, branch, kind):
    sign_in(page, live_server)

    assert walk(page, live_server, [f"/desk/items/{address}" for address in branch[kind]]) == {}


def test_story_of_labels_chosen_looked_at_and_printed(page, live_server, branch):
    # Qian prints spine labels for two books of a begun sheet; one barcode nobody carries, and the page says so.
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/desk/labels/")
    page.fill("[name=scans]", "ZC0000001\nZC0000002\nNOBODY")
    page.fill("[name=first]", "5")
    page.keyboard.press("F8")
    page.wait_for_selector("#preview img")
    assert re.search(r"\b2\b", page.inner_text("#preview p:first-child"))
    assert "NOBODY" in page.inner_text("#preview")
    assert page.evaluate("document.querySelector('#preview img').naturalWidth") > 500

    # A kind brings its own sheets; reader cards are chosen by their numbers only.
    page.select_option("[name=kind]", "barcode")
    sheets = page.evaluate("[...document.querySelectorAll('[name=sheet] option:not([disabled])')].map(o => o.value)")
    assert sheets == ["barcode-a4-4x11", "barcode-a4-3x13", "barcode-roll-50x20"]
    page.keyboard.press("F8")
    page.wait_for_function("document.querySelector('#preview img').naturalHeight > 500")
    with page.context.expect_event("response", lambda sent: sent.url.endswith("labels.pdf")) as answered:
        page.keyboard.press("F9")
    assert "kind=barcode" in (answered.value.request.post_data or "")

    # The print opened beside the page; back on it, Qian finds the print in the list.
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")  # a headless page has the focus all the time
    page.wait_for_selector("li:has-text('条码'):has-text('× 2')")

    # The page is usable in every width.
    assert walk(page, live_server, ["/desk/labels/"]) == {}
