"""The format as data: captions in both languages, positions that add up, templates that keep to it."""

import itertools
from datetime import date

import pytest

from wenlan.catalogue.cnmarc import Field
from wenlan.catalogue.editing.format import LEADER, cnmarc, marc21
from wenlan.catalogue.editing.rules import Facts, findings
from wenlan.catalogue.editing.types import Gravity

FORMAT = cnmarc()
BOTH = [pytest.param(one, id=one.code) for one in (cnmarc(), marc21())]
CODED = [pytest.param(one, id=f"{one.tag}{one.code}") for one in FORMAT.coded.values()]
CODED_IN_BOTH = [*CODED, *(pytest.param(one, id=f"marc21-{one.tag}") for one in marc21().coded.values())]
TEMPLATES = [pytest.param(one, id=one.code) for one in FORMAT.templates.values()]
TODAY = date(2019, 3, 4)


def all_parts(coded):
    return [*coded.parts, *(part for kind in coded.kinds for part in kind.parts)]


@pytest.mark.parametrize("known", BOTH)
def test_every_caption_is_chinese_and_english(known):
    words = [one.name for one in known.fields.values()]
    words += [sub.name for one in known.fields.values() for sub in one.subfields.values()]
    words += [said for one in known.fields.values() for allowed in one.indicators for said in allowed.values()]
    words += [
        said for one in known.coded.values() for part in all_parts(one) for said in (part.name, *part.values.values())
    ]
    words += [kind.name for one in known.coded.values() for kind in one.kinds]
    words += [one.name for one in known.templates.values()]

    assert [one for one in words if set(one) != {"zh", "en"} or not all(one.values())] == []


@pytest.mark.parametrize("known", BOTH)
def test_a_new_field_begins_with_indicators_and_subfields_that_it_has(known):
    wrong = [
        one.tag
        for one in known.fields.values()
        if one.subfields
        and (
            any(mark.replace(" ", "#") not in allowed for mark, allowed in zip(one.new, one.indicators, strict=True))
            or any(
                code not in one.subfields for code in one.start if known.code != "cnmarc" or not one.tag.startswith("4")
            )
        )
    ]

    assert wrong == []


@pytest.mark.parametrize("coded", CODED)
def test_the_positions_of_coded_data_stand_one_behind_the_other(coded):
    places = [(part.at, part.size) for part in coded.parts]

    assert len(coded.blank) == coded.length
    if coded.tag == LEADER:
        assert all(at + size <= 20 for at, size in places)
    else:
        assert [at for at, _ in places] == [sum(size for _, size in places[:nth]) for nth in range(len(places))]
        assert sum(size for _, size in places) == coded.length


@pytest.mark.parametrize("coded", marc21().coded.values(), ids=lambda one: one.tag)
def test_positions_of_marc21_do_not_overlap_whatever_the_material(coded):
    for kind in (None, *coded.kinds):
        parts = sorted((*coded.parts, *(kind.parts if kind else ())), key=lambda one: one.at)
        assert len(coded.blank) == coded.length
        assert all(one.at + one.size <= other.at for one, other in itertools.pairwise(parts))
        assert parts[-1].at + parts[-1].size <= (kind.length if kind else coded.length)


def test_the_material_decides_what_008_006_and_007_say():
    coded = marc21().coded
    blank = coded["008", ""].blank
    names = {
        leader: {part.name["en"] for part in coded["008", ""].of(blank, f"00000n{leader} a2200000 i 4500")[1]}
        for leader in ("am", "as", "em", "gm")
    }
    assert "Illustrations" in names["am"]
    assert "Frequency" in names["as"]
    assert {"Relief", "Frequency"} & names["em"] == {"Relief"}
    assert "Running time (minutes)" in names["gm"]
    length, parts = coded["006", ""].of("s" + " " * 17, "")
    assert (length, next(part.at for part in parts if part.name["en"] == "Frequency")) == (18, 1)
    assert [coded["007", ""].of(text, "")[0] for text in ("ta", "co", "sd", "x")] == [2, 14, 14, 2]


@pytest.mark.parametrize("coded", CODED_IN_BOTH)
def test_every_code_fills_its_positions(coded):
    assert [
        (part.at, code)
        for part in all_parts(coded)
        for code in part.values
        if len(code) != (1 if part.each else part.size)
    ] == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_breaks_no_rule_but_for_what_is_still_to_be_typed(template):
    draft = template.record(today="20190304", agency="CN-SX-CZ")

    found = findings(draft, Facts(format=FORMAT, today=TODAY, agency="CN-SX-CZ", is_new=True))

    assert {one.rule for one in found} <= {"missing_subfield", "missing_field", "pinyin_missing"}
    assert [one.place.tag for one in found if one.gravity == Gravity.ERROR] == ["200"]
    assert all(one.tag in FORMAT.fields for one in draft.fields)


@pytest.mark.parametrize("template", TEMPLATES)
def test_coded_data_of_a_template_is_of_the_right_length(template):
    draft = template.record(today="20190304", agency="")

    assert [
        (one.tag, len(one.first(coded.code)))
        for one in draft.fields
        if isinstance(one, Field)
        for coded in FORMAT.coded_of(one.tag)
        if len(one.first(coded.code)) != coded.length
    ] == []
