"""Three stories in a real browser: a clerk at the desk, a reader at home, a director over the year's report."""

import re
from datetime import date

import pytest

from wenlan.annual_report import operations as report
from wenlan.catalogue.indexing import rebuild_index
from wenlan.catalogue.testing import make_record
from wenlan.circulation import queries as circulation
from wenlan.circulation.testing import lend, make_act, make_rule
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as cubes
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_department, make_network, open_every_day
from wenlan.patrons import passwords
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import PASSWORD, make_member
from wenlan.ui import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
READERS_PASSWORD = "三里湾2019"


def a_branch():
    """Return a branch, open every day, that lends for thirty days and counts by the shipped measures."""
    root, branch = make_network("CZ")
    make_rule(root.id)
    open_every_day(root.id)
    ledger.load_measures()
    return branch


def sign_in_at_the_desk(page, server, username):
    page.goto(f"{server.url}/desk/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.url}/desk/")


def scan(page, code):
    page.fill("[data-scan]", code)
    page.keyboard.press("Enter")


@pytest.mark.capability("C01")
def test_story_of_a_clerk_at_the_desk(page, live_server):
    branch = a_branch()
    desk = make_department(branch.id, "LOAN")
    make_member(branch.id, "circulation", username="zhou", department=desk.id)
    make_patron(node=branch.id, name="李明", card="R00000001")
    make_item(node=branch.id, record=make_record(branch.id, "三里湾").id, barcode="ZC0000001")

    # Zhou signs in and goes to the lending desk by two keys. Li's card opens Li's panel.
    sign_in_at_the_desk(page, live_server, "zhou")
    page.keyboard.press("Alt+Digit1")
    page.keyboard.press("Digit1")
    page.wait_for_url(f"{live_server.url}/desk/circulation/")
    scan(page, "R00000001")
    page.wait_for_selector("[data-reader] [data-slot=name]:has-text('李明')")

    # The book's code lends it, with its title and the day it is due; the same code in the mode "check in" ends it.
    scan(page, "ZC0000001")
    page.wait_for_selector(".act.good:has-text('已借'):has-text('三里湾')")
    page.keyboard.press("F4")
    scan(page, "ZC0000001")
    page.wait_for_selector(".act.good:has-text('已还'):has-text('三里湾')")
    assert page.locator(".act.good:has-text('三里湾')").count() == 2

    # Once the acts are summed, the day has one loan and one return, at the foot of every page.
    cubes.fold()
    page.goto(f"{live_server.url}/desk/")
    assert re.findall(r"册次\s*(\d+)", page.inner_text(".desk-foot")) == ["1", "1"]


def test_story_of_a_reader_at_home(page, live_server):
    branch = a_branch()
    record = make_record(branch.id, "太行山上的图书馆")
    reader = make_patron(node=branch.id, name="李明", card="R00000001")
    now = make_act(branch.id, clock.today())
    passwords.set_password(now, patron=reader.id, password=READERS_PASSWORD)
    lend(make_item(node=branch.id, record=record.id, barcode="ZC0000001"), reader, now)
    make_item(node=branch.id, record=record.id, barcode="ZC0000002")
    (loan,) = circulation.open_loans(reader.id)
    rebuild_index(at=clock.now())

    # Two characters from the middle of a title find it; its page says where it stands now.
    page.goto(live_server.url)
    page.fill("main [name=q]", "山上")
    page.keyboard.press("Enter")
    page.click(".work a:has-text('太行山上的图书馆')")
    page.wait_for_selector("h1:has-text('太行山上的图书馆')")
    assert "2 册中有 1 册可借" in page.inner_text("main")

    # Li signs in with card and password and keeps the first copy longer; the page says until when.
    page.click("a[href='/my/']")
    page.fill("[name=card]", "R00000001")
    page.fill("[name=password]", READERS_PASSWORD)
    page.keyboard.press("Enter")
    page.click(".my-loans button")
    page.wait_for_selector(".note")
    (renewed,) = circulation.open_loans(reader.id)
    assert renewed.due_on > loan.due_on
    assert f"{renewed.due_on:%Y-%m-%d}" in page.inner_text(".note")


@pytest.mark.capability("V30")
def test_story_of_a_director_over_the_report(page, live_server):
    branch = a_branch()
    make_member(branch.id, "director", username="song")
    reader = make_patron(node=branch.id)
    lend(make_item(node=branch.id), reader, make_act(branch.id, date(2019, 3, 4)))
    lend(make_item(node=branch.id), reader, make_act(branch.id, date(2019, 5, 6)))
    cubes.fold()
    edition = report.compose(make_act(branch.id, date(2020, 1, 6)), node=branch.id, year=2019)
    loans = next(one.ref for one in edition.figures.values() if one.measure == "loans" and one.value == 2)

    # Song opens the report of the year from the list and asks what stands behind the two loans.
    sign_in_at_the_desk(page, live_server, "song")
    page.click('[data-menu-group="6"]')
    page.click('#desk-menu a[href="/desk/report/"]')
    page.click(f"a:has-text('{edition.title}')")
    page.click(f".paper a.figure-link[href$='/{loans}/'] >> nth=0")

    # Beside the page stand the definition, the source in the standard, and the two acts; a month leaves one.
    page.wait_for_selector("#behind .behind-acts li")
    assert "GB/T 13191" in page.inner_text("#behind")
    assert page.locator("#behind .behind-acts li").count() == 2
    page.click("#behind .behind-months a:has-text('2019-03')")
    page.wait_for_function("document.querySelectorAll('#behind .behind-acts li').length === 1")
    assert "2019-03-04" in page.get_attribute("#behind .behind-acts time", "datetime")
