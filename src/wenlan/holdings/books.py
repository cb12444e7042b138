"""The record book of holdings: ancient books with their grades."""

from wenlan.ledger.kinds import Kind
from wenlan.registers.fields import answers, choice, line, tally, text, words
from wenlan.registers.types import Book, Field, FieldKind, Level

ANCIENT_BOOKS = Book(
    code="ancient_book",
    words=words("古籍登记", "Ancient books"),
    about=words(
        "1912 年以前书写或印制、具有古典装帧形式的书籍（WH/T 20-2006），一部登记一条；影印本和民国文献不在此登记。"
        "定为一至三级的是善本，由级别得出。调出、注销填负数。",
        "Books written or printed before 1912 in a traditional binding (WH/T 20-2006), one entry a work; no facsimiles "
        "and no books of the Republic. Grades one to three are rare: the grade says so. What leaves is negative.",
    ),
    fields=(
        line("title", "题名卷数", "Title and chapters", required=True),
        line("author", "著者", "Author"),
        line("accession", "登录号", "Accession numbers", required=True, hint=words("起止号", "From and to")),
        line("call_number", "索书号", "Call number"),
        choice(
            "period",
            "版本时代",
            "Period of the edition",
            answers(
                ("before_song", "唐及以前", "Tang or earlier"),
                ("five_song", "五代、宋、辽、金", "Five Dynasties, Song, Liao, Jin"),
                ("yuan", "元", "Yuan"),
                ("ming", "明", "Ming"),
                ("qing_early", "清（乾隆及以前）", "Qing, until Qianlong"),
                ("qing_late", "清（嘉庆至宣统）", "Qing, from Jiaqing"),
            ),
        ),
        line("edition", "版本著录", "Edition", hint=words("如：清康熙二十三年内府刻本", "Year, place and printer")),
        choice(
            "edition_type",
            "版本类型",
            "Kind of edition",
            answers(
                ("block_print", "刻本", "Block print"),
                ("movable_type", "活字本", "Movable type"),
                ("colour_print", "套印本", "Colour print"),
                ("author_manuscript", "稿本", "Author's manuscript"),
                ("copy_manuscript", "抄本、写本", "Manuscript copy"),
                ("painted", "彩绘本", "Painted"),
                ("seal_prints", "钤印本", "Seal prints"),
                ("rubbing", "拓本", "Rubbing"),
                ("lithograph", "石印本", "Lithograph"),
                ("letterpress", "铅印本", "Letterpress"),
            ),
        ),
        line("frame", "版框", "Frame of the page", hint=words("高×宽，厘米；半叶行字", "Height × width in cm; lines")),
        choice(
            "binding",
            "装帧",
            "Binding",
            answers(
                ("thread", "线装", "Thread-bound"),
                ("wrapped_back", "包背装", "Wrapped-back"),
                ("butterfly", "蝴蝶装", "Butterfly"),
                ("accordion", "经折装", "Accordion"),
                ("scroll", "卷轴装", "Scroll"),
                ("pothi", "梵夹装", "Palm-leaf"),
                ("rough", "毛装", "Paper-spill"),
                ("album", "册页装", "Album"),
            ),
        ),
        choice(
            "grade",
            "定级",
            "Grade",
            answers(
                *(
                    (f"ancient.rare.{number}{mark}", f"{zh}级{sub}等", f"Grade {number}, class {mark.upper()}")
                    for number, zh in ((1, "一"), (2, "二"), (3, "三"))
                    for mark, sub in (("a", "甲"), ("b", "乙"), ("c", "丙"))
                ),
                ("ancient.plain.4", "四级", "Grade 4"),
            ),
        ),
        Field(
            code="volumes",
            words=words("册数", "Volumes"),
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.RECORD_ENTERED,
            counts_subject_from="grade",
            unit=words("册", "volumes"),
        ),
        tally("works", "部数", "Works", words("部", "works"), required=True),
        tally("cases", "函数", "Cases", words("函", "cases")),
        choice(
            "damage",
            "破损定级",
            "Damage",
            answers(
                ("sound", "完好", "Sound"),
                ("damage_5", "五级破损", "Grade 5, slight"),
                ("damage_4", "四级破损", "Grade 4"),
                ("damage_3", "三级破损", "Grade 3"),
                ("damage_2", "二级破损", "Grade 2"),
                ("damage_1", "一级破损", "Grade 1, worst"),
            ),
        ),
        text("note", "附注", "Note"),
    ),
    level=Level.NONE,
)

BOOKS = (ANCIENT_BOOKS,)
