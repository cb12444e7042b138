"""A reader's points, unpaid sums and deposit stand on the reader's row, where circulation decides."""

from django.db import migrations, models

BEFORE = """
CREATE VIEW patrons_facts AS
SELECT id, uid, category_id, home_node_id, sex, birth_date, status, suspended_until, valid_until,
       special_group, open_loans
FROM patrons_patron
"""
PATRONS_FACTS = """
CREATE VIEW patrons_facts AS
SELECT id, uid, category_id, home_node_id, sex, birth_date, status, suspended_until, valid_until,
       special_group, open_loans, credit_points, owed_fen, deposit_fen
FROM patrons_patron
"""


class Migration(migrations.Migration):
    dependencies = [("patrons", "0003_password")]
    operations = [
        migrations.RunSQL("DROP VIEW patrons_facts", BEFORE),
        migrations.AddField("patron", "credit_points", models.IntegerField(blank=True, null=True)),
        migrations.AddField("patron", "owed_fen", models.BigIntegerField(default=0)),
        migrations.AddField("patron", "deposit_fen", models.BigIntegerField(default=0)),
        migrations.AddConstraint(
            "patron",
            models.CheckConstraint(
                condition=models.Q(credit_points=None) | models.Q(credit_points__gte=0),
                name="patrons_points_not_negative",
            ),
        ),
        migrations.AddConstraint(
            "patron",
            models.CheckConstraint(
                condition=models.Q(owed_fen__gte=0, deposit_fen__gte=0), name="patrons_sums_not_negative"
            ),
        ),
        migrations.RunSQL(PATRONS_FACTS, "DROP VIEW patrons_facts"),
    ]
