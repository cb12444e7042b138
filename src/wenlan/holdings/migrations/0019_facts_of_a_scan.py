"""A scan at the desk is told with its call number, and a row is known again by its version.

The version of a row changes with every change of it. On SQLite one writer works at a time, and nobody asks.
"""

from django.db import migrations

COLUMNS = """id, uid, record_id, barcode, barcode_key, barcode_scope, owner_node_id, shelved_at_id, present_node_id,
       department_id, status, lending, material, main_class, audience, language, list_price_fen, reserved, held_for_id"""
BEFORE = f"CREATE VIEW holdings_facts AS SELECT {COLUMNS} FROM holdings_item"
VERSION = {"postgresql": "xmin", "sqlite": "0"}


def widen(apps, schema_editor):
    """Make the view anew with two more columns."""
    version = VERSION[schema_editor.connection.vendor]
    schema_editor.execute("DROP VIEW holdings_facts")
    schema_editor.execute(
        f"CREATE VIEW holdings_facts AS SELECT {COLUMNS}, call_number, {version} AS row_version FROM holdings_item"
    )


def narrow(apps, schema_editor):
    """Make the view as it was."""
    schema_editor.execute("DROP VIEW holdings_facts")
    schema_editor.execute(BEFORE)


class Migration(migrations.Migration):
    dependencies = [("holdings", "0018_lent_before_catalogued")]
    operations = [migrations.RunPython(widen, narrow)]
