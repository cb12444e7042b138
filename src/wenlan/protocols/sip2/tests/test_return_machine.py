"""A return machine in the wall of the library: its line is cut in the midst of a word, and it says everything twice."""

from contextlib import closing
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from wenlan.circulation.models import Loan
from wenlan.circulation.testing import lend, make_act, make_rule
from wenlan.holdings.testing import make_item
from wenlan.ledger.models import ServiceEvent
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.protocols.models import Terminal, TerminalDay
from wenlan.protocols.sip2 import lending, watching
from wenlan.protocols.sip2.calls import stamp
from wenlan.protocols.sip2.requests import CheckinRequest
from wenlan.protocols.sip2.terminals import enrol
from wenlan.protocols.sip2.tests.talking import running_server, terminal
from wenlan.protocols.sip2.types import SortRule
from wenlan.ui import clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
BINS = [SortRule(bin="3", step="send"), SortRule(bin="1", step="shelve"), SortRule(bin="9")]


def the_machine():
    """Return two branches with a machine at the first, and the two books that a reader has at home since last week."""
    root, east, west = make_network("E", "W")
    make_rule(root.id)
    enrol(code="R1", password="kiosk", node=east.id)
    rules = [{name: getattr(rule, name) for name in rule.__slots__} for rule in BINS]
    Terminal.objects.update(sort_rules=rules)
    reader = make_patron(node=east.id, card="R00000001")
    books = [make_item(node=place.id, barcode=f"B{number}") for number, place in enumerate((east, west), start=1)]
    for book in books:
        lend(book, reader, make_act(east.id, clock.today() - timedelta(days=7)))
    return books


def put_in(barcode: str, at: datetime, *, no_block: str = "N") -> CheckinRequest:
    return CheckinRequest(
        no_block=no_block,
        transaction_date=stamp(at),
        return_date=stamp(at),
        item_identifier=barcode,
        current_location="",
    )


def returns():
    events = ServiceEvent.objects.filter(kind="loan.returned")
    return [(event.channel, event.quantity) for event in events.order_by("id")]


def test_story_of_a_return_machine_that_resends():
    home, sent_on = the_machine()
    now = clock.now()

    # In the evening the line is cut after the machine has sent, before the answer came: it never learns of the return.
    with running_server() as port:
        with terminal(port, "R1", checked=True) as machine:
            lost = machine.say(put_in(home.barcode, now))

        # It connects anew and says it again, in another sequence. It hears the same: bin 1, for the shelf.
        with terminal(port, "R1", checked=True) as machine:
            machine.say(put_in("nowhere", now))
            again = machine.say(put_in(home.barcode, now))

    # At night the power fails. In the morning the machine, still in doubt, says everything once more to a new server,
    # and brings the book that it took in the dark: it happened when it happened, and belongs to the other branch.
    lending._last_keys.clear()
    night = now - timedelta(hours=3)
    with running_server() as port, closing(machine.connection), terminal(port, "R1") as machine:
        morning = machine.say(put_in(home.barcode, now))
        stored = machine.say(put_in(sent_on.barcode, night, no_block="Y"))
        twice = machine.say(put_in(sent_on.barcode, night, no_block="Y"))
    watching.write_down()

    assert [(one.ok, one.sort_bin, one.alert) for one in (lost, again, morning)] == [("1", "1", "N")] * 3
    assert [(one.ok, one.sort_bin, one.destination) for one in (stored, twice)] == [("1", "3", "W分馆")] * 2
    assert returns() == [("sip2", 1), ("sip2", 1)]
    ended = {loan.item_id: loan.returned_at for loan in Loan.objects.all()}
    assert (ended[home.id] is not None, timezone.localtime(ended[sent_on.id]).replace(microsecond=0)) == (
        True, timezone.localtime(night).replace(microsecond=0),
    )  # fmt: skip
    day = TerminalDay.objects.get(day=clock.today())
    assert (day.acts, day.refusals) == (5, 1)
