"""What a terminal may do and how it speaks, what it did each day, and what went wrong."""

import django.db.models.deletion
from django.db import migrations, models

import wenlan.protocols.sip2.types

ENCODINGS = [("gbk", "GBK"), ("gb18030", "GB 18030"), ("utf-8", "UTF-8")]
FIELD_SETS = [("standard", "SIP2 2.00"), ("chinese", "SIP2 with the fields of Chinese terminals")]
FAULTS = [
    ("sign_in", "Sign-in refused"),
    ("not_signed_in", "Not signed in"),
    ("checksum", "Wrong checksum"),
    ("unreadable", "Unreadable"),
    ("not_allowed", "Not allowed"),
    ("stored", "Stored act refused"),
    ("crash", "No answer"),
]
ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
TERMINAL = "protocols.terminal"


class Migration(migrations.Migration):
    dependencies = [("protocols", "0003_copy_cataloguing")]

    operations = [
        migrations.AddField("terminal", "name", models.CharField(blank=True, default="", max_length=60)),
        migrations.AlterField(
            "terminal", "encoding", models.CharField(choices=ENCODINGS, default="utf-8", max_length=12)
        ),
        migrations.AddField(
            "terminal", "field_set", models.CharField(choices=FIELD_SETS, default="standard", max_length=10)
        ),
        migrations.AddField("terminal", "rights", models.JSONField(default=wenlan.protocols.sip2.types.usual_rights)),
        migrations.AddField("terminal", "institution", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddField("terminal", "shows_names", models.BooleanField(default=False)),
        migrations.AddField("terminal", "asks_password", models.BooleanField(default=False)),
        migrations.AddField("terminal", "sort_rules", models.JSONField(default=list)),
        migrations.AddField("terminal", "reader_types", models.JSONField(default=dict)),
        migrations.CreateModel(
            name="TerminalDay",
            fields=[
                ("id", ID),
                ("day", models.DateField()),
                ("messages", models.PositiveIntegerField(default=0)),
                ("acts", models.PositiveIntegerField(default=0)),
                ("refusals", models.PositiveIntegerField(default=0)),
                ("faults", models.PositiveIntegerField(default=0)),
                ("slowest_ms", models.PositiveIntegerField(default=0)),
                (
                    "terminal",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="days", to=TERMINAL),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("terminal", "day"), name="protocols_one_sum_a_terminal_and_day")
                ]
            },
        ),
        migrations.CreateModel(
            name="TerminalFault",
            fields=[
                ("id", ID.clone()),
                ("code", models.CharField(blank=True, default="", max_length=40)),
                ("peer", models.CharField(blank=True, default="", max_length=64)),
                ("at", models.DateTimeField(db_index=True)),
                ("kind", models.CharField(choices=FAULTS, max_length=16)),
                ("message", models.CharField(blank=True, default="", max_length=300)),
                ("line", models.CharField(blank=True, default="", max_length=300)),
                (
                    "terminal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=TERMINAL,
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["terminal", "at"], name="protocols_fault_of_terminal")]},
        ),
    ]
