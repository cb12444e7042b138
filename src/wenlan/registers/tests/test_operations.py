from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from wenlan.indicators import operations as sums
from wenlan.indicators import queries as indicators
from wenlan.indicators.testing import make_tree
from wenlan.kernel.periods import Period
from wenlan.ledger.models import ServiceEvent
from wenlan.ledger.testing import make_act
from wenlan.registers import declarations, operations, queries, verification
from wenlan.registers.errors import BookMisdeclared, BookUnknown, EntryRefused, EntryStruck
from wenlan.registers.models import Entry
from wenlan.registers.testing import PATROL, make_book, make_patrol
from wenlan.registers.types import Choice, EntryStatus, Field, FieldKind

pytestmark = pytest.mark.django_db

MARCH_4 = date(2019, 3, 4)


@pytest.fixture
def tree():
    return make_tree()


def standing():
    """What the ledger holds, reversals netted, by subject."""
    found = {}
    for subject, quantity in ServiceEvent.objects.values_list("subject", "quantity"):
        found[subject] = found.get(subject, 0) + quantity
    return {subject: quantity for subject, quantity in found.items() if quantity}


def test_an_entry_is_recorded_and_so_is_each_field_that_counts(tree):
    make_patrol(tree["MAIN"], dangers=2, dealt_with=0)

    assert standing() == {"safety_patrols": 1, "safety_patrols.dangers": 2}
    assert verification.differences() == []


def test_the_same_key_is_written_once(tree):
    first = make_patrol(tree["MAIN"])

    again = make_patrol(tree["MAIN"], place="一层大厅")

    assert again == first
    assert Entry.objects.count() == 1


def test_amending_keeps_what_was_said_and_corrects_what_was_counted(tree):
    entry = make_patrol(tree["MAIN"], dangers=2)
    changes = {**PATROL, "dangers": 3, "dealt_with": 1}

    amended = operations.amend(
        make_act(key="a"), entry=entry.uid, values=changes, day=date(2019, 3, 5), reason="数错了"
    )

    assert (amended.revision, amended.day, amended.values["dangers"]) == (2, date(2019, 3, 5), 3)
    assert standing() == {"safety_patrols": 1, "safety_patrols.dangers": 3, "safety_patrols.dealt_with": 1}
    (earlier,) = queries.amendments(entry.uid)
    assert (earlier.revision, earlier.day, earlier.values["dangers"], earlier.reason) == (1, MARCH_4, 2, "数错了")
    assert verification.differences() == []


def test_a_struck_entry_stays_readable_and_counts_no_more(tree):
    entry = make_patrol(tree["MAIN"], dangers=2)

    struck = operations.strike(make_act(), entry=entry.uid, reason="重复登记")

    assert (struck.status, struck.values) == (EntryStatus.STRUCK, entry.values)
    assert operations.strike(make_act(), entry=entry.uid, reason="again") == struck
    assert standing() == {}
    assert verification.differences() == []
    with pytest.raises(EntryStruck):
        operations.amend(make_act(), entry=entry.uid, values=PATROL)


def test_a_refused_entry_gives_every_reason_and_writes_nothing(tree):
    values = {"people": "李一、王二", "items": "roof", "dangers": "many", "colour": "red"}

    with pytest.raises(EntryRefused) as caught:
        operations.enter(make_act(node=tree["MAIN"]), book="safety_patrols", day=MARCH_4, values=values)

    assert set(caught.value.faults) == {"place", "items", "dangers", "colour"}
    assert (Entry.objects.count(), ServiceEvent.objects.count()) == (0, 0)


