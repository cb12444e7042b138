"""Schools and their classes: entered, brought by a list, found, and moved up when the year changes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.ledger.testing import make_act
from wenlan.network.testing import make_network
from wenlan.patrons import amending, operations, queries
from wenlan.patrons.models import UnitMember
from wenlan.patrons.testing import make_patron
from wenlan.patrons.types import NewReader
from wenlan.patrons.units import operations as units
from wenlan.patrons.units import policies
from wenlan.patrons.units.errors import ClassStandsAlready
from wenlan.patrons.units.queries import members, membership
from wenlan.patrons.units.queries import units as known_units
from wenlan.staff.testing import signed_in

SEPTEMBER = date(2019, 9, 2)
SCHOOL = "示例中学"


def pupil(node, name, group, *, unit=SCHOOL):
    found = make_patron(node=node, name=name)
    units.belong(make_act(SEPTEMBER, node=node, staff=None), patron=found.id, unit=unit, group=group)
    return found


@pytest.mark.parametrize(
    ("name", "following"),
    [
        ("七年级2班", "八年级2班"),
        ("7年级（2）班", "8年级（2）班"),
        ("初一3班", "初二3班"),
        ("高二(4)班", "高三(4)班"),
        ("三（2）班", "四（2）班"),
        ("2024级3班", "2024级3班"),
        ("会计科", "会计科"),
        ("九年级1班", ""),
        ("高三1班", ""),
    ],
)
def test_the_next_school_year_is_suggested(name, following):
    others = ["七年级2班", "7年级（2）班", "初一3班", "九年级1班", "高二(4)班", "高三1班"]

    assert policies.next_year(name, others) == following


def test_a_school_of_six_grades_lets_the_sixth_leave_and_one_of_nine_does_not():
    assert policies.next_year("六年级1班", ["五年级1班", "六年级1班"]) == ""
    assert policies.next_year("六年级1班", ["六年级1班", "九年级1班"]) == "七年级1班"


@given(st.lists(st.integers(1, 99), min_size=1, max_size=20))
def test_classes_stand_in_the_order_of_their_numbers_however_they_are_written(numbers):
    written = [f"七年级{number}班" for number in numbers]
    tens = [f"{policies._numeral(number) if number < 20 else number}班" for number in numbers]

    assert sorted(written, key=policies.order) == [f"七年级{number}班" for number in sorted(numbers)]
    assert [policies.number_of(one.removesuffix("班")) for one in tens] == numbers


@pytest.mark.django_db
def test_story_of_a_school_year(django_assert_num_queries):
    # Three classes; in September the seventh grade becomes the eighth while the eighth becomes the ninth, and the ninth
    # leaves. A pupil kept at another branch is not touched.
    _root, east, west = make_network("E", "W")
    li, wang, zhao = (
        pupil(east.id, name, group)
        for name, group in (("李一", "七年级2班"), ("王二", "八年级2班"), ("赵三", "九年级2班"))
    )
    elsewhere = pupil(west.id, "钱四", "七年级2班")
    act = make_act(SEPTEMBER, node=east.id, staff=None)
    with django_assert_num_queries(1):
        (school,) = known_units([east.id])

    names = [one.group for one in school.groups]
    done = units.move_up(
        act, nodes=[east.id], unit=SCHOOL, renames={name: policies.next_year(name, names) for name in names}
    )

    assert (names, school.readers) == (["七年级2班", "八年级2班", "九年级2班"], 3)
    assert (done.moved, done.left) == ({"七年级2班": 1, "八年级2班": 1}, {"九年级2班": 1})
    assert [one and one.group for one in map(membership, (li.id, wang.id, zhao.id, elsewhere.id))] == [
        "八年级2班", "九年级2班", None, "七年级2班",
    ]  # fmt: skip
    assert members([east.id], unit=SCHOOL, group="八年级2班") == (li.id,)
    assert queries.patron(zhao.id).status == "valid"


@pytest.mark.django_db
def test_two_classes_become_one_only_when_somebody_says_so():
    _root, east = make_network("E")
    pupil(east.id, "李一", "七年级1班"), pupil(east.id, "王二", "七年级2班")
    act, renames = make_act(SEPTEMBER, node=east.id, staff=None), {"七年级1班": "七年级2班"}

    with pytest.raises(ClassStandsAlready):
        units.move_up(act, nodes=[east.id], unit=SCHOOL, renames=renames)
    assert UnitMember.objects.filter(group="七年级1班").count() == 1
    units.move_up(act, nodes=[east.id], unit=SCHOOL, renames=renames, may_join=True)

    assert UnitMember.objects.filter(group="七年级2班").count() == 2


@pytest.mark.django_db
def test_a_reader_is_registered_with_a_class_amended_found_by_it_and_forgotten_with_the_rest():
    _root, east = make_network("E")
    make_patron(node=east.id)
    act = make_act(SEPTEMBER, node=east.id, staff=None)
    new = NewReader(name="周五", category="adult", card_number="C5", unit=f" {SCHOOL} ", group="七年级3班")
    found = operations.register(act, reader=new)

    assert [one.id for one in queries.search(SCHOOL, names_of=[east.id])] == [found.id]
    assert queries.search(SCHOOL, names_of=[]) == ()
    amending.amend(act, patron=found.id, details=amending.Details(name="周五", category="adult", unit="示例小学"))
    assert membership(found.id).words == "示例小学"
    amending.amend(act, patron=found.id, details=amending.Details(name="周五", category="adult"))
    assert membership(found.id).words == "示例小学"
    operations.deregister(act, patron=found.id, reason="")
    operations.erase(act, patron=found.id)
    assert membership(found.id) is None


@pytest.mark.django_db
def test_the_pages_of_a_school_lead_from_the_list_to_the_new_year():
    _root, east, west = make_network("E", "W")
    pupil(east.id, "李一", "七年级2班"), pupil(east.id, "王二", "八年级2班")
    desk, other = signed_in(east.id, "circulation"), signed_in(west.id, "circulation")

    (line,) = desk.get("/desk/readers/units/").context["lines"]
    page = desk.get(f"{line['url']}&next=1")
    shown = desk.get(f"{line['url']}&group=七年级2班").content.decode()
    form = page.context["form"]
    suggested = {one["field"].html_name: one["field"].initial for one in form.lines()}
    refused = desk.post(line["url"], {"class-0": "八年级2班", "class-1": "八年级2班"})
    desk.post(line["url"], suggested)

    assert ("李一" in shown, "王二" in shown) == (True, False)
    assert suggested == {"class-0": "八年级2班", "class-1": "九年级2班"}
    assert refused.status_code == 422
    assert [one.group for one in known_units([east.id])[0].groups] == ["八年级2班", "九年级2班"]
    assert other.get("/desk/readers/units/").context["lines"] == []
    assert other.get(line["url"]).status_code == 404
