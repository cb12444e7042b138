"""Laws of matching and of the sample."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from wenlan.acquisitions.policies import AcceptanceFacts, Known, hindrances, match, sample_of
from wenlan.acquisitions.types import Hindrance, Outcome

keys = st.sampled_from(["", "三体", "球状闪电"])
volumes = st.sampled_from(["", "上册", "下册"])
prices = st.sampled_from([None, 2300, 4800])
years = st.sampled_from([None, 2008, 2016])
numbers = st.sampled_from([frozenset(), frozenset({"9787536692930"}), frozenset({"9787536693968"})])
known = st.builds(Known, isbn=numbers, title_key=keys, volume_key=volumes, price_fen=prices, year=years)
held = st.lists(known, max_size=4).map(
    lambda several: [replace(one, id=number) for number, one in enumerate(several, start=1)]
)


@given(known, held)
def test_a_further_copy_agrees_in_number_title_volume_and_price(incoming, records):
    found = match(incoming, records)

    if found.outcome == Outcome.COPY:
        one = next(one for one in records if one.id == found.record)
        assert incoming.isbn & one.isbn
        assert (incoming.title_key, incoming.volume_key) == (one.title_key, one.volume_key)
        assert None in (incoming.price_fen, one.price_fen) or incoming.price_fen == one.price_fen


@given(known, held)
def test_only_the_doubtful_have_candidates_and_all_of_them_say_why(incoming, records):
    found = match(incoming, records)

    assert (found.outcome == Outcome.DOUBTFUL) == bool(found.candidates)
    assert all((found.candidates or {0: True}).values())


@given(known)
def test_a_title_is_a_further_copy_of_itself_when_it_has_a_number(one):
    same = Known(isbn=one.isbn, title_key=one.title_key, volume_key=one.volume_key, price_fen=one.price_fen, id=1)

    outcome = match(one, [same]).outcome

    assert outcome != Outcome.NEW or not one.isbn
    assert outcome == Outcome.COPY or not (one.isbn and one.title_key)


@given(st.sets(st.integers(1, 500)), st.integers(0, 100), st.text(max_size=8))
def test_a_sample_is_the_share_agreed_and_the_same_for_its_seed(copies, percent, seed):
    drawn = sample_of(copies, percent=percent, seed=seed)

    assert set(drawn) <= copies
    assert drawn == sample_of(copies, percent=percent, seed=seed)
    assert len(drawn) * 100 >= percent * len(copies)
    assert len(drawn) <= max(1, percent * len(copies) / 100 + 1)


facts = st.builds(
    AcceptanceFacts,
    **dict.fromkeys(("doubtful", "changed", "parcels", "parcels_open", "makeable"), st.integers(0, 2)),
    scans_parcels=st.booleans(),
    sample_percent=st.integers(0, 100),
    **dict.fromkeys(("sample_size", "sample_done", "sample_wrong"), st.integers(0, 5)),
    most_errors_permille=st.integers(0, 1000),
)


@given(facts)
def test_overruling_allows_errors_and_nothing_else(given_facts):
    strict, lenient = hindrances(given_facts), hindrances(given_facts, overrules=True)

    assert set(strict) - set(lenient) <= {Hindrance.TOO_MANY_ERRORS}
    assert set(lenient) <= set(strict)
