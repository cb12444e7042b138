"""The shapes that are shipped: everything they name exists."""

import re
from itertools import chain
from string import Formatter

import pytest

from wenlan.annual_report.errors import ShapeUnknown
from wenlan.annual_report.shapes import phrases, sample_texts, shape, shape_names
from wenlan.ledger.declarations import declared_measures

FIELDS = {"year", "next_year", "last_year", "library", "scope", "period"}
UNTOLD = {
    "activity_attendance_onsite": "the attendance told less that on line",
    "activity_attendance_outside": "a part of the persons served, which are told",
    "additions_by_transfer": "met by as many removals in the network's sum",
    "borrowing_visits_by_heads": "only where a form asks for it",
    "group_loans_told": "what that form takes off",
    "equipment_value": "money of the ministry's form",
    "loans_and_returns": "read as loans when it stands beside them",
    "registrations_net": "the difference of two figures told",
    "renewals_automatic": "no service",
    "rotated_in": "the same volumes as those rotated",
    "transferred_out": "the same volumes as those transferred in",
}


def blocks_of(declared):
    waiting, found = list(declared.chapters), list(declared.opening)
    while waiting:
        chapter = waiting.pop()
        found += chapter.blocks
        waiting += chapter.chapters
    return found


def named_in(block):
    texts = chain([block.caption], block.clauses, block.notes, [] if block.kind == "stated" else [block.text])
    return {name for text in texts for _before, name, _spec, _conversion in Formatter().parse(text) if name}


@pytest.mark.parametrize("name", shape_names())
def test_a_shape_names_only_figures_and_slots_that_it_declares(name):
    declared = shape(name)

    for block in blocks_of(declared):
        assert named_in(block) - FIELDS <= set(declared.figures)
        assert set(block.figures) <= set(declared.figures)
        assert block.kind != "stated" or block.text in declared.slots
    assert {figure for pair in declared.bounds for figure in pair} <= set(declared.figures)
    assert {figure.of for figure in declared.figures.values() if figure.of} <= set(declared.figures)


@pytest.mark.parametrize("name", shape_names())
def test_every_measure_of_a_shape_is_declared_by_some_package(name):
    known = {view.code for view in declared_measures()}

    assert {figure.measure for figure in shape(name).figures.values()} - known == set()


def test_every_measure_is_told_by_some_shape_or_is_left_out_for_a_reason():
    told = {figure.measure for name in shape_names() for figure in shape(name).figures.values()}
    known = {view.code for view in declared_measures()}

    assert known - told == set(UNTOLD)


@pytest.mark.parametrize("name", shape_names())
def test_every_figure_of_a_shape_is_told_somewhere(name):
    declared = shape(name)
    told = {figure for block in blocks_of(declared) for figure in [*block.figures, *named_in(block)]}
    totals = {figure.of for figure in declared.figures.values() if figure.name in told}

    assert set(declared.figures) - told - totals == set()


@pytest.mark.parametrize("name", shape_names())
def test_a_demonstration_has_a_neutral_text_for_each_slot(name):
    assert set(sample_texts(name)) == set(shape(name).slots)


def test_an_unknown_shape_says_which_are_known():
    with pytest.raises(ShapeUnknown) as caught:
        shape("none")

    assert "changzhi, standard" in str(caught.value)


def test_neutral_texts_and_sentences_use_no_wording_that_proof_reading_refuses():

    stated = [text for name in shape_names() for text in sample_texts(name).values()]
    stated += [clause for name in shape_names() for block in blocks_of(shape(name)) for clause in block.clauses]

    assert [phrase.pattern for phrase in phrases() for text in stated if re.search(phrase.pattern, text)] == []
