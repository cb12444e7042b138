"""A reader belongs to a unit, and to a class or department of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('patrons', '0005_readers_from_application_to_merging'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnitMember',
            fields=[
                ('patron', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='patrons.patron')),
                ('unit', models.CharField(max_length=80)),
                ('group', models.CharField(blank=True, default='', max_length=40)),
                ('since', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'group'], name='patrons_by_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('unit', ''), _negated=True), name='patrons_member_of_something')],
            },
        ),
    ]
