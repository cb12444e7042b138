"""The laws of the rules: the most specific wins, what it leaves open is inherited, all limits hold together."""

from dataclasses import fields
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wenlan.circulation import policies
from wenlan.circulation.policies import NOT_SAID, Asked
from wenlan.circulation.types import Decision, LoanRuleView, RuleFields

ON = date(2019, 3, 4)
WAY = (30, 20, 10)  # the place of loan, the library above it, the root
OWNERS = (21, 20, 10)


def rule(number: int = 1, **changes: object) -> LoanRuleView:
    """Return a rule of the root for everybody: thirty days, one renewal of thirty."""
    standing = {
        "id": number,
        "code": f"r{number}",
        "words": {"zh": "规则"},
        "node": 10,
        "category": "",
        "material": "",
        "loan_days": 30,
        "renewals": 1,
        "renewal_days": 30,
        "from_day": date(2000, 1, 1),
        "until_day": None,
    }
    return LoanRuleView(**standing | changes)


def says(number: int, **changes: object) -> LoanRuleView:
    """Return a rule that says only what is given."""
    return rule(number, **{"loan_days": None, "renewals": None, "renewal_days": None} | changes)


def asked(**changes: object) -> Asked:
    standing = {"way_up": WAY, "owner_way_up": OWNERS, "category": "adult", "material": "book", "on": ON}
    return Asked(**standing | changes)


def decided(rules: list[LoanRuleView], **changes: object) -> Decision:
    decision = policies.decide(rules, asked(**changes))
    assert decision is not None
    return decision


scopes = st.fixed_dictionaries(
    {
        "node": st.sampled_from([*WAY, 99]),
        "owner": st.sampled_from([None, *OWNERS, 99]),
        "category": st.sampled_from(["", "adult", "child"]),
        "material": st.sampled_from(["", "book", "serial"]),
    }
)
stated = st.fixed_dictionaries(
    {
        "loan_days": st.none() | st.integers(1, 90),
        "renewals": st.none() | st.integers(0, 3),
        "renewal_days": st.none() | st.integers(1, 90),
        "floats": st.none() | st.booleans(),
        "credit_floor": st.none() | st.integers(0, 100),
        "loan_limit": st.none() | st.integers(0, 20),
    }
)
rule_books = st.lists(st.tuples(scopes, stated), max_size=8).map(
    lambda rows: [rule(number, **scope, **said) for number, (scope, said) in enumerate(rows, 1)]
)


def fits(one: LoanRuleView) -> bool:
    return (
        one.node in WAY
        and one.owner in {None, *OWNERS}
        and one.category in {"", "adult"}
        and one.material in {"", "book"}
    )


def scope(one: LoanRuleView) -> tuple[int, int, bool, bool]:
    """How special a rule is, the most special first."""
    owner = OWNERS.index(one.owner) if one.owner in OWNERS else len(OWNERS)
    return WAY.index(one.node), owner, not one.category, not one.material


@given(book=rule_books)
def test_each_field_is_said_by_the_most_specific_rule_that_states_it(book):
    decision = policies.decide(book, asked())

    fitting = [one for one in book if fits(one)]
    if decision is None:
        assert all(one.loan_days is None for one in fitting)
        return
    for name in ("loan_days", "renewals", "floats", "credit_floor"):
        stating = [one for one in fitting if getattr(one, name) is not None]
        if not stating:
            assert getattr(decision, name) == NOT_SAID.get(name)
            assert name not in decision.stated_by
            continue
        by = decision.stated_by[name]
        assert getattr(decision, name) == getattr(by, name)
        assert scope(by) == min(map(scope, stating))
        assert by.id == max(one.id for one in stating if scope(one) == scope(by))


@given(book=rule_books)
def test_a_rule_that_leaves_everything_open_changes_nothing(book):
    nothing = says(1000, node=WAY[0], category="adult", material="book", owner=OWNERS[0])

    assert policies.decide([*book, nothing], asked()) == policies.decide(book, asked())


