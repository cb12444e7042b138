"""What became of the records that an import could not read: mended, or set aside with a reason."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("catalogue", "0008_held_records"),
    ]

    operations = [
        migrations.AddField(
            "rejectedrecord",
            "settled_as",
            models.CharField(
                blank=True,
                choices=[("taken_in", "Mended and taken in"), ("set_aside", "Set aside")],
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField("rejectedrecord", "settled_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("rejectedrecord", "settled_by", models.BigIntegerField(blank=True, null=True)),
        migrations.AddField(
            "rejectedrecord", "settled_reason", models.CharField(blank=True, default="", max_length=200)
        ),
        migrations.AddField(
            "rejectedrecord",
            "record",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="catalogue.bibrecord",
            ),
        ),
        migrations.AddIndex(
            "rejectedrecord",
            models.Index(
                condition=models.Q(("is_settled", False)), fields=["id"], name="catalogue_rejected_waiting"
            ),
        ),
    ]
