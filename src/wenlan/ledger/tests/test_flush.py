import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError

from wenlan.ledger import operations
from wenlan.ledger.kinds import Kind
from wenlan.ledger.models import ServiceEvent
from wenlan.ledger.testing import make_act
from wenlan.network.testing import make_network

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.mark.parametrize("reset_sequences", [True, False])
def test_flush_empties_the_ledger_and_leaves_it_guarded(reset_sequences):
    operations.record(make_act(), Kind.VISIT_COUNTED, source="gate:1")

    call_command("flush", verbosity=0, interactive=False, reset_sequences=reset_sequences)

    assert ServiceEvent.objects.count() == 0
    operations.record(make_act(), Kind.VISIT_COUNTED, source="gate:1")
    with pytest.raises(DatabaseError, match="append-only"):
        ServiceEvent.objects.all().delete()


def test_after_a_test_no_table_has_rows_but_those_that_django_writes():
    operations.record(make_act(), Kind.VISIT_COUNTED, source="gate:1")
    make_network()

    call_command("flush", verbosity=0, interactive=False, reset_sequences=False)

    assert {model._meta.label for model in apps.get_models() if model._base_manager.exists()} == {
        "auth.Permission",
        "contenttypes.ContentType",
    }
