"""A registration that a machine could not do is listed with its other faults."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("protocols", "0006_upload_words"),
    ]

    operations = [
        migrations.AlterField(
            "terminalfault",
            "kind",
            models.CharField(
                choices=[
                    ("sign_in", "Sign-in refused"),
                    ("not_signed_in", "Not signed in"),
                    ("checksum", "Wrong checksum"),
                    ("unreadable", "Unreadable"),
                    ("not_allowed", "Not allowed"),
                    ("stored", "Stored act refused"),
                    ("not_registered", "Registration refused"),
                    ("crash", "No answer"),
                ],
                max_length=16,
            ),
        ),
    ]
