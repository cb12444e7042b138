"""Boxes of return machines that were emptied, with what differed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('circulation', '0013_places_booked_ahead'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='EmptiedBox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('device', models.CharField(max_length=60)),
                ('emptied_at', models.DateTimeField()),
                ('emptied_by', models.CharField(blank=True, max_length=64)),
                ('expected', models.PositiveIntegerField()),
                ('missing', models.JSONField(blank=True, default=list)),
                ('beside', models.PositiveIntegerField(default=0)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
            options={
                'indexes': [models.Index(fields=['node', 'device', 'emptied_at'], name='circulation_box_of_machine')],
            },
        ),
    ]
