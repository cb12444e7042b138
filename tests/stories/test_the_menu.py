"""The desk's menu under the hands: groups and pages by keys, any page by its name, a drawer on a phone."""

import pytest

from wenlan.network.testing import make_network
from wenlan.staff.testing import PASSWORD, make_member
from wenlan.ui.testing import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def names(page):
    """Return the names of the pages that the open menu shows."""
    return page.locator("#desk-menu a[data-key]:visible").evaluate_all("all => all.map(a => a.firstChild.textContent)")


def test_story_of_two_keys_to_a_page_and_a_few_letters_to_any(page, live_server):
    root = make_network()[0]
    make_member(root.id, "branch_manager", username="wu")
    page.goto(f"{live_server.url}/desk/sign-in/")
    page.fill("[name=username]", "wu")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/desk/")

    # Alt and the digit of a group opens it under its name, 2 is the second page in it; there the place is marked.
    page.keyboard.press("Alt+Digit1")
    assert names(page)[:2] == ["借还台", "逾期"]
    assert violations(page) == []
    page.keyboard.press("Digit2")
    page.wait_for_url(f"{live_server.url}/desk/circulation/overdue/")
    assert page.inner_text(".desk-nav [aria-current]").startswith("借还")
    assert page.inner_text(".desk-section [aria-current]") == "逾期"

    # A scanner types a barcode while the group is open: no page is turned.
    page.keyboard.press("Alt+Digit3")
    page.evaluate(
        "[...'21'].forEach((key) => document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', {key, code: `Digit${key}`, bubbles: true})))"
    )
    page.keyboard.press("Escape")
    assert page.url.endswith("/overdue/")

    # Ctrl K, and the first letters of 离线借还台 in pinyin; the likeliest is marked, and Enter goes there.
    page.keyboard.press("Control+KeyK")
    page.keyboard.type("lxj")
    assert names(page)[0] == "离线借还台"
    assert violations(page) == []
    page.fill("[data-menu-find]", "dzmd")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/desk/readers/lists/")

    # What names no page is looked for elsewhere. On a phone one button says where one is and opens all pages.
    page.keyboard.press("Control+KeyK")
    page.keyboard.type("R00000001")
    assert names(page) == []
    assert "q=R00000001" in page.get_attribute("[data-search]", "href")
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.inner_text(".desk-here") == "读者 › 读者名单"
    page.click("[data-menu-all]")
    assert len(names(page)) > 30
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
