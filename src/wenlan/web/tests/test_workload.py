"""What each member of staff did: at the desk, in cataloguing, at the shelves, in dunning."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.catalogue import operations as catalogue
from wenlan.catalogue.testing import make_marc
from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.credit import reminding
from wenlan.credit.reminding import Due, Task
from wenlan.credit.types import Contact, Reminder
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as holdings_queries
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import ItemStatus, NewItem, Transition
from wenlan.kernel.testing import plan_of
from wenlan.network.testing import make_network
from wenlan.patrons import operations as patrons
from wenlan.patrons.testing import make_category, make_patron
from wenlan.patrons.types import NewReader
from wenlan.staff.testing import make_member, signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
TODAY = date(2019, 3, 20)
MARCH, MAY = {"first": "2019-03-01", "last": "2019-03-31"}, {"first": "2019-02-01", "last": "2019-05-31"}
LABELS = [
    *("Loan", "Return", "Renewal", "Registration", "Account closed", "Accession"),
    *("Records catalogued", "Records corrected", "Items shelved", "Reminders made"),
]


@pytest.fixture
def places(monkeypatch) -> tuple[int, int]:
    """A main library and a branch on a day in March 2019."""
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(TODAY, time(2), UTC))
    root, main, east = make_network("MAIN", "EAST")
    make_rule(root.id)
    return main.id, east.id


def a_morning_at_the_desk(node: int, staff: int, on: date) -> None:
    """Lend two items and take one back, and register a reader."""
    book, other, reader = make_item(node=node), make_item(node=node), make_patron(node=node)
    lend(book, reader, make_act(node, on, staff=staff))
    lend(other, reader, make_act(node, on, staff=staff))
    take_back(book, make_act(node, on, staff=staff))
    make_category("adult")
    patrons.register(
        make_act(node, on, staff=staff),
        reader=NewReader(name="李", category="adult", card_number=f"R{staff}{on:%m%d}"),
    )


def an_afternoon_in_cataloguing(node: int, staff: int, on: date) -> None:
    """Catalogue a title, correct it, accession two volumes of it, and put one of them on the shelf."""

    def act():
        return make_act(node, on, staff=staff)

    record = catalogue.catalogue_record(act(), marc=make_marc("三体"))
    catalogue.change_record(act(), record=record.uid, marc=make_marc("三体：全集"))
    new = [
        holdings.accession(
            act(), item=NewItem(record=record.id, barcode=f"N{staff}{volume}", status=ItemStatus.IN_PROCESSING)
        )
        for volume in (1, 2)
    ]
    holdings.change_state(act(), item=new[0].id, transition=Transition.FINISH)


def calls_about_late_books(node: int, staff: int, on: date, count: int) -> None:
    """Call readers about books that are late."""
    reader = make_patron(node=node)
    tasks = [
        Task(
            due=Due(
                source=f"loan:{staff}:{number}",
                patron=reader.id,
                home_node=node,
                category=reader.category.id,
                days=14,
                due_on=on,
                barcode=f"B{number}",
                title="活着",
            ),
            step=Reminder(days=14, how=Contact.CALL),
        )
        for number in range(count)
    ]
    reminding.done(make_act(node, on, staff=staff), tasks=tasks)


def table(client, said: dict[str, str]) -> dict[tuple[str, date], list[int]]:
    """Return the rows of the page by person and period, as their numbers."""
    context = client.get("/desk/workload/", said).context
    assert [str(label) for label in context["columns"]] == LABELS
    return {(row["who"], row["period"]): [count for _label, count in row["cells"]] for row in context["rows"]}


@pytest.mark.capability("V21")
def test_the_work_of_each_operator_by_day_and_by_month(places):
    # Zhao lends in March and in April, Qian catalogues and shelves, Sun calls readers; a branch is not seen from afar.
    main, east = places
    zhao, qian, sun = (make_member(main, "circulation", username=name) for name in ("zhao", "qian", "sun"))
    a_morning_at_the_desk(main, zhao.id, date(2019, 3, 4))
    a_morning_at_the_desk(main, zhao.id, date(2019, 3, 5))
    a_morning_at_the_desk(main, zhao.id, date(2019, 4, 1))
    an_afternoon_in_cataloguing(main, qian.id, date(2019, 3, 5))
    calls_about_late_books(main, sun.id, date(2019, 3, 6), 3)
    a_morning_at_the_desk(east, make_member(east, username="li").id, date(2019, 3, 5))
    desk, branch = signed_in(main, "director"), signed_in(east, "branch_manager")

    by_day, by_month = table(desk, MARCH), table(desk, MAY | {"by_month": "on"})

    morning = [2, 1, 0, 1, 0, 0, 0, 0, 0, 0]
    assert by_day == {
        ("Zhao", date(2019, 3, 4)): morning,
        ("Zhao", date(2019, 3, 5)): morning,
        ("Qian", date(2019, 3, 5)): [0, 0, 0, 0, 0, 2, 1, 1, 1, 0],
        ("Sun", date(2019, 3, 6)): [0, 0, 0, 0, 0, 0, 0, 0, 0, 3],
    }
    assert by_month["Zhao", date(2019, 3, 1)] == [2 * count for count in morning]
    assert by_month["Zhao", date(2019, 4, 1)] == morning
    assert [who for who, _period in table(branch, MARCH)] == ["Li"]


def test_the_table_of_the_page_goes_to_a_spreadsheet(places):
    main, _ = places
    calls_about_late_books(main, make_member(main, "circulation", username="sun").id, date(2019, 3, 6), 3)
    client = signed_in(main, "director")
    shown = client.get("/desk/workload/", MARCH).context["table_url"]

    by_day = client.get(f"/desk/workload/{shown}")
    by_month = client.get("/desk/workload/", MARCH | {"by_month": "on", "format": "csv"})

    heading, line, total = by_day.content.decode().splitlines()
    assert by_day["Content-Disposition"] == 'attachment; filename="wenlan-workload-2019-03-01-2019-03-31.csv"'
    assert heading == "\ufeffPeriod,Staff member," + ",".join(LABELS)
    assert (line, total) == ("2019-03-06,Sun,0,0,0,0,0,0,0,0,0,3", "Total,,0,0,0,0,0,0,0,0,0,3")
    assert by_month.content.decode().splitlines()[1].startswith("2019-03,Sun,")
    assert client.get("/desk/workload/", {"first": "x", "format": "csv"})["Content-Type"].startswith("text/html")


def test_shelving_is_counted_by_an_index_of_places_and_times(places):
    main, east = places
    with CaptureQueriesContext(connection) as asked:
        holdings_queries.shelved({main, east}, start=date(2019, 3, 1), end=date(2019, 4, 1))

    (query,) = asked.captured_queries

    assert "holdings_changes_by_place" in plan_of(query["sql"])


def test_the_page_costs_the_same_for_one_and_for_three_and_refuses_days_out_of_order(places):
    main, _ = places
    client, spent = signed_in(main, "director"), []
    client.get("/desk/workload/")
    for names in (("a",), ("b", "c", "d")):
        for name in names:
            calls_about_late_books(main, make_member(main, username=name).id, TODAY, 1)
        with CaptureQueriesContext(connection) as queries:
            client.get("/desk/workload/", MARCH)
        spent.append(len(queries))

    wrong = client.get("/desk/workload/", {"first": "2019-03-31", "last": "2019-03-01"})

    assert spent[0] == spent[1]
    assert (wrong.context["rows"], list(wrong.context["form"].errors)) == ([], ["last"])
    assert signed_in(main, "system").get("/desk/workload/").status_code == 403


def test_the_first_morning_of_a_month_shows_the_last_month_that_has_something(places, monkeypatch):
    main, _ = places
    a_morning_at_the_desk(main, make_member(main, "circulation", username="zhao").id, date(2019, 3, 4))
    client = signed_in(main, "director")
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 6, 1, 2, tzinfo=UTC))

    opened = client.get("/desk/workload/").context
    asked = client.get("/desk/workload/", {"first": "2019-06-01", "last": "2019-06-01"}).context

    assert [(row["who"], row["period"]) for row in opened["rows"]] == [("Zhao", date(2019, 3, 4))]
    assert opened["earlier_month"] == date(2019, 3, 1)
    assert opened["form"].initial["last"] == date(2019, 3, 31)
    assert (asked["rows"], asked["earlier_month"]) == ([], None)
