"""When an incoming record is one that we have."""

from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue.cnmarc.notes import OTHER_WORK
from wenlan.catalogue.policies import Decision, Identity, Outcome, decide


def identity(**stated):
    facts = {"content_hash": "a", "control_number": "1", "agency": "NLC", "title_key": "三体", "isbn": frozenset()}
    return Identity(**(facts | stated))


identities = st.builds(
    Identity,
    content_hash=st.sampled_from("abc"),
    control_number=st.sampled_from(["", "1", "2"]),
    agency=st.sampled_from(["", "NLC"]),
    title_key=st.sampled_from(["三体", "球状闪电"]),
    isbn=st.sampled_from([frozenset(), frozenset({"9787536692930"})]),
    number_is_owned=st.booleans(),
    id=st.integers(1, 9),
)


@given(identities, st.lists(identities).map(tuple))
def test_a_record_that_is_there_is_never_created_again(incoming, known):
    assert decide(incoming, (*known, incoming)).outcome == Outcome.UNCHANGED


@given(identities, st.lists(identities).map(tuple))
def test_only_new_records_have_no_id(incoming, known):
    decision = decide(incoming, known)

    assert (decision.id is None) == (decision.outcome == Outcome.CREATED)


def test_the_same_number_and_title_is_an_update():
    assert decide(identity(content_hash="b"), (identity(id=7),)) == Decision(Outcome.UPDATED, 7)


def test_a_supplier_that_starts_its_numbers_again_overwrites_nothing():
    other = identity(content_hash="b", title_key="球状闪电")

    assert decide(other, (identity(id=7),)) == Decision(Outcome.CREATED, note=OTHER_WORK)


def test_a_corrected_title_is_an_update_when_the_isbn_agrees():
    isbn = frozenset({"9787536692930"})
    corrected = identity(content_hash="b", title_key="三体全集", isbn=isbn)

    assert decide(corrected, (identity(id=7, isbn=isbn),)).outcome == Outcome.UPDATED


def test_the_number_of_another_agency_is_another_record():
    assert decide(identity(content_hash="b", agency="TJL"), (identity(id=7),)) == Decision(Outcome.CREATED)
