"""The books that no other package owns: safety, Party life, staff training, honours."""

from wenlan.ledger.kinds import Kind
from wenlan.registers.types import Book, Choice, Field, FieldKind, Level

UNIT_PLACES = {"zh": "处", "en": "places"}
UNIT_PEOPLE = {"zh": "人次", "en": "persons"}

SAFETY_PATROLS = Book(
    code="safety_patrols",
    words={"zh": "安全巡查", "en": "Safety patrols"},
    about={
        "zh": "每次巡查写一条：查了哪里，谁去的，发现几处隐患，是否已整改。",
        "en": "One entry for each patrol: where, who, how many dangers were found and whether they were dealt with.",
    },
    fields=(
        Field(
            code="place",
            words={"zh": "巡查地点", "en": "Place"},
            required=True,
            help={"zh": "楼层、库房或机房", "en": "Floor, stack or machine room"},
        ),
        Field(code="people", words={"zh": "巡查人", "en": "Patrolled by"}, kind=FieldKind.PEOPLE, required=True),
        Field(
            code="items",
            words={"zh": "检查内容", "en": "What was checked"},
            kind=FieldKind.CHOICE,
            required=True,
            choices=(
                Choice(code="fire", words={"zh": "消防设施", "en": "Fire equipment"}),
                Choice(code="electricity", words={"zh": "用电", "en": "Electricity"}),
                Choice(code="exits", words={"zh": "疏散通道", "en": "Exits"}),
                Choice(code="security", words={"zh": "安防监控", "en": "Security cameras"}),
                Choice(code="stacks", words={"zh": "书库防潮防虫", "en": "Damp and insects in the stacks"}),
                Choice(code="vehicles", words={"zh": "车辆", "en": "Vehicles"}),
                Choice(code="all", words={"zh": "全面检查", "en": "Everything"}),
            ),
        ),
        Field(
            code="dangers",
            words={"zh": "发现隐患", "en": "Dangers found"},
            kind=FieldKind.INTEGER,
            counts=Kind.RECORD_ENTERED,
            unit=UNIT_PLACES,
        ),
        Field(
            code="dealt_with",
            words={"zh": "已整改", "en": "Dealt with"},
            kind=FieldKind.INTEGER,
            counts=Kind.RECORD_ENTERED,
            unit=UNIT_PLACES,
        ),
        Field(code="remark", words={"zh": "备注", "en": "Remark"}, kind=FieldKind.LONGTEXT),
    ),
    sentence={
        "zh": "{node}对{place}开展安全巡查，检查{items}[，发现隐患{dangers}处][，整改{dealt_with}处]。",
        "en": "{node} patrolled {place} ({items})[; dangers found: {dangers}][; dealt with: {dealt_with}].",
    },
    level=Level.NONE,
)

PARTY_MEETINGS = Book(
    code="party_meetings",
    words={"zh": "党组织生活", "en": "Party meetings"},
    about={
        "zh": "三会一课、主题党日和集中学习；次数由此统计，文字由办公室自行撰写。",
        "en": "Meetings, Party days and study. They are counted here; no sentence is made of them.",
    },
    fields=(
        Field(
            code="form",
            words={"zh": "类别", "en": "Kind of meeting"},
            kind=FieldKind.CHOICE,
            required=True,
            choices=(
                Choice(code="members_meeting", words={"zh": "党员大会", "en": "Meeting of all members"}),
                Choice(code="party_day", words={"zh": "党日活动", "en": "Party day"}),
                Choice(code="party_lecture", words={"zh": "党课", "en": "Party lecture"}),
                Choice(code="committee_meeting", words={"zh": "支委会", "en": "Branch committee"}),
                Choice(code="group_meeting", words={"zh": "党小组会", "en": "Party group"}),
                Choice(code="study", words={"zh": "集中学习", "en": "Study together"}),
            ),
        ),
        Field(code="topic", words={"zh": "主题", "en": "Topic"}, required=True),
        Field(code="place", words={"zh": "地点", "en": "Place"}),
        Field(code="chair", words={"zh": "主持人", "en": "In the chair"}, kind=FieldKind.PEOPLE),
        Field(
            code="present",
            words={"zh": "参加人数", "en": "Present"},
            kind=FieldKind.INTEGER,
            counts=Kind.RECORD_ENTERED,
            unit=UNIT_PEOPLE,
        ),
        Field(code="minutes", words={"zh": "记录", "en": "Minutes"}, kind=FieldKind.LONGTEXT),
    ),
    subject_from="form",
    level=Level.NONE,
)

STAFF_TRAININGS = Book(
    code="staff_trainings",
    words={"zh": "业务培训", "en": "Staff trainings"},
    fields=(
        Field(code="topic", words={"zh": "培训主题", "en": "Topic"}, required=True),
        Field(code="organiser", words={"zh": "主办单位", "en": "Organised by"}),
        Field(code="place", words={"zh": "地点", "en": "Place"}),
        Field(code="until", words={"zh": "结束日期", "en": "Last day"}, kind=FieldKind.DATE),
        Field(
            code="persons",
            words={"zh": "参加人次", "en": "Persons trained"},
            kind=FieldKind.INTEGER,
            required=True,
            counts=Kind.RECORD_ENTERED,
            unit=UNIT_PEOPLE,
        ),
        Field(
            code="hours",
            words={"zh": "学时", "en": "Hours"},
            kind=FieldKind.DECIMAL,
            counts=Kind.RECORD_ENTERED,
            counts_factor=60,
            unit={"zh": "学时", "en": "hours"},
        ),
        Field(code="remark", words={"zh": "备注", "en": "Remark"}, kind=FieldKind.LONGTEXT),
    ),
    sentence={
        "zh": "{node}{persons}人参加[{organiser}举办的]“{topic}”培训。",
        "en": "{persons} of {node} took part in the training “{topic}”[ of {organiser}].",
    },
    level=Level.PLAIN,
)

HONOURS = Book(
    code="honours",
    words={"zh": "荣誉表彰", "en": "Honours"},
    fields=(
        Field(code="title", words={"zh": "荣誉名称", "en": "Title"}, required=True),
        Field(
            code="rank",
            words={"zh": "级别", "en": "Rank"},
            kind=FieldKind.CHOICE,
            required=True,
            choices=(
                Choice(code="national", words={"zh": "国家级", "en": "National"}),
                Choice(code="provincial", words={"zh": "省级", "en": "Provincial"}),
                Choice(code="city", words={"zh": "市级", "en": "City"}),
                Choice(code="county", words={"zh": "县级", "en": "County"}),
                Choice(code="own", words={"zh": "本单位", "en": "Own house"}),
            ),
        ),
        Field(code="giver", words={"zh": "授予单位", "en": "Given by"}, required=True),
        Field(code="receiver", words={"zh": "获得者", "en": "Given to"}, required=True),
        Field(code="document", words={"zh": "文号", "en": "Document"}),
    ),
    subject_from="rank",
    sentence={
        "zh": "{receiver}获{giver}授予的“{title}”。",
        "en": "{receiver} received “{title}” from {giver}.",
    },
    level=Level.MAJOR,
)

BOOKS = (SAFETY_PATROLS, PARTY_MEETINGS, STAFF_TRAININGS, HONOURS)
