"""The record books of volunteers: service given, the roll, the points."""

from wenlan.ledger.kinds import Kind
from wenlan.registers.types import Book, Choice, Field, FieldKind, Level

UNIT_PEOPLE = {"zh": "人", "en": "people"}
UNIT_HOURS = {"zh": "小时", "en": "hours"}

SERVICE = Book(
    code="volunteer_service",
    words={"zh": "志愿服务登记", "en": "Volunteer service"},
    about={
        "zh": "一次服务登记一条；时长是各人时长之和（3 人各 2 小时填 6 小时）。",
        "en": "One entry for one service; the hours are those of all volunteers together (3 people, 2 hours each: 6).",
    },
    fields=(
        Field(code="team", words={"zh": "服务队或单位", "en": "Team or body"}, required=True),
        Field(
            code="job",
            words={"zh": "服务内容", "en": "Kind of service"},
            kind=FieldKind.CHOICE,
            required=True,
            choices=(
                Choice(code="shelving", words={"zh": "书刊整理上架", "en": "Shelving"}),
                Choice(code="newspapers", words={"zh": "报纸分拣", "en": "Sorting newspapers"}),
                Choice(code="guidance", words={"zh": "读者引导与设备指导", "en": "Guiding readers"}),
                Choice(code="reading", words={"zh": "阅读陪伴与讲故事", "en": "Reading to others"}),
                Choice(code="blind_aid", words={"zh": "文化助盲", "en": "Service to the blind"}),
                Choice(code="outreach", words={"zh": "送书与社区服务", "en": "Outreach"}),
                Choice(code="activity", words={"zh": "活动协助", "en": "Help at activities"}),
                Choice(code="duty", words={"zh": "值守", "en": "Duty at a post"}),
                Choice(code="other", words={"zh": "其他", "en": "Other"}),
            ),
        ),
        Field(
            code="people",
            words={"zh": "参加人数", "en": "Volunteers"},
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.RECORD_ENTERED,
            unit={"zh": "人次", "en": "turns"},
        ),
        Field(
            code="hours",
            words={"zh": "服务总时长", "en": "Hours in all"},
            kind=FieldKind.DECIMAL,
            required=True,
            counts=Kind.VOLUNTEER_SERVED,
            counts_subject_from="job",
            counts_factor=60,
            unit=UNIT_HOURS,
        ),
        Field(code="content", words={"zh": "说明", "en": "Note"}, kind=FieldKind.LONGTEXT),
    ),
    sentence={"zh": "{team}开展志愿服务。", "en": "{team} gave volunteer service."},
    level=Level.NONE,
)

ROLL = Book(
    code="volunteer_roll",
    words={"zh": "志愿者名册变动", "en": "Volunteer roll"},
    about={
        "zh": "加入填正数，退出填负数；在册人数由此得出。",
        "en": "Those who join are positive, those who leave negative; the number on the roll is their sum.",
    },
    fields=(
        Field(
            code="members",
            words={"zh": "服务队人数增减", "en": "Change of the team"},
            kind=FieldKind.INTEGER,
            counts=Kind.RECORD_ENTERED,
            unit=UNIT_PEOPLE,
        ),
        Field(
            code="registered",
            words={"zh": "全国志愿服务信息系统注册人数增减", "en": "Change of those registered in the national system"},
            kind=FieldKind.INTEGER,
            counts=Kind.RECORD_ENTERED,
            unit=UNIT_PEOPLE,
        ),
        Field(
            code="project",
            words={"zh": "项目", "en": "Project"},
            kind=FieldKind.CHOICE,
            choices=(
                Choice(code="project.blind_aid", words={"zh": "文化助盲", "en": "Service to the blind"}),
                Choice(code="project.warmth", words={"zh": "文化送暖", "en": "Warmth through culture"}),
                Choice(code="project.reading", words={"zh": "阅读推广", "en": "Reading promotion"}),
                Choice(code="project.other", words={"zh": "其他项目", "en": "Other project"}),
            ),
        ),
        Field(
            code="project_members",
            words={"zh": "项目人数增减", "en": "Change of the project's volunteers"},
            kind=FieldKind.INTEGER,
            counts=Kind.RECORD_ENTERED,
            counts_subject_from="project",
            unit=UNIT_PEOPLE,
        ),
        Field(code="note", words={"zh": "说明", "en": "Note"}, kind=FieldKind.LONGTEXT),
    ),
    level=Level.NONE,
)

POINTS = Book(
    code="volunteer_point",
    words={"zh": "志愿服务点名册", "en": "Volunteer service points"},
    fields=(
        Field(code="name", words={"zh": "服务点", "en": "Point"}, required=True),
        Field(
            code="change",
            words={"zh": "增减", "en": "Change"},
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.RECORD_ENTERED,
            unit={"zh": "个", "en": "points"},
            help={"zh": "设立填 1，撤销填 -1", "en": "1 when set up, -1 when given up"},
        ),
    ),
    level=Level.NONE,
)

HONOURS = Book(
    code="volunteer_honour",
    words={"zh": "志愿者表彰", "en": "Volunteers honoured"},
    fields=(
        Field(code="title", words={"zh": "称号", "en": "Title"}, required=True),
        Field(code="people", words={"zh": "获得者", "en": "Given to"}, kind=FieldKind.PEOPLE, required=True),
    ),
    sentence={"zh": "表彰志愿者，授予“{title}”。", "en": "Volunteers were honoured as “{title}”."},
    level=Level.PLAIN,
)

BOOKS = (SERVICE, ROLL, POINTS, HONOURS)
