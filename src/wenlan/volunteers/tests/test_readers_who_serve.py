"""A reader registers as a volunteer, serves and leaves; the account and the registration stay together."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from wenlan.circulation.testing import make_act
from wenlan.facilities.testing import counted
from wenlan.kernel.periods import Period
from wenlan.ledger.kinds import Kind
from wenlan.network.testing import make_network
from wenlan.patrons import operations as patrons
from wenlan.patrons import striking_off
from wenlan.patrons.merging.operations import merge, preview
from wenlan.patrons.testing import make_institution, make_patron
from wenlan.registers import operations as registers
from wenlan.staff.testing import signed_in
from wenlan.ui import clock
from wenlan.volunteers import operations, queries
from wenlan.volunteers.errors import (
    AlreadyVolunteer,
    CannotVolunteer,
    GuardianMustAgree,
    NotAsking,
    NotServing,
    OfferEmpty,
    ServiceWrong,
)
from wenlan.volunteers.types import Offer, Standing, TimeServed, WhyLeft
from wenlan.web.tests.test_portal import a_reader_who_signed_in

pytestmark = pytest.mark.django_db
DAY = date(2019, 3, 4)
OFFER = Offer(jobs=("shelving", "reading"), free_time="周六上午", national_number="140524")
TWO_HOURS = TimeServed(day=DAY, job="reading", minutes=120)


def on_the_roll(subject: str = "members") -> int:
    return counted(Kind.RECORD_ENTERED, subject=f"volunteer_roll.{subject}")


def a_volunteer(east: int, patron: int, *, on: date = DAY) -> int:
    asked = operations.ask(make_act(east, on), patron=patron, offer=OFFER)
    return operations.take_in(make_act(east, on), volunteer=asked.id).id


@pytest.mark.capability("B18")
def test_story_of_a_reader_in_the_volunteer_team(monkeypatch):
    # 陵川: Li asks in the own account; the library takes him in; the team reads to children in a care home.
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 4, 3, tzinfo=UTC))
    _root, east, west = make_network("EAST", "WEST")
    li, browser = a_reader_who_signed_in(east.id)
    for key in ("a", "a"):
        browser.post("/my/volunteering/", {"key": key, "jobs": ["shelving", "reading"], "free_time": "周六上午"})
    (asked,) = queries.volunteers([east.id], Standing.ASKED)
    assert (asked.patron, asked.jobs, on_the_roll()) == (li.id, ("shelving", "reading"), 0)

    # The desk sees who asks, with the name that its role allows; another library does not see him at all.
    desk, page = signed_in(east.id, "circulation"), f"/desk/volunteers/{asked.id}/"
    masked = signed_in(east.id, "activities").get("/desk/volunteers/").content.decode()
    assert ("李明" in desk.get("/desk/volunteers/").content.decode(), "李明" in masked, "李*" in masked) == (
        True, False, True,
    )  # fmt: skip
    assert signed_in(west.id, "circulation").get(page).status_code == 403
    for _again in range(2):
        desk.post(f"{page}take-in")
        desk.post(f"{page}serve", {"key": "s", "day": "2019-03-04", "job": "reading", "hours": "2.5", "note": "福利院"})

    # One on the roll, two and a half hours once; his account and his page at the desk say so.
    assert (on_the_roll(), counted(Kind.VOLUNTEER_SERVED, subject="reading")) == (1, 150)
    mine = browser.get("/my/volunteering/").content.decode()
    assert all(part in mine for part in ("2.5", "福利院", "Leave the team"))
    assert "in the team since" in desk.get(f"/desk/volunteers/readers/{li.id}/").content.decode()
    assert "福利院" in desk.get(page).content.decode()

    # The book is the one truth: an amended entry changes his hours, a struck one takes them back.
    (line,) = queries.served([asked.id])[asked.id].services
    values = {"team": "读者志愿队", "job": "reading", "people": 1, "hours": "2"}
    registers.amend(make_act(east.id), entry=line.entry, values=values, day=date(2018, 12, 31))
    hours = [queries.served([asked.id], year)[asked.id].hours for year in (None, Period.year(2018))]
    assert (hours, queries.served([asked.id], Period.year(2019))) == ([Decimal(2)] * 2, {})

    # He leaves at his own wish, and the roll has one less; what he served stays.
    browser.post("/my/volunteering/leave")
    left = queries.of_reader(li.id)
    assert (left.standing, left.why_left, on_the_roll()) == (Standing.LEFT, WhyLeft.WISH, 0)
    assert counted(Kind.VOLUNTEER_SERVED, subject="reading") == 120


def test_two_accounts_become_one_and_so_do_two_registrations():
    _root, east = make_network("EAST")
    kept = make_patron(node=east.id, name="李明", birth_date=None)
    gone = make_patron(node=east.id, name="李明", birth_date=None)
    first = a_volunteer(east.id, gone.id, on=DAY - timedelta(days=60))
    stays = a_volunteer(east.id, kept.id)
    operations.serve(
        make_act(east.id), volunteer=first, service=TimeServed(day=DAY - timedelta(days=9), job="reading", minutes=60)
    )
    operations.serve(make_act(east.id), volunteer=stays, service=TWO_HOURS)
    assert on_the_roll() == 2
    assert ("Registrations as a volunteer", 1) in [
        (str(one.words), one.count) for one in preview(kept=kept.id, gone=gone.id).moves
    ]

    merge(make_act(east.id), kept=kept.id, gone=gone.id)

    one = queries.of_reader(kept.id)
    assert (one.standing, one.joined_on, on_the_roll(), on_the_roll("registered")) == (
        Standing.SERVING, DAY - timedelta(days=60), 1, 1,
    )  # fmt: skip
    assert queries.served([one.id])[one.id].hours == Decimal(3)
    assert queries.of_reader(gone.id) is None


@pytest.mark.parametrize("is_taken_in", [False, True])
def test_the_national_number_of_the_other_account_stays_on_the_roll(is_taken_in):
    _root, east = make_network("EAST")
    kept, gone = (make_patron(node=east.id, name="李明", birth_date=None) for _account in range(2))
    asked = operations.ask(make_act(east.id), patron=kept.id, offer=Offer(jobs=("reading",)))
    operations.take_in(make_act(east.id), volunteer=asked.id)
    other = operations.ask(make_act(east.id), patron=gone.id, offer=OFFER)
    if is_taken_in:
        operations.take_in(make_act(east.id), volunteer=other.id)

    merge(make_act(east.id), kept=kept.id, gone=gone.id)

    assert (queries.volunteer(asked.id).national_number, on_the_roll(), on_the_roll("registered")) == ("140524", 1, 1)
    operations.leave(make_act(east.id), volunteer=asked.id, why=WhyLeft.WISH)
    assert (on_the_roll(), on_the_roll("registered")) == (0, 0)


def test_a_registration_goes_along_when_only_the_other_account_had_one():
    _root, east = make_network("EAST")
    kept = make_patron(node=east.id, name="王芳", birth_date=None)
    gone = make_patron(node=east.id, name="王芳", birth_date=None)
    volunteer = a_volunteer(east.id, gone.id)

    merge(make_act(east.id), kept=kept.id, gone=gone.id)

    found = queries.volunteer(volunteer)
    assert (found.patron, found.standing, on_the_roll()) == (kept.id, Standing.SERVING, 1)


@pytest.mark.parametrize("by_rule", [False, True])
def test_a_closed_account_ends_the_registration_and_what_was_personal_in_it(by_rule):
    _root, east = make_network("EAST")
    reader = make_patron(node=east.id)
    volunteer = a_volunteer(east.id, reader.id)

    if by_rule:
        patrons.extend(make_act(east.id), patron=reader.id, until=DAY)
        later = DAY + timedelta(days=2)
        striking_off.strike_off(make_act(east.id, later), nodes=[east.id], expired_before=later, reason="过期")
    else:
        patrons.deregister(make_act(east.id), patron=reader.id)

    ended = queries.volunteer(volunteer)
    assert (ended.standing, ended.why_left, ended.national_number) == (Standing.LEFT, WhyLeft.ACCOUNT, "")
    assert (on_the_roll(), on_the_roll("registered")) == (0, 0)


def test_what_cannot_be_is_refused_and_writes_nothing():
    _root, east = make_network("EAST")
    reader, child = make_patron(node=east.id), make_patron(node=east.id, birth_date=date(2003, 1, 1))
    unit = make_institution(node=east.id, name="一中")
    with pytest.raises(OfferEmpty):
        operations.ask(make_act(east.id), patron=reader.id, offer=Offer(jobs=("flying",)))
    with pytest.raises(CannotVolunteer):
        operations.ask(make_act(east.id), patron=unit.id, offer=OFFER)
    asked = operations.ask(make_act(east.id), patron=child.id, offer=OFFER)
    with pytest.raises(AlreadyVolunteer):
        operations.ask(make_act(east.id), patron=child.id, offer=OFFER)
    with pytest.raises(GuardianMustAgree):
        operations.take_in(make_act(east.id), volunteer=asked.id)
    with pytest.raises(NotServing):
        operations.serve(make_act(east.id), volunteer=asked.id, service=TWO_HOURS)
    operations.take_in(make_act(east.id), volunteer=asked.id, guardian_agreed=True)
    with pytest.raises(NotAsking):
        operations.decline(make_act(east.id), volunteer=asked.id, reason="满员")
    for wrong in (
        TimeServed(day=DAY, job="reading", minutes=0),
        TimeServed(day=date(2019, 3, 5), job="reading", minutes=9),
    ):
        with pytest.raises(ServiceWrong):
            operations.serve(make_act(east.id), volunteer=asked.id, service=wrong)

    assert (on_the_roll(), counted(Kind.VOLUNTEER_SERVED)) == (1, 0)


def test_a_national_number_that_comes_later_counts_on_the_roll_once():
    _root, east = make_network("EAST")
    asked = operations.ask(
        make_act(east.id), patron=make_patron(node=east.id).id, offer=Offer(jobs=("reading",), free_time="周六")
    )
    operations.take_in(make_act(east.id), volunteer=asked.id)
    desk, page = signed_in(east.id, "circulation"), f"/desk/volunteers/{asked.id}/number"

    refused = desk.post(page, {"national_number": ""})
    for written in ("14052", "14052", "140524"):
        desk.post(page, {"national_number": written})

    assert (refused.status_code, queries.volunteer(asked.id).national_number) == (422, "140524")
    assert (on_the_roll(), on_the_roll("registered")) == (1, 1)
    operations.leave(make_act(east.id), volunteer=asked.id, why=WhyLeft.WISH)
    with pytest.raises(NotAsking):
        operations.note_number(make_act(east.id), volunteer=asked.id, number="1")
    assert on_the_roll("registered") == 0


def test_who_was_declined_reads_why_and_may_ask_again(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 4, 3, tzinfo=UTC))
    _root, east = make_network("EAST")
    li, browser = a_reader_who_signed_in(east.id)
    asked = operations.ask(make_act(east.id), patron=li.id, offer=OFFER)
    desk = signed_in(east.id, "branch_manager")

    desk.post(f"/desk/volunteers/{asked.id}/decline", {"reason": ""})
    assert queries.volunteer(asked.id).standing == Standing.ASKED
    desk.post(f"/desk/volunteers/{asked.id}/decline", {"reason": "本季已满员"})
    page = browser.get("/my/volunteering/").content.decode()
    browser.post("/my/volunteering/", {"key": "b", "jobs": ["guidance"]})

    assert ("本季已满员" in page, queries.of_reader(li.id).standing) == (True, Standing.ASKED)


def test_the_desk_registers_by_card_and_lists_with_a_fixed_number_of_statements(django_assert_num_queries):
    _root, east = make_network("EAST")
    desk = signed_in(east.id, "branch_manager")
    reader = make_patron(node=east.id, card="R77")

    answer = desk.post("/desk/volunteers/", {"key": "k", "card": "r77", "jobs": ["shelving"]})
    assert answer.url == f"/desk/volunteers/{queries.of_reader(reader.id).id}/"
    for name in ("一", "二", "三"):
        a_volunteer(east.id, make_patron(node=east.id, name=f"王{name}").id)
    nodes = [east.id]
    for one in queries.volunteers(nodes, Standing.SERVING):
        operations.serve(make_act(east.id), volunteer=one.id, service=TWO_HOURS)
    ids = [one.id for one in queries.volunteers(nodes, Standing.SERVING)]
    for asked_for in (ids[:1], ids):
        with django_assert_num_queries(2):
            found = queries.served(asked_for)
        assert [one.hours for one in found.values()] == [Decimal(2)] * len(asked_for)
    with django_assert_num_queries(1):
        assert queries.counts(nodes)[Standing.SERVING] == len(ids)
