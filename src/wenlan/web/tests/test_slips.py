"""Reminder slips by class, printed once for a step."""

from datetime import timedelta

import pytest

from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.credit import reminding, slips
from wenlan.credit import testing as credit
from wenlan.credit.types import Reminder
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network, open_every_day
from wenlan.patrons.testing import make_patron
from wenlan.patrons.units import operations as units
from wenlan.staff.testing import signed_in
from wenlan.ui import clock
from wenlan.web.desk import slip_sheets
from wenlan.web.desk.slips import slips_of
from wenlan.web.tasks import remind
from wenlan.web.tests.test_accounts import at_noon

pytestmark = pytest.mark.django_db
SCHOOL = "示例中学"
STEPS = (Reminder(days=-3, how="notice"), Reminder(days=7, how="notice"), Reminder(days=30, how="slip"))
PAGE = "/desk/reminders/slips/"


def asked(**more):
    day = clock.today() + timedelta(days=7)
    return {
        "which": "due",
        "late_days": "30",
        "by": "group",
        "per_sheet": "3",
        "return_by": f"{day}",
        "key": "k",
    } | more


def late_reader(node, name, unit="", group="", *, days, items=1):
    """Return a reader with items that are so many days late, and the items."""
    reader, lent = make_patron(node=node, name=name), clock.today() - timedelta(days=30 + days)
    units.belong(make_act(node, lent), patron=reader.id, unit=unit, group=group)
    found = [make_item(node=node) for _ in range(items)]
    for item in found:
        lend(item, reader, make_act(node, lent))
    return reader, found


def headings(answer):
    return [
        (group.heading, [slip.reader.name for slip in group.slips], group.loans) for group in answer.context["groups"]
    ]


@pytest.fixture
def places():
    root, east, west = make_network("E", "W")
    make_rule(root.id)
    credit.make_rule(root.id, reminders=STEPS)
    open_every_day(root.id)
    return east.id, west.id


@pytest.mark.capability("V11")
def test_story_of_the_slips_of_a_school(places):
    # Two classes, a shop-keeper without a unit, and a pupil who is not late enough for a slip. The desk prints the
    # slips by class; the tenth class comes after the second. Nobody gets a second slip for the same step, and what
    # came back meanwhile is not on the sheets when they are printed once more.
    east, west = places
    wang, _ = late_reader(east, "王二", SCHOOL, "七年级10班", days=40, items=10)
    li, (book, _other) = late_reader(east, "李一", SCHOOL, "七年级2班", days=35, items=2)
    late_reader(east, "孙店", days=31)
    late_reader(east, "钱早", SCHOOL, "七年级2班", days=12)
    desk = signed_in(east, "circulation")

    preview = desk.get(PAGE, asked())
    begun = desk.post(PAGE, asked())
    again = desk.post(PAGE, asked())
    nothing = desk.post(PAGE, asked(key="other"))
    take_back(book, make_act(east))
    page, (run,) = desk.get(begun.url), slips.runs([east])
    told = slip_sheets.data(run, slips_of(slips.sources_of(run.id), by=run.by), on=clock.today())

    assert headings(preview)[:2] == [(f"{SCHOOL} 七年级2班", ["李一"], 2), (f"{SCHOOL} 七年级10班", ["王二"], 10)]
    assert [names for _heading, names, _loans in headings(preview)[2:]] == [["孙店"]]
    assert (begun.url, nothing.status_code) == (again.url, 422)
    assert [(one["how"], one["days"]) for one in reminding.history(li.id)] == [("slip", 30)] * 2
    assert len(reminding.history(wang.id)) == 10
    assert page.context["out"] == 12
    assert (run.readers, run.loans) == (3, 13)
    first, second = told["groups"][:2]
    assert [(row["name"], row["items"]) for row in first["pages"][0]] == [("李一", 1)]
    assert [(row["name"], row["items"]) for row in second["pages"][0]] == [("王二", 10)]
    assert [(slip["part"], len(slip["lines"])) for sheet in second["sheets"] for slip in sheet] == [
        ("1 / 2", 9), ("2 / 2", 1),
    ]  # fmt: skip
    assert signed_in(west, "circulation").get(begun.url).status_code == 404


def test_everything_late_of_one_school_is_printed_at_the_end_of_a_term(places):
    east, _west = places
    late_reader(east, "李一", SCHOOL, "七年级2班", days=12)
    late_reader(east, "周外", "示例小学", "三年级1班", days=12)
    desk = signed_in(east, "circulation")
    every = asked(which="all", late_days="10", unit=SCHOOL, by="unit", per_sheet="2")

    preview, begun = desk.get(PAGE, every), desk.post(PAGE, every)
    after = desk.get(PAGE, every | {"key": "next"})

    assert headings(preview) == [(SCHOOL, ["李一"], 1)]
    assert begun.status_code == 302
    assert headings(after) == []


def test_a_sheet_is_set_with_its_lists(places):
    east, _west = places
    late_reader(east, "李一", SCHOOL, "七年级2班", days=40, items=2)
    desk = signed_in(east, "circulation")

    sheets = desk.get(f"{desk.post(PAGE, asked()).url}slips.pdf")

    assert sheets["Content-Type"] == "application/pdf"
    assert sheets.content.startswith(b"%PDF")


@pytest.mark.capability("B12")
def test_story_of_what_is_late(places):
    # Li has two books ten days late, Wang one since five weeks. The desk lists them by days, and by reader what a
    # person has to do; Li is written to, once for both. One of Li's comes back: it is on no list any more, and what was
    # done for it stays with the reader.
    east, _west = places
    li, (book, _other) = late_reader(east, "李一", days=10, items=2)
    late_reader(east, "王二", days=35)
    desk, noon = signed_in(east, "circulation"), at_noon(clock.today())

    before = late(desk)
    told = [remind(noon), remind(noon)]
    by_reader = desk.get("/desk/reminders/").context["groups"]
    take_back(book, make_act(east))

    assert before == [(35, "王二"), (10, "李一"), (10, "李一")]
    assert told == [1, 0]
    assert [row["reader"].name for group in by_reader for row in group["readers"]] == ["王二"]
    assert late(desk) == [(35, "王二"), (10, "李一")]
    assert [(one["how"], one["days"]) for one in reminding.history(li.id)] == [("notice", 7), ("notice", 7)]


def late(desk):
    """Return what the desk lists as overdue: days and reader."""
    lines = desk.get("/desk/circulation/overdue/").context["lines"]
    return [(line["line"].days, line["reader"].name) for line in lines]
