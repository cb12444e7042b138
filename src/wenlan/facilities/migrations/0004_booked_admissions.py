"""Admissions booked, people let in and turned away in the slots of capped days."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilities', '0003_rooms_that_sign_in'),
        ('network', '0003_capped_admission'),
        ('patrons', '0006_units_and_classes'),
    ]

    operations = [
        migrations.CreateModel(
            name='EntrySlotCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('starts', models.DateTimeField()),
                ('admitted', models.PositiveIntegerField(default=0)),
                ('turned_away', models.PositiveIntegerField(default=0)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='EntryAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('persons', models.PositiveSmallIntegerField()),
                ('is_in', models.BooleanField()),
                ('by', models.CharField(blank=True, max_length=64)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facilities.entryslotcount')),
            ],
        ),
        migrations.CreateModel(
            name='EntryBooking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('starts', models.DateTimeField()),
                ('ends', models.DateTimeField()),
                ('persons', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('booked', 'Booked'), ('used', 'Came in'), ('cancelled', 'Given back')], default='booked', max_length=12)),
                ('made_at', models.DateTimeField()),
                ('by', models.CharField(blank=True, max_length=64)),
                ('key', models.CharField(max_length=80, unique=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
                ('patron', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='patrons.patron')),
            ],
            options={
                'indexes': [models.Index(fields=['node', 'starts'], name='facilities_entries_of_slot')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='facilities_entry_span'), models.CheckConstraint(condition=models.Q(('persons__gt', 0)), name='facilities_entry_for_somebody'), models.UniqueConstraint(condition=models.Q(('state', 'booked')), fields=('patron', 'node', 'day'), name='facilities_one_entry_a_day')],
            },
        ),
        migrations.AddConstraint(
            model_name='entryslotcount',
            constraint=models.UniqueConstraint(fields=('node', 'starts'), name='facilities_one_count_a_slot'),
        ),
    ]
