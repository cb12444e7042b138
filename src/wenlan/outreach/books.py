"""The record books of outreach: bus trips, stops and vehicles, deliveries, visits to homes."""

from wenlan.ledger.kinds import Kind
from wenlan.registers.types import Book, Choice, Field, FieldKind, Level

UNIT_VOLUMES = {"zh": "册", "en": "volumes"}
UNIT_PERSONS = {"zh": "人次", "en": "persons"}

BUS_TRIPS = Book(
    code="bus_trip",
    words={"zh": "流动图书车出车登记", "en": "Book-bus trips"},
    about={
        "zh": "一辆车出去一次登记一条（车次）；沿途停靠服务的点数是站次，另计。",
        "en": "One entry for one outing of one vehicle; the stops it served are counted apart.",
    },
    kind=Kind.TRIP_MADE,
    fields=(
        Field(code="vehicle", words={"zh": "车辆", "en": "Vehicle"}, required=True),
        Field(code="route", words={"zh": "线路与停靠点", "en": "Route and stops"}, required=True),
        Field(
            code="stops",
            words={"zh": "服务点数", "en": "Stops served"},
            kind=FieldKind.INTEGER,
            counts=Kind.STOP_SERVED,
            counts_subject="bus_trip",
            unit={"zh": "站次", "en": "stops"},
        ),
        Field(
            code="persons",
            words={"zh": "服务人次", "en": "Persons served"},
            kind=FieldKind.INTEGER,
            counts=Kind.RECORD_ENTERED,
            unit=UNIT_PERSONS,
        ),
        Field(
            code="cards",
            words={"zh": "现场办证", "en": "Cards issued on the spot"},
            kind=FieldKind.INTEGER,
            unit={"zh": "张", "en": "cards"},
        ),
        Field(code="crew", words={"zh": "随车人员", "en": "Crew"}, kind=FieldKind.PEOPLE),
        Field(code="note", words={"zh": "备注", "en": "Note"}, kind=FieldKind.LONGTEXT),
    ),
    sentence={"zh": "流动图书车赴{route}开展流动服务。", "en": "The book bus served {route}."},
    level=Level.NONE,
)

BUS_STOPS = Book(
    code="bus_stop",
    words={"zh": "流动图书车服务点名册", "en": "Book-bus stops"},
    about={
        "zh": "设立一个服务点记 1，撤销记 -1；年末在册数由此得出。",
        "en": "A stop set up is 1, one given up is -1; the number kept is their sum.",
    },
    fields=(
        Field(code="name", words={"zh": "服务点", "en": "Stop"}, required=True),
        Field(
            code="host",
            words={"zh": "单位性质", "en": "Kind of host"},
            kind=FieldKind.CHOICE,
            choices=(
                Choice(code="community", words={"zh": "社区", "en": "Community"}),
                Choice(code="village", words={"zh": "村", "en": "Village"}),
                Choice(code="school", words={"zh": "学校", "en": "School"}),
                Choice(code="barracks", words={"zh": "部队", "en": "Armed forces"}),
                Choice(code="hospital", words={"zh": "医院", "en": "Hospital"}),
                Choice(code="enterprise", words={"zh": "企业", "en": "Enterprise"}),
                Choice(code="office", words={"zh": "机关", "en": "Public office"}),
                Choice(code="other", words={"zh": "其他", "en": "Other"}),
            ),
        ),
        Field(
            code="change",
            words={"zh": "增减", "en": "Change"},
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.RECORD_ENTERED,
            unit={"zh": "个", "en": "stops"},
            help={"zh": "设立填 1，撤销填 -1", "en": "1 when set up, -1 when given up"},
        ),
    ),
    sentence={"zh": "流动图书车服务点调整：{name}。", "en": "Book-bus stop changed: {name}."},
    level=Level.NONE,
)

