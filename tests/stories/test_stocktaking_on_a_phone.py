"""A shelf is counted on a phone in a cellar without a line; nothing is lost, nothing is counted twice."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.stories.line import Line
from wenlan.circulation.testing import lend, make_act, make_rule
from wenlan.holdings import queries as items
from wenlan.holdings.models import CountScan
from wenlan.holdings.stocktaking import operations, queries
from wenlan.holdings.stocktaking.operations import Scope
from wenlan.holdings.testing import make_item
from wenlan.holdings.verification import differences
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import PASSWORD, make_member, signed_in
from wenlan.ui import assets, clock

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
LIGHT = 60_000


@pytest.fixture
def branch():
    """A branch with a count under way: five books of its own, one of them on loan, and one of another branch."""
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    make_member(east.id, "stacks", username="qian")
    for n in range(5):
        make_item(node=east.id, barcode=f"E{n}", on=date(2019, 1, 2))
    make_item(node=west.id, barcode="W0", on=date(2019, 1, 2))
    lend(items.item_by_barcode("E4"), make_patron(node=east.id), make_act(east.id, date(2019, 2, 1)))
    yesterday = make_act(east.id, clock.today() - timedelta(days=1))
    count = operations.open_count(yesterday, name="地下书库盘点", scope=Scope(node=east.id))
    return east.id, count.id


def scan(page, code):
    page.fill("[data-scan]", code)
    page.keyboard.press("Enter")
    page.wait_for_selector(f"[data-acts] li:first-child[data-code='{code}']")


def figures(page):
    return [int(page.inner_text(f"[data-figure={name}]")) for name in ("here", "unsent", "total")]


@pytest.mark.capability("V18")
def test_story_of_a_count_without_a_line(page, live_server, branch):
    east, count = branch
    line = Line(live_server)
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, line)

    # Qian opens the count on the phone upstairs, where there is a line: the first book is with the server at once.
    page.goto(f"{line.url}/desk/items/counts/{count}/phone/")
    page.wait_for_selector("main[data-ready=true]")
    scan(page, "E0")
    all_sent(page)
    assert figures(page) == [1, 0, 1]

    # In the cellar the line is cut. Scans go on; upstairs everything is sent, and the phone says what is wrong.
    line.cut()
    in_the_cellar(page)
    assert CountScan.objects.count() == 1
    line.mend()
    page.click("[data-send]")
    all_sent(page)
    assert figures(page) == [5, 0, 5]
    rows = page.locator("[data-acts] li").all()
    assert [(row.get_attribute("data-code"), row.get_attribute("class")) for row in rows] == [
        ("E4", "look"), ("X9", "stop"), ("W0", "look"), ("E1", "good"), ("E0", "good"),
    ]  # fmt: skip
    assert set(CountScan.objects.values_list("barcode", flat=True)) == {"E0", "E1", "W0", "X9", "E4"}

    # The comparison misses E2 and E3. The second pass is a list on the phone; E2 stood behind the others.
    operations.compare(make_act(east, clock.today()), count_id=count)
    second_pass(page, line)
    operations.compare(make_act(east, clock.today()), count_id=count)
    missing = [items.item(one.item).barcode for one in queries.findings(count, "missing") if one.item]
    assert missing == ["E3"]
    assert differences() == []


def in_the_cellar(page):
    """Scan without a line; close the page and open it again; know what was read; take a slip of the hand back."""
    for code in ("E1", "W0", "X9"):
        scan(page, code)
    page.wait_for_selector(".count-line.down")
    page.reload()
    page.wait_for_selector("[data-acts] li")
    scan(page, "E4")
    page.fill("[data-scan]", "E1")
    page.keyboard.press("Enter")
    page.wait_for_selector(".again")
    scan(page, "TYPO")
    page.click("[data-acts] li:first-child button")
    page.wait_for_function("document.querySelector('[data-figure=here]').textContent === '5'")
    assert figures(page)[:2] == [5, 4]
    with page.expect_download() as saved:
        page.click("[data-export]")
    assert Path(saved.value.path()).read_text(encoding="utf-8").split() == ["E0", "E1", "W0", "X9", "E4"]


def second_pass(page, line):
    """Look for what the first pass did not find, without a line again; the page is usable by everybody."""
    page.reload()
    page.wait_for_selector("[data-sought]")
    line.cut()
    scan(page, "E2")
    assert page.locator("[data-sought].found").count() == 1
    line.mend()
    page.click("[data-send]")
    all_sent(page)
    page.add_script_tag(path=AXE)
    assert page.evaluate("async () => (await axe.run()).violations.map(v => v.id)") == []


def all_sent(page):
    page.wait_for_function("document.querySelector('[data-figure=unsent]').textContent === '0'")


def sign_in(page, server):
    page.goto(f"{server.url}/desk/sign-in/")
    page.fill("[name=username]", "qian")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.url}/desk/")


def test_sending_twice_is_as_once_and_a_closed_count_takes_nothing(branch):
    east, count = branch
    client, address = signed_in(east, "stacks"), f"/desk/items/counts/{count}/phone/scans"
    uid, at = "0190163d-8694-739b-aea5-966c26f8ad91", clock.now()
    body = {"scans": [{"id": uid, "at": at.isoformat(), "code": "e0"}]}

    first, again = (client.post(address, json.dumps(body), content_type="application/json").json() for _ in range(2))
    wrong = [
        client.post(address, text, content_type="application/json").status_code
        for text in ("", "[]", '{"scans": 5}', '{"scans": [{"id": "x", "at": "", "code": "E1"}]}')
    ]
    operations.compare(make_act(east, clock.today()), count_id=count)
    open_ones = [one.id for one in queries.findings(count)]
    operations.resolve(make_act(east, clock.today()), count_id=count, findings=open_ones, resolution="there")
    operations.close_count(make_act(east, clock.today()), count_id=count)
    closed = client.post(address, json.dumps(body), content_type="application/json").json()

    assert first == again
    assert (first["said"][uid]["tone"], first["total"], wrong) == ("good", 1, [422] * 4)
    assert CountScan.objects.values_list("uid", "at").get()[1] == at
    assert (closed["said"], closed["total"], "closed" in closed["refusal"]) == ({}, 1, True)
    assert signed_in(east, "circulation").post(address).status_code == 403


def test_the_page_is_light(branch):
    east, count = branch
    page = signed_in(east, "stacks").get(f"/desk/items/counts/{count}/phone/").content
    built = [*assets.files("stocktaking"), assets.asset("offline-worker").script]

    assert len(page) + sum(Path(str(finders.find(path))).stat().st_size for path in built) < LIGHT
