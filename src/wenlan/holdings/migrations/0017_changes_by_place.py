"""Who put how much on the shelves of a place in some days is counted without reading every change of state."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("holdings", "0016_barcodes_printed_ahead"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="statechange",
            index=models.Index(fields=["node", "at"], name="holdings_changes_by_place"),
        ),
    ]
