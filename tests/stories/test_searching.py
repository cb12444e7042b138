"""Searching in a real browser: by a reader with a phone, by one without a mouse, and over an index that was eaten."""

import shutil
from pathlib import Path

import pytest

from wenlan.catalogue import indexing
from wenlan.catalogue.testing import make_record
from wenlan.holdings import telling
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network, make_node
from wenlan.staff.testing import PASSWORD, make_member
from wenlan.ui import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SANTI = "9787536692930"


@pytest.fixture
def shelf(tmp_path, settings):
    """A county's library with two branches under it: a shelf of real works, most of them at one place only."""
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    root = make_network()[0].id
    county = make_node("XIAN", parent=root).id
    town, village = make_node("ZHEN", parent=county).id, make_node("CUN", parent=county).id
    works = (
        ("三体", "刘慈欣", "I247.55", "2008", SANTI, town),
        ("三里湾", "赵树理", "I247.5", "1955", "", village),
        ("平凡的世界", "路遥", "I247.57", "1986", "", village),
        ("世界通史", "吴于廑", "K109", "1994", "", town),
        ("中国近代建筑研究与保护", "张复合", "TU-092.5", "2014", "", town),
    )
    for number, (title, author, mark, year, isbn, node) in enumerate(works, start=1):
        record = make_record(root, title, author=author, class_number=mark, year=year, isbn=isbn).id
        make_item(node=node, record=record, barcode=f"ZC{number:07d}")
    telling.tell_posted()
    indexing.index_posted(at=clock.now())
    return root


