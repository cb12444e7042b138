"""Copy cataloguing as a cataloguer does it: several targets at once, one record, one key."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection

from wenlan.catalogue import indexing
from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.cnmarc import ControlField, MarcRecord, encode, field
from wenlan.catalogue.overlay import Family, Keep, Rule, taking
from wenlan.catalogue.testing import AT, make_act, make_marc, make_record
from wenlan.network.testing import make_network
from wenlan.protocols.copying import asking, operations, queries
from wenlan.protocols.copying.types import (
    Answer,
    AnswerState,
    CopyQuestion,
    Protocol,
    Syntax,
    TargetFacts,
    TargetFailed,
)
from wenlan.protocols.models import CopyHit, CopySearch, CopyTarget
from wenlan.protocols.tests.yaz import running_ztest
from wenlan.staff.models import AuditEntry
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

HOME = "/desk/copy-cataloguing/"


@pytest.fixture
def root(tmp_path, settings, monkeypatch):
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    monkeypatch.setattr(clock, "now", lambda: AT)
    return make_network("EAST")[0].id


def facts(name: str = "甲馆", **stated) -> TargetFacts:
    usual = {"name": name, "protocol": Protocol.Z3950, "host": "127.0.0.1", "port": 210, "path": "Default"}
    return TargetFacts(**usual | stated)


def make_target(root: int, name: str = "甲馆", **stated) -> int:
    return operations.save_target(make_act(root), facts=facts(name, **stated)).id


def ask_all(client, **question):
    """Send the form with every target chosen, wait for the targets, and return the address of the search."""
    chosen = list(CopyTarget.objects.values_list("pk", flat=True))
    sent = client.post(
        HOME, {"key": "k", "target": chosen, "isbn": "", "title": "", "author": "", "words": ""} | question
    )
    assert sent.status_code == 302, sent.content
    until = time.monotonic() + 20
    while time.monotonic() < until and not client.get(sent.url).context["found"].is_complete:
        time.sleep(0.05)
    return sent.url


@contextmanager
def sleeping_target() -> Iterator[int]:
    """A target that accepts and says nothing; yield its port."""
    asleep = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=lambda: asleep.accept()[0].recv(1) and time.sleep(9), daemon=True).start()
    try:
        yield asleep.getsockname()[1]
    finally:
        asleep.close()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_story_of_three_targets_one_of_them_asleep(live_server, root):
    # The county asks YAZ's own test target by Z39.50, its own SRU server, and a target that accepts and says nothing.
    # A number is what YAZ's target takes for how many it is to find.
    ours = make_record(root, "24小时", isbn="978-7-5366-9293-0", number="X1", agency="NLC")
    indexing.index_posted(at=AT)
    client = signed_in(root, "cataloguer")
    here = live_server.thread
    with running_ztest() as port, sleeping_target() as asleep:
        make_target(root, "YAZ", port=port, syntax=Syntax.USMARC, encoding="marc-8")
        make_target(root, "本馆", protocol=Protocol.SRU, host=here.host, port=here.port, path="/sru")
        make_target(root, "沉睡", port=asleep, seconds=1)
        began = time.monotonic()
        page = client.get(ask_all(client, words="24"))
        assert time.monotonic() - began < 15

    # Each target says how it fared; the sleeping one has held nobody.
    answers = {one.name: one for one in page.context["found"].answers}
    assert answers["YAZ"].state == answers["本馆"].state == AnswerState.ANSWERED
    assert answers["YAZ"].shown > 0
    assert (answers["沉睡"].state, answers["沉睡"].shown) == (AnswerState.FAILED, 0)

    # Our own record came back from our own server: it is known, and is compared, not taken again.
    row = next(one for one in page.context["rows"] if "本馆" in one["targets"])
    assert [one.id for one in row["ours"]] == [ours.id]
    compared = client.get(row["url"])
    assert {one["kind"] for one in compared.context["lines"]} >= {"same"}

    # A record of YAZ's is new; one key takes it over, and its bytes and origin are kept.
    row = next(one for one in page.context["rows"] if one["targets"] == ("YAZ",) and not one["ours"])
    taken, again = (client.post(row["take"], {"key": row["key"]}) for _twice in "12")
    assert (taken.status_code, again.status_code, again.url) == (302, 302, taken.url)
    made = catalogue.record(int(taken.url.rstrip("/").rpartition("/")[2]))
    assert made.title == row["title"]
    assert taking.taken([made.id])[made.id][0].origin == "YAZ"
    connection.close()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_record_in_another_format_is_shown_converted_with_what_it_loses(root, monkeypatch):
    ours = make_record(root, "三体", isbn="978-7-5366-9293-0", number="X1")
    make_target(root, "LC", syntax=Syntax.USMARC)
    theirs = MarcRecord(
        "00000nam a2200000 a 4500",
        (ControlField("001", "ocm01"), field("020", "  ", ("a", "9787536692930")),
         field("245", "10", ("a", "三体 /"), ("c", "刘慈欣著.")), field("758", "  ", ("a", "resource"))),
    )  # fmt: skip
    monkeypatch.setattr(asking, "ask", lambda _target, _question: Answer(1, (encode(theirs, "utf-8"),)))
    client = signed_in(root, "cataloguer")

    (row,) = client.get(ask_all(client, isbn="9787536692930")).context["rows"]
    compared = client.get(row["url"])
    as_new = client.get(f"{row['url']}?over=new&into=cnmarc")
    done = client.post(row["take"], {"key": "k2", "over": ours.id, "based_on": compared.context["based_on"]})

    assert [tag for tag, _codes, _what in compared.context["losses"]] == ["758"]
    assert "200" in {one["tag"] for one in compared.context["lines"]}
    assert (as_new.context["into"], as_new.context["over"]) == ("cnmarc", None)
    assert done.url == f"/desk/catalogue/{ours.id}/"
    assert catalogue.record(ours.id).marc.value("035", "a") == "ocm01"


@pytest.mark.django_db
def test_a_target_whose_password_cannot_be_opened_says_so(root, settings):
    target = make_target(root, user="county", password="秘密")
    settings.SECRET_KEY = "another key of the installation"

    search = operations.begin_search(make_act(root, key="k"), question=CopyQuestion(title="三体"), targets=[target])

    (answer,) = queries.search(search, AT).answers
    assert (answer.state, answer.reason[:12]) == (AnswerState.FAILED, "the password")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_record_of_ours_is_compared_and_laid_over_by_the_rules(root, monkeypatch):
    ours = make_record(root, "三体", isbn="978-7-5366-9293-0", number="X1", class_number="I247.55")
    make_target(root, "国图", encoding="gb18030")
    taking.set_rule(make_act(root), family=Family.UNIMARC, rule=Rule("690", Keep.OURS))
    stated = {"isbn": "978-7-5366-9293-0", "number": "01", "agency": "NLC", "class_number": "I247.5"}
    raw = encode(make_marc("三体", pinyin="san ti", **stated), "gb18030")
    monkeypatch.setattr(asking, "ask", lambda _target, _question: Answer(1, (raw,)))
    client = signed_in(root, "cataloguer")

    page = client.get(ask_all(client, isbn="9787536692930"))
    (row,) = page.context["rows"]
    compared = client.get(row["url"])
    shown = {(one["kind"], one["tag"]) for one in compared.context["lines"]}
    form = {"key": "k2", "over": ours.id, "based_on": compared.context["based_on"]}
    done = client.post(row["take"], form)

    assert shown >= {("kept", "690"), ("stays_out", "690"), ("comes", "200"), ("goes", "200"), ("made", "035")}
    assert done.url == f"/desk/catalogue/{ours.id}/"
    after = catalogue.record(ours.id)
    assert (after.class_number, after.marc.value("200", "9")) == ("I247.55", "san ti")
    stale = client.post(row["take"], form | {"key": "k3"})
    assert stale.status_code == 409
    assert client.post(row["take"], form | {"key": "k4", "over": "x"}).status_code == 404
    assert client.get(f"{row['url']}?over=new").context["over"] is None


@pytest.mark.django_db(transaction=True)
def test_a_target_that_fails_says_why_and_a_bug_is_no_hanging_page(root, monkeypatch):
    make_target(root, "甲")
    make_target(root, "乙")

    def ask(target, question):
        if target.name == "甲":
            raise TargetFailed(TargetFailed.REFUSED, "Bib-1 114 Unsupported Use attribute")
        raise ZeroDivisionError

    monkeypatch.setattr(asking, "ask", ask)
    client = signed_in(root, "cataloguer")

    found = client.get(ask_all(client, title="三体")).context["found"]

    assert {one.name: one.reason for one in found.answers} == {
        "甲": "refused: Bib-1 114 Unsupported Use attribute",
        "乙": "failed here; the administrator finds it in the log",
    }


@pytest.mark.django_db
def test_a_search_whose_process_is_gone_does_not_hang(root):
    target = make_target(root, seconds=10)
    search = operations.begin_search(make_act(root, key="k"), question=CopyQuestion(title="三体"), targets=[target])

    assert queries.search(search, AT + timedelta(seconds=14)).is_complete is False
    gone = queries.search(search, AT + timedelta(seconds=16))
    assert (gone.is_complete, gone.answers[0].reason) == (True, "took too long")
    assert operations.begin_search(make_act(root, key="k"), question=CopyQuestion(), targets=[]) == search


@pytest.mark.django_db
def test_searches_are_forgotten_after_a_day(root):
    target = make_target(root)
    search = operations.begin_search(make_act(root, key="k"), question=CopyQuestion(title="三体"), targets=[target])
    answer = CopySearch.objects.get(uid=search).answers.get()
    asking.write_answer(answer.pk, Answer(1, (b"x",)))

    operations.forget_searches(AT + timedelta(hours=23))
    assert CopyHit.objects.count() == 1
    operations.forget_searches(AT + timedelta(hours=25))
    assert (CopySearch.objects.count(), CopyHit.objects.count(), CopyTarget.objects.count()) == (0, 0, 1)


@pytest.mark.django_db
def test_nothing_asked_and_no_target_are_refused(root):
    client = signed_in(root, "cataloguer")
    make_target(root)

    assert client.post(HOME, {"key": "k", "target": []}).status_code == 422
    assert client.post(HOME, {"key": "k", "title": "三体"}).status_code == 422
    assert CopySearch.objects.count() == 0


@pytest.mark.django_db
def test_targets_are_defined_only_by_those_who_may_and_keep_their_password_sealed(root):
    stated = {
        "name": "国家图书馆", "protocol": "z3950", "host": "z3950.example.cn", "port": "9991", "path": "UCS01+UCS09",
        "syntax": "cnmarc", "encoding": "gb18030", "user": "county", "password": "秘密 1", "seconds": "8",
        "position": "1", "is_active": "on",
    }  # fmt: skip
    assert signed_in(root, "cataloguer").post(f"{HOME}targets/new/", stated).status_code == 403
    client = signed_in(root, "deputy_director")

    assert client.post(f"{HOME}targets/new/", stated).status_code == 302
    row = CopyTarget.objects.get()
    assert "秘密".encode() not in bytes(row.sealed_password)
    assert queries.facts(row).password == "秘密 1"
    assert "秘密" not in str(AuditEntry.objects.latest("pk").after)
    page = client.get(f"{HOME}targets/{row.pk}/").content.decode()
    assert "秘密" not in page

    assert client.post(f"{HOME}targets/{row.pk}/", stated | {"password": "", "port": "210"}).status_code == 302
    row.refresh_from_db()
    assert (row.port, queries.facts(row).password) == (210, "秘密 1")
    assert client.post(f"{HOME}targets/new/", stated).status_code == 422
    for wrong in ({"host": "a b"}, {"host": "http://x/"}, {"port": "70000"}, {"path": "名"}, {"seconds": "600"}):
        assert client.post(f"{HOME}targets/{row.pk}/", stated | wrong).status_code == 422
    assert client.post(f"{HOME}targets/{row.pk}/remove/").status_code == 302
    assert CopyTarget.objects.count() == 0


@pytest.mark.django_db
def test_rules_of_protection_are_kept_on_a_page_of_their_own(root):
    client = signed_in(root, "deputy_director")
    before = len(taking.all_rules())

    assert client.post(f"{HOME}protection/", {"family": "unimarc", "tag": "3xx", "keep": "both"}).status_code == 302
    assert client.post(f"{HOME}protection/", {"family": "unimarc", "tag": "X", "keep": "both"}).status_code == 422
    page = client.get(f"{HOME}protection/")
    added = next(one for one in page.context["rules"] if one["tag"] == "3XX")
    assert client.post(f"{HOME}protection/{added['id']}/drop/").status_code == 302

    assert len(taking.all_rules()) == before
