"""Arguments and tokens: laws that hold for all of them."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.protocols.oai_pmh import codec
from wenlan.protocols.oai_pmh.messages import Code, Refused, Request, Verb

words = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=20)
instants = st.datetimes(timezones=st.just(UTC))
lists = st.builds(
    Request,
    verb=st.sampled_from((Verb.LIST_RECORDS, Verb.LIST_IDENTIFIERS)),
    prefix=words,
    set_code=words,
    start=st.none() | instants,
    end=st.none() | instants,
    last_at=instants,
    last_id=st.integers(0, codec.MOST_ID - 1),
    cursor=st.integers(0, 10**9),
)


@given(lists)
def test_a_token_leads_back_to_where_the_list_stood(request):
    found = codec.parsed({"verb": [request.verb], "resumptionToken": [codec.token(request)]})

    assert codec.token(found) == codec.token(request)
    assert (found.last_at, found.last_id, found.is_resumed) == (request.last_at, request.last_id, True)


@given(lists)
def test_a_token_of_one_verb_is_none_of_another(request):
    with pytest.raises(Refused) as caught:
        codec.parsed({"verb": [Verb.LIST_SETS], "resumptionToken": [codec.token(request)]})

    assert caught.value.code == Code.BAD_RESUMPTION_TOKEN


@given(st.text(max_size=200))
def test_any_other_text_is_no_token(text):
    with pytest.raises(Refused):
        codec.parsed({"verb": [Verb.LIST_RECORDS], "resumptionToken": [text]})


@given(st.dictionaries(st.text(max_size=16), st.lists(st.text(max_size=30), max_size=2), max_size=5))
def test_whatever_is_asked_is_answered_or_refused_by_a_code(arguments):
    try:
        outcome = codec.parsed(arguments).verb
    except Refused as refused:
        outcome = refused.code

    assert outcome in (*Code, *Verb)


def test_repeating_an_argument_is_refused():
    with pytest.raises(Refused) as caught:
        codec.parsed({"verb": ["ListRecords"], "metadataPrefix": ["oai_dc", "marcxml"]})

    assert caught.value.code == Code.BAD_ARGUMENT
