"""The circulation desk in a real browser: scans are read right, sent in order, and never lost."""

import json
import time

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from wenlan.ui import testing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CONTEXT = {"library_name": "示例", "scan_url": "/scan", "undo_url": "/undo", "may_override": True, "staff_name": "周敏"}
# Keys as a scanner sends them, all within one moment; what a key does to a field is done as a browser does it.
TYPED = """([codes, key, end]) => {
  for (const code of codes) for (const sign of [...code, ...end]) {
    const isEnd = sign === "\\n";
    const place = isEnd ? "Enter" : /\\d/.test(sign) ? "Digit" + sign : "Key" + sign.toUpperCase();
    const wide = String.fromCharCode(sign.charCodeAt(0) + 0xfee0);
    const typed = key === "Process" ? key : isEnd ? "Enter" : key === "full-width" ? wide : sign;
    const goesOn = document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {
      key: typed, code: place, keyCode: key ? 229 : 0, bubbles: true, cancelable: true}));
    if (goesOn && !isEnd && !key) document.execCommand("insertText", false, sign);
  }
}"""


class Desk:
    """A page with the desk on it, and a server that writes down what it is sent."""

    def __init__(self, page):
        self.page = page
        self.sent = []
        self.faults = 0
        with override("zh-hans"):
            html = render_to_string("circulation/desk.html", CONTEXT)
        desk = (200, "text/html; charset=utf-8", html)
        testing.serve(page, {"/desk/": lambda _: desk, "/scan": self.scan, "/undo": self.undo})
        page.goto(f"{testing.ORIGIN}/desk/")
        page.wait_for_selector("[data-scan]:focus")

    def scan(self, request):
        body = request.post_data_json
        self.sent.append(body)
        if self.faults > 0:
            self.faults -= 1
            return 503, "application/json", "{}"
        return 200, "application/json", json.dumps(answer(body))

    def undo(self, request):
        body = request.post_data_json
        self.sent.append(body)
        return 200, "application/json", json.dumps(answer({"key": body["key"], "code": ""}) | {"act": "undo"})

    def scan_in(self, *codes, end="\n", key=""):
        """Send keys as a scanner does."""
        self.page.evaluate(TYPED, [codes, key, end])

    def scan_through_an_input_method(self, *codes, key="Process"):
        """Send keys that the page sees only by their places, while the method's own text stands in the field."""
        composed = {"text": "在场", "selectionStart": 2, "selectionEnd": 2}
        self.page.context.new_cdp_session(self.page).send("Input.imeSetComposition", composed)
        self.scan_in(*codes, key=key)

    def codes(self, count):
        """Return the codes of the first `count` scans that reach the server."""
        deadline = time.monotonic() + 5
        while len(self.sent) < count and time.monotonic() < deadline:
            self.page.wait_for_timeout(20)
        return [body.get("code", "") for body in self.sent]


def answer(body):
    done = {
        "outcome": "good",
        "act": "out",
        "title": f"书 {body['code']}",
        "barcode": body["code"],
        "due_on": "2026-04-01",
    }
    rest = {"call_number": "", "days_late": 0, "lines": [], "rule": "", "reader": None, "refusals": [], "choices": []}
    slip = {"at": "2026-03-02 10:00", "borrower": 7, "told": []}
    return {"key": body["key"], "undo_key": body["key"], **done, **rest, **slip}


@pytest.fixture
def desk(browser):
    page = browser.new_context(locale="zh-CN").new_page()
    yield Desk(page)
    page.context.close()


@pytest.mark.capability("V24")
def test_a_scan_is_read_right_whatever_the_keyboard_is_doing(desk):
    desk.scan_in("ZC0000001")
    desk.scan_in("zc0000002")  # Caps Lock turns capitals into small letters
    desk.scan_through_an_input_method("ZC0000003")
    desk.scan_through_an_input_method("ZC0000004", key="full-width")
    desk.scan_in("ZC0000005", end="")

    assert desk.codes(5) == ["ZC0000001", "ZC0000002", "ZC0000003", "ZC0000004", "ZC0000005"]
    assert desk.page.input_value("[data-scan]") == ""


@pytest.mark.capability("V24")
def test_two_scans_within_fifty_milliseconds_are_two_in_their_order(desk):
    desk.scan_in("R00012345", "ZC0000001")

    assert desk.codes(2) == ["R00012345", "ZC0000001"]


@pytest.mark.capability("V24")
def test_a_scan_in_the_wrong_field_goes_to_the_desk_and_the_field_is_as_before(desk):
    desk.page.evaluate(
        """() => { const field = document.createElement("input"); field.id = "remark"; field.value = "补办";
             document.querySelector("main").append(field); field.focus(); }"""
    )
    desk.scan_in("ZC0000001")

    assert desk.codes(1) == ["ZC0000001"]
    assert desk.page.input_value("#remark") == "补办"
    assert desk.page.evaluate("document.activeElement.id") == "scan"


