"""What harvesters read: records in the order of their last change."""

from django.db import migrations, models

CATALOGUE_HARVEST_FACTS = """
CREATE VIEW catalogue_harvest_facts AS
SELECT id, uid, updated_at FROM catalogue_bibrecord
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_facts")]
    operations = [
        migrations.AddIndex(
            model_name="bibrecord",
            index=models.Index(fields=["updated_at", "id"], name="catalogue_record_by_change"),
        ),
        migrations.RunSQL(CATALOGUE_HARVEST_FACTS, "DROP VIEW catalogue_harvest_facts"),
    ]
