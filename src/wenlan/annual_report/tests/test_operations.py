"""Editions composed from real acts: kept, checked, released, signed."""

from datetime import date
from decimal import Decimal

import pytest

from wenlan.annual_report import operations, queries
from wenlan.annual_report.errors import FindingBlocks, ReasonMissing, SamplesOnlyInDemo, ShapeUnknown, StepRefused
from wenlan.annual_report.models import Edition
from wenlan.annual_report.types import StepRefusal
from wenlan.kernel.acts import Channel
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.testing import make_act
from wenlan.network import operations as network
from wenlan.network.testing import make_department, make_network, make_node
from wenlan.network.types import DepartmentKind, NodeFacts, NodeKind
from wenlan.staff.testing import make_member

pytestmark = pytest.mark.django_db
JANUARY = date(2020, 1, 6)


def demo_network():
    facts = NodeFacts(
        code="N", names={"zh": "示例·网"}, kind=NodeKind.NETWORK, parent=None, since=date(2015, 1, 1), is_demo=True
    )
    return network.open_node(None, facts)


def visits(node, quantity, day=date(2019, 5, 1), source="gate:1"):
    ledger.record(make_act(day, node=node), Kind.VISIT_COUNTED, quantity=quantity, source=source)


def act(staff=None, key="compose", day=JANUARY, node=1):
    return make_act(day, node=node, key=key, staff=staff)


def composed(node, staff=None, key="compose", shape="changzhi"):
    return operations.compose(act(staff, key, node=node), node=node, year=2019, shape=shape)


def confirmed_texts(node, *slots):
    for slot in slots:
        made = operations.state_text(
            act(node=node), node=node, slot=slot, text=f"{slot}由办公室撰写。", source_document="纪要", approver="馆长"
        )
        operations.confirm_text(act(node=node), text=made.id, year=2019)


def test_an_edition_keeps_its_figures_and_words_though_the_sums_move_on():
    (root,) = make_network()
    visits(root.id, 500123)
    edition = composed(root.id)

    visits(root.id, 1000, source="gate:2")

    kept = queries.edition(edition.id)
    (figure,) = [one for one in kept.figures.values() if one.measure == "visits" and not one.where]
    assert (figure.value, figure.scope, figure.complete_until) == (Decimal(500123), "network", date(2020, 1, 1))
    assert kept == edition
    again = composed(root.id, key="again")
    assert (again.number, edition.number) == (2, 1)
    assert queries.present_value(figure, node=root.id) == Decimal(501123)


def test_composing_twice_under_one_key_makes_one_edition():
    (root,) = make_network()

    first, second = composed(root.id), composed(root.id)

    assert first.id == second.id
    assert Edition.objects.count() == 1


@pytest.mark.slow
@pytest.mark.capability("T10")
def test_loans_are_stated_by_department_and_open_their_acts():
    (root,) = make_network()
    east, west = make_department(root.id), make_department(root.id)
    for number, place in enumerate((east, east, west), start=1):
        lent = make_act(date(2019, 3, number), node=root.id)
        ledger.record(lent, Kind.LOAN_MADE, department=place.id, source=f"loan:{number}")

    edition = composed(root.id)

    (figure,) = [one for one in edition.figures.values() if one.where == {"department": east.id}]
    assert figure.value == 2
    page = queries.acts_behind(figure, node=root.id)
    assert [row.source for row in page.rows] == ["loan:1", "loan:2"]
    assert "parts_differ" not in {kept.finding.code for kept in edition.findings}
    assert set(edition.drawings) == {"2-1", "2-2"}


def test_a_figure_of_several_codes_opens_the_acts_of_all():
    (root,) = make_network()
    for number, channel in enumerate((Channel.KIOSK, Channel.SIP2, Channel.DESK), start=1):
        joined = make_act(date(2019, 3, number), node=root.id, channel=channel)
        ledger.record(joined, Kind.PATRON_REGISTERED, source=f"patron:{number}")

    edition = composed(root.id, shape="standard")

    (figure,) = [one for one in edition.figures.values() if one.where == {"channel": ["kiosk", "sip2"]}]
    assert figure.value == 2
    acts = queries.acts_behind(figure, node=root.id).rows
    assert [row.source for row in acts] == ["patron:1", "patron:2"]
    assert queries.acts_behind(figure, node=root.id, month=date(2019, 4, 1)).rows == ()
    assert queries.present_value(figure, node=root.id) == 2


def test_a_branch_states_its_own_acts_only():
    root, east = make_network("E")
    visits(root.id, 7)
    visits(east.id, 5, source="gate:2")

    of_network, of_branch = composed(root.id), composed(east.id, key="east")

    values = [
        next(one.value for one in edition.figures.values() if one.measure == "visits" and not one.where)
        for edition in (of_network, of_branch)
    ]
    assert values == [12, 5]
    assert [edition.scope for edition in (of_network, of_branch)] == ["network", "own"]


def test_an_unknown_shape_is_refused_and_nothing_is_kept():
    (root,) = make_network()

    with pytest.raises(ShapeUnknown):
        operations.compose(act(node=root.id), node=root.id, year=2019, shape="none")

    assert Edition.objects.count() == 0


def test_sample_texts_fill_a_demonstration_and_are_refused_elsewhere():
    root = demo_network()

    entered = operations.enter_sample_texts(act(node=root.id), node=root.id, year=2019)
    edition = composed(root.id)

    assert entered == 9
    assert operations.enter_sample_texts(act(node=root.id), node=root.id, year=2019) == 0
    assert [kept for kept in edition.findings if kept.finding.code == "place_open"] == []
    assert edition.document.demo


