from datetime import date

import pytest
from django.test import Client

from wenlan.facilities import operations
from wenlan.facilities.testing import counted, make_act, make_gate, make_library, make_room
from wenlan.facilities.types import Direction
from wenlan.ledger.kinds import Kind
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db

PAGE = "/desk/visits/"
DAY = date(2019, 3, 4)


def test_a_librarian_enters_a_day_by_gate_and_room():
    library = make_library()
    gate = make_gate(library, "EAST", direction=Direction.TWO_WAY)
    room = make_room(library)
    desk = signed_in(library, "circulation")

    answer = desk.post(f"{PAGE}?day={DAY}", {f"gate-{gate.id}": "301", f"room-{room}": "40"}, follow=True)

    assert answer.redirect_chain == [(f"{PAGE}?day={DAY}", 302)]
    assert counted(Kind.VISIT_COUNTED, day=DAY, subject="EAST") == 150
    assert counted(Kind.READING_ROOM_VISITED, day=DAY, department=room) == 40
    assert answer.context["visits"] == 150
    assert answer.context["form"][f"gate-{gate.id}"].value() == 301


def test_an_empty_place_is_left_as_it_was():
    library = make_library()
    gate, other = make_gate(library), make_gate(library)
    operations.count_visits(make_act(library), gate=other.code, persons=7, day=DAY)
    desk = signed_in(library, "circulation")

    desk.post(f"{PAGE}?day={DAY}", {f"gate-{gate.id}": "5", f"gate-{other.id}": ""})

    assert counted(Kind.VISIT_COUNTED, subject=other.code) == 7
    assert counted(Kind.VISIT_COUNTED, subject=gate.code) == 5


def test_a_faulty_number_is_shown_with_what_is_wrong_and_nothing_is_entered():
    library = make_library()
    gate, other = make_gate(library), make_gate(library)
    desk = signed_in(library, "circulation")

    answer = desk.post(f"{PAGE}?day={DAY}", {f"gate-{gate.id}": "-5", f"gate-{other.id}": "5"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"gate-{gate.id}"]
    assert counted(Kind.VISIT_COUNTED) == 0


def test_a_day_ahead_is_shown_as_today():
    library = make_library()
    desk = signed_in(library, "circulation")

    answer = desk.get(f"{PAGE}?day=2999-01-01")

    assert answer.context["day"] == clock.today()


def test_a_stranger_is_asked_to_sign_in():
    answer = Client().get(PAGE)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/desk/sign-in/")


def test_a_librarian_without_the_right_is_told_so():
    library = make_library()

    assert signed_in(library, "cataloguer").get(PAGE).status_code == 403


def test_a_librarian_of_another_branch_neither_sees_nor_enters_our_gates():
    library = make_library()
    ours, theirs = make_library("OURS", parent=library), make_library("THEIRS", parent=library)
    gate = make_gate(ours)
    desk = signed_in(theirs, "branch_manager")

    answer = desk.post(f"{PAGE}?day={DAY}", {f"gate-{gate.id}": "5"}, follow=True)

    assert answer.context["gate_lines"] == []
    assert counted(Kind.VISIT_COUNTED) == 0


def test_the_page_costs_the_same_number_of_statements_for_one_gate_and_for_three(django_assert_max_num_queries):
    library = make_library()
    make_gate(library)
    desk = signed_in(library, "circulation")
    desk.get(PAGE)

    with django_assert_max_num_queries(40) as few:
        desk.get(PAGE)
    for _ in range(2):
        make_gate(library)
    with django_assert_max_num_queries(40) as many:
        answer = desk.get(PAGE)

    assert len(answer.context["gate_lines"]) == 3
    assert len(many) == len(few)
