"""An item knows whether somebody may wait for it and for whom it is kept: circulation decides on its locked row."""

import django.db.models.deletion
from django.db import migrations, models

COLUMNS = """id, uid, record_id, barcode, barcode_key, barcode_scope, owner_node_id, shelved_at_id, present_node_id,
       department_id, status, lending, material, main_class, audience, language, list_price_fen"""
BEFORE = f"CREATE VIEW holdings_facts AS SELECT {COLUMNS} FROM holdings_item"
HOLDINGS_FACTS = f"CREATE VIEW holdings_facts AS SELECT {COLUMNS}, reserved, held_for_id FROM holdings_item"


class Migration(migrations.Migration):
    dependencies = [("holdings", "0010_scans_of_phones"), ("patrons", "0004_credit_and_sums")]
    operations = [
        migrations.RunSQL("DROP VIEW holdings_facts", BEFORE),
        migrations.AddField("item", "reserved", models.BooleanField(default=False, db_default=False)),
        migrations.AddField(
            "item",
            "held_for",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="patrons.patron",
            ),
        ),
        migrations.RunSQL(HOLDINGS_FACTS, "DROP VIEW holdings_facts"),
    ]
