"""Class numbers in the order of the classification, and the catalogue as a tree of classes."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue import indexing
from wenlan.catalogue.browsing import class_level
from wenlan.catalogue.clc import MAIN_CLASSES, captions, sort_key
from wenlan.catalogue.testing import AT, make_record
from wenlan.kernel.errors import NotFound
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

letters = st.sampled_from(sorted(MAIN_CLASSES))
digits = st.text("0123456789", max_size=6)
signs = st.sampled_from(["-", "=", "(", '"', "+", ":"])


@given(letters, digits, letters, digits)
def test_letters_decide_first_then_digits_as_decimals(letter, number, other_letter, other_number):
    first, second = sort_key(letter + number), sort_key(other_letter + other_number)

    as_decimals = (letter, number), (other_letter, other_number)
    assert (first < second) == (as_decimals[0] < as_decimals[1])


@given(letters, digits, signs, st.text("0123456789", min_size=1, max_size=4), digits)
def test_what_a_sign_adds_stands_behind_its_class_and_before_the_next_digit(letter, number, sign, added, more):
    plain, with_sign, narrower = letter + number, letter + number + sign + added, letter + number + "0" + more

    assert sort_key(plain) < sort_key(with_sign) < sort_key(narrower)


@given(letters, st.text("0123456789", min_size=4, max_size=6))
def test_the_point_is_only_for_the_eye(letter, number):
    assert sort_key(f"{letter}{number[:3]}.{number[3:]}") == sort_key(letter + number)


def test_every_class_has_words_in_both_languages_and_a_wider_class():
    assert {code for code, words in captions().items() if not (words["zh"] and words["en"])} == set()
    assert {code for code in captions() if code[0] not in MAIN_CLASSES} == set()
    assert {code for code in captions() if len(code) > 2 and code[:-1] not in captions()} == set()


@pytest.fixture
def root(tmp_path, settings):
    settings.WENLAN_SEARCH_DIR = tmp_path / "search"
    node = make_network()[0].id
    for title, number in (
        ("呐喊", "I210.6"),
        ("三体", "I247.55"),
        ("活着", "I247.57"),
        ("史记", "K204.2"),
        ("算法", "TP301.6"),
    ):
        make_record(node, title, class_number=number)
    indexing.rebuild_index(at=AT)
    return node


def held(level):
    return {one.number: one.records for one in level.below if one.records}


@pytest.mark.django_db
def test_the_tree_opens_step_by_step_and_each_count_is_what_stands_below(root):
    assert held(class_level()) == {"I": 3, "K": 1, "T": 1}
    assert len(class_level().below) == 22
    assert held(class_level("I")) == {"I2": 3}
    assert held(class_level("i2")) == {"I21": 1, "I24": 2}
    assert held(class_level("I247")) == {"I247.5": 2}
    assert held(class_level("T")) == {"TP": 1}
    assert [(one.number, one.words) for one in class_level("I24").path] == [
        ("I", "Literature"),
        ("I2", "Chinese literature"),
        ("I24", "Fiction"),
    ]
    for no_class in ("W1", "三体", "L"):
        with pytest.raises(NotFound):
            class_level(no_class)


@pytest.mark.django_db
def test_without_the_index_the_tree_still_stands_uncounted(root, settings, tmp_path):
    settings.WENLAN_SEARCH_DIR = tmp_path / "nothing"

    assert {one.records for one in class_level("I").below} == {None}


@pytest.mark.django_db
def test_readers_and_librarians_walk_the_tree_down_to_the_books(root):
    reader = Client()
    page = reader.get("/classes/I2/")
    assert [one["number"] for one in page.context["below"] if one["records"]] == ["I21", "I24"]
    books = reader.get("/search/", {"class": "I24"})
    assert {row["record"].title for row in books.context["rows"]} == {"三体", "活着"}
    assert reader.get("/classes/L1/").status_code == 404

    desk = signed_in(root, "circulation").get("/desk/catalogue/classes/I2/")
    assert [one["records"] for one in desk.context["below"] if one["records"]] == [1, 2]
