"""A stored act that cannot be booked waits for a person; it is no longer refused."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("protocols", "0007_registrations_refused"),
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
                    ("stored", "Stored act waits for a person"),
                    ("not_registered", "Registration refused"),
                    ("crash", "No answer"),
                ],
                max_length=16,
            ),
        ),
    ]
