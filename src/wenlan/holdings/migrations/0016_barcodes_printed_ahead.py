"""Series of barcodes that were printed or bought ahead."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0001_initial"),
        ("holdings", "0015_tags_of_items"),
    ]

    operations = [
        migrations.CreateModel(
            name="BarcodeSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("prefix", models.CharField(blank=True, max_length=20)),
                ("digits", models.PositiveSmallIntegerField()),
                ("scope", models.CharField(blank=True, default="", max_length=20)),
                ("first", models.PositiveBigIntegerField()),
                ("last", models.PositiveBigIntegerField()),
                ("first_key", models.CharField(max_length=40)),
                ("last_key", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(blank=True, max_length=60)),
                ("note", models.CharField(blank=True, max_length=100)),
                ("key", models.CharField(max_length=100, unique=True)),
                (
                    "node",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.node"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="holdings_series_goes_up"
                    ),
                    models.UniqueConstraint(
                        fields=("scope", "prefix", "digits", "first"), name="holdings_series_begins_once"
                    ),
                ],
            },
        ),
    ]
