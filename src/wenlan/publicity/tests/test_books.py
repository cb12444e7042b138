from datetime import date

import pytest

from wenlan.facilities.testing import counted, make_act, make_library
from wenlan.ledger.kinds import Kind
from wenlan.registers import operations as registers

pytestmark = pytest.mark.django_db

DAY = date(2019, 3, 31)


def test_clicks_are_counted_by_channel_and_campaigns_apart():
    library = make_library()
    registers.declare_shipped()
    campaign = {"campaign": "campaign.spring", "title": "新春系列", "views": 8412}

    for channel, clicks in (("portal_site", 29_833), ("mobile_library", 628_833), ("portal_site", 100)):
        values = {"channel": channel, "clicks": clicks}
        registers.enter(make_act(library, DAY), book="channel_clicks", day=DAY, values=values)
    registers.enter(make_act(library, DAY), book="campaign_views", day=DAY, values=campaign)

    assert counted(Kind.ONLINE_USED, subject="portal_site") == 29_933
    assert counted(Kind.ONLINE_USED, subject="campaign.spring") == 8412


@pytest.mark.capability("G12")
def test_days_of_display_are_added_up():
    library = make_library()
    registers.declare_shipped()

    for days in (31, 28, 31):
        values = {"content": "开放时间与活动预告", "days": days}
        registers.enter(make_act(library, DAY), book="led_display", day=DAY, values=values)

    assert counted(Kind.RECORD_ENTERED, subject="led_display.days") == 90


def test_issues_of_a_column_are_entries_with_number_day_and_channel_and_no_activities():
    library = make_library()
    registers.declare_shipped()
    issue = {"column": "馆员荐书", "number": 28, "title": "《平凡的世界》", "channel": "wechat"}

    entry = registers.enter(make_act(library, DAY), book="column_issue", day=DAY, values=issue)

    assert (entry.day, entry.values) == (DAY, issue)
    assert counted(Kind.RECORD_ENTERED, subject="column_issue") == 1
    assert counted(Kind.ACTIVITY_HELD) == 0
