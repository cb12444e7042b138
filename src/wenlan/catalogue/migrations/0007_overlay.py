"""Records taken over: rules of protection, and where each came from; harvesters learn what is gone."""

import django.db.models.deletion
from django.db import migrations, models

SHIPPED = (
    ("unimarc", "001", "", "ours"),
    ("unimarc", "035", "", "both"),
    ("unimarc", "091", "", "both"),
    ("unimarc", "092", "", "ours"),
    ("unimarc", "316", "5", "never_theirs"),
    ("unimarc", "317", "5", "never_theirs"),
    ("unimarc", "318", "5", "never_theirs"),
    ("unimarc", "600", "", "both"),
    ("unimarc", "601", "", "both"),
    ("unimarc", "606", "", "both"),
    ("unimarc", "607", "", "both"),
    ("unimarc", "610", "", "both"),
    ("unimarc", "690", "", "ours"),
    ("unimarc", "801", "", "both"),
    ("unimarc", "830", "", "never_theirs"),
    ("unimarc", "856", "", "both"),
    ("unimarc", "9XX", "", "never_theirs"),
    ("marc21", "001", "", "ours"),
    ("marc21", "003", "", "ours"),
    ("marc21", "035", "", "both"),
    ("marc21", "084", "", "ours"),
    ("marc21", "09X", "", "ours"),
    ("marc21", "500", "5", "never_theirs"),
    ("marc21", "541", "", "never_theirs"),
    ("marc21", "561", "", "never_theirs"),
    ("marc21", "583", "", "never_theirs"),
    ("marc21", "59X", "", "never_theirs"),
    ("marc21", "650", "", "both"),
    ("marc21", "651", "", "both"),
    ("marc21", "653", "", "both"),
    ("marc21", "69X", "", "never_theirs"),
    ("marc21", "852", "", "never_theirs"),
    ("marc21", "856", "", "both"),
    ("marc21", "9XX", "", "never_theirs"),
)
BEFORE = "CREATE VIEW catalogue_harvest_facts AS SELECT id, uid, updated_at FROM catalogue_bibrecord"
HARVEST_FACTS = """
CREATE VIEW catalogue_harvest_facts AS
SELECT r.id, r.uid, r.updated_at, c.record_id IS NOT NULL AS is_gone
FROM catalogue_bibrecord r LEFT JOIN catalogue_recordcondition c ON c.record_id = r.id
"""


def ship_rules(apps, schema_editor):
    """Write the rules that the practice of Chinese libraries suggests; librarians change them on their page."""
    rule = apps.get_model("catalogue", "OverlayRule")
    rule.objects.bulk_create(
        rule(family=family, tag=tag, having=having, keep=keep) for family, tag, having, keep in SHIPPED
    )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_conversions")]
    operations = [
        migrations.CreateModel(
            name="OverlayRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("family", models.CharField(max_length=8)),
                ("tag", models.CharField(max_length=3)),
                ("having", models.CharField(blank=True, default="", max_length=1)),
                ("keep", models.CharField(max_length=12)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("family", "tag", "having"), name="catalogue_one_overlay_rule_a_field"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TakenRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("origin", models.CharField(max_length=100)),
                ("question", models.CharField(blank=True, max_length=300)),
                ("is_overlay", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("staff", models.BigIntegerField(blank=True, null=True)),
                ("encoding", models.CharField(max_length=20)),
                ("protected", models.JSONField(blank=True, default=list)),
                ("raw", models.BinaryField()),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken",
                        to="catalogue.bibrecord",
                    ),
                ),
            ],
        ),
        migrations.RunPython(ship_rules, migrations.RunPython.noop),
        migrations.RunSQL("DROP VIEW catalogue_harvest_facts", BEFORE),
        migrations.RunSQL(HARVEST_FACTS, "DROP VIEW catalogue_harvest_facts"),
    ]
