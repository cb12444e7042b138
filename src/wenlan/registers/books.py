"""The books that no other package owns: safety, Party life, staff training, honours."""

from wenlan.ledger.kinds import Kind
from wenlan.registers.fields import answers, choice, line, people, tally, text, words
from wenlan.registers.types import Book, Field, FieldKind, Level

UNIT_PLACES = words("处", "places")
UNIT_PEOPLE = words("人次", "persons")

SAFETY_PATROLS = Book(
    code="safety_patrols",
    words=words("安全巡查", "Safety patrols"),
    about=words(
        "每次巡查写一条：查了哪里，谁去的，发现几处隐患，是否已整改。",
        "One entry for each patrol: where, who, how many dangers were found and whether they were dealt with.",
    ),
    fields=(
        line(
            "place", "巡查地点", "Place", required=True, hint=words("楼层、库房或机房", "Floor, stack or machine room")
        ),
        people("people", "巡查人", "Patrolled by", required=True),
        choice(
            "items",
            "检查内容",
            "What was checked",
            answers(
                ("fire", "消防设施", "Fire equipment"),
                ("electricity", "用电", "Electricity"),
                ("exits", "疏散通道", "Exits"),
                ("security", "安防监控", "Security cameras"),
                ("stacks", "书库防潮防虫", "Damp and insects in the stacks"),
                ("vehicles", "车辆", "Vehicles"),
                ("all", "全面检查", "Everything"),
            ),
        ),
        tally("dangers", "发现隐患", "Dangers found", UNIT_PLACES),
        tally("dealt_with", "已整改", "Dealt with", UNIT_PLACES),
        text("remark", "备注", "Remark"),
    ),
    sentence=words(
        "{node}对{place}开展安全巡查，检查{items}[，发现隐患{dangers}处][，整改{dealt_with}处]。",
        "{node} patrolled {place} ({items})[; dangers found: {dangers}][; dealt with: {dealt_with}].",
    ),
    level=Level.NONE,
)

PARTY_MEETINGS = Book(
    code="party_meetings",
    words=words("党组织生活", "Party meetings"),
    about=words(
        "三会一课、主题党日和集中学习；次数由此统计，文字由办公室自行撰写。",
        "Meetings, Party days and study. They are counted here; no sentence is made of them.",
    ),
    fields=(
        choice(
            "form",
            "类别",
            "Kind of meeting",
            answers(
                ("members_meeting", "党员大会", "Meeting of all members"),
                ("party_day", "党日活动", "Party day"),
                ("party_lecture", "党课", "Party lecture"),
                ("committee_meeting", "支委会", "Branch committee"),
                ("group_meeting", "党小组会", "Party group"),
                ("study", "集中学习", "Study together"),
            ),
        ),
        line("topic", "主题", "Topic", required=True),
        line("place", "地点", "Place"),
        people("chair", "主持人", "In the chair"),
        tally("present", "参加人数", "Present", UNIT_PEOPLE),
        text("minutes", "记录", "Minutes"),
    ),
    subject_from="form",
    level=Level.NONE,
)

STAFF_TRAININGS = Book(
    code="staff_trainings",
    words=words("业务培训", "Staff trainings"),
    fields=(
        line("topic", "培训主题", "Topic", required=True),
        line("organiser", "主办单位", "Organised by"),
        line("place", "地点", "Place"),
        Field(code="until", words=words("结束日期", "Last day"), kind=FieldKind.DATE),
        tally("persons", "参加人次", "Persons trained", UNIT_PEOPLE, required=True),
        Field(
            code="hours",
            words=words("学时", "Hours"),
            kind=FieldKind.DECIMAL,
            counts=Kind.RECORD_ENTERED,
            counts_factor=60,
            unit=words("学时", "hours"),
        ),
        text("remark", "备注", "Remark"),
    ),
    sentence=words(
        "{node}{persons}人参加[{organiser}举办的]“{topic}”培训。",
        "{persons} of {node} took part in the training “{topic}”[ of {organiser}].",
    ),
    level=Level.PLAIN,
)

HONOURS = Book(
    code="honours",
    words=words("荣誉表彰", "Honours"),
    fields=(
        line("title", "荣誉名称", "Title", required=True),
        choice(
            "rank",
            "级别",
            "Rank",
            answers(
                ("national", "国家级", "National"),
                ("provincial", "省级", "Provincial"),
                ("city", "市级", "City"),
                ("county", "县级", "County"),
                ("own", "本单位", "Own house"),
            ),
        ),
        line("giver", "授予单位", "Given by", required=True),
        line("receiver", "获得者", "Given to", required=True),
        line("document", "文号", "Document"),
    ),
    subject_from="rank",
    sentence=words("{receiver}获{giver}授予的“{title}”。", "{receiver} received “{title}” from {giver}."),
    level=Level.MAJOR,
)

BOOKS = (SAFETY_PATROLS, PARTY_MEETINGS, STAFF_TRAININGS, HONOURS)
