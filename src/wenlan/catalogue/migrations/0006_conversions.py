"""Conversions between CNMARC and MARC 21; the content that a record was taken in from, so that it is known again."""

import django.db.models.deletion
from django.db import migrations, models

KNOW_AGAIN = """
UPDATE catalogue_recordsource
SET content_hash = (SELECT content_hash FROM catalogue_bibrecord WHERE catalogue_bibrecord.id = record_id)
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_authorities")]
    operations = [
        migrations.AddField(
            model_name="recordsource",
            name="content_hash",
            field=models.CharField(blank=True, db_index=True, default="", max_length=32),
        ),
        migrations.RunSQL(KNOW_AGAIN, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Conversion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source_format",
                    models.CharField(
                        choices=[("cnmarc", "CNMARC"), ("unimarc", "UNIMARC"), ("marc21", "MARC 21")], max_length=8
                    ),
                ),
                (
                    "target_format",
                    models.CharField(
                        choices=[("cnmarc", "CNMARC"), ("unimarc", "UNIMARC"), ("marc21", "MARC 21")], max_length=8
                    ),
                ),
                ("mapping", models.CharField(max_length=40)),
                ("mapping_version", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("staff", models.BigIntegerField(blank=True, null=True)),
                ("warnings", models.JSONField(blank=True, default=list)),
                ("source_hash", models.CharField(max_length=32)),
                ("source", models.TextField()),
                ("target", models.TextField()),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conversions",
                        to="catalogue.bibrecord",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "target_format"), name="catalogue_conversion_once_a_format"
                    )
                ],
            },
        ),
    ]
