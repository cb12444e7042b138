import pytest
from django.core.management import call_command
from django.db import DatabaseError

from wenlan.ledger import operations
from wenlan.ledger.kinds import Kind
from wenlan.ledger.models import ServiceEvent
from wenlan.ledger.testing import make_act

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_flush_empties_the_ledger_and_leaves_it_guarded():
    operations.record(make_act(), Kind.VISIT_COUNTED, source="gate:1")

    call_command("flush", verbosity=0, interactive=False)

    assert ServiceEvent.objects.count() == 0
    operations.record(make_act(), Kind.VISIT_COUNTED, source="gate:1")
    with pytest.raises(DatabaseError, match="append-only"):
        ServiceEvent.objects.all().delete()
