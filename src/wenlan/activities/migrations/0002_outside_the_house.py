"""Activities may be held outside the house: their visitors pass no gate."""

from django.db import migrations, models

MODES = [("onsite", "in the house"), ("outside", "outside the house"), ("online", "online")]


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_initial")]

    operations = [
        migrations.AlterField("programme", "mode", models.CharField(choices=MODES, default="onsite", max_length=8)),
        migrations.AlterField("session", "mode", models.CharField(choices=MODES, default="onsite", max_length=8)),
        migrations.AlterField("tally", "mode", models.CharField(choices=MODES, max_length=8)),
    ]
