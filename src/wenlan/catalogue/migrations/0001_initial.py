import django.db.models.deletion
import wenlan.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("network", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BibRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "uid",
                    models.UUIDField(
                        default=wenlan.kernel.ids.new_uid, editable=False, unique=True
                    ),
                ),
                (
                    "control_number",
                    models.CharField(blank=True, db_index=True, max_length=64),
                ),
                ("agency", models.CharField(blank=True, max_length=64)),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("cnmarc", "CNMARC"),
                            ("unimarc", "UNIMARC"),
                            ("marc21", "MARC 21"),
                        ],
                        max_length=8,
                    ),
                ),
                ("title_proper", models.CharField(max_length=500)),
                ("title_key", models.CharField(db_index=True, max_length=200)),
                ("other_title", models.CharField(blank=True, max_length=1000)),
                ("parallel_title", models.CharField(blank=True, max_length=1000)),
                ("volume", models.CharField(blank=True, max_length=500)),
                ("other_titles", models.JSONField(blank=True, default=list)),
                ("responsibility", models.CharField(blank=True, max_length=1000)),
                ("authors", models.JSONField(blank=True, default=list)),
                ("edition", models.CharField(blank=True, max_length=200)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("publisher", models.CharField(blank=True, max_length=500)),
                ("year_text", models.CharField(blank=True, max_length=100)),
                ("year", models.SmallIntegerField(blank=True, null=True)),
                ("isbn", models.JSONField(blank=True, default=list)),
                ("issn", models.CharField(blank=True, max_length=9)),
                ("class_number", models.CharField(blank=True, max_length=100)),
                ("main_class", models.CharField(blank=True, max_length=4)),
                ("language", models.CharField(blank=True, max_length=3)),
                (
                    "material",
                    models.CharField(
                        choices=[
                            ("book", "Book"),
                            ("serial", "Serial"),
                            ("newspaper", "Newspaper"),
                            ("audiovisual", "Audiovisual"),
                            ("electronic", "Electronic document"),
                            ("ancient", "Ancient book"),
                            ("map", "Map"),
                            ("micro", "Microform"),
                            ("other", "Other material"),
                        ],
                        default="book",
                        max_length=20,
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("child", "Children"),
                            ("youth", "Young people"),
                            ("adult", "Adults"),
                        ],
                        max_length=12,
                    ),
                ),
                ("extent", models.CharField(blank=True, max_length=500)),
                ("series", models.CharField(blank=True, max_length=1000)),
                ("subjects", models.JSONField(blank=True, default=list)),
                ("summary", models.TextField(blank=True)),
                ("price_fen", models.BigIntegerField(blank=True, null=True)),
                ("price", models.CharField(blank=True, max_length=100)),
                ("pinyin", models.CharField(blank=True, max_length=1000)),
                ("initials", models.CharField(blank=True, max_length=200)),
                ("popularity", models.IntegerField(default=0)),
                ("content_hash", models.CharField(db_index=True, max_length=32)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("marc", models.TextField()),
                (
                    "node",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.node",
                        verbose_name="Catalogued at",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MarcImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("file_name", models.CharField(max_length=255)),
                ("profile", models.CharField(blank=True, max_length=40)),
                ("staff", models.BigIntegerField(blank=True, null=True)),
                ("started_at", models.DateTimeField()),
                ("is_complete", models.BooleanField(default=False)),
                ("read", models.PositiveIntegerField(default=0)),
                ("created", models.PositiveIntegerField(default=0)),
                ("updated", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("kept_aside", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                (
                    "node",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network.node",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
                ("number", models.CharField(max_length=40)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="numbers",
                        to="catalogue.bibrecord",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("encoding", models.CharField(max_length=20)),
                ("notes", models.JSONField(blank=True, default=list)),
                ("raw", models.BinaryField()),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="catalogue.bibrecord",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.marcimport",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RejectedRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("offset", models.BigIntegerField()),
                ("reason", models.CharField(max_length=300)),
                ("raw_hash", models.CharField(max_length=32, unique=True)),
                ("raw", models.BinaryField()),
                ("is_settled", models.BooleanField(default=False)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.marcimport",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnplacedRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("authority", "Authority record"),
                            ("holdings", "Holdings record"),
                            ("classification", "Classification record"),
                            ("community", "Community information"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("cnmarc", "CNMARC"),
                            ("unimarc", "UNIMARC"),
                            ("marc21", "MARC 21"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "control_number",
                    models.CharField(blank=True, db_index=True, max_length=64),
                ),
                ("heading", models.CharField(blank=True, max_length=500)),
                ("content_hash", models.CharField(max_length=32, unique=True)),
                ("encoding", models.CharField(max_length=20)),
                ("marc", models.TextField()),
                ("raw", models.BinaryField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.marcimport",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="bibrecord",
            index=models.Index(
                fields=["agency", "control_number"], name="catalogue_record_by_source"
            ),
        ),
        migrations.AddIndex(
            model_name="recordnumber",
            index=models.Index(fields=["number"], name="catalogue_number"),
        ),
        migrations.AddConstraint(
            model_name="recordnumber",
            constraint=models.UniqueConstraint(
                fields=("record", "kind", "number"),
                name="catalogue_number_once_a_record",
            ),
        ),
    ]
