"""What a packing list said before volumes had a sum of their own is a sum for the whole batch."""

from django.db import migrations


def mark_totals(apps, schema_editor):
    apps.get_model("acquisitions", "Batch").objects.filter(paid_fen__isnull=False, paid_by="").update(paid_by="total")


class Migration(migrations.Migration):
    dependencies = [("acquisitions", "0002_what_is_paid")]

    operations = [migrations.RunPython(mark_totals, migrations.RunPython.noop)]
