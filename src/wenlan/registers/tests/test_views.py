from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wenlan.indicators import operations as sums
from wenlan.indicators import queries as indicators
from wenlan.indicators.testing import make_tree
from wenlan.kernel.periods import Period
from wenlan.registers import queries
from wenlan.registers.models import Entry
from wenlan.registers.testing import make_patrol
from wenlan.registers.tests.test_sheets import HEADINGS, xlsx
from wenlan.registers.types import EntryStatus
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db

BOOKS = "/desk/registers/"
PATROLS = f"{BOOKS}safety_patrols/"


@pytest.fixture
def tree():
    return make_tree()


def filled(node, **changes):
    return {
        "key": "k1",
        "day": "2019-03-04",
        "node": node,
        "f_place": "三层书库",
        "f_people": "李一、王二",
        "f_items": "fire",
        "f_dangers": "2",
        "level": "none",
        **changes,
    }


def test_an_entry_is_written_changed_and_struck_at_the_desk(tree):
    desk = signed_in(tree["MAIN"], "office")

    written = desk.post(f"{PATROLS}new/", filled(tree["MAIN"]))
    address = written.headers["Location"]
    desk.post(f"{address}amend/", filled(tree["MAIN"], f_dangers="1", reason="数错了"))
    desk.post(f"{address}strike/", {"reason": "重复"})

    entry = queries.entry(address.split("/")[-2])
    assert (entry.values["people"], entry.values["dangers"], entry.status) == (["李一", "王二"], 1, EntryStatus.STRUCK)
    page = desk.get(address)
    assert [earlier["reason"] for earlier in page.context["earlier"]] == ["重复", "数错了"]
    assert page.context["may_change"] is False


def test_sending_the_form_twice_writes_one_entry(tree):
    desk = signed_in(tree["MAIN"], "office")

    first, second = (desk.post(f"{PATROLS}new/", filled(tree["MAIN"])) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Entry.objects.count() == 1


def test_a_refused_entry_shows_what_is_wrong_at_its_field(tree):
    answer = signed_in(tree["MAIN"], "office").post(
        f"{PATROLS}new/", filled(tree["MAIN"], f_dangers="many", f_place="")
    )

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"f_dangers", "f_place"} or set(answer.context["form"].errors) == {
        "f_place"
    }
    assert Entry.objects.count() == 0


def test_strangers_sign_in_and_other_branches_do_not_see_the_entry(tree):
    entry = make_patrol(tree["EAST"])
    address = f"{PATROLS}{entry.uid}/"

    assert Client().get(BOOKS).headers["Location"].startswith("/desk/sign-in/")
    assert signed_in(tree["EAST"], "branch_manager").get(address).status_code == 200
    west = signed_in(tree["WEST"], "branch_manager")
    assert west.get(address).status_code == 404
    assert west.get(PATROLS).context["rows"] == []
    assert west.post(f"{address}strike/", {"reason": "x"}).status_code == 404
    assert west.post(f"{PATROLS}new/", filled(tree["EAST"])).status_code == 422
    assert signed_in(tree["EAST"]).get(BOOKS).status_code == 403


def test_a_list_costs_the_same_with_one_and_with_three_entries(tree):
    desk = signed_in(tree["MAIN"], "office")
    make_patrol(tree["MAIN"], key="1")
    desk.get(PATROLS)
    with CaptureQueriesContext(connection) as one:
        desk.get(PATROLS)
    make_patrol(tree["MAIN"], key="2")
    make_patrol(tree["BUS"], key="3")

    with CaptureQueriesContext(connection) as three:
        page = desk.get(PATROLS)

    assert len(page.context["rows"]) == 3
    assert len(three) == len(one)


def test_the_list_is_filtered_by_place_days_and_words(tree):
    desk = signed_in(tree["NET"], "office")
    make_patrol(tree["MAIN"], key="1")
    make_patrol(tree["EAST"], key="2", place="大厅")
    make_patrol(tree["EAST"], date(2019, 4, 1), key="3")

    rows = desk.get(f"{PATROLS}?node={tree['EAST']}&start=2019-03-01&last=2019-03-31&text=大厅").context["rows"]

    assert [(row["place"], row["f_place"]) for row in rows] == [("EAST", "大厅")]


