"""A batch that is being received has a state of its own."""

from django.db import migrations, models

STATES = [
    ("receiving", "Being received"),
    ("matching", "To be decided"),
    ("checking", "Being checked"),
    ("accepting", "Being accepted"),
    ("accepted", "Accepted"),
    ("sent_back", "Sent back"),
]


class Migration(migrations.Migration):
    dependencies = [("acquisitions", "0003_listed_sums_are_totals")]

    operations = [migrations.AlterField("batch", "state", models.CharField(choices=STATES, max_length=12))]
