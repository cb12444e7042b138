"""A reader's row is known again by its version, which changes with every change of it.

On SQLite one writer works at a time, and nobody asks.
"""

from django.db import migrations

COLUMNS = """id, uid, category_id, home_node_id, sex, birth_date, status, suspended_until, valid_until,
       special_group, open_loans, credit_points, owed_fen, deposit_fen"""
BEFORE = f"CREATE VIEW patrons_facts AS SELECT {COLUMNS} FROM patrons_patron"
VERSION = {"postgresql": "xmin", "sqlite": "0"}


def widen(apps, schema_editor):
    """Make the view anew with the version."""
    version = VERSION[schema_editor.connection.vendor]
    schema_editor.execute("DROP VIEW patrons_facts")
    schema_editor.execute(
        f"CREATE VIEW patrons_facts AS SELECT {COLUMNS}, {version} AS row_version FROM patrons_patron"
    )


def narrow(apps, schema_editor):
    """Make the view as it was."""
    schema_editor.execute("DROP VIEW patrons_facts")
    schema_editor.execute(BEFORE)


class Migration(migrations.Migration):
    dependencies = [("patrons", "0007_consent_when_given")]
    operations = [migrations.RunPython(widen, narrow)]
