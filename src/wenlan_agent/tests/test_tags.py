"""The laws of the tag codec, and the example that GB/T 35660.2 ends with."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan_agent import compaction, elements, labels
from wenlan_agent.elements import TagDamaged, TagFull
from wenlan_agent.labels import Label, profile, read_any

EXAMPLE = bytes.fromhex(
    "9100051c be991a14 0201d014 0204b346 07441cb6 e2e335d6 830207ac c09ebaa0 6f6b0000".replace(" ", "")
)  # GB/T 35660.2-2017, the complete example
GBT, RFID501 = profile("gbt35660"), profile("rfid501")
texts = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_categories=["Cs"]), min_size=1, max_size=20
)
barcodes = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-./", min_size=1, max_size=16)
isils = st.text("ABCXYZabcxyz0189-:/", min_size=1, max_size=16)
item_labels = st.builds(
    Label, kind=st.just("item"), code=texts, owner=st.one_of(st.just(""), isils), shelf=st.one_of(st.just(""), texts),
    title=st.one_of(st.just(""), texts),
)  # fmt: skip


def test_the_example_of_the_standard_is_read():
    assert elements.decode(EXAMPLE) == {1: "123456789012", 2: "d0", 4: "1203", 6: "QA268.L55", 3: "US-InU-Mu"}
    label = GBT.read(EXAMPLE)
    assert (label.kind, label.code, label.owner, label.total, label.part, label.shelf) == (
        "item", "123456789012", "US-InU-Mu", 12, 3, "QA268.L55",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "scheme", "data"),
    [
        ("123456789012", compaction.INTEGER, "1cbe991a14"),
        ("1203", compaction.INTEGER, "04b3"),
        ("010", compaction.NUMERIC, "010f"),
        ("ABC", compaction.FIVE_BITS, "0886"),
        ("ABC123456", compaction.SIX_BITS, "0420f1cb3d35da"),
        ("ABC1234", compaction.SIX_BITS, "0420f1cb3d20"),
        ("QA268.L55", compaction.SIX_BITS, "441cb6e2e335d6"),
    ],
)
def test_texts_are_made_short_as_the_standard_does(text, scheme, data):
    assert compaction.compact(text) == (scheme, bytes.fromhex(data))


@pytest.mark.parametrize(("isil", "data"), [("US-InU-Mu", "acc09ebaa06f6b"), ("DE-Heu1", "21408e16bf1f")])
def test_codes_of_libraries_are_made_short_as_the_standard_does(isil, data):
    assert compaction.pack_isil(isil).hex() == data


@given(texts)
def test_whatever_scheme_a_text_is_put_in_gives_it_back(text):
    assert compaction.extract(*compaction.compact(text)) == text


@given(isils)
def test_a_code_of_a_library_comes_back(text):
    assert compaction.unpack_isil(compaction.pack_isil(text)) == text


@given(item_labels, st.integers(2, 99), st.integers(1, 99), st.booleans())
def test_what_is_written_on_a_tag_is_what_is_read(label, total, part, is_set):
    if is_set:
        label = Label(**{**vars(label), "total": total, "part": part})
    memory = GBT.write(label, 256)

    assert len(memory) == 256
    assert read_any(memory, [GBT, RFID501]) == (label, GBT)


@given(barcodes, st.integers(2, 15), st.integers(1, 15))
def test_the_fixed_fields_of_one_maker_come_back(code, total, part):
    label = Label("item", code=code, total=total, part=part)

    assert read_any(RFID501.write(label, 112), [GBT, RFID501]) == (label, RFID501)


@given(st.binary(min_size=1, max_size=112))
def test_no_memory_breaks_the_reading(memory):
    label, _profile = read_any(memory, [GBT, RFID501])

    assert label.kind in {"item", "card", "blank", "strange"}


def test_a_tag_that_is_too_small_or_cut_is_said_to_be_so():
    with pytest.raises(TagFull):
        GBT.write(Label("item", code="ZC0000001", owner="CN-140400-1-CZ", title="三里湾"), 16)
    with pytest.raises(TagFull):
        RFID501.write(Label("item", code="A" * 17), 112)
    with pytest.raises(TagDamaged):
        elements.decode(EXAMPLE[:7])


def test_blank_tags_are_known_as_blank_and_a_readers_card_as_a_card():
    card = elements.encode({1: "R00000001", 5: "80"}, 112)

    kinds = [read_any(memory, [GBT, RFID501])[0].kind for memory in (bytes(112), b"U" * 28, card, b"\xff" * 112)]

    assert kinds == ["blank", "blank", "card", "strange"]


def test_the_program_is_written_in_the_python_of_windows_7():
    for path in Path(labels.__file__).parent.glob("*.py"):
        ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))
