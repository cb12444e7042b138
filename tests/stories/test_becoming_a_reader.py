"""Becoming a reader in a real browser: by keyboard at the desk, and on a telephone at home."""

from datetime import date

import pytest

from wenlan.circulation.testing import make_act, make_rule
from wenlan.jobs.queries import posted
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network, open_every_day
from wenlan.patrons import operations as patrons
from wenlan.patrons import queries
from wenlan.patrons.joining import operations as joining
from wenlan.patrons.joining.types import Way
from wenlan.patrons.tests.test_policies import id_number
from wenlan.staff.testing import PASSWORD, make_member
from wenlan.ui import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


def a_branch():
    """Return a branch, open every day, that lends and counts by the shipped measures."""
    root, branch = make_network("CZ")
    make_rule(root.id)
    open_every_day(root.id)
    ledger.load_measures()
    patrons.load_categories()
    return root, branch


def sign_in_at_the_desk(page, server, username):
    page.goto(f"{server.url}/desk/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.url}/desk/")


def test_story_of_a_registration_by_keyboard(page, live_server):
    _root, branch = a_branch()
    make_member(branch.id, "circulation", username="zhou")
    number = id_number(date(1990, 5, 1), 13)

    # Zhou opens the form; the field for the card has the focus, and the rest is typed from field to field.
    sign_in_at_the_desk(page, live_server, "zhou")
    page.goto(f"{live_server.url}/desk/readers/register/")
    keys = page.keyboard
    keys.type("R00000001")
    for _ in range(3):  # over the kinds of card and the categories to the name
        keys.press("Tab")
    keys.type("李明")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("140400900501131")
    keys.press("Enter")

    # The number of fifteen places is refused with a word about it; what was typed stands there still.
    page.wait_for_selector(".note.error:has-text('15 位身份证号')")
    assert page.input_value("[name=name]") == "李明"
    page.fill("[name=id_number]", number)
    page.press("[name=id_number]", "Enter")

    # Li's page opens: born on the day that the number says, the number itself masked, and who registered him.
    page.wait_for_selector("h1:has-text('李明')")
    text = page.inner_text("main")
    assert ("1990-05-01" in text, number in text, f"{number[:3]}{'*' * 13}{number[-2:]}" in text) == (True, False, True)
    assert "Zhou" in text
    assert queries.patron_by_card("R00000001").sex == "m"


def test_story_of_a_child_who_becomes_a_reader_on_a_telephone(page, live_server):
    root, branch = a_branch()
    joining.set_rule(make_act(root.id, clock.today()), node=root.id, way=Way.AT_ONCE)
    number = id_number(clock.today().replace(year=clock.today().year - 9, day=1), 22)
    page.set_viewport_size(PHONE)

    # The sign-in says where to go without a card. The branch is the only one, and its form opens.
    page.goto(f"{live_server.url}/my/sign-in/")
    page.click("a[href='/join/']")
    page.wait_for_selector("[name=document]")
    page.select_option("[name=category]", "child")
    page.fill("[name=name]", "小明")
    page.fill("[name=document]", number)
    page.fill("[name=phone]", "13903551234")
    page.fill("[name=password]", "三里湾2019")
    page.check("[name=agrees]")
    page.click("main button.primary")

    # A child has a guardian, whose telephone is asked for; what was typed stands there still.
    page.wait_for_selector(".note.error:has-text('监护人')")
    page.fill("[name=guardian_name]", "李梅")
    page.fill("[name=guardian_phone]", "13803558888")
    page.fill("[name=password]", "三里湾2019")
    page.click("main button.primary")

    # The guardian's telephone gets six digits; with them the child is a reader and learns the number of the e-card.
    page.wait_for_selector("[name=code]")
    assert "*******8888" in page.inner_text("main")
    page.fill("[name=code]", posted("notices", 10)[-1][1]["facts"]["code"])
    page.click("main .form button.primary")
    page.wait_for_selector(".note.success")
    card = page.inner_text("dd.mono").strip()
    reader = queries.patron_by_card(card)
    assert (reader.name, reader.home_node, reader.guardian.name) == ("小明", branch.id, "李梅")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

    # With number and password the child signs in, and the e-card shows its code.
    page.click("a[href='/my/sign-in/']")
    page.fill("[name=card]", card)
    page.fill("[name=password]", "三里湾2019")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/my/")
    page.click("a[href='/my/card/']")
    page.wait_for_selector(".e-card-code svg")
    assert page.locator(".e-card-code svg").bounding_box()["width"] <= PHONE["width"]