def test_a_spreadsheet_goes_out_and_comes_in(tree):
    desk = signed_in(tree["NET"], "office")
    make_patrol(tree["MAIN"])
    content = xlsx(HEADINGS, ("2019-03-04", "EAST", "大厅", "李一", "fire", 1), ("soon", "EAST", "a", "b", "fire", 1))

    out = desk.get(f"{PATROLS}sheet/")
    report = desk.post(f"{PATROLS}sheet/enter/", {"sheet": SimpleUploadedFile("a.xlsx", content.getvalue())})
    broken = desk.post(f"{PATROLS}sheet/enter/", {"sheet": SimpleUploadedFile("a.xlsx", b"nothing")})

    assert out.content[:2] == b"PK"
    assert (report.context["report"].entered, report.context["report"].refused) == (1, 1)
    assert broken.status_code == 422


@pytest.mark.parametrize("path", ["", "safety_patrols/", "honours/new/", "safety_patrols/sheet/enter/"])
def test_every_page_opens(tree, path):
    assert signed_in(tree["NET"], "office").get(BOOKS + path).status_code == 200


def test_an_unknown_book_is_not_found(tree):
    assert signed_in(tree["NET"], "office").get(f"{BOOKS}nothing/").status_code == 404


def declaration(*fields, **said):
    lines = {"form-TOTAL_FORMS": str(len(fields)), "form-INITIAL_FORMS": "0"}
    for place, field in enumerate(fields):
        lines |= {f"form-{place}-{name}": value for name, value in {"kind": "text", **field}.items()}
    return {"name": "来访接待", "level": "plain", "sentence": "", **said, **lines}


def test_a_librarian_declares_a_book_and_it_is_written_in_told_and_counted(tree):
    desk = signed_in(tree["NET"], "office")
    fields = (
        {"name": "来访单位", "required": "on"},
        {"name": "人数", "kind": "integer", "unit": "人", "counts": "on"},
        {"name": "级别", "kind": "choice", "choices": "省级、市级"},
    )

    made = desk.post(f"{BOOKS}declare/", declaration(*fields, sentence="{来访单位}一行[{人数}人]到{馆点}参观。"))
    address = made.headers["Location"]
    values = {"key": "k", "day": "2019-03-04", "node": tree["EAST"], "f_f1": "市图书馆", "f_f2": "6", "f_f3": "c2"}
    entry = desk.get(desk.post(f"{address}new/", values).headers["Location"])
    sums.fold_all()

    code = address.split("/")[-2]
    measure = f"register.{code}.f2"
    assert entry.context["sentence"] == "市图书馆一行6人到EAST参观。"
    assert entry.context["pairs"] == [("来访单位", "市图书馆"), ("人数", "6 人"), ("级别", "市级")]
    found = indicators.figures([measure], node=tree["NET"], period=Period.year(2019))
    assert found[measure].value == 6


def test_a_book_of_the_browser_is_changed_and_keeps_the_codes_of_its_fields(tree):
    desk = signed_in(tree["NET"], "office")
    address = desk.post(f"{BOOKS}declare/", declaration({"name": "来访单位"})).headers["Location"]
    page = desk.get(f"{address}declare/")

    changed = declaration({"code": "f1", "name": "来宾单位"}, {"name": "事由"})
    desk.post(f"{address}declare/", changed)

    book = queries.book(address.split("/")[-2])
    assert page.status_code == 200
    assert [(field.code, field.words["zh"]) for field in book.fields] == [("f1", "来宾单位"), ("f2", "事由")]


def test_a_wrong_declaration_is_shown_with_its_fault_and_shipped_books_are_left_alone(tree):
    desk = signed_in(tree["NET"], "office")

    refused = desk.post(f"{BOOKS}declare/", declaration({"name": "来访单位"}, sentence="{谁}来访。"))

    assert refused.status_code == 422
    assert desk.get(f"{PATROLS}declare/").status_code == 404
    assert signed_in(tree["EAST"], "branch_manager").get(f"{BOOKS}declare/").status_code == 403
