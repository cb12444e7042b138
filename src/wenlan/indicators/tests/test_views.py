from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wenlan.indicators import operations
from wenlan.indicators.testing import make_tree
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.testing import make_act
from wenlan.ledger.types import MeasureView
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db

FIGURES = "/desk/figures/"
SPAN = "start=2019-01-01&last=2019-12-31"


def declare(code, **declared):
    words = {"zh": "到馆人次", "en": "Visits"}
    ledger.declare_measure(MeasureView(code=code, words=words, origin="browser", **declared))


@pytest.fixture
def tree():
    tree = make_tree()
    declare("gate", kinds=("visit.counted",))
    for number, place in enumerate(("MAIN", "EAST", "EAST")):
        act = make_act(date(2019, 3, 4), node=tree[place])
        ledger.record(act, Kind.VISIT_COUNTED, quantity=10, subject="gate-1", source=f"gate:{number}")
    operations.fold_all()
    return tree


def test_a_figure_is_shown_with_its_parts_each_leading_to_its_acts(tree):
    desk = signed_in(tree["NET"], "director")

    page = desk.get(f"{FIGURES}gate/?{SPAN}")
    by_branch = page.context["breakdowns"][0]
    acts = desk.get(next(row.url for row in by_branch["rows"] if row.key == "EAST"))

    assert page.context["figure"].value == 30
    assert {row.key: row.value for row in by_branch["rows"]} == {"MAIN": 10, "EAST": 20}
    assert [row["quantity"] for row in acts.context["rows"]] == [10, 10]


def test_today_lists_what_was_done_today(tree):
    ledger.record(make_act(clock.today(), node=tree["EAST"]), Kind.VISIT_COUNTED, quantity=7, source="gate:now")
    operations.fold_all()

    lines = signed_in(tree["NET"], "director").get(FIGURES).context["lines"]

    assert [(line.name, line.day, line.month, line.year) for line in lines] == [("Visits", 7, 7, 7)]


def test_before_the_first_act_of_a_day_yesterdays_figures_stand_beside(tree):
    yesterday = clock.today() - timedelta(days=1)
    ledger.record(make_act(yesterday, node=tree["EAST"]), Kind.VISIT_COUNTED, quantity=7, source="gate:before")
    declare("visits", kinds=("visit.counted",))
    operations.fold_all()

    page = signed_in(tree["NET"], "director").get(FIGURES)

    assert [(line.name, line.day, line.before) for line in page.context["lines"]] == [("Visits", 0, 7)] * 2
    assert [note for figure, note, _url in page.context["headlines"]] == ["yesterday 7"]
    assert "Nothing yet today; yesterday:" in page.content.decode()


def test_subjects_and_machines_are_said_in_words(tree):
    act = make_act(date(2019, 5, 2), node=tree["EAST"])
    ledger.record(replace(act, staff=None, device="K-1"), Kind.LOAN_RENEWED, subject="reader", source="renewal:1")
    declare("renewals", kinds=("loan.renewed",))
    operations.fold_all()
    desk = signed_in(tree["NET"], "director")

    by_subject = desk.get(f"{FIGURES}renewals/?{SPAN}&by=subject").context["breakdowns"][0]["rows"]
    acts = desk.get(f"{FIGURES}renewals/acts/?{SPAN}&c_subject=reader").context

    assert [(row.key, row.value) for row in by_subject] == [("Reader", 1)]
    assert [(row["subject"], row["operator"]) for row in acts["rows"]] == [("Reader", "Machine K-1")]
    assert ("Subject of the act", "Reader") in acts["cell"]


def test_a_unit_is_not_printed_beside_a_name_that_ends_with_it(tree):
    declare("visits", kinds=("visit.counted",), unit={"zh": "人次", "en": "visits"})

    tiles = signed_in(tree["NET"], "director").get(FIGURES).content.decode()
    one = signed_in(tree["NET"], "director").get(f"{FIGURES}visits/?{SPAN}").content.decode()

    assert "figure-unit" not in tiles
    assert "figure-unit" not in one


def test_strangers_sign_in_and_a_librarian_sees_only_what_lies_under_her(tree):
    assert Client().get(f"{FIGURES}gate/").headers["Location"].startswith("/desk/sign-in/")

    east = signed_in(tree["EAST"], "branch_manager")
    asked_for_all = east.get(f"{FIGURES}gate/?{SPAN}&node={tree['NET']}")

    assert asked_for_all.context["figure"].value == 20
    assert east.get(f"{FIGURES}gate/acts/?{SPAN}&c_node={tree['MAIN']}").context["rows"] == []


def test_who_has_no_right_to_figures_is_told_so(tree):
    assert signed_in(tree["MAIN"]).get(FIGURES).status_code == 403


@pytest.mark.parametrize(("role", "shown"), [("director", True), ("office", False)])
def test_where_an_act_came_from_needs_a_right_of_its_own(tree, role, shown):
    acts = signed_in(tree["NET"], role).get(f"{FIGURES}gate/acts/?{SPAN}")

    assert any(column["key"] == "source" for column in acts.context["columns"]) is shown


def test_acts_are_shown_page_by_page(tree):
    rows = [
        ledger.event_row(make_act(date(2019, 4, 1), node=tree["MAIN"]), Kind.VISIT_COUNTED, source=f"more:{number}")
        for number in range(60)
    ]
    ledger.record_many(rows)
    operations.fold_all()
    desk = signed_in(tree["NET"], "director")

    first = desk.get(f"{FIGURES}gate/acts/?{SPAN}")
    second = desk.get(f"{FIGURES}gate/acts/?{SPAN}&after={first.context['next']}")

    assert (len(first.context["rows"]), len(second.context["rows"]), second.context["next"]) == (50, 13, "")


@pytest.mark.parametrize("query", ["last=2018-01-01", "by=colour", "node=x", "start=nonsense", "after=x", "c_day=x"])
def test_a_question_that_makes_no_sense_breaks_nothing(tree, query):
    desk = signed_in(tree["NET"], "director")

    assert desk.get(f"{FIGURES}gate/?{query}").status_code == 200
    assert desk.get(f"{FIGURES}gate/acts/?{query}").status_code in {200, 404}
    assert desk.get(f"{FIGURES}nothing/?{query}").status_code == 404


def test_the_dictionary_shows_every_measure(tree):
    rows = signed_in(tree["NET"], "director").get(f"{FIGURES}dictionary/").context["rows"]

    assert [row["code"] for row in rows] == ["gate"]


def test_a_figure_costs_the_same_however_many_acts(tree):
    desk = signed_in(tree["NET"], "director")
    desk.get(f"{FIGURES}gate/?{SPAN}")
    with CaptureQueriesContext(
        connection,
    ) as few:
        desk.get(f"{FIGURES}gate/?{SPAN}")
    for number in range(20):
        act = make_act(date(2019, 5, 1), node=tree["WEST"])
        ledger.record(act, Kind.VISIT_COUNTED, source=f"more:{number}")
    operations.fold_all()

    with CaptureQueriesContext(connection) as many:
        desk.get(f"{FIGURES}gate/?{SPAN}")

    assert len(many) == len(few)
