"""A reader is told what they have to know, once, at a decent hour, by the way they like; and what fails is seen."""

from datetime import UTC, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from wenlan.catalogue.testing import make_record
from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as posted
from wenlan.kernel.acts import Act, Channel
from wenlan.network.testing import make_network
from wenlan.notices import operations, queries, sending
from wenlan.notices.errors import DeliveryUnknown, NotOpen, SealBroken, SenderIncomplete, WordingBroken
from wenlan.notices.models import Delivery, Sender
from wenlan.notices.tasks import tell
from wenlan.notices.testing import SECRET, serving_mail, serving_sms, serving_wechat
from wenlan.notices.types import CarrierFailed, Letter, Means, NewSender, Receipt, Rule, Standing
from wenlan.patrons.models import Patron
from wenlan.patrons.testing import make_patron
from wenlan.patrons.types import NewGuardian

pytestmark = pytest.mark.django_db
MORNING = datetime(2020, 3, 4, 2, tzinfo=UTC)  # ten o'clock in China
NIGHT = datetime(2020, 3, 4, 15, tzinfo=UTC)  # eleven at night


def act(node: int, at: datetime = MORNING, key: str = "notices") -> Act:
    return Act(at=at, node=node, channel=Channel.DESK, key=key)


@pytest.fixture
def library():
    """A county with a town branch, and a reader there with telephone and e-mail."""
    county, town = (place.id for place in make_network("town"))
    reader = make_patron(node=town, name="王芳")
    Patron.objects.filter(pk=reader.id).update(phone="13903551234", email="wang@example.org")
    return {"county": county, "town": town, "reader": reader.id}


def sender(library, means: Means, port: int, **facts) -> None:
    templates = {
        "reservation_ready": {"code": "SMS_1", "values": {"title": "{title}", "day": "{pick_up_by}"}},
        "patrons.guardian_code": {"code": "SMS_2", "values": {"code": "{code}"}},
    }
    said = {"signature": "lib@example.org" if means == Means.EMAIL else "示例图书馆", "templates": templates}
    new = NewSender(node=library["county"], means=means, host="127.0.0.1", port=port, is_encrypted=False,
                    user="" if means == Means.EMAIL else "account", secret=SECRET, **(said | facts))  # fmt: skip
    operations.set_sender(act(library["county"]), sender=new)


def post(library, key: str = "ready:1", template: str = "reservation_ready", **facts) -> None:
    said = {"title": "平凡的世界", "pick_up_by": "2020-03-11", "node": library["town"]} | facts
    jobs.post("notices", {"template": template, "patron": library["reader"], "facts": said, "key": key})


def ways(library) -> list[tuple[str, str]]:
    found = queries.notices([library["town"]])
    return [(way.means, way.standing) for one in reversed(found) for way in one.ways]


def test_a_book_that_came_is_told_by_text_message_once_and_is_known_to_have_arrived(library):
    with serving_sms() as fake:
        sender(library, Means.SMS, fake.port)
        post(library)
        post(library)  # the same again
        assert operations.take_in(MORNING) == 2
        assert sending.send_due(MORNING) == 1
        assert sending.send_due(MORNING) == 0
        sending.ask_due(MORNING + timedelta(minutes=6))

    assert [one["PhoneNumbers"] for one in fake.heard] == ["13903551234"]
    assert fake.heard[0]["TemplateParam"] == '{"day": "3月11日", "title": "平凡的世界"}'
    assert ways(library) == [("in_app", "arrived"), ("sms", "arrived")]
    (notice,) = queries.of_reader(library["reader"])
    assert notice.text == "您预约的《平凡的世界》已到town分馆。请在3月11日前取书。"
    assert queries.unread(library["reader"]) == 1
    operations.mark_read(act(library["town"]), patron=library["reader"])
    assert queries.unread(library["reader"]) == 0
    assert posted.posted_count("notices") == 0


def test_at_night_only_what_presses_goes(library):
    with serving_sms() as fake:
        sender(library, Means.SMS, fake.port)
        post(library)
        code = {"code": "123456", "child": "小明", "minutes": 30}
        message = {"template": "patrons.guardian_code", "patron": None, "phone": "13900000000", "facts": code}
        jobs.post("notices", message | {"key": "guardian:1"})
        operations.take_in(NIGHT)
        assert sending.send_due(NIGHT) == 1
        assert fake.heard[0]["TemplateParam"] == '{"code": "123456"}'

        assert sending.send_due(NIGHT + timedelta(hours=8)) == 0
        assert sending.send_due(NIGHT + timedelta(hours=9)) == 1  # eight in the morning


