"""A touch screen with a scanner in the hall, open day and night: readers borrow, return and become readers alone."""

from datetime import date

import pytest

from wenlan.catalogue.testing import make_record
from wenlan.circulation import queries as circulation
from wenlan.circulation.testing import make_act, make_rule
from wenlan.holdings.testing import make_item
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network, open_every_day
from wenlan.patrons import operations as patrons
from wenlan.patrons import queries as readers
from wenlan.patrons.joining import operations as joining
from wenlan.patrons.joining.types import Way
from wenlan.patrons.testing import make_patron
from wenlan.patrons.tests.test_policies import id_number
from wenlan.protocols.models import Terminal
from wenlan.protocols.sip2.terminals import enrol
from wenlan.protocols.sip2.types import usual_rights
from wenlan.ui import clock
from wenlan.ui.testing import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def the_hall():
    """Return a reader and two books of a branch with a station, where people may register themselves."""
    root, hall = make_network("CZ")
    make_rule(root.id)
    open_every_day(root.id)
    ledger.load_measures()
    patrons.load_categories()
    joining.set_rule(make_act(root.id, clock.today()), node=root.id, way=Way.AT_ONCE)
    enrol(code="S1", password="station", node=hall.id)
    Terminal.objects.update(rights=[*usual_rights(), "register"])
    for barcode, title in (("ZC0000001", "三里湾"), ("ZC0000002", "太行山上的图书馆")):
        make_item(node=hall.id, record=make_record(hall.id, title).id, barcode=barcode)
    return make_patron(node=hall.id, name="李明", card="R00000001")


def set_up(page, server):
    page.set_viewport_size({"width": 1080, "height": 1920})
    page.goto(f"{server.url}/kiosk/")
    page.fill("[name=code]", "S1")
    page.fill("[name=password]", "station")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('您要办什么')")


def scan(page, code):
    """Let the scanner type, wherever the cursor stands, once the page listens."""
    page.wait_for_selector("main[data-ready]")
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def test_story_of_a_self_service_station(page, live_server):
    reader = the_hall()
    page.clock.install()
    set_up(page, live_server)

    # Li shows the card and both books, one right behind the other. Each is lent with its title and due date.
    page.click("text=借书")
    page.wait_for_selector("[data-card-form]")
    scan(page, "R00000001")
    page.wait_for_selector("[data-items]")
    scan(page, "ZC0000001")
    scan(page, "ZC0000002")
    page.wait_for_selector(".kiosk-line.good:has-text('三里湾')")
    page.wait_for_selector(".kiosk-line.good:has-text('太行山上的图书馆')")
    assert violations(page) == []

    # The slip names both. Nobody touches the screen any more: it goes home and has forgotten Li.
    page.click("[data-finish]")
    page.wait_for_selector("h1:has-text('2')")
    page.clock.fast_forward(31_000)
    page.wait_for_selector("h1:has-text('您要办什么')")
    assert len(circulation.open_loans(reader.id)) == 2
    page.goto(f"{live_server.url}/kiosk/account/")
    page.wait_for_selector("h1:has-text('您要办什么')")

    # At night somebody brings one back, in large type and high contrast; an unknown label is said to be so.
    page.click("[data-look=type]")
    page.click("[data-look=contrast]")
    assert violations(page) == []
    page.click("text=归还")
    page.wait_for_selector("[data-items]")
    scan(page, "ZC0000001")
    page.wait_for_selector(".kiosk-line.good:has-text('三里湾')")
    scan(page, "ZC9999999")
    page.wait_for_selector(".kiosk-line.stop")
    page.click("[data-finish]")
    page.wait_for_selector("h1:has-text('您要办什么')")
    assert page.evaluate("document.documentElement.dataset.contrast") is None
    assert [loan.barcode for loan in circulation.open_loans(reader.id)] == ["ZC0000002"]


def test_story_of_becoming_a_reader_at_a_station(page, live_server):
    the_hall()
    set_up(page, live_server)

    # Wang has no card yet. Three short questions; on the last screen stands the number of her e-card.
    page.click("text=还没有读者证")
    page.fill("[name=name]", "王芳")
    page.fill("[name=document]", id_number(date(1990, 5, 1), 13))
    page.click("main button.primary")
    page.fill("[name=phone]", "13903551234")
    page.fill("[name=password]", "246810")
    assert violations(page) == []
    page.click("main button.primary")
    page.check("[name=agrees]")
    page.click("main button.primary")
    number = page.inner_text(".kiosk-number").strip()

    # With that number, typed on the screen's own keypad behind the letter E, she may borrow at once.
    page.click(".kiosk-foot .primary")
    page.click("text=借书")
    page.fill("[name=card]", "E")
    for digit in number[1:]:
        page.click(f"[data-digit='{digit}']")
    page.click("[data-card-form] button")
    page.wait_for_selector("[data-items]")
    scan(page, "ZC0000001")
    page.wait_for_selector(".kiosk-line.good")
    assert readers.patron_by_card(number).open_loans == 1
