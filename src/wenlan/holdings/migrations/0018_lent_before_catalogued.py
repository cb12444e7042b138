"""An item may be lent once before it is catalogued: a book that a reader chose at a bookshop."""

from django.db import migrations, models

LENDING = [
    ("lendable", "May be lent"),
    ("first_loan", "May be lent once, then to cataloguing"),
    ("in_house", "For use in the house"),
]


class Migration(migrations.Migration):
    dependencies = [("holdings", "0017_changes_by_place")]

    operations = [
        migrations.AlterField("item", "lending", models.CharField(choices=LENDING, default="lendable", max_length=12)),
    ]
