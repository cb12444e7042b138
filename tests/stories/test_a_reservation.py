"""A reservation in a real browser: from a reader's phone to the hold shelf and home."""

import pytest

from tests.stories.test_in_the_browser import READERS_PASSWORD, a_branch, scan, sign_in_at_the_desk
from wenlan.catalogue.testing import make_record
from wenlan.circulation.reserving import queries as reservations
from wenlan.circulation.testing import lend, make_act
from wenlan.holdings.testing import make_item
from wenlan.patrons import passwords
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import make_member
from wenlan.ui import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


def test_story_of_a_reservation_from_the_phone_to_the_hold_shelf(page, live_server):
    branch = a_branch()
    record = make_record(branch.id, "太行山上的图书馆")
    book = make_item(node=branch.id, record=record.id, barcode="ZC0000001")
    now = make_act(branch.id, clock.today())
    lend(book, make_patron(node=branch.id), now)
    reader = make_patron(node=branch.id, name="李明", card="R20260001")
    passwords.set_password(now, patron=reader.id, password=READERS_PASSWORD)
    make_member(branch.id, "circulation", username="zhou")

    # Li signs in on the phone, opens the title that somebody has at home, and reserves it.
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/my/sign-in/")
    page.fill("[name=card]", "R20260001")
    page.fill("[name=password]", READERS_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/")
    page.goto(f"{live_server.url}/records/{record.uid}/")
    page.click("form.reserve button")
    page.wait_for_selector(".note:has-text('第 1 位')")
    assert "太行山上的图书馆" in page.inner_text("main")

    # Zhou scans the return: the desk says for whom to keep it, and it stands on the list of the hold shelf.
    page.set_viewport_size({"width": 1366, "height": 768})
    sign_in_at_the_desk(page, live_server, "zhou")
    page.goto(f"{live_server.url}/desk/circulation/")
    page.keyboard.press("F4")
    scan(page, "ZC0000001")
    page.wait_for_selector(".act:has-text('李*'):has-text('0001')")
    page.goto(f"{live_server.url}/desk/circulation/reservations/")
    page.wait_for_selector("td:has-text('太行山上的图书馆')")

    # Li's page says that it is there; at the desk the card shows it, and the scan lends it to Li.
    page.goto(f"{live_server.url}/my/")
    assert "已上预约架" in page.inner_text("main")
    page.goto(f"{live_server.url}/desk/circulation/")
    scan(page, "R20260001")
    page.wait_for_selector("[data-reader] :has-text('太行山上的图书馆')")
    scan(page, "ZC0000001")
    page.wait_for_selector(".act.good:has-text('已借'):has-text('太行山上的图书馆')")
    assert reservations.of_reader(reader.id) == ()
