"""The laws of lending, whatever the case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.circulation import policies, types
from wenlan.circulation.policies import CheckoutFacts, ReaderFacts, RenewalFacts
from wenlan.circulation.tests.test_rules import decided, rule
from wenlan.circulation.types import NextStep, Refusal
from wenlan.holdings.types import ItemStatus, Lending
from wenlan.patrons.types import CardStatus, PatronStatus

days = st.dates(date(2015, 1, 1), date(2030, 1, 1))
spans = st.integers(1, 120)
offsets = st.frozensets(st.integers(0, 150), max_size=60)
readers = st.builds(
    ReaderFacts,
    card_status=st.sampled_from(CardStatus.values),
    status=st.sampled_from(PatronStatus.values),
    suspended_until=st.none() | days,
    valid_until=st.none() | days,
    open_loans=st.integers(0, 30),
    loan_limit=st.integers(0, 30),
    overdue_limit=st.none() | st.integers(1, 5),
    overdue_loans=st.integers(0, 5),
)
checkouts = st.builds(
    CheckoutFacts,
    on=days,
    reader=readers,
    item_status=st.sampled_from(ItemStatus.values),
    item_lending=st.sampled_from(Lending.values),
    has_rule=st.booleans(),
)


@given(lent_on=days, length=spans, closed=offsets)
def test_due_date_is_an_open_day_and_never_shortens_the_loan(lent_on, length, closed):
    shut = {lent_on + timedelta(days=length + offset) for offset in closed}

    due = policies.due_date(lent_on=lent_on, loan_days=length, is_open=lambda day: day not in shut)

    earliest = lent_on + timedelta(days=length)
    assert due not in shut
    assert due >= earliest
    assert all(earliest + timedelta(days=passed) in shut for passed in range((due - earliest).days))


def test_a_calendar_that_never_opens_is_a_bug_and_not_a_loan():
    with pytest.raises(ValueError, match="no open day"):
        policies.due_date(lent_on=date(2019, 1, 1), loan_days=30, is_open=lambda _day: False)


@given(facts=checkouts, more=st.integers(0, 50))
def test_a_higher_limit_never_refuses_more(facts, more):
    raised = replace(facts, reader=replace(facts.reader, loan_limit=facts.reader.loan_limit + more))

    assert set(policies.checkout_refusals(raised)) <= set(policies.checkout_refusals(facts))


@given(facts=checkouts)
def test_refusals_come_in_the_order_of_the_desk_and_each_once(facts):
    order = [reason for reason, _ in policies.CHECKOUT_RULES]

    refusals = policies.checkout_refusals(facts)

    assert list(refusals) == [reason for reason in order if reason in refusals]


@given(facts=checkouts)
def test_whatever_is_not_in_order_is_refused(facts):
    is_in_order = (
        (facts.item_status, facts.item_lending) == (ItemStatus.AVAILABLE, Lending.LENDABLE)
        and facts.reader.card_status == CardStatus.VALID
        and facts.reader.open_loans < facts.reader.loan_limit
    )

    assert is_in_order or policies.checkout_refusals(facts) != ()


@given(facts=checkouts, overruled=st.frozensets(st.sampled_from(Refusal)))
def test_overruling_removes_what_was_named_and_nothing_else(facts, overruled):
    standing = policies.checkout_refusals(facts)

    left = policies.not_overruled(standing, overruled)

    assert set(left) == set(standing) - overruled


@given(reader=readers, on=days)
def test_a_suspension_with_an_end_ends_by_itself(reader, on):
    suspended = replace(reader, status=PatronStatus.SUSPENDED, suspended_until=on)

    assert policies.is_suspended(suspended, on)
    assert not policies.is_suspended(suspended, on + timedelta(days=1))


@given(due_on=days, late=st.integers(-40, 200), closed=offsets)
def test_lateness_counts_open_days_after_the_due_date_only(due_on, late, closed):
    shut = {due_on + timedelta(days=offset) for offset in closed}
    returned_on = due_on + timedelta(days=late)

    counted = policies.overdue_days(due_on=due_on, returned_on=returned_on, is_open=lambda day: day not in shut)

    assert 0 <= counted <= max(late, 0)
    assert counted == len({due_on + timedelta(days=day) for day in range(1, late + 1)} - shut)


@given(due_in=st.integers(0, 60), on=days, length=spans, renew_from=st.sampled_from(["due", "today"]))
def test_a_renewal_that_is_granted_lengthens_the_loan(due_in, on, length, renew_from):
    due_on = on + timedelta(days=due_in)
    decision = decided([rule(renew_from=renew_from, renewal_days=length)], on=on)
    terms = policies.renewal_terms(decision, on=on, due_on=due_on, is_open=lambda _day: True)
    reader = ReaderFacts(
        card_status=CardStatus.VALID,
        status=PatronStatus.VALID,
        suspended_until=None,
        valid_until=None,
        open_loans=1,
        loan_limit=1,
        overdue_limit=None,
        overdue_loans=0,
    )

    refusals = policies.renewal_refusals(
        RenewalFacts(
            on=on,
            reader=reader,
            is_readers_loan=True,
            due_on=due_on,
            renewals=0,
            renewals_allowed=1,
            new_due_on=terms.due_on,
        )
    )

    assert refusals == (() if terms.due_on > due_on else (Refusal.NOT_LONGER,))


def test_a_return_elsewhere_is_sent_home_unless_it_floats():
    assert policies.after_return(place=1, shelved_at=1, floats=False) == (ItemStatus.AVAILABLE, NextStep.SHELVE)
    assert policies.after_return(place=2, shelved_at=1, floats=False) == (ItemStatus.IN_TRANSIT, NextStep.SEND)
    assert policies.after_return(place=2, shelved_at=1, floats=True) == (ItemStatus.AVAILABLE, NextStep.SHELVE)


def test_what_was_lent_before_it_was_catalogued_goes_to_cataloguing_at_its_place():
    home = policies.after_return(place=1, shelved_at=1, floats=False, was_first=True)
    elsewhere = policies.after_return(place=2, shelved_at=1, floats=False, was_first=True)

    assert home == (ItemStatus.IN_PROCESSING, NextStep.PROCESS)
    assert elsewhere == (ItemStatus.IN_TRANSIT, NextStep.SEND)


def test_what_stands_against_an_act_is_of_the_reader_or_of_the_item_and_only_what_may_pass_is_overruled():
    assert types.READER_FOR_NOW | types.ITEM_FOR_NOW | types.LOAN_FOR_NOW == types.OVERRIDABLE
    assert {Refusal.READER_DEREGISTERED} == types.OF_THE_READER - types.HAPPENED
    assert types.OF_THE_READER.isdisjoint(types.ITEM_FOR_NOW | types.LOAN_FOR_NOW)
    assert {Refusal.ITEM_ON_LOAN, Refusal.ITEM_WITHDRAWN, Refusal.NO_RULE}.isdisjoint(types.HAPPENED)
