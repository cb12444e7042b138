"""A reader's own account on line, and dunning across circulation and accounts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.credit import queries, reminding, reviews
from wenlan.credit import testing as credit
from wenlan.credit.types import Reminder
from wenlan.credit.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.jobs import queries as jobs
from wenlan.network.testing import make_network, open_every_day
from wenlan.patrons import queries as patrons
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock
from wenlan.web.tasks import remind
from wenlan.web.tests.test_portal import a_reader_who_signed_in

pytestmark = pytest.mark.django_db
STEPS = (
    Reminder(days=-3, how="notice"),
    Reminder(days=7, how="notice"),
    Reminder(days=30, how="call"),
    Reminder(days=90, how="slip"),
)


def a_network():
    root, east, west = make_network("E", "W")
    make_rule(root.id)
    credit.make_rule(root.id, charge_fen=10, reminders=STEPS)
    open_every_day(root.id)
    return root.id, east.id, west.id


def at_noon(day):
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=4)


def notices(template):
    return [one for _, one in jobs.posted("notices", 100) if one["template"] == template]


def test_a_reader_sees_what_changed_the_points_and_asks_a_person_to_look_again():
    _, east, _ = a_network()
    reader, browser = a_reader_who_signed_in(east)
    item, today = make_item(node=east), clock.today()
    lend(item, reader, make_act(east, today - timedelta(days=40)))
    take_back(item, make_act(east, today))
    line = queries.points(reader.id)[0]

    before = browser.get("/my/account/").content.decode()
    browser.post("/my/account/look-again/", {"words": "书店盘点那天闭馆", "entry": line.id, "key": "a"})
    browser.post("/my/account/look-again/", {"words": "", "key": "b"})
    after = browser.get("/my/account/").content.decode()

    (asked,) = reviews.of_reader(reader.id)
    assert (line.points, patrons.patron(reader.id).owed_fen) == (-10, 100)
    assert all(part in before for part in ("Late return -10", "1.00 yuan", "This is not right"))
    assert (asked.asked_by, asked.entry.id) == ("reader", line.id)
    assert "A librarian is looking at it." in after
    assert differences() == []


def test_strangers_see_no_account_and_nobody_asks_about_another_readers_line():
    _, east, _ = a_network()
    _, browser = a_reader_who_signed_in(east)
    other = make_patron(node=east)
    credit.operations.after_return(
        make_act(east, clock.today()), patron=other.id, source="return:x", days_late=3, item=credit.A_BOOK
    )
    line = queries.points(other.id)[0]

    refused = browser.post("/my/account/look-again/", {"words": "不对", "entry": line.id, "key": "a"}, follow=True)

    assert [Client().get("/my/account/").url, Client().post("/my/account/look-again/").url] == ["/my/sign-in/"] * 2
    assert "There is no such entry" in refused.content.decode()
    assert reviews.of_reader(other.id) == ()


def test_story_of_dunning():
    # Li borrows two books. Three days before the date one notice names both; he brings one back. A week after the date
    # a second notice names the other; nothing is sent twice. After a month the desk has to call him, and writes down
    # what came of it; after three months a slip is printed for him and given out.
    _, east, _ = a_network()
    li = make_patron(node=east, name="李时珍")
    first, second = make_item(node=east), make_item(node=east)
    lent = clock.today() - timedelta(days=27)
    for item in (first, second):
        lend(item, li, make_act(east, lent))
    due = lent + timedelta(days=30)

    sent = [remind(at_noon(due + timedelta(days=days))) for days in (-4, -3, -3, -2)]
    take_back(first, make_act(east, due - timedelta(days=1)))
    sent += [remind(at_noon(due + timedelta(days=days))) for days in (6, 7, 8)]
    by_night = remind(at_noon(due + timedelta(days=9)) + timedelta(hours=14))

    assert (sent, by_night) == ([0, 1, 0, 0, 0, 1, 0], 0)
    assert [len(one["facts"]["items"]) for one in notices("due_soon")] == [2]
    assert [(one["facts"]["items"][0]["barcode"], one["facts"]["step"]) for one in notices("overdue")] == [
        (second.barcode, 7),
    ]  # fmt: skip


def test_the_desk_does_what_the_rule_asks_of_people():
    _, east, west = a_network()
    long_ago = clock.today() - timedelta(days=30 + 95)
    month_ago = clock.today() - timedelta(days=30 + 35)
    to_call, to_write = make_patron(node=east, name="李时珍"), make_patron(node=east, name="王冕")
    lend(make_item(node=east), to_call, make_act(east, month_ago))
    lend(make_item(node=east), to_write, make_act(east, long_ago))
    desk = signed_in(east, "circulation")

    listed = desk.get("/desk/reminders/").content.decode()
    elsewhere = signed_in(west, "circulation").get("/desk/reminders/").content.decode()
    desk.post("/desk/reminders/done", {"patron": to_call.id, "note": "说下周来还"})
    desk.post("/desk/reminders/done", {"patron": to_write.id})
    after = desk.get("/desk/reminders/").content.decode()

    assert all(part in listed for part in ("李时珍", "Telephone call", "王冕", "Printed slip"))
    assert "There is nothing to do now." in elsewhere
    assert "There is nothing to do now." in after
    assert [(one["how"], one["note"]) for one in reminding.history(to_call.id)] == [("call", "说下周来还")]
    assert [(one["how"], one["days"]) for one in reminding.history(to_write.id)] == [("slip", 90)]
