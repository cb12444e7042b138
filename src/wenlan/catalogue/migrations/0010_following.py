"""Records taken over through the crosswalk keep how; records follow a heading batch by batch."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0009_settled_rejects"),
        ("network", "0001_initial"),
    ]

    operations = [
        migrations.AddField("takenrecord", "mapping", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddField("takenrecord", "mapping_version", models.CharField(blank=True, default="", max_length=20)),
        migrations.AddField("takenrecord", "warnings", models.JSONField(blank=True, default=list)),
        migrations.AddField("takenrecord", "converted", models.TextField(blank=True, default="")),
        migrations.CreateModel(
            name="AuthorityMergePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fields", models.JSONField(default=list)),
                (
                    "merge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="catalogue.authoritymerge",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AuthorityRewrite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_undoing", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("staff", models.BigIntegerField(blank=True, null=True)),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("last_record", models.BigIntegerField(default=0)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rewrites",
                        to="catalogue.authority",
                    ),
                ),
                (
                    "merge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalogue.authoritymerge",
                    ),
                ),
                (
                    "node",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.node"),
                ),
            ],
        ),
    ]
