"""The RFID tags that were written for items."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('holdings', '0014_rotation_and_deposits'),
    ]

    operations = [
        migrations.CreateModel(
            name='ItemTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(max_length=32, unique=True)),
                ('profile', models.CharField(max_length=20)),
                ('part', models.PositiveSmallIntegerField(default=0)),
                ('total', models.PositiveSmallIntegerField(default=0)),
                ('written_at', models.DateTimeField(db_index=True)),
                ('written_by', models.CharField(blank=True, default='', max_length=60)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('part__lte', models.F('total'))), name='holdings_part_of_the_whole_set'),
                ],
            },
        ),
    ]
