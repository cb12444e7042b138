"""A cataloguer's morning in a real browser, without touching the mouse."""

import pytest

from wenlan.catalogue.editing import history
from wenlan.catalogue.models import BibRecord
from wenlan.catalogue.testing import make_record
from wenlan.network.testing import make_network
from wenlan.staff.testing import PASSWORD, make_member
from wenlan.ui.testing import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def sign_in(page, server):
    page.goto(f"{server.url}/desk/sign-in/")
    page.fill("[name=username]", "chen")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.url}/desk/")


def write(page, text):
    """Write a line anew, and go to the next one."""
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def waits_for(page, rule, *, gone=False):
    page.wait_for_selector(f"[data-rule={rule}]", state="detached" if gone else "attached")


def line(page):
    """Return what a screen reader says of the line the cursor is in."""
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_story_of_a_book_catalogued_by_keyboard(page, live_server):
    (root,) = make_network()
    make_member(root.id, "cataloguer", username="chen")
    make_record(root.id, "朝花夕拾", author="鲁迅", year="1973")
    sign_in(page, live_server)

    # Chen scans a book. Nobody has it, and its number is misread: she begins from the template "book".
    page.goto(f"{live_server.url}/desk/catalogue/edit/")
    page.keyboard.type("978-7-02-000220-1")
    page.keyboard.press("Enter")
    page.wait_for_selector(".note.info")
    page.focus("a[href*='/edit/new/book/']")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-fields] .mf >> nth=12")

    page.set_viewport_size({"width": 1366, "height": 2000})
    assert violations(page) == []
    page.set_viewport_size({"width": 1366, "height": 768})

    # The cursor waits in the ISBN. The rule names the wrong digit; F8 sets the right one.
    assert line(page).startswith("010 $a")
    page.keyboard.type("978-7-02-000220-1")
    waits_for(page, "isbn_check")
    page.keyboard.press("F8")
    waits_for(page, "isbn_check", gone=True)
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.type("9.50")
    page.keyboard.press("Enter")

    # Down past the coded data; in 105 she opens the chooser and says that it is prose.
    for _line in range(4):
        page.keyboard.press("ArrowDown")
    assert line(page).startswith("105 $a")
    page.keyboard.press("F2")
    page.wait_for_selector("dialog[open] .fixed-parts")
    page.focus("dialog[open] [data-position='11']")
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]", state="detached")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    # The title has a character with several readings: 朝 is read zhao here, and only she knows.
    assert line(page).startswith("200 $a")
    page.keyboard.type("朝花夕拾")
    page.keyboard.press("F4")
    page.wait_for_selector("dialog[open] .pinyin-row")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]", state="detached")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    write(page, "鲁迅著")

    # An older edition is there already: it is shown while she types, and it is another year.
    page.wait_for_selector("[data-likenesses] a:has-text('朝花夕拾')")
    for text in ("北京", "人民文学出版社", "1979", "98页", "19cm"):
        write(page, text)

    # The year in 100 does not agree with 210; F8 takes it over.
    waits_for(page, "year_agrees")
    page.keyboard.press("F8")
    waits_for(page, "year_agrees", gone=True)

    # She adds a note by its tag, undoes a slip, and saves.
    page.keyboard.press("Control+Enter")
    page.keyboard.type("300")
    page.wait_for_selector("dialog[open]", state="detached")
    page.keyboard.type("据1928年未名社版重排")
    page.keyboard.press("Control+Delete")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".editor-state.success")

    kept = BibRecord.objects.get(title_proper="朝花夕拾", year=1979)
    (version,) = history.versions(kept.pk)
    marc = version.marc
    assert kept.isbn == ["9787020002207"]
    assert kept.pinyin == "zhao hua xi shi"
    assert marc.value("010", "d") == "CNY9.50"
    assert (marc.value("100", "a")[8:13], marc.value("105", "a")[11]) == ("d1979", "c")
    assert marc.value("300", "a") == "据1928年未名社版重排"
    assert page.url.endswith(f"/desk/catalogue/edit/{kept.pk}/")


def test_story_of_two_cataloguers_and_one_record(page, live_server):
    (root,) = make_network()
    make_member(root.id, "cataloguer", username="chen")
    record = make_record(root.id, "三体", isbn="978-7-5366-9293-0")
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/desk/catalogue/edit/{record.id}/")
    other = page.context.new_page()
    other.goto(f"{live_server.url}/desk/catalogue/edit/{record.id}/")

    # Wang corrects the publisher and saves. Chen, who opened the record before, adds a note.
    other.fill("textarea[aria-label^='210 $c']", "重庆出版集团")
    other.keyboard.press("Control+s")
    other.wait_for_selector(".editor-state")
    if other.locator(".editor-state.warning").count():
        other.keyboard.press("Control+s")
    other.wait_for_selector(".editor-state.success")
    page.fill("textarea[aria-label^='215 $a']", "303页")
    page.wait_for_timeout(700)
    page.keyboard.press("Control+s")
    if page.locator(".editor-state.warning").count():
        page.keyboard.press("Control+s")

    # Chen is shown what differs, takes Wang's record, and does her change again.
    page.wait_for_selector("dialog[open] .conflict li:has-text('重庆出版集团')")
    page.click("dialog[open] button >> nth=0")
    page.fill("textarea[aria-label^='215 $a']", "303页")
    page.wait_for_timeout(700)
    page.keyboard.press("Control+s")
    if page.locator(".editor-state.warning").count():
        page.keyboard.press("Control+s")
    page.wait_for_selector(".editor-state.success:has-text('三体')")

    newest = history.versions(record.id)[0]
    assert newest.number == 3
    assert (newest.marc.value("210", "c"), newest.marc.value("215", "a")) == ("重庆出版集团", "303页")
