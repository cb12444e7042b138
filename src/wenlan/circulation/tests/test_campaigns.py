"""Recall campaigns: begun, told once, followed by place, booked, ended."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from wenlan.circulation.campaigns import operations, queries
from wenlan.circulation.campaigns.errors import CampaignWrong, NothingLate
from wenlan.circulation.campaigns.types import Draft, Scope
from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.credit import amnesties
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as cubes
from wenlan.indicators import queries as indicators
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_network, open_every_day
from wenlan.notices import operations as notices
from wenlan.notices.models import Delivery, Notice
from wenlan.patrons.testing import make_category, make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
MAY = date(2019, 5, 6)
LONG_AGO = date(2019, 1, 7)


def noon(day):
    return datetime.combine(day, time(4), UTC)


def carry_on(day):
    while operations.carry_on(noon(day)):
        pass
    notices.take_in(noon(day))


@pytest.fixture
def places():
    root, east, west = make_network("E", "W")
    open_every_day(root.id)
    make_rule(root.id)
    make_category("child")
    return root.id, east.id, west.id


def borrower(node, name, *, items, category="adult", on=LONG_AGO):
    """Return a reader and what they borrowed on a day."""
    reader, found = make_patron(node=node, name=name, category=category), [make_item(node=node) for _ in range(items)]
    for item in found:
        lend(item, reader, make_act(node, on))
    return reader, found


def draft(node, **more):
    scope = Scope(node=node, due_before=date(2019, 4, 6), categories=more.pop("categories", ()))
    return Draft(name="图书馆喊你来还书", scope=scope, until=date(2019, 6, 2), **more)


def figures(root):
    cubes.fold_all()
    found = indicators.figures(["campaign_copies", "campaign_returns"], node=root, period=Period(MAY, date(2019, 7, 1)))
    return [found[code].value for code in ("campaign_copies", "campaign_returns")]


@pytest.mark.capability("B13")
def test_story_of_a_campaign(places):
    # Three readers of two branches have six books that are long late, one has a book that is late since yesterday.
    # The library calls them back in May, with an amnesty. Each of the three gets one message. Two books come back, one
    # of them at the other branch; one is lost; a book that comes back after the campaign is none of its.
    root, east, west = places
    _li, (one, two, three) = borrower(east, "李一", items=3)
    _wang, (four, five) = borrower(west, "王二", items=2)
    borrower(west, "赵三", items=1, category="child")
    borrower(east, "钱新", items=1, on=MAY - timedelta(days=31))
    spare = amnesties.Draft(node=root, from_day=MAY, until_day=date(2019, 6, 3))
    amnesty = amnesties.propose(make_act(root, MAY), name="五月免扣", draft=spare, basis="馆长办公会")
    before = queries.preview(draft(root).scope, price_li=45)

    made = operations.begin(make_act(root, MAY, key="c"), draft=draft(root, amnesty=amnesty.id, price_li=45))
    again = operations.begin(make_act(root, MAY, key="c"), draft=draft(root))
    carry_on(MAY)
    carry_on(MAY + timedelta(days=1))
    take_back(one, make_act(west, date(2019, 5, 10)))
    take_back(four, make_act(west, date(2019, 5, 11)))
    seen_at_once = queries.campaign(made.id)
    carry_on(date(2019, 5, 12))
    carry_on(date(2019, 6, 3))
    take_back(two, make_act(east, date(2019, 6, 4)))
    carry_on(date(2019, 6, 5))

    assert (before.loans, before.readers, dict(before.places)) == (6, 3, {east: 3, west: 3})
    assert again.id == made.id
    texts = list(Notice.objects.filter(code="recall_campaign").values_list("patron__name", "text").order_by("patron"))
    assert [name for name, _text in texts] == ["李一", "王二", "赵三"]
    assert all(part in texts[0][1] for part in ("等3册图书已逾期", "五月免扣"))
    assert (seen_at_once.readers, seen_at_once.loans) == (3, 6)
    assert (seen_at_once.readers_back, seen_at_once.loans_back) == (2, 2)
    after = queries.campaign(made.id)
    assert (after.loans_back, after.ended_on) == (2, date(2019, 6, 2))
    lines = {
        line.node: (line.readers, line.loans, line.readers_back, line.loans_back) for line in queries.places(made.id)
    }
    assert lines == {east: (1, 3, 1, 1), west: (2, 3, 1, 1)}
    assert figures(root) == [6, 2]
    assert figures(west) == [3, 2]
    assert not any(item in (three, five) for item in (one, two, four))


def test_a_reader_is_reached_when_a_carrier_took_the_message_or_it_was_read(places):
    root, east, _west = places
    (li, _), (wang, _), _zhao = (borrower(east, name, items=1) for name in ("李一", "王二", "赵三"))
    made = operations.begin(make_act(root, MAY), draft=draft(root))
    carry_on(MAY)

    before = queries.told(made.id)
    notices.mark_read(make_act(east, MAY), patron=li.id)
    slip = Delivery.objects.get(notice__patron=wang.id, means="print")
    notices.mark_printed(make_act(east, MAY), deliveries=[slip.pk], nodes=[east])
    after = queries.told(made.id)

    assert (before.notices, before.reached) == (3, 0)
    assert (after.notices, after.reached) == (3, 2)
    assert after.ways[("print", "printed")] == 1


def test_only_some_categories_are_asked_and_a_campaign_is_ended_by_hand(places):
    root, east, _west = places
    borrower(east, "李一", items=1)
    _child, (book,) = borrower(east, "赵三", items=1, category="child")
    made = operations.begin(make_act(root, MAY), draft=draft(root, categories=("child",)))
    carry_on(MAY)

    ended = operations.end(make_act(root, date(2019, 5, 9)), campaign_id=made.id)
    take_back(book, make_act(east, date(2019, 5, 10)))
    carry_on(date(2019, 5, 11))

    assert (ended.loans, ended.ended_on) == (1, date(2019, 5, 9))
    assert queries.campaign(made.id).loans_back == 0
    assert figures(root) == [1, 0]


def test_what_makes_no_sense_is_refused_and_writes_nothing(places):
    root, east, _west = places

    with pytest.raises(NothingLate):
        operations.begin(make_act(root, MAY), draft=draft(root))
    borrower(east, "李一", items=1)
    with pytest.raises(CampaignWrong):
        operations.begin(make_act(root, date(2019, 6, 3)), draft=draft(root))

    assert queries.campaigns([root]) == ()


@pytest.mark.parametrize("readers", [1, 3])
def test_one_batch_tells_many_readers_with_the_same_statements(places, readers, django_assert_max_num_queries):
    root, east, _west = places
    for number in range(readers):
        borrower(east, f"读者{number}", items=2)
    operations.begin(make_act(root, MAY), draft=draft(root))

    with django_assert_max_num_queries(24):
        done = operations.carry_on(noon(MAY))

    assert done == 2 * readers


def test_the_pages_lead_from_the_preview_to_the_loans_of_a_branch(places):
    root, east, west = places
    long_ago = clock.today() - timedelta(days=100)
    borrower(east, "李一", items=2, on=long_ago)
    desk, other = signed_in(root, "circulation"), signed_in(west, "circulation")
    today = clock.today()
    asked = {
        "name": "喊你还书", "node": root, "due_before": f"{today - timedelta(days=30)}", "price": "4.5", "key": "k",
        "until": f"{today + timedelta(days=30)}",
    }  # fmt: skip

    preview = desk.get("/desk/circulation/campaigns/", asked)
    begun = desk.post("/desk/circulation/campaigns/", asked)
    page = desk.get(f"{begun.url}?node={east}")
    desk.post(f"{begun.url}end")
    wrong = desk.post("/desk/circulation/campaigns/", asked | {"until": f"{today - timedelta(days=1)}", "key": "n"})

    assert (preview.context["preview"].readers, preview.context["preview"].loans) == (1, 2)
    assert "李一" in page.content.decode()
    assert len(page.context["loans"]) == 2
    assert desk.get(page.context["acts"][0]["url"]).status_code == 200
    assert desk.get(begun.url).context["one"].ended_on == today
    assert wrong.status_code == 422
    assert other.get(begun.url).status_code == 404
    assert "李一" not in other.get("/desk/circulation/campaigns/").content.decode()