def test_values_are_taken_as_people_write_them(tree):
    words = {"zh": "字段", "en": "Field"}
    kinds = [kind for kind in FieldKind if kind != FieldKind.CHOICE]
    fields = [Field(code=f"f_{kind}", words=words, kind=kind) for kind in kinds]
    choices = (Choice(code="high", words={"zh": "高", "en": "High"}),)
    fields.append(Field(code="f_choice", words=words, kind=FieldKind.CHOICE, choices=choices))
    operations.declare(make_act(), make_book("mixed", fields=tuple(fields)))
    given = {
        "f_text": " 一行 ",
        "f_longtext": "多\n行",
        "f_date": "2019年3月4日",
        "f_time": "9：05",
        "f_integer": "１,２００",
        "f_decimal": "1.50",
        "f_choice": "高",
        "f_node": "EAST",
        "f_people": "李一，王二；赵三",
        "f_boolean": "否",
    }

    entry = operations.enter(make_act(node=tree["MAIN"]), book="mixed", day=MARCH_4, values=given)

    assert entry.values == {
        "f_text": "一行",
        "f_longtext": "多\n行",
        "f_date": "2019-03-04",
        "f_time": "09:05",
        "f_integer": 1200,
        "f_decimal": "1.50",
        "f_choice": "high",
        "f_node": "EAST",
        "f_people": ["李一", "王二", "赵三"],
        "f_boolean": False,
    }


def test_a_book_made_in_the_browser_brings_its_measures(tree):
    field = Field(code="guests", words={"zh": "人数", "en": "Guests"}, kind=FieldKind.INTEGER, counts="record.entered")
    operations.declare(make_act(), make_book("guests_received", fields=(field,)))
    for key, guests in (("1", 12), ("2", 30)):
        act = make_act(node=tree["EAST"], key=key)
        operations.enter(act, book="guests_received", day=MARCH_4, values={"guests": guests})
    sums.fold_all()

    codes = ["register.guests_received", "register.guests_received.guests"]
    found = indicators.figures(codes, node=tree["NET"], period=Period.year(2019))

    assert [found[code].value for code in codes] == [2, 42]


def test_declaring_again_makes_a_version_only_when_something_changed():
    assert operations.declare(make_act(), make_book()) == 1
    assert operations.declare(make_act(), make_book()) == 1
    assert operations.declare(make_act(), make_book(words={"zh": "接待", "en": "Guests"})) == 2
    assert queries.book("visits_received").words == {"zh": "接待", "en": "Guests"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "Visits"},
        {"words": {"zh": "来访"}},
        {"sentence": {"zh": "{who}来访。", "en": "{who} came."}},
        {"subject_from": "guest"},
        {"fields": (Field(code="n", words={"zh": "数", "en": "n"}, counts="record.entered"),)},
        {"fields": (Field(code="c", words={"zh": "选", "en": "c"}, kind=FieldKind.CHOICE),)},
    ],
)
def test_a_declaration_that_does_not_hold_together_is_refused(wrong):
    with pytest.raises(BookMisdeclared):
        operations.declare(make_act(), make_book(**wrong))


def test_an_unknown_book_is_refused(tree):
    with pytest.raises(BookUnknown):
        operations.enter(make_act(node=tree["MAIN"]), book="nothing", day=MARCH_4, values={})


def test_every_shipped_book_holds_together_and_is_put_into_force():
    assert operations.declare_shipped() == len(declarations.shipped_books())
    assert {book.code for book in queries.books()} == {book.code for book in declarations.shipped_books()}


def test_entries_come_latest_first_page_by_page_and_by_what_they_say(tree):
    for number, day in enumerate((MARCH_4, date(2019, 3, 5), date(2019, 3, 5), date(2019, 4, 1))):
        make_patrol(tree["MAIN"], day, key=str(number), place="地下书库" if number == 1 else "大厅")
    make_patrol(tree["EAST"], key="east")
    march = Period.month(2019, 3)

    first = queries.entries("safety_patrols", nodes={tree["MAIN"]}, period=march, limit=2)
    second = queries.entries("safety_patrols", nodes={tree["MAIN"]}, period=march, limit=2, after=first.next)

    assert [entry.day for entry in (*first.rows, *second.rows)] == [date(2019, 3, 5), date(2019, 3, 5), MARCH_4]
    assert second.next is None
    assert len(queries.entries("safety_patrols", nodes=set(tree.values()), text="地下").rows) == 1
    assert len(queries.entries("safety_patrols", nodes=set(tree.values()), values={"items": "fire"}).rows) == 5


