"""Orders of readers with their lines and copies, and the themed sets that may be ordered."""

import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0012_pocket_file"),
        ("circulation", "0016_recall_campaigns"),
        ("network", "0003_capped_admission"),
        ("patrons", "0006_units_and_classes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reservation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("reservation", "Reservation"),
                    ("request", "Request from a shelf"),
                    ("order", "Picked for an order"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="BookOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=wenlan.kernel.ids.new_uid, editable=False, unique=True)),
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("free", "In the reader's words"), ("menu", "From the menu")], max_length=8
                    ),
                ),
                ("wish", models.CharField(blank=True, max_length=500)),
                ("unit", models.CharField(blank=True, max_length=60)),
                ("persons", models.PositiveIntegerField(blank=True, null=True)),
                ("wanted_on", models.DateField(blank=True, null=True)),
                ("to_door", models.BooleanField(default=False)),
                ("address_cipher", models.BinaryField(blank=True, null=True)),
                ("address_key_version", models.PositiveSmallIntegerField(default=0)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("desk", "At the desk"),
                            ("phone", "By telephone"),
                            ("portal", "In the reader's account"),
                            ("keeper", "By a keeper"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("picking", "Being picked"),
                            ("ready", "Ready"),
                            ("partly", "Partly handed out"),
                            ("given", "Handed out"),
                            ("returned", "All back"),
                            ("impossible", "Not possible"),
                            ("cancelled", "Taken back by the reader"),
                        ],
                        default="asked",
                        max_length=12,
                    ),
                ),
                ("is_short", models.BooleanField(default=False)),
                ("taken_by", models.CharField(blank=True, default="", max_length=64)),
                ("made_at", models.DateTimeField()),
                ("made_on", models.DateField()),
                ("made_by", models.CharField(blank=True, max_length=64)),
                ("key", models.CharField(max_length=80, unique=True)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("counted", models.PositiveSmallIntegerField(default=0)),
                ("counted_on", models.DateField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circulation.grouploan",
                    ),
                ),
                (
                    "made_node",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.node"),
                ),
                (
                    "patron",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patrons.patron",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.node"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(blank=True, max_length=300)),
                ("class_number", models.CharField(blank=True, max_length=20)),
                ("age_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("age_to", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("wanted", models.PositiveSmallIntegerField(default=1)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="circulation.bookorder"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.bibrecord",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrderCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "loan",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circulation.loan",
                    ),
                ),
                (
                    "reservation",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="circulation.reservation",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="copies", to="circulation.orderline"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrderStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("taken", "Somebody looks after it"),
                            ("picking", "Picking has begun"),
                            ("ready", "Made ready"),
                            ("partly", "Partly handed out"),
                            ("given", "Handed out"),
                            ("short", "Closed without the rest"),
                            ("returned", "All back"),
                            ("impossible", "Not possible"),
                            ("cancelled", "Taken back by the reader"),
                        ],
                        max_length=12,
                    ),
                ),
                ("by", models.CharField(blank=True, max_length=64)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("told", models.BooleanField(default=False)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="circulation.bookorder"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ThemedSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.JSONField()),
                ("about", models.JSONField(default=dict)),
                ("from_day", models.DateField()),
                ("until_day", models.DateField(blank=True, null=True)),
                ("made_by", models.CharField(blank=True, max_length=64)),
                ("key", models.CharField(max_length=80, unique=True)),
                (
                    "node",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.node"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="bookorder",
            name="themed",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="circulation.themedset",
            ),
        ),
        migrations.CreateModel(
            name="ThemedSetTitle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("copies", models.PositiveSmallIntegerField(default=1)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.bibrecord"
                    ),
                ),
                (
                    "themed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="titles", to="circulation.themedset"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("wanted__gte", 1)), name="circulation_order_line_wants"
            ),
        ),
        migrations.AddConstraint(
            model_name="ordercopy",
            constraint=models.CheckConstraint(
                condition=models.Q(("reservation__isnull", True), ("loan__isnull", True), _connector="XOR"),
                name="circulation_order_copy_is_picked_or_lent",
            ),
        ),
        migrations.AddConstraint(
            model_name="themedset",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_day", None), ("until_day__gte", models.F("from_day")), _connector="OR"),
                name="circulation_themed_set_span",
            ),
        ),
        migrations.AddIndex(
            model_name="bookorder",
            index=models.Index(fields=["place", "state", "-id"], name="circulation_orders_of_place"),
        ),
        migrations.AddConstraint(
            model_name="bookorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["cancelled", "impossible", "returned"]), _negated=True),
                    ("ended_at__isnull", False),
                    _connector="XOR",
                ),
                name="circulation_order_ends_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("patron__isnull", False), ("state__in", ["cancelled", "impossible", "returned"]), _connector="OR"
                ),
                name="circulation_order_is_somebodys",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "free"), ("themed__isnull", False), _connector="XOR"),
                name="circulation_menu_order_has_a_set",
            ),
        ),
        migrations.AddConstraint(
            model_name="themedsettitle",
            constraint=models.UniqueConstraint(fields=("themed", "record"), name="circulation_title_once_in_set"),
        ),
        migrations.AddConstraint(
            model_name="themedsettitle",
            constraint=models.CheckConstraint(
                condition=models.Q(("copies__gte", 1)), name="circulation_set_title_has_copies"
            ),
        ),
    ]
