"""The data that the project states itself: shapes, and who must not occur in it."""

import csv
import re
import tomllib
from hashlib import sha256
from importlib.resources import files
from io import StringIO

from wenlan.demo.plan import read_plan, read_table, read_text

CLASSES = set("ABCDEFGHIJKNOPQRSTUVXZ")
MATERIALS = {"book", "serial", "newspaper", "audiovisual"}
DATA = files("wenlan.demo").joinpath("data")


def works():
    return list(csv.DictReader(StringIO(read_text("works.csv"))))


def test_works_are_at_least_six_hundred_and_each_stands_once():
    rows = works()

    assert len(rows) >= 600
    assert len({(row["title"], row["authors"]) for row in rows}) == len(rows)


def test_each_work_has_a_class_of_the_scheme_and_a_known_material():
    rows = works()

    assert {row["class_number"][0] for row in rows} == CLASSES
    assert {row["material"] for row in rows} == MATERIALS
    assert {row["audience"] for row in rows} == {"adult", "youth", "child"}


def test_no_work_states_a_number_that_could_pass_for_an_isbn():
    digits = [re.sub(r"[-\s]", "", text) for row in works() for text in row.values()]

    assert [text for text in digits if re.search(r"\d{9}", text)] == []


def test_a_place_is_stated_only_with_its_publisher():
    assert [row["title"] for row in works() if row["place"] and not row["publisher"]] == []


def test_the_programmes_are_those_whose_sessions_are_stated():
    plan = read_plan()

    assert {row["code"] for row in plan.stated["programmes"]} == set(plan.figures["sessions"])


def test_departments_of_the_figures_are_departments_of_the_library():
    codes = {row["code"] for row in read_table("places.toml")["changzhi"]["departments"]}
    figures = read_plan().figures

    assert set(figures["loans"]) | set(figures["reading_room_visits"]) <= codes


def test_nobody_who_is_named_in_a_published_report_occurs():
    withheld = set(read_table("names.toml")["withheld"]["sha256"])
    text = "\n".join(entry.read_text(encoding="utf-8") for entry in DATA.iterdir() if entry.name != "names.toml")
    people = read_table("names.toml")
    made = {surname + given for surname in people["surnames"] for sex in people["given"].values() for given in sex}

    parts = {text[at : at + size] for size in (2, 3) for at in range(len(text))} | made
    assert {part for part in parts if sha256(part.encode()).hexdigest()[:16] in withheld} == set()


def test_every_data_file_is_whole_toml_or_csv():
    for entry in DATA.iterdir():
        if entry.name.endswith(".toml"):
            assert tomllib.loads(entry.read_text(encoding="utf-8"))
