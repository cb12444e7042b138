"""The record books of facilities: equipment and buses that are not listed one by one, and halls lent to others."""

from wenlan.facilities.machines.kinds import EQUIPMENT as MACHINE_TYPES
from wenlan.ledger.kinds import Kind
from wenlan.registers.fields import answers, change, choice, line, tally, text, words
from wenlan.registers.types import Book, Field, FieldKind, Level

EQUIPMENT = Book(
    code="equipment",
    words=words("设备台账", "Equipment"),
    about=words(
        "逐台登记的设备记在“设备登记”里，这里只记未逐台登记的数量：购入或调入填正数，报废或调出填负数。两处相加即在用台数。",
        "Machines listed one by one stand in the register of machines; here only numbers: bought or moved in is "
        "positive, written off or moved out negative. The number in use is the sum of both.",
    ),
    fields=(
        choice(
            "type",
            "设备类型",
            "Type",
            answers(*((one.subject, one.words["zh"], one.words["en"]) for one in MACHINE_TYPES)),
        ),
        line("name", "名称与型号", "Name and model", required=True),
        line("place", "放置地点", "Place"),
        Field(
            code="change",
            words=words("数量增减", "Change"),
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.RECORD_ENTERED,
            counts_subject_from="type",
            unit=words("台", "pieces"),
        ),
        text("note", "备注", "Note"),
    ),
    level=Level.NONE,
)

BUS_VEHICLES = Book(
    code="bus_vehicle",
    words=words("流动图书车车辆名册", "Book buses"),
    about=words(
        "逐辆登记的车辆记在“设备登记”里，这里只记未逐辆登记的数量；两处相加即年末辆数。",
        "Buses listed one by one stand in the register of machines; here only the others. The number is the sum.",
    ),
    fields=(
        line("name", "车辆", "Vehicle", required=True),
        line("plate", "车牌号", "Number plate"),
        change(words("辆", "vehicles"), words("启用填 1，停用填 -1", "1 when put into service, -1 when taken out")),
        text("note", "备注", "Note"),
    ),
    level=Level.NONE,
)

VENUE_LENDING = Book(
    code="venue_lending",
    words=words("场地提供登记", "Venues lent"),
    fields=(
        line("venue", "场地", "Venue", required=True),
        line("unit", "使用单位", "Lent to", required=True),
        Field(
            code="hours",
            words=words("使用时长", "Hours"),
            kind=FieldKind.DECIMAL,
            unit=words("小时", "hours"),
        ),
        tally("persons", "人数", "Persons", words("人次", "persons")),
        text("purpose", "用途", "Purpose"),
    ),
    sentence=words("为{unit}提供{venue}。", "{venue} was lent to {unit}."),
    level=Level.NONE,
)

BOOKS = (EQUIPMENT, BUS_VEHICLES, VENUE_LENDING)
