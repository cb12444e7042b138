"""The record books of facilities: equipment, and halls lent to others."""

from wenlan.ledger.kinds import Kind
from wenlan.registers.fields import answers, choice, line, tally, text, words
from wenlan.registers.types import Book, Field, FieldKind, Level

EQUIPMENT = Book(
    code="equipment",
    words=words("设备台账", "Equipment"),
    about=words(
        "购入或调入填正数，报废或调出填负数；在用台数由此得出。",
        "Bought or moved in is positive, written off or moved out negative; the number in use is their sum.",
    ),
    fields=(
        choice(
            "type",
            "设备类型",
            "Type",
            answers(
                ("equipment.newspaper_screen", "电子阅报屏", "Newspaper screen"),
                ("equipment.card_machine", "自助办证机", "Card machine"),
                ("equipment.self_check", "自助借还机", "Self-check machine"),
                ("equipment.calligraphy", "电子书法机", "Calligraphy machine"),
                ("equipment.computer", "读者用电脑", "Reader's computer"),
                ("equipment.led_screen", "LED 屏", "LED screen"),
                ("equipment.listening_machine", "盲人听书机", "Listening machine"),
                ("equipment.reading_aid", "助视器等辅具", "Reading aid"),
                ("equipment.gate_counter", "客流计数器", "People counter"),
                ("equipment.other", "其他设备", "Other equipment"),
            ),
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

BOOKS = (EQUIPMENT, VENUE_LENDING)
