"""The agent's calls as a page makes them: who may ask, what is answered, and what is told without being asked."""

import json
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from wenlan_agent import __main__ as program
from wenlan_agent import keeping, server, trying
from wenlan_agent.devices import Identity
from wenlan_agent.keeping import Settings
from wenlan_agent.labels import Label, profile

LIBRARY = "https://lib.example.cn"
BOOK = "E004010012345678"


class Page:
    """A page of the library that talks to an agent on this computer."""

    def __init__(self, agent, port):
        self.agent, self.address, self.token = agent, f"http://127.0.0.1:{port}/v1/", ""

    def ask(self, call, body=None, *, origin=LIBRARY, host="", method=None):
        headers = {"Origin": origin, "Authorization": f"Bearer {self.token}"} | ({"Host": host} if host else {})
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + call, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return answer.status, json.loads(answer.read() or b"{}"), answer.headers
        except urllib.error.HTTPError as problem:
            return problem.code, json.loads(problem.read()), problem.headers

    def pair(self):
        self.token = self.ask("pair", {"code": self.agent.pairing})[1]["token"]


@contextmanager
def running(settings):
    kept = []
    agent = program.agent_of(settings, kept.append)
    serving = server.serving(agent, 0)
    threading.Thread(target=serving.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield Page(agent, serving.server_address[1])
    finally:
        serving.shutdown()
        serving.server_close()


@pytest.fixture
def page(monkeypatch):
    monkeypatch.setattr(server, "show_pairing", lambda _code: None)
    monkeypatch.setattr(server, "CARD_WAITS_SECONDS", 0)
    with running(Settings(origins=(LIBRARY,), pad="fake", identity="fake")) as page:
        page.agent.pad.look()
        yield page


def fake_of(page):
    return page.agent.pad.reader


def test_a_page_is_answered_after_the_digits_of_the_window_were_typed(page):
    assert page.ask("status")[1] == {"version": "1.0", "paired": False}
    assert page.ask("tags")[:2] == (401, {"code": "not_paired"})
    assert page.ask("pair", {"code": "000000x"})[:2] == (403, {"code": "wrong_code"})
    digits = page.agent.pairing
    page.pair()

    assert page.ask("status")[1]["paired"] is True
    assert page.ask("tags")[1]["devices"][0] == {"kind": "pad", "name": "fake", "trouble": ""}
    assert page.agent.pairing != digits
    assert page.token not in json.dumps(page.agent.settings.tokens)


def test_other_sites_and_other_names_of_this_computer_get_nothing(page):
    page.pair()

    refused = [page.ask("status", origin="https://evil.example"), page.ask("tags", host="evil.example:18618")]

    assert [(status, said) for status, said, _headers in refused] == [(403, {"code": "origin"})] * 2
    assert "Access-Control-Allow-Origin" not in refused[0][2]
    allowed = page.ask("tags", method="OPTIONS")
    assert (allowed[0], allowed[2]["Access-Control-Allow-Private-Network"]) == (204, "true")


def test_guessing_the_digits_is_held_back(page):
    tried = [page.ask("pair", {"code": "wrong"})[0] for _ in range(6)]

    assert tried == [403] * 5 + [429]
    assert page.ask("pair", {"code": page.agent.pairing})[0] == 429


@pytest.mark.parametrize(
    ("call", "body", "status"),
    [
        ("nothing", {}, 404),
        ("tags/E0/security", {"armed": "yes"}, 400),
        ("tags/E0/label", {"code": 5}, 400),
        ("tags/E0/label", {"code": "B1", "total": 100}, 400),
        ("tags/E0/label", {"code": "B1", "profile": "none"}, 400),
        ("tags/E0/security", {"armed": True}, 409),
        ("tags/E0/label", {"code": "x" * 5000}, 413),
        ("tags/E0/label", [], 400),
    ],
)
def test_what_cannot_be_read_is_said_and_breaks_nothing(page, call, body, status):
    page.pair()

    assert page.ask(call, body)[0] == status
    assert page.ask("status")[0] == 200


def test_a_tag_is_labelled_and_switched_over_http(page):
    page.pair()
    fake_of(page).lay(BOOK)
    page.agent.pad.look()

    label = {"code": "ZC0000001", "owner": "CN-140400-1-CZ", "part": 1, "total": 2}
    written = page.ask(f"tags/{BOOK}/label", label)
    switched = page.ask(f"tags/{BOOK}/security", {"armed": False})
    other = page.ask(f"tags/{BOOK}/label", label | {"code": "ZC2"})

    assert (written[0], written[1]["code"], written[1]["total"], written[1]["armed"]) == (200, "ZC0000001", 2, True)
    assert switched[1]["armed"] is False
    assert other[:2] == (409, {"code": "written_already"})


def test_an_identity_card_is_read_when_it_is_asked_for_and_not_before(page):
    page.pair()
    listener = page.agent.listen()
    assert page.ask("identity", {})[:2] == (404, {"code": "no_card"})
    fake = page.agent.identity_reader()
    fake.card = Identity("李明", "m", "1990-05-01", "长治市", "140400199005010013")

    read = page.ask("identity", {})

    assert (read[0], read[1]["name"], read[1]["number"]) == (200, "李明", "140400199005010013")
    assert "李明" not in "".join(listener.get_nowait() for _ in range(listener.qsize()))


def test_what_is_laid_down_is_told_at_once(page):
    page.pair()
    with urllib.request.urlopen(
        urllib.request.Request(f"{page.address}events?token={page.token}", headers={"Origin": LIBRARY}), timeout=5
    ) as stream:
        hello = [stream.readline() for _ in range(3)]
        fake_of(page).lay(BOOK, profile("gbt35660").write(Label("item", code="ZC0000001"), 112))
        page.agent.pad.look()
        arrived = [stream.readline() for _ in range(3)]

    assert hello[0] == b"event: hello\n"
    assert arrived[0] == b"event: arrived\n"
    assert json.loads(arrived[1].partition(b": ")[2])["code"] == "ZC0000001"


def test_settings_are_kept_and_those_that_cannot_be_read_are_forgotten(tmp_path):
    path = tmp_path / "kept" / "settings.json"
    token, settings = keeping.new_token(Settings(origins=(LIBRARY,), pad="feig:COM3"))
    keeping.save(path, settings)

    said = program.arguments(["--settings", str(path), "--gate", "fake", "--origin", "http://10.0.0.5:8000/desk/"])
    known = program.settings_of(said)
    path.write_text('{"port": "none"}', encoding="utf-8")

    assert (known.pad, known.gate, known.origins) == ("feig:COM3", "fake", (LIBRARY, "http://10.0.0.5:8000"))
    assert server.Agent(known, lambda _changed: None).knows(token)
    assert keeping.load(path) == Settings()


def test_what_is_typed_in_the_window_is_tried_without_devices(page):
    trying.play(page.agent, ["lay ZC1 ZC2", "take ZC1", "lay", "id", "", "pass ZC9"])
    page.agent.pad.look()

    assert [(tag["kind"], tag["code"]) for tag in page.agent.pad.tags()] == [("item", "ZC2"), ("blank", "")]
    assert page.agent.read_identity(0)["name"] == "李明"
