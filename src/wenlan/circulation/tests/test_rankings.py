"""Rankings by loans: what a librarian hangs on the wall in January, and how it agrees with the year's figure."""

from datetime import UTC, date, datetime, time

import pytest

from wenlan.catalogue.testing import make_record
from wenlan.circulation import operations
from wenlan.circulation.rankings import queries
from wenlan.circulation.rankings.types import Question
from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as indicators
from wenlan.indicators import queries as figures
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_network
from wenlan.patrons.models import Category
from wenlan.patrons.testing import make_category, make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2019, 3, 4), date(2019, 3, 5)


@pytest.fixture
def lent(monkeypatch):
    """三体 lent twice from two copies in two branches, 活着 twice, 边城 once; and a loan taken back at once."""
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(date(2019, 3, 20), time(2), UTC))
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    titles = {name: make_record(root.id, name).id for name in ("三体", "活着", "边城", "围城")}
    li, wang = make_patron(node=east.id, name="李小雷"), make_patron(node=west.id, name="王芳")
    school = make_patron(node=east.id, name="崇文小学", category=make_category("school"))
    Category.objects.filter(code="school").update(is_institution=True)
    lend(make_item(node=east.id, record=titles["三体"]), li, make_act(east.id, MONDAY))
    lend(make_item(node=west.id, record=titles["三体"]), wang, make_act(west.id, TUESDAY))
    to_live = make_item(node=east.id, record=titles["活着"])
    lend(to_live, li, make_act(east.id, MONDAY))
    take_back(to_live, make_act(east.id, TUESDAY))
    lend(to_live, school, make_act(east.id, TUESDAY))
    lend(make_item(node=east.id, record=titles["边城"]), li, make_act(east.id, TUESDAY))
    wrong = make_item(node=east.id, record=titles["围城"])
    lend(wrong, li, make_act(east.id, TUESDAY, key="wrong"))
    operations.undo(make_act(east.id, TUESDAY, seconds=20), key="wrong")
    return {"root": root.id, "east": east.id, "west": west.id, "li": li.id, "wang": wang.id, **titles}


def of(node: int, **more: str) -> Question:
    return Question(node=node, start=date(2019, 1, 1), end=date(2020, 1, 1), **more)


@pytest.mark.capability("C15")
def test_titles_are_ranked_by_the_loans_of_all_their_copies(lent):
    ranking = queries.titles(of(lent["root"]))

    assert [(line.rank, line.loans) for line in ranking.lines] == [(1, 2), (1, 2), (3, 1)]
    assert [line.id for line in ranking.lines] == [*sorted((lent["三体"], lent["活着"])), lent["边城"]]
    indicators.fold_all()
    told = figures.figures(["loans"], node=lent["root"], period=Period.year(2019))["loans"].value
    assert ranking.loans == sum(line.loans for line in ranking.lines) == told == 5
    assert [line.id for line in queries.titles(of(lent["west"])).lines] == [lent["三体"]]
    assert queries.titles(of(lent["root"], main_class="Z")).lines == ()
    assert queries.titles(Question(node=lent["root"], start=TUESDAY, end=date(2019, 3, 6))).loans == 3


@pytest.mark.capability("C16")
def test_readers_are_ranked_without_institutions_and_without_their_names(lent):
    ranking = queries.readers(of(lent["root"]))
    assert [(line.rank, line.id, line.loans) for line in ranking.lines] == [(1, lent["li"], 3), (2, lent["wang"], 1)]

    page = signed_in(lent["root"], "director").get("/desk/circulation/rankings/?by=readers").content.decode()

    assert all(masked in page for masked in ("李**", "王*"))
    assert not any(name in page for name in ("李小雷", "王芳", "崇文小学"))


def test_loans_of_readers_no_longer_kept_are_told(lent):
    operations.forget_returned(before=date(2019, 3, 20))

    ranking = queries.readers(of(lent["root"]))

    assert (ranking.loans, ranking.unnamed) == (4, 1)


def test_a_ranking_goes_to_a_spreadsheet(lent):
    client = signed_in(lent["root"], "director")
    answer = client.get("/desk/circulation/rankings/", {"format": "csv"})

    assert answer["Content-Disposition"] == 'attachment; filename="wenlan-titles.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[1].split(",")[0] == "1"


def test_an_empty_span_says_what_to_do(lent):
    page = signed_in(lent["root"], "director").get("/desk/circulation/rankings/?start=2018-01-01&last=2018-12-31")
    assert "Nothing was lent there in this span." in page.content.decode()


def test_who_may_not_see_readers_gets_no_ranking_of_them(lent):
    client = signed_in(lent["root"], "statistician")
    assert client.get("/desk/circulation/rankings/").status_code == 200
    assert client.get("/desk/circulation/rankings/?by=readers").status_code == 403


def test_who_may_not_open_the_catalogue_reads_titles_and_finds_no_link_that_refuses(lent):
    linked, plain = (
        signed_in(lent["root"], role).get("/desk/circulation/rankings/", {"start": "2019-01-01", "last": "2019-12-31"})
        for role in ("director", "finance")
    )

    assert [f'href="/desk/catalogue/{lent["三体"]}/"' in page.content.decode() for page in (linked, plain)] == [
        True,
        False,
    ]
    assert "三体" in plain.content.decode()


def test_the_first_morning_of_a_year_shows_the_last_year_that_has_something(lent, monkeypatch):
    client = signed_in(lent["root"], "director")
    this_year = client.get("/desk/circulation/rankings/").context
    monkeypatch.setattr(clock, "now", lambda: datetime(2022, 1, 1, 2, tzinfo=UTC))

    opened = client.get("/desk/circulation/rankings/").context
    asked = client.get("/desk/circulation/rankings/", {"start": "2022-01-01", "last": "2022-01-01"}).context

    assert (this_year["ranking"].loans, this_year["earlier_year"]) == (5, None)
    assert (opened["ranking"].loans, opened["earlier_year"]) == (5, 2019)
    assert (opened["start"], opened["last"]) == (date(2019, 1, 1), date(2019, 12, 31))
    assert (asked["rows"], asked["earlier_year"]) == ([], None)
