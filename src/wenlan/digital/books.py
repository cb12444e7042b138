"""The record books of digital work: what was digitised, and the media produced."""

from wenlan.ledger.kinds import Kind
from wenlan.registers.fields import answers, choice, line, words
from wenlan.registers.types import Book, Field, FieldKind, Level

DIGITISATION = Book(
    code="digitisation",
    words=words("数字化加工登记", "Digitisation"),
    about=words(
        "按批登记完成的数量；单位随对象：政府公开信息按条，文献按页，报纸按版。",
        "What each batch finished; the unit goes with the object: entries, or pages.",
    ),
    fields=(
        choice(
            "material",
            "加工对象",
            "Object",
            answers(
                ("government_information", "政府公开信息（条）", "Government information (entries)"),
                ("local_documents", "地方文献（页）", "Local documents (pages)"),
                ("local_newspapers", "地方报纸（版）", "Local newspapers (pages)"),
                ("ancient_books", "古籍（页）", "Ancient books (pages)"),
                ("photographs", "照片（张）", "Photographs"),
            ),
        ),
        Field(
            code="quantity",
            words=words("数量", "Quantity"),
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.OBJECT_DIGITISED,
            counts_subject_from="material",
        ),
        line("batch", "批次说明", "Batch"),
    ),
    subject_from="material",
    sentence=words("完成{material}数字化加工{quantity}。", "Digitised: {material}, {quantity}."),
    level=Level.NONE,
)

MEDIA = Book(
    code="media_production",
    words=words("音视频制作登记", "Media produced"),
    fields=(
        choice(
            "type",
            "类型",
            "Type",
            answers(
                ("media.open_course", "公开课（节）", "Open course (lessons)"),
                ("media.promo_film", "宣传片（部）", "Promotion film"),
                ("media.micro_film", "微电影（部）", "Short film"),
                ("media.recording", "录音（条）", "Recording"),
            ),
        ),
        line("title", "名称", "Title", required=True),
        Field(
            code="quantity",
            words=words("数量", "Quantity"),
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.RECORD_ENTERED,
            counts_subject_from="type",
        ),
    ),
    sentence=words("完成《{title}》制作。", "“{title}” was produced."),
    level=Level.PLAIN,
)

BOOKS = (DIGITISATION, MEDIA)