def test_a_real_library_gets_no_sample_texts():
    (root,) = make_network()

    with pytest.raises(SamplesOnlyInDemo):
        operations.enter_sample_texts(act(node=root.id), node=root.id, year=2019)


def test_a_text_is_used_only_in_a_year_it_was_confirmed_for():
    (root,) = make_network()
    confirmed_texts(root.id, "opening")

    this_year = queries.texts_for(node=root.id, year=2019, on=JANUARY)
    next_year = queries.texts_for(node=root.id, year=2020, on=date(2021, 1, 6))

    assert (set(this_year), set(next_year)) == ({"opening"}, set())


def test_last_years_text_printed_again_is_noticed():
    (root,) = make_network()
    confirmed_texts(root.id, "opening")
    operations.compose(act(key="2018", node=root.id), node=root.id, year=2018)
    for text in queries.stated_texts(root.id):
        operations.confirm_text(act(node=root.id), text=text.id, year=2018)
    operations.compose(act(key="2018b", node=root.id), node=root.id, year=2018)
    for text in queries.stated_texts(root.id):
        operations.confirm_text(act(node=root.id), text=text.id, year=2019)

    edition = composed(root.id)

    assert "text_copied" in {kept.finding.code for kept in edition.findings}


def signing(root):
    """A draft with all required texts, and the four who lead it to the signature."""
    confirmed_texts(root.id, "opening", "party", "plan")
    people = {role: make_member(root.id, role).id for role in ("office", "deputy_director", "director")}
    return composed(root.id, staff=people["office"]), people


def step(edition, name, staff):
    return operations.take_step(act(staff, node=edition.node), edition=edition.id, step=name)


def release_all(edition, staff):
    for kept in queries.edition(edition.id).open_findings:
        operations.release_finding(act(staff, node=edition.node), finding=kept.id, reason="已核对")


def test_story_of_a_signature():
    # The office composes and checks; the deputy director reviews; the director releases what may stand, and signs.
    # Each step stands with its person and its day, and after the signature nothing moves.
    (root,) = make_network()
    edition, people = signing(root)

    step(edition, "check", people["office"])
    step(edition, "review", people["deputy_director"])
    with pytest.raises(StepRefused) as caught:
        step(edition, "sign", people["director"])
    assert caught.value.refusals == (StepRefusal.FINDINGS_OPEN,)
    release_all(edition, people["director"])
    signed = step(edition, "sign", people["director"])

    assert signed.state == "signed"
    assert [taken.step for taken in signed.steps] == ["draft", "check", "review", "sign"]
    assert all(taken.by for taken in signed.steps)
    with pytest.raises(StepRefused):
        step(edition, "return", people["director"])


def test_an_open_place_blocks_each_step_and_cannot_be_released():
    (root,) = make_network()
    confirmed_texts(root.id, "opening", "plan")
    office, director = make_member(root.id, "office").id, make_member(root.id, "director").id
    edition = composed(root.id, staff=office)
    (blocking,) = [kept for kept in edition.findings if kept.finding.blocks]

    with pytest.raises(StepRefused) as caught:
        step(edition, "check", office)
    with pytest.raises(FindingBlocks):
        operations.release_finding(act(director, node=root.id), finding=blocking.id, reason="以后补")

    assert caught.value.refusals == (StepRefusal.BLOCKED,)
    assert blocking.finding.slot == "party"
    assert queries.edition(edition.id).state == "draft"


def test_steps_are_taken_in_order_by_those_who_hold_the_right():
    (root,) = make_network()
    edition, people = signing(root)

    with pytest.raises(StepRefused) as early:
        step(edition, "sign", people["director"])
    with pytest.raises(StepRefused) as wrong:
        step(edition, "check", people["deputy_director"])
    with pytest.raises(StepRefused) as nobody:
        step(edition, "check", None)

    assert StepRefusal.OUT_OF_ORDER in early.value.refusals
    assert wrong.value.refusals == (StepRefusal.NOT_ALLOWED,)
    assert StepRefusal.NO_PERSON in nobody.value.refusals


def test_whoever_drew_the_edition_up_cannot_sign_it():
    (root,) = make_network()
    confirmed_texts(root.id, "opening", "party", "plan")
    everything = make_member(root.id, "office", "deputy_director", "director").id
    edition = composed(root.id, staff=everything)
    step(edition, "check", everything)
    step(edition, "review", everything)
    release_all(edition, everything)

    with pytest.raises(StepRefused) as caught:
        step(edition, "sign", everything)

    assert caught.value.refusals == (StepRefusal.OWN_WORK,)


def test_a_release_needs_a_reason_and_the_right_to_sign():
    (root,) = make_network()
    edition, people = signing(root)
    finding = edition.findings[0].id

    with pytest.raises(ReasonMissing):
        operations.release_finding(act(people["director"], node=root.id), finding=finding, reason="  ")
    with pytest.raises(StepRefused):
        operations.release_finding(act(people["office"], node=root.id), finding=finding, reason="可以")

    assert all(kept.is_open for kept in queries.edition(edition.id).findings)


def test_an_edition_is_read_in_four_statements(django_assert_num_queries):
    (root,) = make_network()
    edition = composed(root.id)

    with django_assert_num_queries(4):  # edition, figures, findings, steps
        queries.edition(edition.id)


def test_the_tree_of_the_years_last_day_names_the_outlets():
    (root,) = make_network()
    make_node("OLD", parent=root.id)
    make_node("NEW", parent=root.id, since=date(2020, 1, 1))
    department = make_department(root.id, kind=DepartmentKind.READING_ROOM)

    setting = operations.setting_of(node=root.id, year=2019, on=JANUARY, scope="own")

    assert [view.code for view in setting.outlets] == ["OLD"]
    assert [view.id for view in setting.departments] == [department.id]
