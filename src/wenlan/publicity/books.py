"""The record books of publicity: clicks by channel, views of campaigns, LED days, columns, press."""

from wenlan.ledger.kinds import Kind
from wenlan.registers.fields import answers, choice, line, tally, words
from wenlan.registers.types import Book, Field, FieldKind, Level

UNIT_CLICKS = words("次", "clicks")

CHANNELS = answers(
    ("portal_site", "门户网站", "Web site"),
    ("mobile_library", "移动图书馆", "Mobile library"),
    ("wechat", "微信公众号", "WeChat account"),
    ("weibo", "微博", "Weibo"),
    ("douyin", "抖音", "Douyin"),
    ("kuaishou", "快手", "Kuaishou"),
    ("meipian", "美篇", "Meipian"),
    ("cloud_platform", "公共文化云平台", "Public culture cloud"),
    ("other_channel", "其他平台", "Other channel"),
)

CHANNEL_CLICKS = Book(
    code="channel_clicks",
    words=words("线上平台点击量登记", "Clicks by channel"),
    about=words(
        "按平台后台的日报或月报登记；单位是次，不是人次，不计入总流通人次。",
        "From the daily or monthly statement of each platform. Clicks are no persons and no visits.",
    ),
    fields=(
        choice("channel", "平台", "Channel", CHANNELS),
        Field(
            code="clicks",
            words=words("点击量", "Clicks"),
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.ONLINE_USED,
            counts_subject_from="channel",
            unit=UNIT_CLICKS,
        ),
        line("span", "统计时段", "Span of the statement"),
        Field(code="followers", words=words("关注人数", "Followers"), kind=FieldKind.INTEGER),
    ),
    subject_from="channel",
    level=Level.NONE,
)

CAMPAIGN_VIEWS = Book(
    code="campaign_views",
    words=words("专题线上浏览量登记", "Views of campaigns"),
    about=words(
        "一个专题（如节庆系列）在各平台的浏览量，与平台点击量分开，不相加。",
        "Views of one campaign on all channels; they are part of the channels' clicks and never added to them.",
    ),
    fields=(
        line(
            "campaign",
            "专题编号",
            "Code of the campaign",
            required=True,
            hint=words("以 campaign. 开头，如 campaign.festival", "Begins with campaign., as campaign.festival"),
        ),
        line("title", "专题名称", "Title", required=True),
        Field(
            code="views",
            words=words("浏览量", "Views"),
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.ONLINE_USED,
            counts_subject_from="campaign",
            unit=words("次", "views"),
        ),
    ),
    level=Level.NONE,
)

LED_DISPLAY = Book(
    code="led_display",
    words=words("LED 信息发布登记", "LED display"),
    about=words(
        "按月或按日登记发布天数；几块屏同一天发布仍是一天。",
        "Days of display by month or by day; several screens on one day are one day.",
    ),
    fields=(
        line("content", "发布内容", "What was shown", required=True),
        tally("days", "发布天数", "Days of display", words("天", "days"), required=True),
    ),
    level=Level.NONE,
)

COLUMN_ISSUES = Book(
    code="column_issue",
    words=words("线上栏目期数登记", "Issues of online columns"),
    about=words("栏目的期数属于宣传，不算读者活动。", "Issues of a column are publicity, not activities."),
    fields=(
        line("column", "栏目", "Column", required=True),
        Field(code="number", words=words("期号", "Issue"), kind=FieldKind.INTEGER),
        line("title", "标题", "Title"),
        choice("channel", "平台", "Channel", CHANNELS, required=False),
    ),
    level=Level.NONE,
)

PRESS = Book(
    code="press_item",
    words=words("媒体报道与发稿登记", "Press items"),
    fields=(
        line("outlet", "媒体", "Outlet", required=True),
        line("title", "标题", "Title", required=True),
        choice(
            "origin",
            "来源",
            "Origin",
            answers(
                ("contributed", "本馆投稿", "Sent in by us"),
                ("coverage", "媒体采访报道", "Reported about us"),
            ),
        ),
        line("link", "链接或版面", "Link or page"),
    ),
    subject_from="origin",
    sentence=words("{outlet}刊发《{title}》。", "{outlet} printed “{title}”."),
    level=Level.NONE,
)

BOOKS = (CHANNEL_CLICKS, CAMPAIGN_VIEWS, LED_DISPLAY, COLUMN_ISSUES, PRESS)