def faults(page):
    """What axe has against the page as it stands, and whether it is wider than the screen."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("async () => (await axe.run()).violations.map(one => `${one.id}: ${one.nodes[0].target}`)")
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, *([f"{width} px too wide"] if width > 0 else [])]


def titles(page):
    return page.locator(".work h2").all_inner_texts()


def search(page, server, text):
    page.goto(f"{server.url}/search/")
    page.fill("[name=q]", text)
    page.keyboard.press("Enter")
    page.wait_for_function("text => document.title.startsWith(text)", arg=text)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("凡的", ["平凡的世界"]),
        ("pfdsj", ["平凡的世界"]),
        ("pingfan", ["平凡的世界"]),
        ("三體", ["三体"]),
        ("世界", ["世界通史", "平凡的世界"]),
        ("978-7-5366-9293-0", ["三体"]),
        ("ZC0000004", ["世界通史"]),
        ("中国建筑保护", ["中国近代建筑研究与保护"]),
    ],
)
def test_what_a_reader_types_is_found(page, live_server, shelf, typed, found):
    search(page, live_server, typed)

    assert titles(page) == found


@pytest.mark.parametrize("width", [360, 1366])
def test_story_of_a_reader_who_narrows_a_search(page, live_server, shelf, width):
    page.set_viewport_size({"width": width, "height": 740})
    search(page, live_server, "世界")
    assert (len(titles(page)), faults(page)) == (2, [])

    # On a phone the way to what narrows stands above the hits; the county's library opens its branches.
    if width == 360:
        page.click(".facets-top a[href='#facets']")
        assert page.locator(".facets").bounding_box()["y"] < 740
    page.click(".facet summary:has-text('图书馆')")
    page.click(".facet a:has-text('XIAN分馆')")
    page.wait_for_selector(".facet a[aria-current]:has-text('XIAN分馆')")
    page.click(".facet a:has-text('CUN分馆')")
    page.wait_for_selector(".facet a[aria-current]:has-text('CUN分馆')")
    assert (titles(page), faults(page)) == (["平凡的世界"], [])

    # Back goes one step back; the class tree narrows by what stands on the shelf.
    page.go_back()
    page.wait_for_selector(".facet a[aria-current]:has-text('XIAN分馆')")
    assert len(titles(page)) == 2
    page.click(".facet a:has-text('K 历史')")
    page.wait_for_selector(".facet a[aria-current]:has-text('K 历史')")
    assert titles(page) == ["世界通史"]

    # Nothing of that can be borrowed at another place: the page says what narrows, and searches without it.
    page.goto(f"{live_server.url}/search/?q=世界&place=CUN&class=K")
    assert titles(page) == []
    page.click("text=去掉限定再检索")
    page.wait_for_function("document.querySelectorAll('.work').length === 2")


def test_story_of_a_slip_of_the_pen(page, live_server, shelf):
    search(page, live_server, "平凡的事界")
    assert (titles(page), faults(page)) == ([], [])

    page.click(".suggested a:has-text('平凡的世界')")

    page.wait_for_selector(".work")
    assert titles(page) == ["平凡的世界"]

    # What is nowhere gets advice and a way on.
    search(page, live_server, "没有这样一本书呀")
    assert "两个字" in page.inner_text(".empty")
    assert faults(page) == []


def test_story_of_a_reader_without_a_mouse(page, live_server, shelf):
    # The field is reached by Tab alone; suggestions open under it, the arrows choose, Enter goes there.
    page.goto(live_server.url)
    while page.evaluate("document.activeElement.name") != "q":
        page.keyboard.press("Tab")
    page.keyboard.type("san")
    page.wait_for_selector("[role=option]")
    assert sorted(page.locator("[role=option]").all_inner_texts()) == ["三体", "三里湾"]
    assert faults(page) == []
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_selector(".work")
    assert titles(page) == [chosen]

    # Escape closes them, and Enter searches what was typed. Tab and Enter open the work.
    page.focus("[name=q]")
    page.fill("[name=q]", "")
    page.keyboard.type("平凡")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Escape")
    page.wait_for_selector("[role=option]", state="hidden")
    page.keyboard.press("Enter")
    page.wait_for_selector(".work a:has-text('平凡的世界')")
    while page.evaluate("(document.activeElement.closest('a') || {}).innerText") != "平凡的世界":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('平凡的世界')")
    assert faults(page) == []


def test_story_of_an_eaten_index(page, live_server, shelf, settings):
    make_member(shelf, "cataloguer", username="bian")
    page.goto(f"{live_server.url}/desk/sign-in/")
    page.fill("[name=username]", "bian")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/desk/")

    # The folder of the index is gone. Both search pages say so; numbers and barcodes still find.
    shutil.rmtree(settings.WENLAN_SEARCH_DIR)
    search(page, live_server, "三体")
    assert "正在重建" in page.inner_text(".note.look")
    assert (titles(page), faults(page)) == (["三体"], [])
    for number in (SANTI, "ZC0000004"):
        search(page, live_server, number)
        assert len(titles(page)) == 1
    page.goto(f"{live_server.url}/desk/catalogue/?q=世界通")
    assert "正在重建" in page.inner_text(".note.look")
    assert (page.locator("table tbody tr").count(), faults(page)) == (1, [])
    page.goto(f"{live_server.url}/desk/catalogue/?q=ZC0000003")
    assert "平凡的世界" in page.inner_text("h1")

    # The worker comes round and builds it anew: nobody has to be called.
    indexing.index_posted(at=clock.now())
    search(page, live_server, "凡的")
    assert (titles(page), page.locator(".note.look").count()) == (["平凡的世界"], 0)


def test_story_of_a_cataloguer_at_the_desk(page, live_server, shelf):
    make_member(shelf, "cataloguer", username="bian")
    page.goto(f"{live_server.url}/desk/sign-in/")
    page.fill("[name=username]", "bian")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/desk/")

    # An ISBN opens its record at once; an exact search narrows by library.
    page.goto(f"{live_server.url}/desk/catalogue/")
    page.fill("main [name=q]", SANTI)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('三体')")
    page.goto(f"{live_server.url}/desk/catalogue/?q=author:路遥 OR author:赵树理")
    assert page.locator("table tbody tr").count() == 2
    page.click(".facet summary:has-text('图书馆')")
    page.click(".facet a:has-text('XIAN分馆')")
    page.wait_for_selector(".facet a[aria-current]:has-text('XIAN分馆')")
    assert (page.locator("table tbody tr").count(), faults(page)) == (2, [])
