"""What other packages' statements may read of readers and cards, and lock through these views."""

from django.db import migrations

PATRONS_FACTS = """
CREATE VIEW patrons_facts AS
SELECT id, uid, category_id, home_node_id, sex, birth_date, status, suspended_until, valid_until,
       special_group, open_loans
FROM patrons_patron
"""
PATRONS_CARD_FACTS = """
CREATE VIEW patrons_card_facts AS
SELECT id, number_key, patron_id, kind, status, until_day
FROM patrons_card
"""


def leave_room(apps, schema_editor):
    """On PostgreSQL keep room in each page, so that the row that every loan changes is changed in its page."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE patrons_patron SET (fillfactor = 80)")


class Migration(migrations.Migration):
    dependencies = [("patrons", "0001_initial")]
    operations = [
        migrations.RunSQL(PATRONS_FACTS, "DROP VIEW patrons_facts"),
        migrations.RunSQL(PATRONS_CARD_FACTS, "DROP VIEW patrons_card_facts"),
        migrations.RunPython(leave_room, migrations.RunPython.noop),
    ]
