"""What was not accepted may have stayed here: the word for it says both."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("protocols", "0005_uploads"),
    ]

    operations = [
        migrations.AlterField(
            "upload",
            "state",
            models.CharField(
                choices=[
                    ("queued", "Waiting"),
                    ("sending", "Being sent"),
                    ("sent", "Sent, not answered"),
                    ("unclear", "Perhaps arrived"),
                    ("accepted", "Accepted by the centre"),
                    ("refused", "Not accepted"),
                ],
                default="queued",
                max_length=8,
            ),
        ),
    ]
