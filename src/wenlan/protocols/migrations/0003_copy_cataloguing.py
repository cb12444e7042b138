"""Copy cataloguing: targets, searches at them, what they answered."""

import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("protocols", "0002_api_tokens"),
    ]

    operations = [
        migrations.CreateModel(
            name="CopyTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                ("protocol", models.CharField(choices=[("z3950", "Z39.50"), ("sru", "SRU")], max_length=8)),
                ("host", models.CharField(max_length=253)),
                ("port", models.PositiveIntegerField()),
                ("path", models.CharField(max_length=200)),
                ("is_encrypted", models.BooleanField(default=False)),
                ("syntax", models.CharField(max_length=8)),
                ("encoding", models.CharField(max_length=12)),
                ("user", models.CharField(blank=True, max_length=100)),
                ("sealed_password", models.BinaryField(blank=True, default=b"")),
                ("seconds", models.PositiveSmallIntegerField(default=10)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_active", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="CopySearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ("staff", models.BigIntegerField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(db_index=True)),
                ("question", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="CopyAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="asking", max_length=10)),
                ("total", models.PositiveIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("details", models.CharField(blank=True, max_length=300)),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="protocols.copysearch"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="protocols.copytarget"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("search", "target"), name="protocols_one_answer_a_target")
                ],
            },
        ),
        migrations.CreateModel(
            name="CopyHit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("raw", models.BinaryField()),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hits", to="protocols.copyanswer"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("answer", "position"), name="protocols_hit_has_its_place")
                ],
            },
        ),
    ]
