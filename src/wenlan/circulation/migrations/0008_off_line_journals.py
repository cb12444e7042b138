"""Lines of off-line journals, each with what became of it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

STATES = [
    ("recorded", "Recorded"),
    ("waiting", "Waits for a decision"),
    ("accepted", "As it happened"),
    ("corrected", "Put right"),
    ("set_aside", "Set aside"),
]
PROBLEMS = [
    ("already_lent", "The item stood as lent already"),
    ("acted_since", "The item was lent or taken back elsewhere since"),
    ("reader_blocked", "The card or the reader was stopped"),
    ("item_blocked", "The item should not have been lent"),
    ("item_unknown", "No item has this barcode"),
    ("item_ambiguous", "Several items have this barcode"),
    ("card_unknown", "Nobody has this card"),
    ("not_renewable", "The loan could not be renewed"),
    ("no_rule", "No lending rule holds there"),
    ("gate_counts", "A gate counts the visits there"),
    ("clock_off", "The time of the act is not sure"),
    ("not_permitted", "Who did it may not lend there"),
    ("waits", "Waits for an earlier act on the same item"),
    ("unreadable", "The line cannot be read"),
]
DECISIONS = [("accept", "It happened like that"), ("correct", "Put it right"), ("set_aside", "Set it aside")]


class Migration(migrations.Migration):
    dependencies = [("circulation", "0007_use_in_the_house"), ("network", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="JournalLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(editable=False, unique=True)),
                ("device", models.CharField(max_length=40)),
                ("act", models.CharField(blank=True, max_length=12)),
                ("happened_at", models.DateTimeField(blank=True, null=True)),
                ("received_at", models.DateTimeField()),
                ("by", models.CharField(blank=True, max_length=200)),
                ("sent_by", models.CharField(blank=True, max_length=64)),
                ("told", models.JSONField(blank=True, null=True)),
                ("text", models.TextField(blank=True, default="")),
                ("state", models.CharField(choices=STATES, max_length=12)),
                ("problem", models.CharField(blank=True, choices=PROBLEMS, default="", max_length=20)),
                ("is_recorded", models.BooleanField(default=False)),
                ("ends_nothing", models.BooleanField(default=False)),
                ("found", models.JSONField(blank=True, default=dict)),
                ("said", models.JSONField(blank=True, default=dict)),
                ("accepted", models.JSONField(blank=True, default=list)),
                ("item_key", models.CharField(blank=True, default="", max_length=200)),
                ("decision", models.CharField(blank=True, choices=DECISIONS, default="", max_length=12)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, default="", max_length=64)),
                ("reason", models.CharField(blank=True, default="", max_length=200)),
                (
                    "node",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.node",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="circulation_waiting_line_has_a_problem", condition=~Q(state="waiting") | ~Q(problem="")
                    ),
                    models.CheckConstraint(
                        name="circulation_decided_line_is_whole",
                        condition=Q(state__in=["recorded", "waiting"]) | Q(decided_at__isnull=False),
                    ),
                ],
                "indexes": [
                    models.Index(name="circulation_lines_waiting", fields=["node", "id"], condition=Q(state="waiting")),
                    models.Index(name="circulation_lines_of_an_item", fields=["item_key", "id"]),
                    models.Index(name="circulation_lines_by_device", fields=["device", "id"]),
                    models.Index(name="circulation_lines_by_age", fields=["received_at"]),
                ],
            },
        ),
    ]
