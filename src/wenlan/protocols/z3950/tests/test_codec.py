"""BER and the messages of Z39.50: what is encoded decodes to the same, and any bytes are met."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.protocols.z3950 import ber, codec
from wenlan.protocols.z3950.ber import Incomplete, Malformed, Value
from wenlan.protocols.z3950.messages import (
    UNIMARC,
    USMARC,
    Close,
    Diagnostic,
    InitRequest,
    InitResponse,
    Joined,
    PresentRequest,
    PresentResponse,
    Retrieved,
    SearchRequest,
    SearchResponse,
    Words,
)

pytestmark = pytest.mark.embedded

tags = st.integers(0, 30) | st.integers(31, ber.MOST_TAG)
kinds = st.integers(0, 3)
leaves = st.builds(Value, kinds, tags, st.binary(max_size=300))
trees = st.recursive(
    leaves, lambda inner: st.builds(Value, kinds, tags, st.lists(inner, max_size=4).map(tuple)), max_leaves=10
)
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
numbers = st.integers(-(1 << 62), 1 << 62)
attributes = st.lists(st.tuples(st.integers(1, 12), st.integers(0, 9999)), max_size=4).map(tuple)
words = st.builds(Words, attributes, st.binary(max_size=20))
queries = st.recursive(
    words, lambda inner: st.builds(Joined, inner, st.sampled_from(codec.OPERATORS), inner), max_leaves=6
)
diagnostics = st.builds(Diagnostic, st.integers(0, 9999), texts)
several = st.lists(diagnostics, max_size=3).map(tuple)
syntaxes = st.sampled_from((USMARC, UNIMARC))
records = st.builds(Retrieved, syntaxes, st.binary(max_size=200)) | diagnostics
messages = st.one_of(
    st.builds(InitRequest, user=texts.filter(bool), password=texts) | st.just(InitRequest()),
    st.builds(InitResponse, accepted=st.booleans(), name=texts),
    st.builds(SearchRequest, databases=st.lists(texts, min_size=1, max_size=3).map(tuple), query=queries,
              syntax=syntaxes),
    st.builds(SearchResponse, count=numbers, succeeded=st.booleans(), diagnostics=several),
    st.builds(PresentRequest, start=numbers, count=numbers, syntax=syntaxes),
    st.builds(PresentResponse, records=st.lists(records, max_size=4).map(tuple), diagnostics=several),
    st.builds(Close, reason=numbers, text=texts),
)  # fmt: skip


@given(trees)
def test_a_value_encoded_decodes_to_itself(value):
    data = ber.encode(value)

    assert ber.decode(data + b"rest") == (value, len(data))


@given(trees)
def test_a_value_cut_anywhere_is_incomplete(value):
    data = ber.encode(value)

    for end in range(len(data)):
        with pytest.raises(Incomplete):
            ber.decode(data[:end])


@given(numbers)
def test_a_number_takes_as_few_bytes_as_it_needs(number):
    value = ber.integer(2, number)

    assert value.number == number
    assert len(value.data) == max(1, (number if number >= 0 else ~number).bit_length() // 8 + 1)


@given(st.lists(st.integers(0, 9999), max_size=8), st.integers(0, 2), st.integers(0, 39))
def test_the_name_of_an_object_comes_back(rest, first, second):
    dotted = ".".join(map(str, (first, second, *rest)))

    assert ber.object_name(6, dotted).object_name == dotted


@given(messages)
def test_a_message_encoded_decodes_to_itself(message):
    data = codec.encode(message)

    assert codec.decode(data + b"rest") == (message, len(data))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_refused(data):
    try:
        message, size = codec.decode(data)
    except Malformed as refused:
        assert str(refused)  # noqa: PT017
    else:
        assert size <= len(data)
        assert codec.decode(codec.encode(message))[0] == message


def test_lengths_may_be_left_open_and_strings_come_in_pieces():
    data = bytes.fromhex("30800401612480040162040163000000 00".replace(" ", ""))

    value, end = ber.decode(data)

    assert end == len(data)
    assert [one.data for one in value.parts] == [b"a", b"bc"]


def test_values_too_deep_are_refused():
    with pytest.raises(Malformed, match="deep"):
        ber.decode(b"\x30\x80" * 100)
