"""A keeper's morning on a cheap phone: with a position and a small photograph, and the same with no script at all."""

import struct
import zlib
from pathlib import Path

import pytest

from tests.stories.test_stocktaking_on_a_phone import Line
from wenlan.catalogue.brief import queries as brief
from wenlan.catalogue.pocket import operations, packing
from wenlan.catalogue.testing import make_record
from wenlan.circulation import queries as loans
from wenlan.circulation.paper import queries as paper
from wenlan.circulation.testing import make_rule
from wenlan.facilities.openings import queries as openings
from wenlan.facilities.testing import counted
from wenlan.files import queries as files
from wenlan.holdings import queries as items
from wenlan.holdings.testing import make_item
from wenlan.network import queries as network
from wenlan.network.testing import make_network, make_node, open_every_day
from wenlan.network.types import NodeKind
from wenlan.patrons import queries as patrons
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import PASSWORD, make_member
from wenlan.ui import clock
from wenlan.web.keeper import county

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 360, "height": 640}


@pytest.fixture
def room():
    """A village room with two books and a reader; its keeper is Qin."""
    root, township = make_network("FC")
    make_rule(root.id)
    open_every_day(root.id)
    room = make_node("FC-V3", parent=township.id, kind=NodeKind.VILLAGE_ROOM)
    make_member(room.id, "village_keeper", username="qin")
    for n in range(2):
        make_item(node=room.id, barcode=f"SW{n}")
    make_patron(node=room.id, name="秦桂花", card="C7")
    return room.id


def sign_in(page, server):
    page.set_viewport_size(PHONE)
    page.goto(f"{server.url}/keeper/")
    page.fill("[name=username]", "qin")
    page.fill("[name=password]", PASSWORD)
    page.click("button.main")
    page.wait_for_url(f"{server.url}/keeper/")


def lend_one(page, server, book):
    page.goto(f"{server.url}/keeper/lend/")
    page.fill("[name=reader]", "秦")
    page.click("button.main")
    page.click("a.k-choice")
    page.fill("[name=book]", book)
    page.press("[name=book]", "Enter")
    page.wait_for_selector(".k-note.success")


def faults(page):
    """Return what axe finds, and how many pixels the page is too wide for the phone."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("async () => (await axe.run()).violations.map(v => v.id)")
    return found, page.evaluate("document.documentElement.scrollWidth - innerWidth")


def a_large_photograph():
    """Return a PNG of 2000 x 1500 white points."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = b"".join(b"\0" + b"\xff" * 2000 for _ in range(1500))
    head = struct.pack(">IIBBBBB", 2000, 1500, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines, 0)) + chunk(b"IEND", b"")


A_CAMERA = """
  window.BarcodeDetector = class { async detect() { return [{ rawValue: "SW0" }]; } };
  navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream();
  HTMLMediaElement.prototype.play = async () => undefined;
"""  # a phone's camera that sees a book's barcode


@pytest.mark.capability("V17")
def test_story_of_a_keepers_morning(page, live_server, room):
    page.add_init_script(A_CAMERA)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 35.775, "longitude": 113.28, "accuracy": 12})
    sign_in(page, live_server)

    # One press opens the room from where the phone is; three come in.
    page.click("form[data-position] button")
    page.wait_for_selector(".k-state.in")
    page.fill(".k-some [name=persons]", "3")
    page.click(".k-some button")
    page.wait_for_selector(".k-count strong:text('3')")
    assert (openings.standing(room).has_position, counted("visit.counted")) == (True, 3)
    assert faults(page) == ([], 0)

    # A loan, and the page of a register whose photograph the phone has made small before it was sent.
    page.goto(f"{live_server.url}/keeper/lend/?card=C7")
    page.click("[name=book] + button")
    page.wait_for_selector(".k-note.success")
    page.goto(f"{live_server.url}/keeper/paper/")
    page.set_input_files("#photo", {"name": "p.png", "mimeType": "image/png", "buffer": a_large_photograph()})
    page.wait_for_function("document.querySelector('#photo').files[0].name === 'page.jpg'")
    page.click("button.main")
    page.wait_for_selector("[name=day_written]")
    page.fill("[name=day_written]", f"{clock.today():%m.%d}")
    page.fill("[name=item]", "三国演义")
    page.click("form.k-card button.main")
    page.wait_for_selector(".k-note.success")
    (kept,) = paper.pages([room])
    assert (files.file(kept.photo).content_type, files.file(kept.photo).size < 300_000) == ("image/jpeg", True)
    assert faults(page) == ([], 0)
    assert counted("loan.made") == 2


def test_story_of_a_day_without_a_line(page, live_server, room):
    line = Line(live_server)
    page.set_viewport_size(PHONE)
    sign_in(page, line)
    page.goto(f"{line.url}/keeper/off-line/")
    page.wait_for_selector("[data-ready=true]")

    # The line goes. Whichever page she opens, the one for such days is there; what she does is kept on the phone.
    line.cut()
    page.goto(f"{line.url}/keeper/lend/")
    page.wait_for_selector("[data-off-line]")
    page.click("form[data-act=open] button")
    page.wait_for_selector("[data-list] li:nth-child(1)")
    for book in ("SW0", "活着"):
        page.fill("#card", "C7")
        page.fill("#out", book)
        page.press("#out", "Enter")
        page.wait_for_selector(f"[data-list] li:has-text('{book}')")
    page.fill(".k-some [name=persons]", "5")
    page.click(".k-some button")
    page.wait_for_function("document.querySelector('[data-unsent]').textContent === '4'")
    assert counted("place.opened") + counted("loan.made") + counted("visit.counted") == 0
    assert faults(page) == ([], 0)

    # It is back: everything is sent once, and the book without a barcode waits for the branch to say which it was.
    line.mend()
    page.click("[data-send]")
    page.wait_for_function("document.querySelector('[data-unsent]').textContent === '0'")
    assert (counted("place.opened", subject="day"), counted("visit.counted"), counted("loan.made")) == (1, 5, 1)
    assert page.locator("[data-list] li.stop").count() == 1
    assert openings.standing(room) is not None


