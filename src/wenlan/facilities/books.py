"""The record books of facilities: equipment, and halls lent to others."""

from wenlan.ledger.kinds import Kind
from wenlan.registers.types import Book, Choice, Field, FieldKind, Level

EQUIPMENT = Book(
    code="equipment",
    words={"zh": "设备台账", "en": "Equipment"},
    about={
        "zh": "购入或调入填正数，报废或调出填负数；在用台数由此得出。",
        "en": "Bought or moved in is positive, written off or moved out negative; the number in use is their sum.",
    },
    fields=(
        Field(
            code="type",
            words={"zh": "设备类型", "en": "Type"},
            kind=FieldKind.CHOICE,
            required=True,
            choices=(
                Choice(code="equipment.newspaper_screen", words={"zh": "电子阅报屏", "en": "Newspaper screen"}),
                Choice(code="equipment.card_machine", words={"zh": "自助办证机", "en": "Card machine"}),
                Choice(code="equipment.self_check", words={"zh": "自助借还机", "en": "Self-check machine"}),
                Choice(code="equipment.calligraphy", words={"zh": "电子书法机", "en": "Calligraphy machine"}),
                Choice(code="equipment.computer", words={"zh": "读者用电脑", "en": "Reader's computer"}),
                Choice(code="equipment.led_screen", words={"zh": "LED 屏", "en": "LED screen"}),
                Choice(code="equipment.listening_machine", words={"zh": "盲人听书机", "en": "Listening machine"}),
                Choice(code="equipment.reading_aid", words={"zh": "助视器等辅具", "en": "Reading aid"}),
                Choice(code="equipment.gate_counter", words={"zh": "客流计数器", "en": "People counter"}),
                Choice(code="equipment.other", words={"zh": "其他设备", "en": "Other equipment"}),
            ),
        ),
        Field(code="name", words={"zh": "名称与型号", "en": "Name and model"}, required=True),
        Field(code="place", words={"zh": "放置地点", "en": "Place"}),
        Field(
            code="change",
            words={"zh": "数量增减", "en": "Change"},
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.RECORD_ENTERED,
            counts_subject_from="type",
            unit={"zh": "台", "en": "pieces"},
        ),
        Field(code="note", words={"zh": "备注", "en": "Note"}, kind=FieldKind.LONGTEXT),
    ),
    level=Level.NONE,
)

VENUE_LENDING = Book(
    code="venue_lending",
    words={"zh": "场地提供登记", "en": "Venues lent"},
    fields=(
        Field(code="venue", words={"zh": "场地", "en": "Venue"}, required=True),
        Field(code="unit", words={"zh": "使用单位", "en": "Lent to"}, required=True),
        Field(
            code="hours",
            words={"zh": "使用时长", "en": "Hours"},
            kind=FieldKind.DECIMAL,
            unit={"zh": "小时", "en": "hours"},
        ),
        Field(
            code="persons",
            words={"zh": "人数", "en": "Persons"},
            kind=FieldKind.INTEGER,
            counts=Kind.RECORD_ENTERED,
            unit={"zh": "人次", "en": "persons"},
        ),
        Field(code="purpose", words={"zh": "用途", "en": "Purpose"}, kind=FieldKind.LONGTEXT),
    ),
    sentence={"zh": "为{unit}提供{venue}。", "en": "{venue} was lent to {unit}."},
    level=Level.NONE,
)

BOOKS = (EQUIPMENT, VENUE_LENDING)
