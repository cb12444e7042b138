"""Cubes. SQLite keeps each as one tree ordered by its key (WITHOUT ROWID), which halves the cost of adding to them."""

from django.db import migrations, models

TEXT = {
    "kind": 40, "grain": 1, "channel": 12, "subject": 80, "loan_kind": 12, "language": 3, "material": 20,
    "category": 40, "sex": 1, "special_group": 20, "main_class": 4, "audience": 12, "operator": 64,
}
SMALL = {"age"}
BIG = {"token", "quantity", "acts", "estimated"}
BASE = ("kind", "grain", "day", "node")
SUMS = ("quantity", "acts", "estimated")
CUBES = {
    "PlaceSum": ("department", "channel", "subject", "loan_kind"),
    "LanguageSum": ("language", "material", "channel", "loan_kind"),
    "ReaderSum": ("category", "sex", "special_group", "channel", "loan_kind"),
    "AgeSum": ("age", "channel", "loan_kind"),
    "ExchangeSum": ("owner_node", "home_node", "channel", "loan_kind"),
    "ItemSum": ("material", "main_class", "audience", "channel", "loan_kind"),
    "WorkSum": ("operator", "department", "channel", "loan_kind"),
    "PersonSum": ("token", "department", "channel", "loan_kind", "category", "sex", "age"),
}


def column(name):
    if name == "day":
        return "day date NOT NULL"
    if name in TEXT:
        return f"{name} varchar({TEXT[name]}) NOT NULL"
    kind = "smallint" if name in SMALL else "bigint" if name in BIG else "integer"
    return f"{name} {kind} NOT NULL"


def field(name):
    if name == "day":
        return models.DateField()
    if name in TEXT:
        return models.CharField(max_length=TEXT[name])
    if name in SMALL:
        return models.SmallIntegerField()
    return models.BigIntegerField() if name in BIG else models.IntegerField()


def make_table(table, dimensions):
    columns = ", ".join(column(name) for name in (*BASE, *dimensions, *SUMS))
    key = ", ".join((*BASE, *dimensions))

    def forwards(apps, schema_editor):
        ending = " WITHOUT ROWID" if schema_editor.connection.vendor == "sqlite" else ""
        schema_editor.execute(f"CREATE TABLE {table} ({columns}, PRIMARY KEY ({key})){ending}", params=None)

    def backwards(apps, schema_editor):
        schema_editor.execute(f"DROP TABLE {table}", params=None)

    return migrations.RunPython(forwards, backwards)


def make_model(name, dimensions):
    key = models.CompositePrimaryKey(*BASE, *dimensions, blank=True, editable=False, primary_key=True, serialize=False)
    columns = (*BASE, *SUMS, *dimensions)
    return migrations.CreateModel(name=name, fields=[*((part, field(part)) for part in columns), ("pk", key)])


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[make_table(f"indicators_{name.lower()}", dimensions)],
            state_operations=[make_model(name, dimensions)],
        )
        for name, dimensions in CUBES.items()
    ]