def type_a_line(page, **fields):
    """Copy a line of the paper register on the page without a line."""
    for name, value in fields.items():
        page.fill(f"[data-act=paper] [name={name}]", value)
    page.click("[data-act=paper] button.main")
    page.wait_for_selector(f"[data-list] li:has-text('{fields['item']}')")


def take_the_county_along(page):
    """Ask how much it is, begin, have it break off in the second part, and go on: what came is not fetched again."""
    asked, held = [], []

    def meet(route):
        asked.append(route.request.url)
        if len(asked) == 2:
            held.append(route)
        else:
            route.continue_()

    page.route("**/keeper/county/*/*", meet)
    for seen in (1, 2):
        page.click("[data-county-take]")
        page.wait_for_function("/kB/.test(document.querySelector('[data-county-take]').textContent)")
        page.click("[data-county-take]")
        if seen == 1:
            page.wait_for_function("document.querySelector('[data-county-bar]').value > 0")
            page.click("[data-county-take]")
            held[0].abort()
        page.wait_for_function(
            "seen => document.querySelector('[data-county-bar]').hidden &&"
            " document.querySelector('[data-county-state]').textContent.includes(seen)",
            arg=str(seen),
        )
    assert (len(asked), len(set(asked))) == (3, 2)


@pytest.mark.capability("V17")
def test_story_of_books_and_a_register_without_a_line(page, live_server, room, monkeypatch):
    for module in (operations, packing, county):
        monkeypatch.setattr(module, "RECORDS", 1)  # two records are two parts
    root = network.root().id
    novel = make_record(root, "红楼梦", isbn="9787020002207")
    make_record(root, "西游记", isbn="9787020002214")
    operations.refresh()
    line = Line(live_server)
    page.set_viewport_size(PHONE)
    sign_in(page, line)
    page.goto(f"{line.url}/keeper/off-line/")
    page.wait_for_selector("[data-ready=true]")

    # On the keeper's wish the county's books come to the phone, after it was said how much that is.
    page.click("summary:first-of-type")
    take_the_county_along(page)

    # The line goes. A book is found by its ISBN among them and is this one; another nobody knows is written by hand.
    line.cut()
    page.reload()
    page.wait_for_selector("[data-ready]")
    page.click("summary:first-of-type")
    page.fill("#isbn", "7-02-000220-X")
    page.click("[data-book-find]")
    page.wait_for_selector("[data-book-found] :text('红楼梦')")
    assert faults(page) == ([], 0)
    page.fill("[data-book] [name=barcode]", "HLM1")
    page.click("[data-book] button.main")
    page.wait_for_selector("[data-list] li:has-text('红楼梦')")
    page.fill("#isbn", "9787544291170")
    page.click("[data-book-find]")
    page.fill("#title", "百年孤独")
    page.click("[data-book] button.main")
    page.wait_for_selector("[data-list] li:has-text('百年孤独')")

    # Two lines of the paper register: one of a stranger, one that names a reader of the room.
    page.click("details:nth-of-type(2) summary")
    type_a_line(page, day_written=f"{clock.today():%m.%d}", item="三国演义", reader="李大爷")
    type_a_line(page, item="SW1", reader="秦桂花")
    page.wait_for_function("document.querySelector('[data-unsent]').textContent === '4'")
    assert (counted("loan.made"), items.items_with_barcode("HLM1")) == (0, ())

    # It is back. All goes once; whom the second line means is asked, and then it is a loan of hers.
    line.mend()
    page.click("[data-send]")
    page.wait_for_function("document.querySelector('[data-unsent]').textContent === '0'")
    assert items.item_by_barcode("HLM1").record == novel.id
    assert (brief.waiting_count(), counted("loan.made", channel="paper")) == (1, 1)
    page.click("[data-look-list] button.k-button")
    page.click("form.k-card button.main")
    page.wait_for_selector(".k-note.success")
    page.goto(f"{line.url}/keeper/off-line/")
    page.wait_for_selector("[data-ready=true]")
    page.wait_for_selector("[data-looks]", state="hidden")
    assert loans.loan_of_item(items.item_by_barcode("SW1").id).patron == patrons.patron_id_by_card("C7")
    assert counted("loan.made", channel="paper") == 2


def test_story_of_the_same_morning_without_script(browser, live_server, room):
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server)

    page.select_option("[name=no_position]", "not_allowed")
    page.click("form[data-position] button")
    page.wait_for_selector(".k-state.in")
    page.click("button[name=persons]")
    page.wait_for_selector(".k-count strong:text('1')")
    lend_one(page, live_server, "SW1")
    page.goto(f"{live_server.url}/keeper/return/")
    page.click(".k-list button")
    page.wait_for_selector(".k-note")
    context.close()

    assert openings.standing(room).no_position == "not_allowed"
    assert (counted("visit.counted"), counted("loan.made"), counted("loan.returned")) == (1, 1, 1)
