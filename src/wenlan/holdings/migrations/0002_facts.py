"""What other packages' statements may read of items, and lock through this view."""

from django.db import migrations

HOLDINGS_FACTS = """
CREATE VIEW holdings_facts AS
SELECT id, uid, record_id, barcode, barcode_key, barcode_scope, owner_node_id, shelved_at_id, present_node_id,
       department_id, status, lending, material, main_class, audience, language, list_price_fen
FROM holdings_item
"""


def leave_room(apps, schema_editor):
    """On PostgreSQL keep room in each page, so that the row that every loan changes is changed in its page."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE holdings_item SET (fillfactor = 80)")


class Migration(migrations.Migration):
    dependencies = [("holdings", "0001_initial")]
    operations = [
        migrations.RunSQL(HOLDINGS_FACTS, "DROP VIEW holdings_facts"),
        migrations.RunPython(leave_room, migrations.RunPython.noop),
    ]
