"""The record books of publicity: clicks by channel, views of campaigns, LED days, columns, press."""

from wenlan.ledger.kinds import Kind
from wenlan.registers.types import Book, Choice, Field, FieldKind, Level

UNIT_CLICKS = {"zh": "次", "en": "clicks"}

CHANNELS = (
    Choice(code="portal_site", words={"zh": "门户网站", "en": "Web site"}),
    Choice(code="mobile_library", words={"zh": "移动图书馆", "en": "Mobile library"}),
    Choice(code="wechat", words={"zh": "微信公众号", "en": "WeChat account"}),
    Choice(code="weibo", words={"zh": "微博", "en": "Weibo"}),
    Choice(code="douyin", words={"zh": "抖音", "en": "Douyin"}),
    Choice(code="kuaishou", words={"zh": "快手", "en": "Kuaishou"}),
    Choice(code="meipian", words={"zh": "美篇", "en": "Meipian"}),
    Choice(code="cloud_platform", words={"zh": "公共文化云平台", "en": "Public culture cloud"}),
    Choice(code="other_channel", words={"zh": "其他平台", "en": "Other channel"}),
)

CHANNEL_CLICKS = Book(
    code="channel_clicks",
    words={"zh": "线上平台点击量登记", "en": "Clicks by channel"},
    about={
        "zh": "按平台后台的日报或月报登记；单位是次，不是人次，不计入总流通人次。",
        "en": "From the daily or monthly statement of each platform. Clicks are no persons and no visits.",
    },
    fields=(
        Field(
            code="channel",
            words={"zh": "平台", "en": "Channel"},
            kind=FieldKind.CHOICE,
            required=True,
            choices=CHANNELS,
        ),
        Field(
            code="clicks",
            words={"zh": "点击量", "en": "Clicks"},
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.ONLINE_USED,
            counts_subject_from="channel",
            unit=UNIT_CLICKS,
        ),
        Field(code="span", words={"zh": "统计时段", "en": "Span of the statement"}),
        Field(code="followers", words={"zh": "关注人数", "en": "Followers"}, kind=FieldKind.INTEGER),
    ),
    subject_from="channel",
    level=Level.NONE,
)

CAMPAIGN_VIEWS = Book(
    code="campaign_views",
    words={"zh": "专题线上浏览量登记", "en": "Views of campaigns"},
    about={
        "zh": "一个专题（如节庆系列）在各平台的浏览量，与平台点击量分开，不相加。",
        "en": "Views of one campaign on all channels; they are part of the channels' clicks and never added to them.",
    },
    fields=(
        Field(
            code="campaign",
            words={"zh": "专题编号", "en": "Code of the campaign"},
            required=True,
            help={"zh": "以 campaign. 开头，如 campaign.festival", "en": "Begins with campaign., as campaign.festival"},
        ),
        Field(code="title", words={"zh": "专题名称", "en": "Title"}, required=True),
        Field(
            code="views",
            words={"zh": "浏览量", "en": "Views"},
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.ONLINE_USED,
            counts_subject_from="campaign",
            unit={"zh": "次", "en": "views"},
        ),
    ),
    level=Level.NONE,
)

LED_DISPLAY = Book(
    code="led_display",
    words={"zh": "LED 信息发布登记", "en": "LED display"},
    about={
        "zh": "按月或按日登记发布天数；几块屏同一天发布仍是一天。",
        "en": "Days of display by month or by day; several screens on one day are one day.",
    },
    fields=(
        Field(code="content", words={"zh": "发布内容", "en": "What was shown"}, required=True),
        Field(
            code="days",
            words={"zh": "发布天数", "en": "Days of display"},
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.RECORD_ENTERED,
            unit={"zh": "天", "en": "days"},
        ),
    ),
    level=Level.NONE,
)

COLUMN_ISSUES = Book(
    code="column_issue",
    words={"zh": "线上栏目期数登记", "en": "Issues of online columns"},
    about={
        "zh": "栏目的期数属于宣传，不算读者活动。",
        "en": "Issues of a column are publicity, not activities.",
    },
    fields=(
        Field(code="column", words={"zh": "栏目", "en": "Column"}, required=True),
        Field(code="number", words={"zh": "期号", "en": "Issue"}, kind=FieldKind.INTEGER),
        Field(code="title", words={"zh": "标题", "en": "Title"}),
        Field(
            code="channel",
            words={"zh": "平台", "en": "Channel"},
            kind=FieldKind.CHOICE,
            choices=CHANNELS,
        ),
    ),
    level=Level.NONE,
)

PRESS = Book(
    code="press_item",
    words={"zh": "媒体报道与发稿登记", "en": "Press items"},
    fields=(
        Field(code="outlet", words={"zh": "媒体", "en": "Outlet"}, required=True),
        Field(code="title", words={"zh": "标题", "en": "Title"}, required=True),
        Field(
            code="origin",
            words={"zh": "来源", "en": "Origin"},
            kind=FieldKind.CHOICE,
            required=True,
            choices=(
                Choice(code="contributed", words={"zh": "本馆投稿", "en": "Sent in by us"}),
                Choice(code="coverage", words={"zh": "媒体采访报道", "en": "Reported about us"}),
            ),
        ),
        Field(code="link", words={"zh": "链接或版面", "en": "Link or page"}),
    ),
    subject_from="origin",
    sentence={"zh": "{outlet}刊发《{title}》。", "en": "{outlet} printed “{title}”."},
    level=Level.NONE,
)

BOOKS = (CHANNEL_CLICKS, CAMPAIGN_VIEWS, LED_DISPLAY, COLUMN_ISSUES, PRESS)
