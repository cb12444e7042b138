"""Who holds a record and how often it is lent, as holdings last told."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("catalogue", "0007_overlay"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldRecord",
            fields=[
                ("record", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="held", serialize=False, to="catalogue.bibrecord")),
                ("nodes", models.JSONField(blank=True, default=list)),
                ("call_numbers", models.JSONField(blank=True, default=list)),
                ("copies", models.PositiveIntegerField(default=0)),
                ("loans", models.PositiveBigIntegerField(default=0)),
            ],
        ),
    ]
