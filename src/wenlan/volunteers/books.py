"""The record books of volunteers: service given, the roll, the points."""

from wenlan.ledger.kinds import Kind
from wenlan.registers.fields import answers, change, choice, line, people, tally, text, words
from wenlan.registers.types import Book, Field, FieldKind, Level

UNIT_PEOPLE = words("人", "people")
UNIT_HOURS = words("小时", "hours")

SERVICE = Book(
    code="volunteer_service",
    words=words("志愿服务登记", "Volunteer service"),
    about=words(
        "一次服务登记一条；时长是各人时长之和（3 人各 2 小时填 6 小时）。",
        "One entry for one service; the hours are those of all volunteers together (3 people, 2 hours each: 6).",
    ),
    fields=(
        line("team", "服务队或单位", "Team or body", required=True),
        choice(
            "job",
            "服务内容",
            "Kind of service",
            answers(
                ("shelving", "书刊整理上架", "Shelving"),
                ("newspapers", "报纸分拣", "Sorting newspapers"),
                ("guidance", "读者引导与设备指导", "Guiding readers"),
                ("reading", "阅读陪伴与讲故事", "Reading to others"),
                ("blind_aid", "文化助盲", "Service to the blind"),
                ("outreach", "送书与社区服务", "Outreach"),
                ("activity", "活动协助", "Help at activities"),
                ("duty", "值守", "Duty at a post"),
                ("other", "其他", "Other"),
            ),
        ),
        tally("people", "参加人数", "Volunteers", words("人次", "turns"), required=True),
        Field(
            code="hours",
            words=words("服务总时长", "Hours in all"),
            kind=FieldKind.DECIMAL,
            required=True,
            counts=Kind.VOLUNTEER_SERVED,
            counts_subject_from="job",
            counts_factor=60,
            unit=UNIT_HOURS,
        ),
        text("content", "说明", "Note"),
    ),
    sentence=words("{team}开展志愿服务。", "{team} gave volunteer service."),
    level=Level.NONE,
)

ROLL = Book(
    code="volunteer_roll",
    words=words("志愿者名册变动", "Volunteer roll"),
    about=words(
        "加入填正数，退出填负数；在册人数由此得出。",
        "Those who join are positive, those who leave negative; the number on the roll is their sum.",
    ),
    fields=(
        tally("members", "服务队人数增减", "Change of the team", UNIT_PEOPLE),
        tally(
            "registered",
            "全国志愿服务信息系统注册人数增减",
            "Change of those registered in the national system",
            UNIT_PEOPLE,
        ),
        choice(
            "project",
            "项目",
            "Project",
            answers(
                ("project.blind_aid", "文化助盲", "Service to the blind"),
                ("project.warmth", "文化送暖", "Warmth through culture"),
                ("project.reading", "阅读推广", "Reading promotion"),
                ("project.other", "其他项目", "Other project"),
            ),
            required=False,
        ),
        Field(
            code="project_members",
            words=words("项目人数增减", "Change of the project's volunteers"),
            kind=FieldKind.INTEGER,
            counts=Kind.RECORD_ENTERED,
            counts_subject_from="project",
            unit=UNIT_PEOPLE,
        ),
        text("note", "说明", "Note"),
    ),
    level=Level.NONE,
)

POINTS = Book(
    code="volunteer_point",
    words=words("志愿服务点名册", "Volunteer service points"),
    fields=(
        line("name", "服务点", "Point", required=True),
        change(words("个", "points"), words("设立填 1，撤销填 -1", "1 when set up, -1 when given up")),
    ),
    level=Level.NONE,
)

HONOURS = Book(
    code="volunteer_honour",
    words=words("志愿者表彰", "Volunteers honoured"),
    fields=(
        line("title", "称号", "Title", required=True),
        people("people", "获得者", "Given to", required=True),
    ),
    sentence=words("表彰志愿者，授予“{title}”。", "Volunteers were honoured as “{title}”."),
    level=Level.PLAIN,
)

BOOKS = (SERVICE, ROLL, POINTS, HONOURS)
