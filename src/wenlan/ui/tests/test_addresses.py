from datetime import date

import pytest

from wenlan.ui.addresses import place_in_list, whole_number


@pytest.mark.parametrize("text", [None, "", "-1", "1.5", "²", "١", " 1", "9" * 19, "9" * 10_000, "1\0"])
def test_only_plain_digits_of_a_row_are_a_whole_number(text):
    assert whole_number(text) is None
    assert whole_number("017") == 17


@pytest.mark.parametrize("text", ["", "17", "2019-03-04", "2019-02-30.1", "2019-03-04.²", "2019-03-04." + "9" * 5000])
def test_an_unreadable_place_is_the_start_of_the_list(text):
    assert place_in_list(text) is None
    assert place_in_list("2019-03-04.17") == (date(2019, 3, 4), 17)
