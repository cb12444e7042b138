"""Scans made off line carry the id that the phone gave them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('holdings', '0009_transfers'),
    ]

    operations = [
        migrations.AddField(
            model_name='countscan',
            name='uid',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='countscan',
            constraint=models.UniqueConstraint(fields=('uid',), name='holdings_one_scan_per_uid'),
        ),
    ]
