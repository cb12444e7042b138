"""Rules about readers: identity numbers, ages, registration."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.patrons.policies import (
    ID_CHECK,
    ID_WEIGHTS,
    born_on,
    completed_years,
    is_id_number,
    masked_id_number,
    sex_of,
    tidy,
)
from wenlan.patrons.types import Sex, masked_name, masked_phone

births = st.dates(date(1900, 1, 1), date(2029, 12, 31))


def id_number(birth: date, serial: int) -> str:
    """Return a right number of an invented person (region 140400)."""
    body = f"140400{birth:%Y%m%d}{serial:03d}"
    return body + ID_CHECK[sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True)) % 11]


@given(birth=births, serial=st.integers(0, 999))
def test_a_right_number_is_accepted_and_tells_birth_and_sex(birth, serial):
    number = id_number(birth, serial)

    assert is_id_number(number)
    assert born_on(number) == birth
    assert sex_of(number) == (Sex.MALE if serial % 2 else Sex.FEMALE)


@given(birth=births, serial=st.integers(0, 999), place=st.integers(0, 17), digit=st.integers(0, 9))
def test_one_wrong_digit_is_always_found(birth, serial, place, digit):
    number = id_number(birth, serial)
    wrong = number[:place] + str(digit) + number[place + 1 :]

    assert is_id_number(wrong) == (wrong == number)


@pytest.mark.parametrize("text", ["", "14040019900101123", "١٤٠٤٠٠١٩٩٠٠١٠١١٢٣٤", "14040019901301001X"])
def test_what_is_no_number_is_refused(text):
    assert not is_id_number(text)


@given(birth=births, on=births)
def test_age_is_never_negative_and_grows_on_the_birthday(birth, on):
    age = completed_years(birth, on)

    assert (age is None) == (birth > on)
    if age is not None:
        assert (birth.year + age, birth.month, birth.day) <= (on.year, on.month, on.day)
        assert (birth.year + age + 1, birth.month, birth.day) > (on.year, on.month, on.day)


def test_names_numbers_and_telephones_are_masked():
    assert (masked_name("张三"), masked_name("欧阳文山"), masked_name("Li Ming")) == ("张*", "欧***", "L* M***")
    assert masked_phone("13903551234") == "*******1234"
    assert masked_id_number("140400199001011234") == "140*************34"


@given(st.text())
def test_tidying_twice_is_as_once(text):
    assert tidy(tidy(text)) == tidy(text)
