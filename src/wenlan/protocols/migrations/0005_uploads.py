"""Originals handed to union centres: the centres, the queue, the files made."""

import django.db.models.deletion
from django.db import migrations, models

STATES = [
    ("queued", "Waiting"),
    ("sending", "Being sent"),
    ("sent", "Sent, not answered"),
    ("unclear", "Perhaps arrived"),
    ("accepted", "Accepted by the centre"),
    ("refused", "Refused by the centre"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0008_held_records"),
        ("network", "0001_initial"),
        ("protocols", "0004_terminals_and_their_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="UploadCentre",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("sru_update", "SRU Record Update, one by one"),
                            ("file", "A file of records, handed in"),
                        ],
                        max_length=12,
                    ),
                ),
                ("format", models.CharField(max_length=8)),
                ("encoding", models.CharField(max_length=12)),
                ("host", models.CharField(blank=True, max_length=253)),
                ("port", models.PositiveIntegerField(default=80)),
                ("path", models.CharField(blank=True, max_length=200)),
                ("is_encrypted", models.BooleanField(default=False)),
                ("user", models.CharField(blank=True, max_length=100)),
                ("sealed_password", models.BinaryField(blank=True, default=b"")),
                ("seconds", models.PositiveSmallIntegerField(default=10)),
                ("left_out", models.CharField(blank=True, max_length=200)),
                ("takes_by_itself", models.BooleanField(default=False)),
                ("rest_hours", models.PositiveSmallIntegerField(default=24)),
                ("looked_at", models.BigIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="UploadBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("made_at", models.DateTimeField()),
                ("staff", models.BigIntegerField(blank=True, null=True)),
                ("content", models.BinaryField()),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="protocols.uploadcentre",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("staff", models.BigIntegerField(blank=True, null=True)),
                (
                    "action",
                    models.CharField(
                        choices=[("create", "A new record"), ("replace", "A changed record")],
                        default="create",
                        max_length=8,
                    ),
                ),
                ("state", models.CharField(choices=STATES, default="queued", max_length=8)),
                ("content_hash", models.CharField(blank=True, max_length=32)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("details", models.CharField(blank=True, max_length=300)),
                ("remote_number", models.CharField(blank=True, max_length=64)),
                ("queued_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "node",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.node"),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.bibrecord"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="protocols.uploadbatch",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="protocols.uploadcentre",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "due_at"], name="protocols_upload_due")],
                "constraints": [models.UniqueConstraint(fields=("centre", "record"), name="protocols_one_upload_each")],
            },
        ),
    ]