def test_a_scan_is_seen_before_the_next_frame_and_its_outcome_large(desk):
    seen = desk.page.evaluate(f"""sent => {{
        ({TYPED})(sent);
        return document.querySelector(".act:first-child").textContent;  // in the same turn: no frame lies between
    }}""", [["ZC0000002"], "", "\n"])  # fmt: skip
    desk.page.wait_for_selector(".verdict.good.on")

    assert "ZC0000002" in seen
    assert desk.page.inner_text(".verdict-word") == "已借"
    assert desk.page.evaluate("document.querySelector('.verdict').getBoundingClientRect().height") >= 80


def test_a_scan_that_came_before_the_script_is_not_lost(desk):
    desk.page.goto(f"{testing.ORIGIN}/desk/?code=zc0000001")  # where the form leads while nothing listens yet

    assert desk.codes(1) == ["ZC0000001"]
    assert desk.page.evaluate("location.search") == ""


def test_a_label_read_twice_in_a_moment_counts_once(desk):
    desk.scan_in("ZC0000001", "ZC0000001", "ZC0000002")

    assert desk.codes(2) == ["ZC0000001", "ZC0000002"]

    desk.page.evaluate("performance.now = () => 1e9")
    desk.scan_in("ZC0000002")

    assert desk.codes(3) == ["ZC0000001", "ZC0000002", "ZC0000002"]


def test_a_list_that_is_pasted_is_a_scan_a_line_and_keeps_its_order_through_a_reload(desk):
    listed = [f"ZC{number:07}" for number in range(20)]
    desk.faults = 1  # the line is down when the first one leaves
    desk.page.evaluate(
        """text => { const area = document.createElement("textarea"); area.value = text;
             document.querySelector("main").append(area); area.select(); }""",
        "\n".join(listed),
    )
    desk.page.keyboard.press("Control+C")
    desk.page.focus("[data-scan]")
    desk.page.keyboard.press("Control+V")
    desk.page.wait_for_function("document.querySelectorAll('.act').length === 20")
    desk.page.reload()

    assert desk.codes(21) == [listed[0], *listed]
    assert desk.page.input_value("[data-scan]") == ""


def test_the_slip_of_the_visit_fits_narrow_paper_and_is_printed_once(desk):
    desk.page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    desk.scan_in("ZC0000001", "ZC0000002")
    desk.page.wait_for_function("document.querySelectorAll('.act.good').length === 2")

    desk.page.keyboard.press("F7")
    desk.page.set_viewport_size({"width": 196, "height": 800})  # 52 mm: paper of 58 mm without its margins
    desk.page.emulate_media(media="print")
    said, wide = desk.page.inner_text(".slip"), desk.page.evaluate("document.querySelector('.slip').scrollWidth")
    desk.page.keyboard.press("F7")

    assert "本次借出" in said
    assert [said.count(code) for code in ("书 ZC0000001", "书 ZC0000002", "应还2026-04-01")] == [1, 1, 2]
    assert "借出 2 册" in said
    assert wide <= 196
    assert desk.page.evaluate("[window.printed, getComputedStyle(document.querySelector('main')).display]") == [
        1,
        "none",
    ]


def test_a_hand_that_types_is_not_taken_for_a_scanner(desk):
    desk.page.type("[data-scan]", "zc0000001", delay=90)
    assert desk.sent == []

    desk.page.keyboard.press("Enter")

    assert desk.codes(1) == ["ZC0000001"]


def test_a_code_torn_apart_by_a_slow_line_is_still_whole(desk):
    desk.scan_in("ZC", end="")
    desk.page.wait_for_timeout(500)
    desk.scan_in("0000001")

    assert desk.codes(1) == ["ZC0000001"]


def test_scans_outlive_a_broken_line_and_a_reload_with_their_keys(desk):
    desk.faults = 1
    desk.scan_in("ZC0000001")
    desk.scan_in("ZC0000002")
    desk.codes(1)
    desk.page.reload()
    desk.page.wait_for_function("document.querySelectorAll('.act.good').length === 2")

    # How often a scan is sent again is the line's affair; what is sent, and in which order, is ours.
    of_each_act = {body["key"]: [again for again in desk.sent if again["key"] == body["key"]] for body in desk.sent}
    assert [bodies[0]["code"] for bodies in of_each_act.values()] == ["ZC0000001", "ZC0000002"]
    assert all(bodies == [bodies[0]] * len(bodies) for bodies in of_each_act.values())
    assert len(next(iter(of_each_act.values()))) >= 2


def test_undo_is_one_key_and_sends_the_key_of_the_act(desk):
    desk.scan_in("ZC0000001")
    desk.codes(1)
    desk.page.wait_for_selector(".act.good")

    desk.page.keyboard.press("F8")
    desk.codes(2)
    desk.page.wait_for_selector(".act.undone")

    assert desk.sent[1]["undo_key"] == desk.sent[0]["key"]


def test_the_desk_has_no_fault_of_access(desk):
    desk.scan_in("ZC0000001")
    desk.codes(1)
    desk.page.wait_for_selector(".act.good")

    assert testing.violations(desk.page) == []
