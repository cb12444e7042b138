"""The day of a guardian's consent is empty until it was given."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrons", "0006_units_and_classes")]

    operations = [
        migrations.AlterField("guardian", "consented_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField("guardian", "consented_through", models.CharField(blank=True, default="", max_length=12)),
    ]