def test_what_waited_for_a_carrier_does_not_go_at_night_either(library):
    sender(library, Means.SMS, 9)
    evening = datetime(2020, 3, 4, 12, 58, tzinfo=UTC)  # two minutes to nine, when the quiet hours begin
    post(library)
    operations.take_in(evening)
    assert sending.send_due(evening) == 0
    with serving_sms() as fake:
        sender(library, Means.SMS, fake.port)
        assert sending.send_due(evening + timedelta(minutes=3)) == 0
        assert fake.heard == []
        assert sending.send_due(evening + timedelta(hours=11, minutes=3)) == 1


def test_what_one_way_refuses_goes_the_next_and_at_last_becomes_a_slip(library):
    with serving_sms() as sms, serving_mail() as mail:
        sender(library, Means.SMS, sms.port)
        sender(library, Means.EMAIL, mail.port)
        sms.answer = {"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "号码不合法"}
        mail.to_recipients = "550 no such user"
        post(library)
        operations.take_in(MORNING)
        for minute in range(3):
            sending.send_due(MORNING + timedelta(minutes=minute))

    assert ways(library) == [("in_app", "arrived"), ("sms", "failed"), ("email", "failed"), ("print", "to_print")]
    ((slip, notice),) = queries.slips([library["town"]])
    assert notice.patron == library["reader"]
    assert operations.mark_printed(act(library["town"]), deliveries=[slip], nodes=[library["town"]]) == 1
    assert queries.slips([library["town"]]) == ()


def test_a_carrier_that_is_down_is_tried_again_later_and_not_asked_for_every_letter(library):
    sender(library, Means.SMS, 9)
    post(library, "ready:1")
    post(library, "ready:2")
    operations.take_in(MORNING)

    assert sending.send_due(MORNING) == 0
    assert sorted(Delivery.objects.filter(means="sms").values_list("tries", flat=True)) == [0, 1]
    with serving_sms() as fake:
        sender(library, Means.SMS, fake.port)
        assert sending.send_due(MORNING + timedelta(seconds=30)) == 1  # the one that was not tried
        assert sending.send_due(MORNING + timedelta(minutes=2)) == 1


class BrokenLine:
    """A carrier whose answer is lost; `knows` is what it says when it is asked."""

    def __init__(self, knows: Receipt | None) -> None:
        self.knows, self.heard = knows, 0

    def send(self, _letter: Letter) -> Receipt:
        self.heard += 1
        raise CarrierFailed("timed out", may_have_gone=True)

    def ask(self, _letter: Letter, _number: str) -> Receipt | None:
        return self.knows


def test_a_letter_whose_answer_was_lost_is_never_sent_twice_by_itself(library):
    sender(library, Means.SMS, 9)
    post(library)
    operations.take_in(MORNING)
    line = BrokenLine(None)

    sending.send_due(MORNING, lambda _row: line)
    for hour in range(1, 30):
        sending.send_due(MORNING + timedelta(hours=hour), lambda _row: line)
        sending.ask_due(MORNING + timedelta(hours=hour), lambda _row: line)
    assert line.heard == 1
    assert ways(library)[1] == ("sms", "unclear")

    way = Delivery.objects.get(means="sms")
    with pytest.raises(DeliveryUnknown):
        operations.send_again(act(library["town"]), delivery=way.pk, nodes=[library["county"]])
    later = MORNING + timedelta(hours=31)
    operations.send_again(act(library["town"], later), delivery=way.pk, nodes=[library["town"]])
    line.knows = Receipt(standing=Standing.ARRIVED)
    sending.send_due(later, lambda _row: line)
    sending.ask_due(later + timedelta(minutes=6), lambda _row: line)
    assert line.heard == 2
    assert ways(library)[1] == ("sms", "arrived")
    with pytest.raises(NotOpen):
        operations.put_aside(act(library["town"]), delivery=way.pk, nodes=[library["town"]], reason="told by telephone")


def test_what_was_being_sent_when_the_machine_stopped_is_unclear_and_its_carrier_is_asked(library):
    with serving_sms() as fake:
        sender(library, Means.SMS, fake.port)
        post(library)
        operations.take_in(MORNING)
        Delivery.objects.filter(means="sms").update(standing=Standing.SENDING, sent_at=MORNING)  # killed here
        later = MORNING + timedelta(minutes=6)

        assert sending.settle_broken_off(later) == 1
        assert sending.send_due(later) == 0
        sending.ask_due(later)

    assert fake.heard == []
    assert ways(library)[1] == ("sms", "unclear")


def test_readers_choose_ways_and_language_and_a_child_is_reached_by_the_guardian(library):
    town, reader = library["town"], library["reader"]
    operations.set_wish(act(town), patron=reader, language="en", unwanted=[Means.SMS], wechat="openid-1")
    child = make_patron(
        node=town,
        name="小芳",
        category="child",
        birth_date=None,
        guardian=NewGuardian(name="李", phone="13800000000", consents=True),
    )
    with serving_wechat() as wechat, serving_sms() as sms:
        sender(library, Means.WECHAT, wechat.port)
        sender(library, Means.SMS, sms.port)
        post(library)
        post(library | {"reader": child.id}, "ready:2")
        operations.take_in(MORNING)
        assert sending.send_due(MORNING) == 2

    assert wechat.heard[0]["touser"] == "openid-1"
    assert sms.heard[0]["PhoneNumbers"] == "13800000000"
    assert queries.of_reader(reader)[0].text.startswith("“平凡的世界” is waiting for you at Branch town.")


def test_a_place_says_it_in_its_own_words_and_may_keep_silent(library):
    county, town = library["county"], library["town"]
    words = {"zh": "{reader}您好，《{title}》到了。"}
    operations.set_wording(act(county), node=county, code="reservation_ready", title={}, text=words)
    operations.set_rule(act(town), rule=Rule(node=town, quiet_from=time(0), quiet_until=time(0), means=(Means.SMS,),
                                             off=frozenset({"credit_changed"})))  # fmt: skip
    sender(library, Means.SMS, 9, templates={"credit_changed": {"code": "SMS_9", "values": {}}})
    post(library)
    post(library, "credit:1", "credit_changed", points=-3, balance=97)
    operations.take_in(MORNING)

    messages = queries.of_reader(library["reader"])
    assert [one.text for one in messages] == [
        "您的信用积分变动-3分，现为97分。如有异议可在线申请复核。",
        "王芳您好，《平凡的世界》到了。",
    ]
    assert [way for way, _standing in ways(library)] == ["in_app", "print", "in_app"]
    with pytest.raises(WordingBroken, match="points"):
        operations.set_wording(act(county), node=county, code="recall", title={}, text={"zh": "{points}"})


def test_a_carrier_needs_what_it_is_reached_by_and_its_secret_is_sealed(library):
    with pytest.raises(SenderIncomplete):
        sender(library, Means.EMAIL, 25, signature="no address")
    sender(library, Means.SMS, 443)
    row = Sender.objects.get()
    assert SECRET.encode() not in bytes(row.sealed)
    assert sending.reach(row).service.secret == SECRET

    row.sealed = bytes(row.sealed)[:-1] + b"x"
    with pytest.raises(SealBroken):
        sending.reach(row)


def test_a_message_without_wording_stands_where_a_person_sees_it(library):
    jobs.post("notices", {"template": "unheard_of", "patron": library["reader"], "facts": {}, "key": "odd:1"})
    operations.take_in(MORNING)

    assert queries.standings([library["town"]]) == {"failed": 1}
    assert queries.notices([library["town"]], standing="failed")[0].ways[0].details == "no wording"


def test_what_waits_too_long_is_not_sent_and_old_notices_are_forgotten(library):
    sender(library, Means.SMS, 9)
    post(library)
    operations.take_in(MORNING)
    assert sending.send_due(MORNING + timedelta(days=4)) == 0
    assert ways(library)[1] == ("sms", "dropped")

    assert operations.forget(before=MORNING) == 0
    assert operations.forget(before=MORNING + timedelta(days=1)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_a_letter_once(library):
    if connection.vendor == "sqlite":
        pytest.skip("one process owns the writes there")
    sender(library, Means.SMS, 9)
    post(library)
    operations.take_in(MORNING)
    line, both = BrokenLine(None), Barrier(2)

    def work() -> None:
        both.wait()
        sending.send_due(MORNING, lambda _row: line)
        connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert line.heard == 1


def test_a_record_is_named_by_its_title_and_of_many_loans_the_one_due_first(library):
    record = make_record(library["county"], "人世间")
    post(library, "ready:1", title="", record=record.id)
    loans = [{"title": title, "due_on": day, "days": 3} for title, day in (("后", "2020-03-02"), ("先", "2020-03-01"))]
    jobs.post("notices", {"template": "overdue", "patron": library["reader"], "facts": {"items": loans}, "key": "late"})
    operations.take_in(MORNING)

    late, ready = queries.of_reader(library["reader"])
    assert ready.text.startswith("您预约的《人世间》已到")
    assert late.text.startswith("您借的《先》已于3月1日到期。已逾期3天。共2册逾期。")


def test_the_clock_takes_what_is_posted(library):
    post(library)
    assert tell(MORNING)
    assert ways(library) == [("in_app", "arrived"), ("print", "to_print")]