def test_the_chronicle_tells_what_belongs_into_it(tree):
    honour = {"title": "先进集体", "rank": "city", "giver": "市文旅局", "receiver": "市图书馆"}
    act = make_act(node=tree["EAST"], key="h")
    operations.enter(act, book="honours", day=MARCH_4, values=honour)
    make_patrol(tree["MAIN"], key="quiet")
    operations.enter(
        make_act(node=tree["MAIN"], key="loud"), book="safety_patrols", day=MARCH_4, values=PATROL, level="plain"
    )

    with translation.override("zh-hans"):
        lines = queries.chronicle(tree["NET"], Period.year(2019))

    assert [(line.level, line.text) for line in lines] == [
        ("major", "市图书馆获市文旅局授予的“先进集体”。"),
        ("plain", "MAIN对三层书库开展安全巡查，检查消防设施。"),
    ]
    assert queries.chronicle(tree["WEST"], Period.year(2019)) == ()


@pytest.mark.capability("Q01")
@pytest.mark.capability("Q02")
@pytest.mark.capability("Q03")
def test_party_meetings_are_counted_by_kind(tree):
    held = {"members_meeting": 3, "committee_meeting": 14, "group_meeting": 11, "party_lecture": 4, "study": 24}
    for form, times in held.items():
        for number in range(times):
            act = make_act(node=tree["MAIN"], key=f"{form}{number}")
            values = {"form": form, "topic": "学习", "present": 10}
            operations.enter(act, book="party_meetings", day=MARCH_4, values=values)
    sums.fold_all()

    cells = indicators.breakdown("party_meetings", node=tree["NET"], period=Period.year(2019), by=("subject",))

    assert {cell.keys[0]: cell.value for cell in cells} == {f"party_meetings:{form}": n for form, n in held.items()}


@pytest.mark.capability("P07")
def test_staff_trainings_are_counted_with_persons_and_hours(tree):
    for key, persons, hours in (("1", 12, "1.5"), ("2", 20, "3")):
        act = make_act(node=tree["MAIN"], key=key)
        values = {"topic": "编目", "persons": persons, "hours": hours}
        operations.enter(act, book="staff_trainings", day=MARCH_4, values=values)
    sums.fold_all()

    codes = ["staff_trainings", "staff_trained", "staff_training_hours"]
    found = indicators.figures(codes, node=tree["NET"], period=Period.year(2019))

    assert [found[code].value for code in codes] == [2, 32, Decimal("4.5")]


def test_story_of_a_patrol(tree):
    # On 4 March Zhao walks through the stacks of the east branch and finds two dangers; one is dealt with at once.
    # The day after she sees that she had counted the same socket twice, and amends the entry.
    # On 11 March the patrol is entered twice by mistake; the second is struck out.
    # The year has two patrols and one danger, at the branch and in the network; the main library has none.
    monday = make_patrol(tree["EAST"], key="1", dangers=2, dealt_with=1)
    operations.amend(
        make_act(key="2"), entry=monday.uid, values={**PATROL, "dangers": 1, "dealt_with": 1}, reason="同一插座"
    )
    make_patrol(tree["EAST"], date(2019, 3, 11), key="3")
    twice = make_patrol(tree["EAST"], date(2019, 3, 11), key="4")
    operations.strike(make_act(key="5"), entry=twice.uid, reason="重复")
    sums.fold_all()

    codes = ["safety_patrols", "dangers_found", "dangers_dealt_with"]
    for place, expected in (("EAST", [2, 1, 1]), ("NET", [2, 1, 1]), ("MAIN", [0, 0, 0])):
        found = indicators.figures(codes, node=tree[place], period=Period.year(2019))
        assert [found[code].value for code in codes] == expected
    acts = indicators.acts_of("safety_patrols", node=tree["NET"], period=Period.year(2019)).rows
    assert sum(act.quantity for act in acts) == 2
    assert verification.differences() == []
