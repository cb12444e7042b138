"""PostgreSQL finds a reader's open loans by an index of their own, not among all that the reader ever borrowed.

The index is there already; its condition gets words that the statements of the desk alone use (see STILL_OPEN and
OPEN_OF_READER in statements.py), so that it is read for a reader, and for nothing else.
"""

from django.db import migrations

NAME = "circulation_open_by_reader"
PLAIN = "returned_at IS NULL AND cancelled_at IS NULL"
OF_ITS_OWN = "GREATEST(returned_at, cancelled_at) IS NULL"


def index_where(condition):
    """Return what makes the index anew with a condition."""

    def make(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX {NAME}")
            schema_editor.execute(f"CREATE INDEX {NAME} ON circulation_loan (patron_id, due_on) WHERE {condition}")

    return make


class Migration(migrations.Migration):
    dependencies = [("circulation", "0018_duty_roster")]
    operations = [migrations.RunPython(index_where(OF_ITS_OWN), index_where(PLAIN))]
