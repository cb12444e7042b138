"""Two desks at the same moment, on PostgreSQL: the last place under a limit, the last copy, one return."""

import pytest
from django.apps import apps

from wenlan.circulation.racing import Stage, race
from wenlan.circulation.testing import card_of, make_act, make_rule, scan
from wenlan.circulation.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_category, make_patron

pytestmark = [pytest.mark.postgresql, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ServiceEvent = apps.get_model("ledger", "ServiceEvent")
TRIES = 1000  # of each kind


def test_two_desks_never_pass_a_limit_together_and_close_a_loan_once():
    (root,) = make_network()
    make_rule(root.id)
    make_category("adult", loan_limit=1)
    card = card_of(make_patron(node=root.id))
    stages = [Stage(cards=(card, card), items=(scan(make_item(node=root.id)), scan(make_item(node=root.id))))]

    outcome = race(stages, tries=TRIES, act_of=lambda key: make_act(root.id, key=key))

    assert (outcome.lent_once, outcome.returned_once) == (TRIES, TRIES)
    assert ServiceEvent.objects.filter(kind="loan.made").count() == TRIES
    assert differences() == []


def test_two_desks_never_lend_the_last_copy_twice():
    (root,) = make_network()
    make_rule(root.id)
    cards = card_of(make_patron(node=root.id)), card_of(make_patron(node=root.id))
    item = scan(make_item(node=root.id))

    outcome = race([Stage(cards=cards, items=(item, item))], tries=TRIES, act_of=lambda key: make_act(root.id, key=key))

    assert (outcome.lent_once, outcome.returned_once) == (TRIES, TRIES)
    assert ServiceEvent.objects.filter(kind="loan.made").count() == TRIES
    assert differences() == []
