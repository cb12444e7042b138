"""The record books of digital work: what was digitised, and the media produced."""

from wenlan.ledger.kinds import Kind
from wenlan.registers.types import Book, Choice, Field, FieldKind, Level

DIGITISATION = Book(
    code="digitisation",
    words={"zh": "数字化加工登记", "en": "Digitisation"},
    about={
        "zh": "按批登记完成的数量；单位随对象：政府公开信息按条，文献按页，报纸按版。",
        "en": "What each batch finished; the unit goes with the object: entries, or pages.",
    },
    fields=(
        Field(
            code="material",
            words={"zh": "加工对象", "en": "Object"},
            kind=FieldKind.CHOICE,
            required=True,
            choices=(
                Choice(
                    code="government_information",
                    words={"zh": "政府公开信息（条）", "en": "Government information (entries)"},
                ),
                Choice(code="local_documents", words={"zh": "地方文献（页）", "en": "Local documents (pages)"}),
                Choice(code="local_newspapers", words={"zh": "地方报纸（版）", "en": "Local newspapers (pages)"}),
                Choice(code="ancient_books", words={"zh": "古籍（页）", "en": "Ancient books (pages)"}),
                Choice(code="photographs", words={"zh": "照片（张）", "en": "Photographs"}),
            ),
        ),
        Field(
            code="quantity",
            words={"zh": "数量", "en": "Quantity"},
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.OBJECT_DIGITISED,
            counts_subject_from="material",
        ),
        Field(code="batch", words={"zh": "批次说明", "en": "Batch"}),
    ),
    subject_from="material",
    sentence={"zh": "完成{material}数字化加工{quantity}。", "en": "Digitised: {material}, {quantity}."},
    level=Level.NONE,
)

MEDIA = Book(
    code="media_production",
    words={"zh": "音视频制作登记", "en": "Media produced"},
    fields=(
        Field(
            code="type",
            words={"zh": "类型", "en": "Type"},
            kind=FieldKind.CHOICE,
            required=True,
            choices=(
                Choice(code="media.open_course", words={"zh": "公开课（节）", "en": "Open course (lessons)"}),
                Choice(code="media.promo_film", words={"zh": "宣传片（部）", "en": "Promotion film"}),
                Choice(code="media.micro_film", words={"zh": "微电影（部）", "en": "Short film"}),
                Choice(code="media.recording", words={"zh": "录音（条）", "en": "Recording"}),
            ),
        ),
        Field(code="title", words={"zh": "名称", "en": "Title"}, required=True),
        Field(
            code="quantity",
            words={"zh": "数量", "en": "Quantity"},
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.RECORD_ENTERED,
            counts_subject_from="type",
        ),
    ),
    sentence={"zh": "完成《{title}》制作。", "en": "“{title}” was produced."},
    level=Level.PLAIN,
)

BOOKS = (DIGITISATION, MEDIA)
