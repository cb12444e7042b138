"""The record books of outreach: bus trips and stops, deliveries, visits to homes."""

from wenlan.ledger.kinds import Kind
from wenlan.registers.fields import answers, change, choice, line, people, tally, text, words
from wenlan.registers.types import Book, Field, FieldKind, Level, Words

UNIT_VOLUMES = words("册", "volumes")
UNIT_PERSONS = words("人次", "persons")


def number(code: str, zh: str, en: str, unit: Words) -> Field:
    """A number that is counted elsewhere already, by the acts themselves: here it is only told."""
    return Field(code=code, words=words(zh, en), kind=FieldKind.INTEGER, unit=unit)


BUS_TRIPS = Book(
    code="bus_trip",
    words=words("流动图书车出车登记", "Book-bus trips"),
    about=words(
        "一辆车出去一次登记一条（车次）；沿途停靠服务的点数是站次，另计。在“出车”页开收的车次自动记在这里，册数、张数由当次的借还办证得出。",
        "One entry for one outing of one vehicle; the stops it served are counted apart. A trip opened and closed "
        "on the page of trips is entered by itself, with what was done on it.",
    ),
    kind=Kind.TRIP_MADE,
    fields=(
        line("vehicle", "车辆", "Vehicle", required=True),
        line("route", "线路与停靠点", "Route and stops", required=True),
        Field(
            code="stops",
            words=words("服务点数", "Stops served"),
            kind=FieldKind.INTEGER,
            counts=Kind.STOP_SERVED,
            counts_subject="bus_trip",
            unit=words("站次", "stops"),
        ),
        number("visitors", "上车人次（已逐人点数）", "Visitors aboard, counted one by one", UNIT_PERSONS),
        tally("persons", "服务人次（未逐人点数的）", "Persons served who were not counted one by one", UNIT_PERSONS),
        number("loans", "借出", "Lent", UNIT_VOLUMES),
        number("returns", "还回", "Taken back", UNIT_VOLUMES),
        number("cards", "现场办证", "Cards issued on the spot", words("张", "cards")),
        people("crew", "随车人员", "Crew"),
        text("note", "备注", "Note"),
    ),
    sentence=words("流动图书车赴{route}开展流动服务。", "The book bus served {route}."),
    level=Level.NONE,
)

SERVICE_TRIPS = Book(
    code="service_trip",
    words=words("阅读服务车出车登记", "Trips of service vehicles"),
    about=words(
        "阅读服务车到活动现场服务，出去一次登记一条；不计入流动图书车车次。",
        "One entry for one outing of a reading service vehicle to an event; it is no trip of the book bus.",
    ),
    kind=Kind.TRIP_MADE,
    fields=(
        line("vehicle", "车辆", "Vehicle", required=True),
        line("event", "活动", "Event", required=True),
        line("place", "地点", "Place"),
        number("visitors", "上车人次（已逐人点数）", "Visitors aboard, counted one by one", UNIT_PERSONS),
        tally("persons", "服务人次（未逐人点数的）", "Persons served who were not counted one by one", UNIT_PERSONS),
        number("loans", "借出", "Lent", UNIT_VOLUMES),
        number("returns", "还回", "Taken back", UNIT_VOLUMES),
        number("cards", "现场办证", "Cards issued on the spot", words("张", "cards")),
        people("crew", "随车人员", "Crew"),
        text("note", "备注", "Note"),
    ),
    sentence=words(
        "阅读服务车在{event}[（{place}）]开展服务。", "The reading service vehicle served {event}[ at {place}]."
    ),
    level=Level.NONE,
)

BUS_STOPS = Book(
    code="bus_stop",
    words=words("流动图书车服务点名册", "Book-bus stops"),
    about=words(
        "设立一个服务点记 1，撤销记 -1；年末在册数由此得出。",
        "A stop set up is 1, one given up is -1; the number kept is their sum.",
    ),
    fields=(
        line("name", "服务点", "Stop", required=True),
        choice(
            "host",
            "单位性质",
            "Kind of host",
            answers(
                ("community", "社区", "Community"),
                ("village", "村", "Village"),
                ("school", "学校", "School"),
                ("barracks", "部队", "Armed forces"),
                ("hospital", "医院", "Hospital"),
                ("enterprise", "企业", "Enterprise"),
                ("office", "机关", "Public office"),
                ("other", "其他", "Other"),
            ),
            required=False,
        ),
        change(words("个", "stops"), words("设立填 1，撤销填 -1", "1 when set up, -1 when given up")),
    ),
    sentence=words("流动图书车服务点调整：{name}。", "Book-bus stop changed: {name}."),
    level=Level.NONE,
)

DELIVERIES = Book(
    code="delivery",
    words=words("送书服务登记", "Deliveries of books"),
    about=words(
        "送书下乡、进社区、进校园等。送出的册数是配送册次，不是外借册次。",
        "Books brought to villages, communities, schools and so on. The volumes are distributed, not lent.",
    ),
    fields=(
        choice(
            "target",
            "去向",
            "Target",
            answers(
                ("village", "进农村", "Village"),
                ("school", "进校园", "School"),
                ("community", "进社区", "Community"),
                ("office", "进机关", "Public office"),
                ("barracks", "进军营", "Barracks"),
                ("home", "进家庭", "Home"),
                ("enterprise", "进企业", "Enterprise"),
            ),
        ),
        line("place", "地点", "Place", required=True),
        line("topic", "主题", "Topic"),
        Field(
            code="volumes",
            words=words("配送册数", "Volumes delivered"),
            kind=FieldKind.INTEGER,
            counts=Kind.ITEM_DISTRIBUTED,
            counts_subject_from="target",
            unit=UNIT_VOLUMES,
        ),
        tally("persons", "服务人次", "Persons served", UNIT_PERSONS),
        line("partners", "联合单位", "Together with"),
        people("staff", "人员", "Staff"),
    ),
    subject_from="target",
    sentence=words("赴{place}送书[{volumes}册]。", "Books[, {volumes} volumes,] were brought to {place}."),
    level=Level.PLAIN,
)

HOME_SERVICE = Book(
    code="home_service",
    words=words("上门服务登记", "Service at home"),
    about=words(
        "送书上门的班次结束时按服务对象自动记入；送书的册数是外借册次，不在这里计。",
        "A run that brings books to the door is entered by itself when it is closed, by group; its volumes are loans "
        "and are not counted here.",
    ),
    fields=(
        choice(
            "group",
            "服务对象",
            "For whom",
            answers(
                ("disabled", "残障读者", "Readers with disabilities"),
                ("senior", "老年读者", "Seniors"),
                ("ill", "病患读者", "Ill or bedridden readers"),
                ("left_behind", "留守儿童", "Left-behind children"),
                ("hardship", "困难家庭", "Families in need"),
                ("group", "机构与集体", "Groups and institutions"),
            ),
        ),
        tally("persons", "服务人数", "Persons served", UNIT_PERSONS),
        text("content", "服务内容", "What was done", required=True),
    ),
    subject_from="group",
    level=Level.NONE,
)

BOOKS = (BUS_TRIPS, SERVICE_TRIPS, BUS_STOPS, DELIVERIES, HOME_SERVICE)
