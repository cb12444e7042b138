"""What other packages' statements may read of records."""

from django.db import migrations

CATALOGUE_FACTS = """
CREATE VIEW catalogue_facts AS
SELECT id, uid, control_number, title_proper, main_class, class_number, language, material, audience
FROM catalogue_bibrecord
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunSQL(CATALOGUE_FACTS, "DROP VIEW catalogue_facts")]