@given(book=rule_books)
def test_the_order_of_the_rows_does_not_matter(book):
    assert policies.decide(reversed(book), asked()) == policies.decide(book, asked())


@given(book=rule_books)
def test_limits_of_every_kind_hold_together_each_by_its_most_specific_rule(book):
    decision = policies.decide(book, asked())

    stating = [one for one in book if fits(one) and one.loan_limit is not None]
    if decision is not None:
        assert {(limit.owner, limit.material) for limit in decision.limits} == {
            (one.owner, one.material) for one in stating
        }
        for limit in decision.limits:
            same = [one for one in stating if (one.owner, one.material) == (limit.owner, limit.material)]
            assert scope(limit.rule) == min(map(scope, same))


def test_the_nearest_place_wins_then_the_owner_then_the_category_then_the_material():
    everywhere, town = rule(1), rule(2, node=20)
    ours, children, serials = (
        rule(3, node=20, owner=21),
        rule(4, node=20, category="child"),
        rule(5, node=20, material="serial"),
    )
    rules = [everywhere, town, ours, children, serials]

    def best(way_up: tuple[int, ...] = WAY, owners: tuple[int, ...] = (9, 10), **changes: object) -> int:
        return decided(rules, way_up=way_up, owner_way_up=owners, **changes).rule.id

    assert best(way_up=(5, 10), category="child", material="serial") == 1
    assert best() == 2
    assert best(material="serial") == 5
    assert best(category="child", material="serial") == 4
    assert best(owners=OWNERS, category="child", material="serial") == 3


def test_a_rule_holds_for_its_days_and_its_subtree_only():
    old, new = rule(1, until_day=date(2019, 7, 1)), rule(2, from_day=date(2019, 7, 1), loan_days=60)

    def on(day: date, way_up: tuple[int, ...] = WAY) -> int | None:
        decision = policies.decide([old, new], asked(on=day, way_up=way_up))
        return decision.loan_days if decision else None

    assert (on(date(2019, 6, 30)), on(date(2019, 7, 1)), on(date(2019, 7, 1), way_up=(9,))) == (30, 60, None)


def test_a_branch_says_the_days_and_inherits_the_rest():
    decision = decided([rule(1, renewals=2, credit_floor=60), says(2, node=30, loan_days=21)])

    assert (decision.loan_days, decision.renewals, decision.renewal_days, decision.credit_floor) == (21, 2, 30, 60)
    assert {name: by.id for name, by in decision.stated_by.items()} == {
        "loan_days": 2, "renewals": 1, "renewal_days": 1, "credit_floor": 1
    }  # fmt: skip


@given(fixed=st.integers(1, 120), length=st.integers(1, 120), how=st.sampled_from(["extends", "cuts"]))
def test_a_fixed_day_lengthens_or_cuts_and_never_both(fixed, length, how):
    vacation = says(2, fixed_due_on=ON + timedelta(days=fixed), fixed_due=how)

    terms = policies.loan_terms(decided([rule(1, loan_days=length), vacation]), on=ON, is_open=lambda _day: True)

    lengthened, cut = max(fixed, length), min(fixed, length)
    assert terms.due_on == ON + timedelta(days=lengthened if how == "extends" else cut)
    assert (terms.fixed_by is None) == (terms.due_on == ON + timedelta(days=length))


def test_a_fixed_day_that_is_over_changes_nothing():
    over = says(2, fixed_due_on=ON, fixed_due="cuts")

    assert policies.loan_terms(decided([rule(1), over]), on=ON, is_open=lambda _day: True).fixed_by is None


def test_what_a_rule_may_state_is_what_a_decision_says():
    of_rule = {one.name for one in fields(RuleFields)} - {"loan_limit"}

    assert of_rule == {one.name for one in fields(Decision)} - {"limits", "stated_by"}
