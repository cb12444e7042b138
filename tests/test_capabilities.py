"""The marks on the tests, the table of capabilities, and the page made of both."""

from collections import Counter

import pytest

from tools.capabilities import PAGE, capabilities, claims, page, unknown

pytestmark = pytest.mark.embedded


def test_the_table_has_every_code_once():
    counted = Counter(row.code for row in capabilities())

    assert len(counted) == 467
    assert [code for code, times in counted.items() if times > 1] == []


def test_every_row_is_named_in_both_languages():
    assert [row.code for row in capabilities() if not (row.area and row.zh and row.en)] == []


def test_no_mark_names_an_unknown_code():
    assert [f"{mark.path}: {mark.code}" for mark in unknown(capabilities(), claims())] == []


def test_the_page_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(capabilities(), claims()), "run ./dev capabilities"