BUS_VEHICLES = Book(
    code="bus_vehicle",
    words={"zh": "流动图书车车辆名册", "en": "Book buses"},
    fields=(
        Field(code="name", words={"zh": "车辆", "en": "Vehicle"}, required=True),
        Field(code="plate", words={"zh": "车牌号", "en": "Number plate"}),
        Field(
            code="change",
            words={"zh": "增减", "en": "Change"},
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.RECORD_ENTERED,
            unit={"zh": "辆", "en": "vehicles"},
            help={"zh": "启用填 1，停用填 -1", "en": "1 when put into service, -1 when taken out"},
        ),
        Field(code="note", words={"zh": "备注", "en": "Note"}, kind=FieldKind.LONGTEXT),
    ),
    level=Level.NONE,
)

DELIVERIES = Book(
    code="delivery",
    words={"zh": "送书服务登记", "en": "Deliveries of books"},
    about={
        "zh": "送书下乡、进社区、进校园等。送出的册数是配送册次，不是外借册次。",
        "en": "Books brought to villages, communities, schools and so on. The volumes are distributed, not lent.",
    },
    fields=(
        Field(
            code="target",
            words={"zh": "去向", "en": "Target"},
            kind=FieldKind.CHOICE,
            required=True,
            choices=(
                Choice(code="village", words={"zh": "进农村", "en": "Village"}),
                Choice(code="school", words={"zh": "进校园", "en": "School"}),
                Choice(code="community", words={"zh": "进社区", "en": "Community"}),
                Choice(code="office", words={"zh": "进机关", "en": "Public office"}),
                Choice(code="barracks", words={"zh": "进军营", "en": "Barracks"}),
                Choice(code="home", words={"zh": "进家庭", "en": "Home"}),
                Choice(code="enterprise", words={"zh": "进企业", "en": "Enterprise"}),
            ),
        ),
        Field(code="place", words={"zh": "地点", "en": "Place"}, required=True),
        Field(code="topic", words={"zh": "主题", "en": "Topic"}),
        Field(
            code="volumes",
            words={"zh": "配送册数", "en": "Volumes delivered"},
            kind=FieldKind.INTEGER,
            counts=Kind.ITEM_DISTRIBUTED,
            counts_subject_from="target",
            unit=UNIT_VOLUMES,
        ),
        Field(
            code="persons",
            words={"zh": "服务人次", "en": "Persons served"},
            kind=FieldKind.INTEGER,
            counts=Kind.RECORD_ENTERED,
            unit=UNIT_PERSONS,
        ),
        Field(code="partners", words={"zh": "联合单位", "en": "Together with"}),
        Field(code="staff", words={"zh": "人员", "en": "Staff"}, kind=FieldKind.PEOPLE),
    ),
    subject_from="target",
    sentence={"zh": "赴{place}送书[{volumes}册]。", "en": "Books[, {volumes} volumes,] were brought to {place}."},
    level=Level.PLAIN,
)

HOME_SERVICE = Book(
    code="home_service",
    words={"zh": "上门服务登记", "en": "Service at home"},
    fields=(
        Field(
            code="group",
            words={"zh": "服务对象", "en": "For whom"},
            kind=FieldKind.CHOICE,
            required=True,
            choices=(
                Choice(code="disabled", words={"zh": "残障读者", "en": "Readers with disabilities"}),
                Choice(code="senior", words={"zh": "老年读者", "en": "Seniors"}),
                Choice(code="left_behind", words={"zh": "留守儿童", "en": "Left-behind children"}),
                Choice(code="hardship", words={"zh": "困难家庭", "en": "Families in need"}),
            ),
        ),
        Field(
            code="persons",
            words={"zh": "服务人数", "en": "Persons served"},
            kind=FieldKind.INTEGER,
            counts=Kind.RECORD_ENTERED,
            unit=UNIT_PERSONS,
        ),
        Field(code="content", words={"zh": "服务内容", "en": "What was done"}, kind=FieldKind.LONGTEXT, required=True),
    ),
    subject_from="group",
    level=Level.NONE,
)

BOOKS = (BUS_TRIPS, BUS_STOPS, BUS_VEHICLES, DELIVERIES, HOME_SERVICE)
