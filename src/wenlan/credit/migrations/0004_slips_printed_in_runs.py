"""Reminder slips are printed in runs, each of which takes its steps once."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credit', '0003_guarantees'),
        ('network', '0002_special_days_and_seasons'),
    ]

    operations = [
        migrations.CreateModel(
            name='SlipRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True)),
                ('at', models.DateTimeField()),
                ('day', models.DateField()),
                ('operator', models.CharField(blank=True, default='', max_length=60)),
                ('by', models.CharField(choices=[('group', 'class or department'), ('unit', 'unit'), ('home', 'home library and category')], max_length=8)),
                ('per_sheet', models.PositiveSmallIntegerField()),
                ('return_by', models.DateField()),
                ('readers', models.PositiveIntegerField()),
                ('loans', models.PositiveIntegerField()),
                ('key', models.CharField(max_length=120, unique=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.AddField(
            model_name='reminded',
            name='run',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credit.sliprun'),
        ),
        migrations.AddConstraint(
            model_name='sliprun',
            constraint=models.CheckConstraint(condition=models.Q(('per_sheet__in', [2, 3])), name='credit_slips_on_a_sheet'),
        ),
    ]
