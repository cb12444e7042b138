"""The county's records in small, to be carried on a phone: parts of a file."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0011_brief_records")]

    operations = [
        migrations.CreateModel(
            name="PocketPart",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=16)),
                ("lines", models.PositiveIntegerField()),
                ("bytes", models.PositiveIntegerField()),
                ("made_of", models.CharField(max_length=60)),
                ("content", models.BinaryField()),
            ],
        ),
    ]
